import Kernel
import Persistence

/// Pages of students: each is one walk along an index that has the order of the list, from where the last page ended.
struct StudentListQuery: Sendable {
  let filter: StudentFilter
  let order: StudentOrder
  /// A condition on `s`, made by `StudentReach`.
  let visible: SQL

  func page(_ request: PageRequest, in tx: any Connection) throws -> Page<StudentSummary> {
    guard let statement = try statement(request, in: tx) else { return Page(items: [], next: nil) }
    let rows: [StudentSummary] = try tx.all(statement)
    return Page(fetched: rows, limit: request.limit) { $0.id.retyped() }
  }

  /// How many there are in all, as far as it is worth counting.
  func count(in tx: any Connection) throws -> RowCount {
    RowCount(
      counted: try tx.count(
        """
        SELECT count(*) FROM (
          SELECT 1 FROM directory_student_live AS s WHERE \(try conditions(in: tx)) LIMIT \(RowCount.limit + 1)) AS hit
        """))
  }

  /// The ids of all that match, as far as `limit`.
  func ids(limit: Int, in tx: any Connection) throws -> [StudentID] {
    try tx.all(
      "SELECT s.id FROM directory_student_live AS s WHERE \(try conditions(in: tx)) ORDER BY s.id LIMIT \(limit)"
    ) { row in try row.next() }
  }

  /// Nil when the row that the page should come after was never there.
  func statement(_ request: PageRequest, in tx: any Connection) throws -> SQL? {
    var conditions = try conditions(in: tx)
    if let after = request.after {
      guard let place = try place(of: after.retyped(), in: tx) else { return nil }
      conditions = SQL.all([conditions, behind(place)])
    }
    return """
      SELECT \(StudentSummary.columns) FROM directory_student_live AS s
      WHERE \(conditions) ORDER BY \(ordering) LIMIT \(request.limit + 1)\
      \(request.offset > 0 ? " OFFSET \(request.offset)" : SQL.empty)
      """
  }

  private func conditions(in tx: any Connection) throws -> SQL {
    var conditions = [visible]
    if let school = filter.school { conditions.append("s.school_id = \(school)") }
    if let grade = filter.grade { conditions.append("s.grade = \(grade)") }
    if let status = filter.status { conditions.append("s.status = \(status)") }
    if let typed = filter.search, typed.contains(where: { !$0.isWhitespace }) {
      conditions.append(try WordSearch(typed, in: .students)?.condition(in: tx) ?? "FALSE")
    }
    return SQL.all(conditions)
  }

  private struct Place { let id: StudentID, school: OrgID, number: String, sortName: String }

  /// Where a row stands or stood: one that was deleted since still marks its place.
  private func place(of id: StudentID, in tx: any Connection) throws -> Place? {
    try tx.first("SELECT id, school_id, number, sort_name FROM directory_student_place WHERE id = \(id) LIMIT 1") { row in
      Place(id: try row.next(), school: try row.next(), number: try row.next(), sortName: try row.next())
    }
  }

  private func behind(_ place: Place) -> SQL {
    switch order {
    case .name: "(s.sort_name, s.id) > (\(place.sortName), \(place.id))"
    case .nameDescending: "(s.sort_name, s.id) < (\(place.sortName), \(place.id))"
    case .number: "(s.school_id, s.number) > (\(place.school), \(place.number))"
    }
  }

  private var ordering: SQL {
    switch order {
    case .name: "s.sort_name, s.id"
    case .nameDescending: "s.sort_name DESC, s.id DESC"
    case .number: "s.school_id, s.number"
    }
  }
}

/// The year groups that are there, by skipping along the index from one to the next.
struct GradesQuery: Sendable {
  func grades(of school: OrgID, in tx: any Connection) throws -> [String] {
    try tx.all(
      """
      WITH RECURSIVE found (grade) AS (
        SELECT min(grade) FROM directory_student_live WHERE school_id = \(school)
        UNION ALL
        SELECT (SELECT min(s.grade) FROM directory_student_live AS s
          WHERE s.school_id = \(school) AND s.grade > found.grade)
        FROM found WHERE found.grade IS NOT NULL
      )
      SELECT grade FROM found WHERE grade IS NOT NULL LIMIT 60
      """) { row in try row.next() }
  }
}
