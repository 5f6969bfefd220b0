import Persistence

extension WordSearch {
  /// The rows that a word finds, one by one: SQLite takes a CROSS JOIN in the order it is written.
  func source(startingWhere begins: SQL, in tx: any Connection) -> SQL {
    guard tx.dialect == .sqlite else { return postgresSource(startingWhere: begins) }
    return """
      (SELECT DISTINCT w.\(index.key) AS id FROM \(index.table) AS w WHERE \(begins)) AS hit
      CROSS JOIN \(index.view) AS \(index.alias) ON \(index.alias).id = hit.id
      """
  }
}
