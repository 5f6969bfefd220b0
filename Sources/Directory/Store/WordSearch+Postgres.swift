import Persistence

extension WordSearch {
  /// The rows that a word finds, one by one: OFFSET 0 keeps PostgreSQL from walking the whole list in its
  /// order instead, which it would for the sake of the LIMIT.
  func postgresSource(startingWhere begins: SQL) -> SQL {
    """
    (SELECT DISTINCT w.\(index.key) AS id FROM \(index.table) AS w WHERE \(begins) OFFSET 0) AS hit
    CROSS JOIN LATERAL (SELECT * FROM \(index.view) AS found WHERE found.id = hit.id OFFSET 0) AS \(index.alias)
    """
  }
}
