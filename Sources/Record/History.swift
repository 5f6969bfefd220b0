public import Kernel
public import Persistence
public import Rights

/// Reads what was recorded: the versions of one row, the audit of a school, and how things stood on a day.
///
/// Whether a person may see a row is decided by the slice that owns it, before it asks here; the audit as a whole is
/// bounded by a `Reach`.
public struct History: Sendable {
  /// A reader of history; it holds nothing.
  public init() {}

  /// The newest versions of a row first, at most `limit`; `before` is the last version of the page before.
  public func versions(
    of id: ID<AnyEntity>, kind: String, before: Int? = nil, limit: Int = PageRequest.usual, in tx: any Connection
  ) throws -> [RecordedVersion] {
    try tx.all(
      """
      SELECT \(RecordedVersion.columns)
      FROM record_audit audit
      JOIN record_version version
        ON version.id = audit.object_id AND version.kind = audit.kind AND version.version = audit.version
      LEFT JOIN record_version earlier
        ON earlier.id = audit.object_id AND earlier.kind = audit.kind AND earlier.version = audit.version - 1
      WHERE audit.object_id = \(id) AND audit.kind = \(kind) AND audit.version < \(before ?? Int.max)
      ORDER BY audit.version DESC LIMIT \(PageRequest(limit: limit).limit)
      """)
  }

  /// The audit, newest first, as far as `reach` goes. What concerns no organisation is seen by those who see all.
  ///
  /// An actor, an object or a cause in the filter has an index, and so has each organisation of a narrow reach; what is
  /// left walks back in time until the page is full.
  public func entries(
    _ filter: AuditFilter = AuditFilter(), page: PageRequest = PageRequest(), within reach: Reach,
    in tx: any Connection
  ) throws -> Page<RecordedVersion> {
    let rows: [RecordedVersion] = try tx.all(
      """
      SELECT \(RecordedVersion.columns)
      FROM record_audit audit
      JOIN record_version version
        ON version.id = audit.object_id AND version.kind = audit.kind AND version.version = audit.version
      LEFT JOIN record_version earlier
        ON earlier.id = audit.object_id AND earlier.kind = audit.kind AND earlier.version = audit.version - 1
      WHERE \(AuditScope(filter, page, reach).condition)
      ORDER BY audit.id DESC LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """)
    return Page(fetched: rows, limit: page.limit) { $0.id.retyped() }
  }

  /// How a row stood at the end of a day in the school's zone; nil when it did not exist yet or lay in the recycle bin.
  public func state(
    of id: ID<AnyEntity>, kind: String, endOf day: SchoolDate, in zone: Zone, _ tx: any Connection
  ) throws -> RecordedState? {
    try state(of: id, kind: kind, before: zone.start(of: day.adding(days: 1)), in: tx)
  }

  /// How a row stood just before a moment; nil when it did not exist yet or lay in the recycle bin.
  public func state(
    of id: ID<AnyEntity>, kind: String, before moment: Instant, in tx: any Connection
  ) throws -> RecordedState? {
    let newest = try tx.first(
      """
      SELECT audit.action, audit.at, audit.version, version.payload
      FROM record_audit audit
      JOIN record_version version
        ON version.id = audit.object_id AND version.kind = audit.kind AND version.version = audit.version
      WHERE audit.object_id = \(id) AND audit.kind = \(kind) AND audit.at < \(moment)
      ORDER BY audit.version DESC LIMIT 1
      """
    ) { row in
      let action: RecordAction = try row.next()
      return (action, RecordedState(since: try row.next(), version: try row.next(), image: try row.next()))
    }
    guard let (action, state) = newest, action != .deleted else { return nil }
    return state
  }

