import Persistence

extension WordSearch {
  /// The rows of the people whom a word finds, one by one: SQLite takes a CROSS JOIN in the order it is written. The
  /// ids come first, because an identity beats every other index that a condition on the row might tempt it to.
  func source(startingWhere begins: SQL, in tx: any Connection) -> SQL {
    guard tx.dialect == .sqlite else { return postgresSource(startingWhere: begins) }
    return """
      (
        SELECT DISTINCT found.id FROM directory_word AS w
        CROSS JOIN \(index.view) AS found ON found.\(index.person) = w.person_id WHERE \(begins)
      ) AS hit CROSS JOIN \(index.view) AS \(index.alias) ON \(index.alias).id = hit.id
      """
  }
}
