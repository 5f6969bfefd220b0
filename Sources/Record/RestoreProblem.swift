import Kernel
import Persistence

/// Why a deletion cannot be restored, in words that say what stands in the way.
enum RestoreProblem {
  static let tooLarge = Problem(
    .conflict, code: "RESTORE_TOO_LARGE", title: "Too much at once",
    detail: "This deletion took more than \(RecycleBin.restoreLimit) records. Undo the import or edit that made it.")

  /// A row that came back must not refer to one that stays in the recycle bin.
  static func refuseMissingParents(
    of table: AnyRecordedTable, takenBy deletion: DeletionID, _ catalogue: Catalogue, in tx: any Connection
  ) throws {
    for reference in catalogue.parents(of: table) {
      let missing = try tx.exists(
        """
        SELECT 1 FROM \(table.name) child JOIN \(reference.parent.name) parent ON parent.id = child.\(reference.column)
        WHERE child.deletion_id = \(deletion) AND parent.deletion_id IS NOT NULL AND parent.deletion_id <> \(deletion)
        LIMIT 1
        """)
      guard missing else { continue }
      throw conflict(
        "A \(table.kind) in it belongs to a \(reference.parent.kind) that was deleted apart from it. "
          + "Restore that \(reference.parent.kind) first.")
    }
  }

  /// Finds the live row whose key one of the rows would take. The refusal came from the database; this only explains
  /// it, so a key that holds under a condition only may be named where several come into question.
  static func keyTaken(by deletion: DeletionID, _ catalogue: Catalogue, in tx: any Connection) throws -> Problem {
    for key in catalogue.keys {
      let same = SQL.all(key.columns.map { "gone.\($0.name) = live.\($0.name)" })
      let found = try tx.first(
        """
        SELECT live.id FROM \(key.table.name) gone JOIN \(key.table.live) live ON \(same)
        WHERE gone.deletion_id = \(deletion) LIMIT 1
        """
      ) { row -> ID<AnyEntity> in try row.next() }
      guard let found else { continue }
      let columns = key.columns.map { $0.key.replacing("_id", with: "").replacing("_", with: " ") }
      let image = try Record().currentImage(of: found, in: key.table, tx)
      return conflict(
        "Another \(key.table.kind) has the same \(columns.joined(separator: " and ")) now. "
          + "Change or delete that one first.",
        current: "{\"kind\":\(JSON.string(key.table.kind).text),\"id\":\"\(found)\",\"values\":\(image)}")
    }
    return conflict("Something with the same key was made meanwhile. Change or delete that first.")
  }

  private static func conflict(_ detail: String, current: String? = nil) -> Problem {
    Problem(.conflict, code: "RESTORE_CONFLICT", title: "Something stands in the way", detail: detail, current: current)
  }
}
