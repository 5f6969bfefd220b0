import Kernel
import Persistence

/// What must happen before what: things go before what they hung on, keys are free before others take them back.
enum UndoPhase: Sendable, Equatable {
  /// What came to be goes.
  case delete
  /// What was changed is as before.
  case change
  /// What was deleted comes back.
  case restore
}

/// The walks of one undo, and the count it keeps.
struct UndoPlan: Sendable {
  let cause: ID<AnyEntity>
  let catalogue: Catalogue
  let walks: [(phase: UndoPhase, table: AnyRecordedTable)]
  private(set) var outcome: UndoOutcome
  /// What was left in the last round of each walk; an earlier round's does not count any more.
  private var left: [(phase: UndoPhase, left: UndoLeft)] = []

  init(of cause: ID<AnyEntity>, _ tables: [AnyRecordedTable], in tx: any Connection) throws {
    self.cause = cause
    catalogue = try Catalogue(of: tables, in: tx)
    var total = 0
    var actions: [String: Set<RecordAction>] = [:]
    for table in tables {
      total += try tx.count(
        """
        SELECT COUNT(DISTINCT object_id) FROM record_audit WHERE cause_id = \(cause) AND kind = \(table.kind)
        """)
      actions[table.kind] = Set(
        try tx.all(
          "SELECT DISTINCT action FROM record_audit WHERE cause_id = \(cause) AND kind = \(table.kind)"
        ) { row -> RecordAction in try row.next() })
    }
    outcome = UndoOutcome(total: total)
    let childrenFirst = catalogue.childrenFirst
    let having = { (tables: [AnyRecordedTable], wanted: Set<RecordAction>) in
      tables.filter { !wanted.isDisjoint(with: actions[$0.kind] ?? []) }
    }
    walks =
      having(childrenFirst, [.created, .restored]).map { (.delete, $0) }
      + having(childrenFirst, [.changed, .restored]).map { (.change, $0) }
      + having(childrenFirst.reversed(), [.deleted]).map { (.restore, $0) }
  }

  /// Before another round over the same rows: what they were left for is found out anew.
  mutating func forgetLeft(_ phase: UndoPhase, _ kind: String) {
    left.removeAll { $0.phase == phase && $0.left.kind == kind }
    outcome.left = left.prefix(1000).map(\.left)
    outcome.leftCount = left.count
  }

  mutating func count(_ undone: Int, _ phase: UndoPhase, _ newlyLeft: [UndoLeft]) {
    switch phase {
    case .delete: outcome.removed += undone
    case .change: outcome.changedBack += undone
    case .restore: outcome.restored += undone
    }
    left += newlyLeft.map { (phase, $0) }
    outcome.left = left.prefix(1000).map(\.left)
    outcome.leftCount = left.count
  }
}

/// One page of the rows of a cause, those with the highest identifiers first.
struct UndoPieces: Sendable {
  let cause: ID<AnyEntity>
  let below: ID<AnyEntity>?
  let limit: Int

  init(of cause: ID<AnyEntity>, below: ID<AnyEntity>?, limit: Int) {
    self.cause = cause
    self.below = below
    self.limit = limit
  }
}

/// The deletion that an undo puts rows into: begun with the first of them, and found again when the undo goes on.
struct UndoDeletion: Sendable {
  let root: ID<AnyEntity>
  let kind: String
  let label: String

  func begun(by record: Record, _ change: Change, in tx: any Connection) throws -> DeletionID {
    let open = try tx.first(
      """
      SELECT id FROM record_deletion WHERE root_id = \(root) AND root_kind = \(kind) AND restored_at IS NULL
      ORDER BY id DESC LIMIT 1
      """
    ) { row -> DeletionID in try row.next() }
    return try open ?? record.beginDeletion(of: root, kind: kind, label: label, change, in: tx)
  }
}
