import Persistence

extension Catalogue {
  /// Foreign keys of one column, or nil where this is not SQLite.
  static func sqliteReferences(_ tx: any Connection) throws -> [(child: String, column: String, parent: String)]? {
    guard tx.dialect == .sqlite else { return nil }
    return try tx.all(
      """
      SELECT tables.name, keys."from", keys."table"
      FROM sqlite_schema tables JOIN pragma_foreign_key_list(tables.name) keys
      WHERE tables.type = 'table' ORDER BY tables.name, keys.id
      """
    ) { row in (child: try row.next(), column: try row.next(), parent: try row.next()) }
  }

  /// The columns of unique indexes, or nil where this is not SQLite.
  static func sqliteKeys(_ tx: any Connection) throws -> [KeyColumn]? {
    guard tx.dialect == .sqlite else { return nil }
    return try tx.all(
      """
      SELECT tables.name, indexes.name, columns.name
      FROM sqlite_schema tables
      JOIN pragma_index_list(tables.name) indexes ON indexes."unique" = 1 AND indexes.origin <> 'pk'
      JOIN pragma_index_info(indexes.name) columns ON columns.name IS NOT NULL
      WHERE tables.type = 'table' ORDER BY tables.name, indexes.name, columns.seqno
      """
    ) { row in KeyColumn(table: try row.next(), index: try row.next(), column: try row.next()) }
  }
}
