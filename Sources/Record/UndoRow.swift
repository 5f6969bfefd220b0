import Kernel
import Persistence

/// One row that a cause had to do with: how it was before, how the cause left it, and how it is now.
struct UndoRow {
  let id: ID<AnyEntity>
  private let lowest: Int
  private let highest: Int
  private let steps: Int
  private let firstAction: RecordAction
  private let lastAction: RecordAction
  let org: OrgID?
  let deletion: DeletionID?
  private let before: String?
  private let after: String
  private let current: String

  /// What has to be done with the row.
  enum Deed: Equatable {
    /// It is as it was before.
    case none
    /// Somebody changed it since.
    case leave
    /// It goes to the recycle bin.
    case delete
    /// It gets an earlier image, coming out of the recycle bin if it lies there.
    case rewrite(to: String, RecordAction)
  }

  /// When its turn is: by what has to become of it, whether or not there is anything to do.
  var phase: UndoPhase {
    if wasAbsent { return .delete }
    return lastAction == .deleted ? .restore : .change
  }

  var deed: Deed {
    let isDeleted = deletion != nil
    let isAsLeft = isDeleted == (lastAction == .deleted) && current == after && steps == highest - lowest + 1
    if wasAbsent {
      if isDeleted { return .none }
      return isAsLeft ? .delete : .leave
    }
    guard let before else { return .leave }
    if !isDeleted && current == before { return .none }
    guard isAsLeft else { return .leave }
    return .rewrite(to: before, isDeleted ? .restored : .changed)
  }

  /// Before the cause it was not there, or lay in the recycle bin.
  private var wasAbsent: Bool { firstAction == .created || firstAction == .restored }

  /// Which rows are meant.
  enum Choice {
    case cause(UndoPieces)
    case edit(of: ID<AnyEntity>, version: Int)

    fileprivate func touched(_ table: AnyRecordedTable) -> SQL {
      switch self {
      case .cause(let pieces):
        """
        SELECT object_id, MIN(version) AS lowest, MAX(version) AS highest, COUNT(*) AS steps FROM record_audit
        WHERE cause_id = \(pieces.cause) AND kind = \(table.kind) AND \(pieces.below.isBefore("object_id"))
        GROUP BY object_id ORDER BY object_id DESC LIMIT \(pieces.limit)
        """
      case .edit(let id, let version):
        """
        SELECT object_id, version AS lowest, version AS highest, 1 AS steps FROM record_audit
        WHERE object_id = \(id) AND version = \(version) AND kind = \(table.kind)
        """
      }
    }
  }

  /// The rows of a choice, those with the highest identifiers first.
  static func page(_ choice: Choice, in table: AnyRecordedTable, _ tx: any Connection) throws -> [UndoRow] {
    try tx.all(
      """
      SELECT \(columns)
      FROM (\(choice.touched(table))) touched
      JOIN record_audit first_step
        ON first_step.object_id = touched.object_id AND first_step.version = touched.lowest
        AND first_step.kind = \(table.kind)
      JOIN record_audit last_step
        ON last_step.object_id = touched.object_id AND last_step.version = touched.highest
        AND last_step.kind = \(table.kind)
      JOIN \(table.name) item ON item.id = touched.object_id
      JOIN record_version current_image
        ON current_image.id = item.id AND current_image.kind = \(table.kind) AND current_image.version = item.version
      JOIN record_version later
        ON later.id = item.id AND later.kind = \(table.kind) AND later.version = touched.highest
      LEFT JOIN record_version earlier
        ON earlier.id = item.id AND earlier.kind = \(table.kind) AND earlier.version = touched.lowest - 1
      ORDER BY touched.object_id DESC
      """)
  }
}

extension UndoRow: RowDecodable {
  static let columns: SQL = """
    touched.object_id, touched.lowest, touched.highest, touched.steps, first_step.action, last_step.action,
    last_step.org_id, item.deletion_id, earlier.payload, later.payload, current_image.payload
    """

  init(row: inout RowReader) throws {
    id = try row.next()
    lowest = try row.next()
    highest = try row.next()
    steps = try row.next()
    firstAction = try row.next()
    lastAction = try row.next()
    org = try row.next()
    deletion = try row.next()
    before = try row.next()
    after = try row.next()
    current = try row.next()
  }
}
