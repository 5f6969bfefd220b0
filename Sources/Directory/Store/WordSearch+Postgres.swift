import Persistence

extension WordSearch {
  /// The rows of the people whom a word finds, one by one: OFFSET 0 keeps PostgreSQL from walking the whole list in its
  /// order instead, which it would for the sake of the LIMIT.
  func postgresSource(startingWhere begins: SQL) -> SQL {
    """
    (SELECT DISTINCT w.person_id FROM directory_word AS w WHERE \(begins) OFFSET 0) AS hit CROSS JOIN LATERAL (
      SELECT * FROM \(index.view) AS found WHERE found.\(index.person) = hit.person_id OFFSET 0) AS \(index.alias)
    """
  }
}
