public import Kernel
public import Persistence
import Rights

/// Writes rows that people edit, each with its audit entry and the image of the new version, in the caller's
/// transaction.
///
/// Nothing changes such a row but through here, so no change can be without its history. Rows are never removed: they
/// go to the recycle bin, and restoring brings back exactly what one deletion took.
public struct Record: Sendable {
  /// Rows in one statement. Ten columns each stay far below SQLite's 32,766 and PostgreSQL's 65,535 parameters.
  static let batch = 100

  /// A writer of records; it holds nothing.
  public init() {}

  /// Inserts new rows as version 1.
  public func insert<Row: RecordedRow>(
    _ rows: [Row], into table: RecordedTable<Row>, _ change: Change, in tx: any Connection
  ) throws {
    for start in stride(from: 0, to: rows.count, by: Self.batch) {
      let rows = rows[start..<min(start + Self.batch, rows.count)]
      let width = table.columns.count + 3
      var values: [SQLValue] = []
      values.reserveCapacity(rows.count * width)
      for row in rows {
        values += [row.id.sqlValue, .int(1), change.at.sqlValue]
        for column in table.columns { values.append(column.value(row)) }
      }
      let insert: SQL = """
        INSERT INTO \(table.name) (id, version, changed_at, \(SQL.joined(table.columns.map(\.name), separator: ", ")))
        VALUES \(rows: values, of: width)
        """
      let noted = rows.map {
        Noted(id: $0.id.retyped(), version: 1, image: table.image(of: $0), org: change.org)
      }
      try tx.runAll([insert] + notes(of: noted, table.kind, .created, change))
    }
  }

  /// Inserts one new row as version 1.
  public func insert<Row: RecordedRow>(
    _ row: Row, into table: RecordedTable<Row>, _ change: Change, in tx: any Connection
  ) throws {
    try insert([row], into: table, change, in: tx)
  }

  /// Saves a row over the version its editor saw (`row.version`); returns the new version.
  ///
  /// Throws `VERSION_STALE` with the newest image when someone saved meanwhile, and `NOT_FOUND` when the row is gone.
  @discardableResult
  public func update<Row: RecordedRow>(
    _ row: Row, in table: RecordedTable<Row>, _ change: Change, in tx: any Connection
  ) throws -> Int {
    let assignments = table.columns.map { column -> SQL in "\(column.name) = \(column.value(row))" }
    let changed = try tx.run(
      """
      UPDATE \(table.name) SET \(SQL.joined(assignments, separator: ", ")),
        version = version + 1, changed_at = \(change.at)
      WHERE id = \(row.id) AND version = \(row.version) AND deletion_id IS NULL
      """)
    guard changed == 1 else { throw try refusal(of: row.id.retyped(), in: table.erased, tx) }
    let noted = Noted(id: row.id.retyped(), version: row.version + 1, image: table.image(of: row), org: change.org)
    try note([noted], of: table.kind, .changed, change, in: tx)
    return row.version + 1
  }

  /// Puts rows into the recycle bin as part of `deletion`; rows that are there already are left as they are.
  public func delete<Row: RecordedRow>(
    _ ids: [ID<Row.Identity>], from table: RecordedTable<Row>, as deletion: DeletionID, _ change: Change,
    in tx: any Connection
  ) throws {
    try delete(ids.map { $0.retyped() }, from: table.erased, as: deletion, change, in: tx)
  }

  /// Begins a deletion that several rows can be part of: the root is what the person deleted.
  public func beginDeletion(
    of root: ID<AnyEntity>, kind: String, label: String, _ change: Change, in tx: any Connection
  ) throws -> DeletionID {
    let deletion = DeletionID.new(at: change.at)
    try tx.run(
      """
      INSERT INTO record_deletion (id, root_kind, root_id, label, org_id, actor_id, at, reason)
      VALUES (\(deletion), \(kind), \(root), \(label), \(change.org), \(change.actor.account), \(change.at),
        \(change.reason))
      """)
    return deletion
  }

  /// Why an update found no row: someone was faster, or the row is gone.
  func refusal(of id: ID<AnyEntity>, in table: AnyRecordedTable, _ tx: any Connection) throws -> Problem {
    let version = try tx.first("SELECT version FROM \(table.live) WHERE id = \(id)") { row -> Int in try row.next() }
    guard let version else { return .notFound(table.kind) }
    let image = try image(of: id, version: version, in: table, tx)
    return .stale(table.kind, current: "{\"version\":\(version),\"values\":\(image)}")
  }

  /// The image of a row as it stands.
  func currentImage(of id: ID<AnyEntity>, in table: AnyRecordedTable, _ tx: any Connection) throws -> String {
    let version = try tx.first("SELECT version FROM \(table.name) WHERE id = \(id)") { row -> Int in try row.next() }
    guard let version else { throw Bug("a \(table.kind) that was just found is gone") }
    return try image(of: id, version: version, in: table, tx)
  }

  /// The image of a version.
  func image(of id: ID<AnyEntity>, version: Int, in table: AnyRecordedTable, _ tx: any Connection) throws -> String {
    let image = try tx.first(
      "SELECT payload FROM record_version WHERE kind = \(table.kind) AND id = \(id) AND version = \(version)"
    ) { row -> String in try row.next() }
    guard let image else { throw Bug("version \(version) of a \(table.kind) was never recorded") }
    return image
  }
}

extension RecordAction: SQLBindable {}