  /// The fields in which two versions of a row differ: what two editors changed, for the conflict view.
  public func differences(
    of id: ID<AnyEntity>, kind: String, from old: Int, to new: Int, in tx: any Connection
  ) throws -> [FieldChange] {
    let images = try tx.all(
      """
      SELECT version, payload FROM record_version
      WHERE id = \(id) AND kind = \(kind) AND version IN \(list: [old, new]) LIMIT 2
      """
    ) { row in (version: try row.next() as Int, image: try row.next() as String) }
    guard let before = images.first(where: { $0.version == old }),
      let after = images.first(where: { $0.version == new })
    else { throw Problem.notFound("version") }
    return try FieldChange.between(before.image, after.image)
  }
}

/// What of the audit is wanted; what is nil does not matter.
public struct AuditFilter: Sendable, Equatable {
  /// Who did it.
  public var actor: AccountID?
  /// The word for the rows, such as `student`.
  public var kind: String?
  /// The row.
  public var object: ID<AnyEntity>?
  /// The import or bulk edit it was part of.
  public var cause: ID<AnyEntity>?
  /// From this moment on.
  public var from: Instant?
  /// Before this moment.
  public var until: Instant?

  /// A filter of the given parts.
  public init(
    actor: AccountID? = nil, kind: String? = nil, object: ID<AnyEntity>? = nil, cause: ID<AnyEntity>? = nil,
    from: Instant? = nil, until: Instant? = nil
  ) {
    self.actor = actor
    self.kind = kind
    self.object = object
    self.cause = cause
    self.from = from
    self.until = until
  }

  /// Whether it leaves so few entries that they are best looked for by it.
  var isNarrow: Bool { actor != nil || object != nil || cause != nil }

  /// Moments become identifiers: those of the audit begin with their time, so its key is an index by time as well.
  var condition: SQL {
    SQL.all([
      actor.map { "audit.actor_id = \($0)" } ?? .empty,
      kind.map { "audit.kind = \($0)" } ?? .empty,
      object.map { "audit.object_id = \($0)" } ?? .empty,
      cause.map { "audit.cause_id = \($0)" } ?? .empty,
      from.map { "audit.id >= \(AuditID.first(at: $0))" } ?? .empty,
      until.map { "audit.id < \(AuditID.first(at: $0))" } ?? .empty,
    ])
  }
}

/// How a page of the audit is found, told to the database so plainly that it cannot choose the long way.
struct AuditScope {
  /// With more organisations than this they are most of the installation, and the way back in time is the short one.
  static let branchLimit = 16

  let filter: AuditFilter
  let page: PageRequest
  let reach: Reach

  init(_ filter: AuditFilter, _ page: PageRequest, _ reach: Reach) {
    self.filter = filter
    self.page = page
    self.reach = reach
  }

  /// A condition on `audit`.
  var condition: SQL {
    let wanted = SQL.all([filter.condition, page.after.isBefore("audit.id")])
    if reach.isEverywhere { return wanted }
    let orgs = reach.orgs.sorted()
    if orgs.isEmpty || orgs.count > Self.branchLimit || filter.isNarrow {
      // The function keeps the index of organisations out of it: few entries are left without it, or all are.
      return SQL.all([wanted, "COALESCE(audit.org_id, audit.org_id) IN \(list: orgs)"])
    }
    let newest = orgs.map { org -> SQL in
      """
      SELECT id FROM (
        SELECT audit.id FROM record_audit audit WHERE audit.org_id = \(org) AND \(wanted)
        ORDER BY audit.id DESC LIMIT \(page.limit + 1 + page.offset)) AS of_org
      """
    }
    return "audit.id IN (\(SQL.joined(newest, separator: " UNION ALL ")))"
  }
}

extension ID {
  /// Not above any identifier made at `instant` or later.
  static func first(at instant: Instant) -> Self {
    Self(high: (UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF) << 16, low: 0)
  }
}

extension ID<AnyEntity>? {
  /// The condition of the pages after the first of a list whose newest rows come first.
  func isBefore(_ column: SQL) -> SQL { map { "\(column) < \($0)" } ?? "TRUE" }
}

extension Reach {
  /// The condition that keeps a list within the organisations a person may see as a whole.
  func condition(on org: SQL) -> SQL { isEverywhere ? "TRUE" : "\(org) IN \(list: orgs.sorted())" }
}
