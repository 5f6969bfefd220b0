public import Kernel
public import Persistence
public import Record
public import Rights

/// The audit and the recycle bin, as people see them: bounded by their rights, with names, and with a way back.
///
/// Nobody takes back what they could not have changed: an undo needs the right to the recycle bin and the rights that
/// changing the record takes, both at its organisation. What gives rights itself is taken back only by those who may
/// change it everywhere.
public struct HistoryService: Sendable {
  let database: any Database
  let clock: any WallClock
  let kinds: [String: RecordedKind]
  let rights: HistoryRights
  let bin: RecycleBin
  let check: TakingBack.Check
  private let undoing: Undo
  let history = History()
  private let log: AccessLog
  private let names: @Sendable (Set<AccountID>) async throws -> [AccountID: String]

  /// A service over the recorded `tables` of the installation, of which `kinds` tells people. `names` are the names of
  /// accounts; `log` hears whose records were looked at; `check` asks the slices whether their rules allow it.
  public init(
    database: any Database, record: Record, clock: any WallClock, tables: [AnyRecordedTable], kinds: [RecordedKind],
    rights: HistoryRights, log: AccessLog, check: @escaping TakingBack.Check = { _, _ in },
    names: @escaping @Sendable (Set<AccountID>) async throws -> [AccountID: String]
  ) {
    self.database = database
    self.clock = clock
    self.kinds = Dictionary(uniqueKeysWithValues: kinds.map { ($0.word, $0) })
    self.rights = rights
    self.check = check
    self.log = log
    self.names = names
    bin = RecycleBin(database: database, record: record, tables: tables)
    undoing = Undo(database: database, record: record, tables: tables)
  }

  /// The kinds of record there are, by title.
  public var allKinds: [RecordedKind] { kinds.values.sorted { $0.title < $1.title } }

  /// What people call records of a kind.
  public func title(of kind: String) -> String { kinds[kind]?.title ?? kind.replacing("_", with: " ").capitalizedFirst }

  /// The audit, newest first, at the organisations the actor sees it of.
  public func entries(
    _ filter: AuditFilter, page: PageRequest, on shown: String = "/audit", by actor: Actor
  ) async throws -> Page<AuditLine> {
    let reach = try actor.require(rights.audit)
    let found = try await database.read { tx in try history.entries(filter, page: page, within: reach, in: tx) }
    try await note(shown, Set(found.items.map(\.object)), by: actor)
    let names = try await names(Set(found.items.compactMap(\.actor)))
    return found.map { entry in
      AuditLine(
        entry: entry, title: title(of: entry.kind), who: Self.name(entry.actor, names),
        mayUndo: mayUndo(entry, by: actor))
    }
  }

  /// Takes back one edit. Throws `UNDO_CONFLICT` when the record was changed or used since.
  @discardableResult
  public func undo(_ id: AuditID, by actor: Actor) async throws -> RecordedVersion {
    let seen = try actor.require(rights.audit)
    let reach = try actor.require(rights.restore)
    let change = Change(by: actor, at: clock.now(), reason: "undo")
    do {
      return try await database.write { tx in
        guard let entry = try history.entry(id, within: seen, in: tx), covers(reach, entry.org) else {
          throw Problem.notFound("entry")
        }
        if entry.isErased { throw Self.erased }
        try refuseUndo(of: entry.kind, at: entry.org, by: actor)
        try check(TakingBack(.undo, .before, of: entry.kind, [entry.object], by: actor), tx)
        try undoing.undo(
          version: entry.version, of: entry.object, kind: entry.kind, called: "Undo", change.at(entry.org), in: tx)
        try check(TakingBack(.undo, .after, of: entry.kind, [entry.object], by: actor), tx)
        return entry
      }
    } catch DatabaseProblem.duplicate {
      throw Problem(
        .conflict, code: "UNDO_CONFLICT", title: "Cannot be undone",
        detail: "Another record has the earlier key now. Change or delete that one first.")
    }
  }

  private static let erased = Problem(
    .conflict, code: "UNDO_TOO_LATE", title: "Too late",
    detail: "This record was in the recycle bin for more than \(RecycleBin.keptDays) days and is gone for good.")

  /// Notes whose records were looked at.
  func note(_ page: String, _ subjects: Set<ID<AnyEntity>>, by actor: Actor) async throws {
    guard let account = actor.account, !subjects.isEmpty else { return }
    try await log.noted(actor: account, page: page, subjects: subjects.sorted(), at: clock.now())
  }

  func names(of accounts: Set<AccountID>) async throws -> [AccountID: String] { try await names(accounts) }

  /// The names of those who made some deletions.
  func names(of deletions: [Deletion]) async throws -> [AccountID: String] {
    try await names(Set(deletions.compactMap(\.actor)))
  }

  static func name(_ account: AccountID?, _ names: [AccountID: String]) -> String {
    guard let account else { return "The system" }
    return names[account] ?? "A former account"
  }
}

/// The rights that open history and recycle bin; they are declared where the records are.
public struct HistoryRights: Sendable {
  /// See who changed what.
  public let audit: Permission
  /// Use the recycle bin, and take back edits.
  public let restore: Permission

  /// The two rights.
  public init(audit: Permission, restore: Permission) {
    self.audit = audit
    self.restore = restore
  }
}

/// One entry of the audit as a person sees it.
public struct AuditLine: Sendable, Equatable {
  /// What was recorded.
  public let entry: RecordedVersion
  /// What people call a record of this kind.
  public let title: String
  /// Who did it, by name.
  public let who: String
  /// Whether this person may take it back.
  public let mayUndo: Bool
}

extension String {
  /// With a capital first letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
