public import Kernel
import Persistence

extension Record {
  /// Throws `VERSION_STALE` with the newest image unless `version`, which the editor saw, is the row's newest: for
  /// changes that do not go through `update`, such as deleting.
  public func requireNewest<Row: RecordedRow>(
    _ version: Int, of row: Row, in table: RecordedTable<Row>
  ) throws(Problem) {
    guard row.version != version else { return }
    throw .stale(table.kind, current: "{\"version\":\(row.version),\"values\":\(table.image(of: row))}")
  }
}
