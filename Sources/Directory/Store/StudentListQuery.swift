import Kernel
import Persistence

/// Pages of students: each is one walk along an index that has the order of the list, from where the last page ended.
struct StudentListQuery: Sendable {
  let filter: StudentFilter
  let order: StudentOrder
  /// A condition on `s`, made by `StudentReach`.
  let visible: SQL
  /// Whether the reader may see guardians of some of them.
  var showsGuardians = false
  /// The school the reader is bound to, if it is a single one.
  var onlySchool: OrgID?

  func page(_ request: PageRequest, in tx: any Connection) throws -> Page<StudentSummary> {
    let rows: [StudentSummary] = try tx.all(statement(request, in: tx)) { row in
      var student = try StudentSummary(row: &row)
      if showsGuardians { student.firstGuardian = try GuardianSummary(row: &row) }
      return student
    }
    return Page(fetched: rows, limit: request.limit) { $0.id.retyped() }
  }

  /// How many there are in all, as far as it is worth counting.
  func count(upTo limit: Int, in tx: any Connection) throws -> RowCount {
    let plan = try plan(in: tx)
    return RowCount(
      counted: try tx.count(
        "SELECT count(*) FROM (SELECT 1 FROM \(plan.source) WHERE \(plan.condition) LIMIT \(limit + 1)) AS counted"),
      upTo: limit)
  }

  /// The ids of all that match, as far as `limit`.
  func ids(limit: Int, in tx: any Connection) throws -> [StudentID] {
    let plan = try plan(in: tx)
    return try tx.all("SELECT s.id FROM \(plan.source) WHERE \(plan.condition) ORDER BY s.id LIMIT \(limit)") { row in
      try row.next()
    }
  }

  /// Finds nobody when the row that the page should come after was never there.
  func statement(_ request: PageRequest, in tx: any Connection) throws -> SQL {
    let last = request.after.map { Last($0.retyped()) }
    let columns = showsGuardians ? "\(StudentSummary.columns), \(GuardianSummary.columns)" : StudentSummary.columns
    if let walk = try walk(behind: last, request, in: tx) {
      return """
        SELECT \(columns) FROM \(walk.source)
        WHERE \(walk.condition) ORDER BY hit.sort_name, hit.student_id LIMIT \(request.limit + 1)\
        \(request.offset > 0 ? " OFFSET \(request.offset)" : SQL.empty)
        """
    }
    let plan = try plan(in: tx)
    let condition = last.map { SQL.all([plan.condition, behind($0)]) } ?? plan.condition
    return """
      SELECT \(columns) FROM \(plan.source)
      WHERE \(condition) ORDER BY \(ordering) LIMIT \(request.limit + 1)\
      \(request.offset > 0 ? " OFFSET \(request.offset)" : SQL.empty)
      """
  }

  private func plan(in tx: any Connection) throws -> WordSearch.Plan {
    let search = try WordSearch(filter.search, in: .students)?.plan(in: tx)
    return WordSearch.Plan(
      source: search?.source ?? WordSearch.Index.students.source,
      condition: SQL.all([search?.condition ?? .empty] + chosen))
  }

  /// Which students are wanted, beside the words.
  private var chosen: [SQL] {
    var conditions = [visible]
    if let school = filter.school { conditions.append("s.school_id = \(school)") }
    if let grade = filter.grade { conditions.append("s.grade = \(grade)") }
    if let status = filter.status { conditions.append("s.status = \(status)") }
    return conditions.filter { !$0.isEmpty }
  }

  /// A search in the order of the list, where that is how the page is sorted.
  private func walk(behind last: Last?, _ request: PageRequest, in tx: any Connection) throws -> WordSearch.Plan? {
    guard order == .name, let search = WordSearch(filter.search, in: .students) else { return nil }
    return try search.walk(
      where: chosen.isEmpty ? .empty : SQL.all(chosen), behind: last.map { "(\($0.sortName), \($0.id))" },
      limit: request.limit + 1 + request.offset, in: tx)
  }

  /// The row a page comes after. The database looks up where it stands, in the same statement; one that was deleted
  /// since still marks its place.
  private struct Last {
    let id: SQL

    init(_ id: StudentID) { self.id = "\(id)" }

    var school: SQL { "(SELECT school_id FROM directory_student_place WHERE id = \(id))" }
    var number: SQL { "(SELECT number FROM directory_student_place WHERE id = \(id))" }
    var sortName: SQL { "(SELECT sort_name FROM directory_student_place WHERE id = \(id))" }
  }

  private func behind(_ last: Last) -> SQL {
    switch order {
    case .name: "(s.sort_name, s.id) > (\(last.sortName), \(last.id))"
    case .nameDescending: "(s.sort_name, s.id) < (\(last.sortName), \(last.id))"
    // Within one school the index is entered at the number itself.
    case .number where isOneSchool: "s.number > \(last.number)"
    case .number: "(s.school_id, s.number) > (\(last.school), \(last.number))"
    }
  }

  private var ordering: SQL {
    switch order {
    case .name: "s.sort_name, s.id"
    case .nameDescending: "s.sort_name DESC, s.id DESC"
    case .number where isOneSchool: "s.number"
    case .number: "s.school_id, s.number"
    }
  }

  private var isOneSchool: Bool { filter.school != nil || onlySchool != nil }
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
      """
    ) { row in try row.next() }
  }
}
