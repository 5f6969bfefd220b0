public import Kernel
public import Persistence

/// Some looks of one person at the same thing within a minute.
public struct RecordedLook: Sendable, Equatable {
  /// The entry.
  public let id: ID<AnyEntity>
  /// When the first of them was.
  public let at: Instant
  /// When the last of them was.
  public let lastAt: Instant
  /// Who looked.
  public let actor: AccountID
  /// At which page, such as `student`, or `students.csv` for a file.
  public let page: String
  /// The filter a list had.
  public let filter: String?
  /// Who was shown.
  public let subjects: [ID<AnyEntity>]
  /// How many looks they were.
  public let repeats: Int
}

extension RecordedLook: RowDecodable {
  public static let columns: SQL = "id, at, last_at, actor_id, page, filter, subject_ids, repeats"

  public init(row: inout RowReader) throws {
    id = try row.next()
    at = try row.next()
    lastAt = try row.next()
    actor = try row.next()
    page = try row.next()
    filter = try row.next()
    subjects = try JSON(parsing: row.next() as String).array?.compactMap { $0.string.flatMap(ID<AnyEntity>.init) } ?? []
    repeats = try row.next()
  }
}

/// Which looks are wanted; what is nil does not matter.
public struct LookFilter: Sendable, Equatable {
  /// At this record.
  public var subject: ID<AnyEntity>?
  /// By this account.
  public var actor: AccountID?
  /// From this moment on.
  public var from: Instant?
  /// Before this moment.
  public var until: Instant?

  /// A filter of the given parts.
  public init(
    subject: ID<AnyEntity>? = nil, actor: AccountID? = nil, from: Instant? = nil, until: Instant? = nil
  ) {
    self.subject = subject
    self.actor = actor
    self.from = from
    self.until = until
  }

  /// Identifiers begin with their time, so the key of the log is an index by time as well.
  fileprivate var period: SQL {
    SQL.all([
      "TRUE", from.map { "id >= \(ID<AnyEntity>.first(at: $0))" } ?? .empty,
      until.map { "id < \(ID<AnyEntity>.first(at: $0))" } ?? .empty,
    ])
  }

  fileprivate var wanted: SQL {
    SQL.all([
      "TRUE", actor.map { "actor_id = \($0)" } ?? .empty,
      subject.map { "subject_ids LIKE \("%\"\($0)\"%")" } ?? .empty,
    ])
  }
}

extension AccessLog {
  /// Entries that one page reads at most. Who was shown stands in the entries, without an index: writing one for every
  /// row of every list would cost each look more than this costs the few who ask.
  public static let usualSpan = 20_000

  /// Looks, newest first. A page ends when it is full, or when it has gone through enough entries: then it may be short
  /// or empty, and `next` tells where to go on.
  public static func looks(
    _ filter: LookFilter, page: PageRequest, span: Int = usualSpan, in tx: any Connection
  ) throws -> Page<RecordedLook> {
    let stretch = SQL.all([filter.period, page.after.isBefore("id")])
    let found: [RecordedLook] = try tx.all(
      """
      SELECT \(RecordedLook.columns) FROM (
        SELECT \(RecordedLook.columns) FROM record_access WHERE \(stretch) ORDER BY id DESC LIMIT \(span)) AS recent
      WHERE \(filter.wanted) ORDER BY id DESC LIMIT \(page.limit + 1)
      """)
    if found.count > page.limit { return Page(fetched: found, limit: page.limit) { $0.id } }
    let end = try tx.first(
      "SELECT id FROM record_access WHERE \(stretch) ORDER BY id DESC LIMIT 1 OFFSET \(span - 1)"
    ) { row -> ID<AnyEntity> in try row.next() }
    return Page(items: found, next: end)
  }
}

extension History {
  /// The organisation a record was last changed at; nil when nothing was ever recorded of it, and an inner nil when
  /// it belongs to none.
  public func home(of object: ID<AnyEntity>, in tx: any Connection) throws -> OrgID?? {
    try tx.first(
      "SELECT org_id FROM record_audit WHERE object_id = \(object) ORDER BY version DESC, id DESC LIMIT 1"
    ) { row -> OrgID? in try row.next() }
  }
}
