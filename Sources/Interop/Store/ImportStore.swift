import Kernel
public import Persistence
import Rights

/// Imports, their findings and their files. Nobody edits these rows by hand, so they have no versions.
struct ImportStore: Sendable {
  /// Findings of one import that are kept, errors before warnings; the counts have all of them.
  static let errorLimit = 10_000
  static let warningLimit = 1_000
  /// Bytes in one row of a file.
  static let pieceSize = 256 * 1024

  /// The imports somebody may know of: one's own, and those of the schools one may import for.
  static func visible(to account: AccountID?, within reach: Reach) -> SQL {
    if reach.isEverywhere { return "TRUE" }
    return SQL.any([
      account.map { "account_id = \($0)" } ?? .empty,
      reach.orgs.isEmpty ? .empty : "school_id IN \(list: reach.orgs.sorted())",
    ])
  }

  func insert(_ new: RosterImport, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO interop_import (id, source, format, file_name, file_hash, school_id, mapping, state, mode, counts,
        position, problem, account_id, at, finished_at, job_id, revision)
      VALUES (\(new.id), \(new.source), \(new.format), \(new.fileName), \(new.fileHash), \(new.school),
        \(new.mapping?.text), \(new.state), \(new.mode), \(new.counts.json.text), \(new.position), \(new.problem),
        \(new.account), \(new.at), \(new.finishedAt), \(new.job), 1)
      """)
  }

  /// Saves what changes about an import; the revision goes up by one.
  func save(_ changed: RosterImport, in tx: any Connection) throws {
    try tx.run(
      """
      UPDATE interop_import SET mapping = \(changed.mapping?.text), state = \(changed.state), mode = \(changed.mode),
        counts = \(changed.counts.json.text), position = \(changed.position), problem = \(changed.problem),
        finished_at = \(changed.finishedAt), job_id = \(changed.job), revision = revision + 1
      WHERE id = \(changed.id)
      """)
  }

  func find(_ id: ImportID, where visible: SQL, in tx: any Connection) throws -> RosterImport? {
    try tx.first(
      "SELECT \(RosterImport.columns) FROM interop_import WHERE \(SQL.all(["id = \(id)", visible])) LIMIT 1"
    ) { row in try RosterImport(row: &row) }
  }

  func page(_ request: PageRequest, where visible: SQL, in tx: any Connection) throws -> Page<RosterImport> {
    let after: SQL = request.after.map { "id < \($0)" } ?? .empty
    let rows = try tx.all(
      """
      SELECT \(RosterImport.columns) FROM interop_import WHERE \(SQL.all([visible, after]))
      ORDER BY id DESC LIMIT \(request.limit + 1) OFFSET \(request.offset)
      """
    ) { row in try RosterImport(row: &row) }
    return Page(fetched: rows, limit: request.limit) { $0.id.retyped() }
  }

  /// The columns of the last list of a source, as they were chosen.
  func lastMapping(source: String, school: OrgID?, in tx: any Connection) throws -> JSON? {
    let place: SQL = school.map { "school_id = \($0)" } ?? "school_id IS NULL"
    let text = try tx.first(
      """
      SELECT mapping FROM interop_import
      WHERE source = \(source) AND \(place) AND mapping IS NOT NULL AND state IN ('applying', 'done')
      ORDER BY id DESC LIMIT 1
      """
    ) { row -> String in try row.next() }
    return try text.map { try JSON(parsing: $0) }
  }

  // MARK: Findings

  /// Appends findings behind those that are there; what goes beyond the limits is only counted.
  func append(_ findings: [Finding], to importing: ImportID, in tx: any Connection) throws {
    guard !findings.isEmpty else { return }
    var kept: [Finding.Severity: Int] = [:]
    var next = 0
    try tx.each(
      """
      SELECT severity, COUNT(*), MAX(place) FROM interop_finding WHERE import_id = \(importing) GROUP BY severity
      """
    ) { row in
      kept[try row.next()] = try row.next()
      next = max(next, try row.next() as Int + 1)
    }
    var rows: [SQL] = []
    for finding in findings {
      let limit = finding.severity == .error ? Self.errorLimit : Self.warningLimit
      guard kept[finding.severity, default: 0] < limit else { continue }
      kept[finding.severity, default: 0] += 1
      rows.append(
        """
        (\(importing), \(next), \(finding.severity), \(finding.file), \(finding.row), \(finding.column),
        \(finding.value), \(finding.code), \(finding.message))
        """)
      next += 1
    }
    for start in stride(from: 0, to: rows.count, by: 100) {
      try tx.run(
        """
        INSERT INTO interop_finding
          (import_id, place, severity, file, file_row, file_column, value, code, message)
        VALUES \(SQL.joined(Array(rows[start..<min(start + 100, rows.count)]), separator: ", "))
        """)
    }
  }

  func forgetFindings(of importing: ImportID, in tx: any Connection) throws {
    try tx.run("DELETE FROM interop_finding WHERE import_id = \(importing)")
  }

  /// The first findings of a cause, or of all.
  func findings(
    of importing: ImportID, code: String? = nil, severity: Finding.Severity? = nil, limit: Int, in tx: any Connection
  ) throws -> [Finding] {
    let conditions: [SQL] = [
      "import_id = \(importing)", code.map { "code = \($0)" } ?? .empty,
      severity.map { "severity = \($0)" } ?? .empty,
    ]
    return try tx.all(
      "SELECT \(Finding.columns) FROM interop_finding WHERE \(SQL.all(conditions)) ORDER BY place LIMIT \(limit)"
    ) { row in try Finding(row: &row) }
  }

  // MARK: Files

  func insert(
    _ bytes: ArraySlice<UInt8>, piece: Int, of file: String, _ importing: ImportID, in tx: any Connection
  ) throws {
    try tx.run(
      """
      INSERT INTO interop_file (import_id, file, piece, bytes) VALUES (\(importing), \(file), \(piece), \(Array(bytes)))
      """)
  }

  /// The files of an import; nothing when they are not kept any more.
  func files(of importing: ImportID, in tx: any Connection) throws -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    try tx.each(
      "SELECT file, bytes FROM interop_file WHERE import_id = \(importing) ORDER BY file, piece"
    ) { row in
      let name: String = try row.next()
      let bytes: [UInt8] = try row.next()
      if files.last?.name == name {
        files[files.count - 1].bytes += bytes
      } else {
        files.append((name, bytes))
      }
    }
    return files
  }

  /// Forgets the files of imports brought before a moment, some at a time; how many pieces went.
  func forgetFiles(before moment: Instant, in tx: any Connection) throws -> Int {
    let old = try tx.all(
      """
      SELECT id FROM interop_import WHERE at < \(moment)
        AND id IN (SELECT import_id FROM interop_file) ORDER BY id LIMIT 10
      """
    ) { row -> ImportID in try row.next() }
    guard !old.isEmpty else { return 0 }
    return try tx.run("DELETE FROM interop_file WHERE import_id IN \(list: old)")
  }
}

extension RosterFormat: SQLBindable {}
extension RosterImport.State: SQLBindable {}
extension RosterImport.Mode: SQLBindable {}
extension Finding.Severity: SQLBindable {}

extension RosterImport {
  static let columns: SQL = """
    id, source, format, file_name, file_hash, school_id, mapping, state, mode, counts, position, problem, account_id,
    at, finished_at, job_id, revision
    """

  init(row: inout RowReader) throws {
    id = try row.next()
    source = try row.next()
    format = try row.next()
    fileName = try row.next()
    fileHash = try row.next()
    school = try row.next()
    mapping = try (row.next() as String?).map { try JSON(parsing: $0) }
    state = try row.next()
    mode = try row.next()
    counts = ImportCounts(try JSON(parsing: try row.next()))
    position = try row.next()
    problem = try row.next()
    account = try row.next()
    at = try row.next()
    finishedAt = try row.next()
    job = try row.next()
    revision = try row.next()
  }
}

extension Finding {
  static let columns: SQL = "severity, file, file_row, file_column, value, code, message"

  init(row: inout RowReader) throws {
    self.init(
      try row.next(), file: try row.next(), row: try row.next(), column: try row.next(), value: try row.next(),
      code: try row.next(), message: try row.next())
  }
}
