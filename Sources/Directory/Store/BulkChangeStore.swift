import Kernel
public import Persistence

/// Edits of many students, and whose turn is still to come. Nobody edits these rows by hand, so they have no versions.
struct BulkChangeStore: Sendable {
  func insert(_ new: BulkChange, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_bulk_change (id, edit, account_id, schools, at, total, state, changed, unchanged, refused,
        refusals, left_alone, job_id, finished_at)
      VALUES (\(new.id), \(new.edit.json.text), \(new.account), \(JSON.array(new.schools.map(\.json)).text),
        \(new.at), \(new.total), \(new.state), \(new.changed), \(new.unchanged), \(new.refused),
        \(JSON.array(new.refusals.map(\.json)).text), \(new.left), \(new.job), \(new.finishedAt))
      """)
  }

  /// Saves how far it is.
  func save(_ change: BulkChange, in tx: any Connection) throws {
    try tx.run(
      """
      UPDATE directory_bulk_change SET state = \(change.state), changed = \(change.changed),
        unchanged = \(change.unchanged), refused = \(change.refused),
        refusals = \(JSON.array(change.refusals.map(\.json)).text), left_alone = \(change.left),
        job_id = \(change.job), finished_at = \(change.finishedAt)
      WHERE id = \(change.id)
      """)
  }

  func find(_ id: BulkChangeID, in tx: any Connection) throws -> BulkChange? {
    try tx.first("SELECT \(BulkChange.columns) FROM directory_bulk_change WHERE id = \(id) LIMIT 1")
  }

  func require(_ id: BulkChangeID, in tx: any Connection) throws -> BulkChange {
    guard let change = try find(id, in: tx) else { throw Problem.notFound("change") }
    return change
  }

  // MARK: Whose turn is to come

  func line(up students: [StudentID], for change: BulkChangeID, in tx: any Connection) throws {
    for start in stride(from: 0, to: students.count, by: 500) {
      let rows = students[start..<min(start + 500, students.count)].map { student -> SQL in "(\(change), \(student))" }
      try tx.run(
        "INSERT INTO directory_bulk_student (change_id, student_id) VALUES \(SQL.joined(rows, separator: ", "))")
    }
  }

  func next(of change: BulkChangeID, limit: Int, in tx: any Connection) throws -> [StudentID] {
    try tx.all(
      """
      SELECT student_id FROM directory_bulk_student WHERE change_id = \(change) ORDER BY student_id LIMIT \(limit)
      """
    ) { row in try row.next() }
  }

  func strike(_ students: [StudentID], of change: BulkChangeID, in tx: any Connection) throws {
    try tx.run(
      "DELETE FROM directory_bulk_student WHERE change_id = \(change) AND student_id IN \(list: students)")
  }

  func strikeAll(of change: BulkChangeID, in tx: any Connection) throws {
    try tx.run("DELETE FROM directory_bulk_student WHERE change_id = \(change)")
  }
}

extension BulkChange: RowDecodable {
  /// The columns as rows are read.
  public static let columns: SQL = """
    id, edit, account_id, schools, at, total, state, changed, unchanged, refused, refusals, left_alone, job_id,
    finished_at
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    id = try row.next()
    edit = try BulkEdit(json: JSON(parsing: row.next() as String))
    account = try row.next()
    schools = try JSON(parsing: row.next() as String).array?.compactMap { $0.string.flatMap(OrgID.init) } ?? []
    at = try row.next()
    total = try row.next()
    state = try row.next()
    changed = try row.next()
    unchanged = try row.next()
    refused = try row.next()
    refusals = try JSON(parsing: row.next() as String).array?.compactMap(Refusal.init) ?? []
    left = try row.next()
    job = try row.next()
    finishedAt = try row.next()
  }
}

extension BulkEdit {
  /// As it is kept.
  var json: JSON {
    func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
    let kind = ("do", JSON.string(kind.rawValue))
    switch self {
    case .grade(let grade): return .object([kind, ("grade", text(grade))])
    case .status(let status, let reason):
      return .object([kind, ("status", .string(status.rawValue)), ("reason", text(reason))])
    case .delete(let reason): return .object([kind, ("reason", text(reason))])
    }
  }

  init(json: JSON) throws {
    switch json["do"]?.string.flatMap(Kind.init) {
    case .grade: self = .grade(json["grade"]?.string)
    case .status:
      guard let status = json["status"]?.string.flatMap(StudentStatus.init) else {
        throw Bug("a change of many students names no status")
      }
      self = .status(status, reason: json["reason"]?.string)
    case .delete: self = .delete(reason: json["reason"]?.string)
    case nil: throw Bug("a change of many students is of an unknown kind")
    }
  }
}

extension BulkChange.Refusal {
  /// As it is kept, and as the API tells of it.
  var json: JSON {
    .object([("studentId", student.json), ("code", .string(code)), ("detail", .string(detail))])
  }

  init?(_ json: JSON) {
    guard let student = json["studentId"]?.string.flatMap(StudentID.init), let code = json["code"]?.string,
      let detail = json["detail"]?.string
    else { return nil }
    self.init(student: student, code: code, detail: detail)
  }
}

extension ID {
  /// The identifier as a JSON string.
  var json: JSON { .string(description) }
}

extension BulkChange.State: SQLBindable {}
