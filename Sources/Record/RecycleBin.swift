public import Kernel
public import Persistence
public import Rights

/// What was deleted and can be had back: lists it, and brings back exactly what one deletion took.
public struct RecycleBin: Sendable {
  /// The most rows one deletion gives back at once; more than that came from an undo, which is undone in pages instead.
  public static let restoreLimit = 20_000

  let database: any Database
  private let record: Record
  let tables: [AnyRecordedTable]

  /// A recycle bin over all recorded tables of the installation.
  public init(database: any Database, record: Record = Record(), tables: [AnyRecordedTable]) {
    self.database = database
    self.record = record
    self.tables = tables
  }

  /// The deletions that nobody restored yet, newest first, at the organisations `reach` covers.
  public func page(_ page: PageRequest = PageRequest(), within reach: Reach) async throws -> Page<Deletion> {
    let rows: [Deletion] = try await database.read { tx in
      try tx.all(
        """
        SELECT \(Deletion.columns) FROM record_deletion
        WHERE restored_at IS NULL AND \(reach.condition(on: "org_id")) AND \(page.after.isBefore("id"))
        ORDER BY id DESC LIMIT \(page.limit + 1) OFFSET \(page.offset)
        """)
    }
    return Page(fetched: rows, limit: page.limit) { $0.id.retyped() }
  }

  /// A deletion that was not restored yet; nil when there is none, or none that `reach` covers.
  public func find(_ id: DeletionID, within reach: Reach) async throws -> Deletion? {
    try await database.read { tx in try find(id, within: reach, in: tx) }
  }

  /// Brings back what the deletion took, each row as a new version; returns how many rows came back.
  ///
  /// Throws `NOT_FOUND`, `RESTORE_TOO_LARGE`, or `RESTORE_CONFLICT`, which says what stands in the way: a live row with
  /// the same key, or something the rows refer to that was deleted apart from them. `check` may refuse with a problem
  /// of its own, once the rows are back.
  @discardableResult
  public func restore(
    _ id: DeletionID, within reach: Reach, _ change: Change, check: @escaping TakingBack.Check = { _, _ in }
  ) async throws -> Int {
    do {
      return try await database.write { tx in try restore(id, within: reach, change, check, in: tx) }
    } catch DatabaseProblem.duplicate {
      throw try await database.read { tx in
        try RestoreProblem.keyTaken(by: id, Catalogue(of: tables, in: tx), in: tx)
      }
    }
  }

  private func find(_ id: DeletionID, within reach: Reach, in tx: any Connection) throws -> Deletion? {
    try tx.first(
      """
      SELECT \(Deletion.columns) FROM record_deletion
      WHERE id = \(id) AND restored_at IS NULL AND \(reach.condition(on: "org_id"))
      """)
  }

  private func restore(
    _ id: DeletionID, within reach: Reach, _ change: Change, _ check: TakingBack.Check, in tx: any Connection
  ) throws -> Int {
    guard try find(id, within: reach, in: tx) != nil else { throw Problem.notFound("deletion") }
    let catalogue = try Catalogue(of: tables, in: tx)
    var restored = 0
    var back: [TakingBack] = []
    for table in catalogue.childrenFirst.reversed() {
      let rows = try tx.all(
        "SELECT id FROM \(table.name) WHERE deletion_id = \(id) ORDER BY id LIMIT \(Self.restoreLimit + 1)"
      ) { row -> ID<AnyEntity> in try row.next() }
      restored += rows.count
      guard restored <= Self.restoreLimit else { throw RestoreProblem.tooLarge }
      guard !rows.isEmpty else { continue }
      try RestoreProblem.refuseMissingParents(of: table, takenBy: id, catalogue, in: tx)
      try record.restore(rows, in: table, change, in: tx)
      back.append(TakingBack(.restoration, .after, of: table.kind, rows, by: change.actor))
    }
    for rows in back { try check(rows, tx) }
    try tx.run("UPDATE record_deletion SET restored_at = \(change.at) WHERE id = \(id)")
    return restored
  }
}

/// Rows taken out of sight together.
public struct Deletion: Sendable, Equatable {
  /// The deletion.
  public let id: DeletionID
  /// The word for what the person deleted, such as `student`.
  public let kind: String
  /// What the person deleted; what hung on it went along.
  public let root: ID<AnyEntity>
  /// Its name at the time.
  public let label: String
  /// At which organisation.
  public let org: OrgID?
  /// By whom; nil for the system itself.
  public let actor: AccountID?
  /// When.
  public let at: Instant
  /// The reason given.
  public let reason: String?
}

extension Deletion: RowDecodable {
  public static let columns: SQL = "id, root_kind, root_id, label, org_id, actor_id, at, reason"

  public init(row: inout RowReader) throws {
    id = try row.next()
    kind = try row.next()
    root = try row.next()
    label = try row.next()
    org = try row.next()
    actor = try row.next()
    at = try row.next()
    reason = try row.next()
  }
}
