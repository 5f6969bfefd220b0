import Persistence

extension Catalogue {
  /// Foreign keys of one column; asked where `sqliteReferences` had no answer.
  static func postgresReferences(_ tx: any Connection) throws -> [(child: String, column: String, parent: String)] {
    try tx.all(
      """
      SELECT CAST(child.relname AS TEXT), CAST(columns.attname AS TEXT), CAST(parent.relname AS TEXT)
      FROM pg_constraint keys
      JOIN pg_class child ON child.oid = keys.conrelid
      JOIN pg_class parent ON parent.oid = keys.confrelid
      JOIN pg_attribute columns ON columns.attrelid = child.oid AND columns.attnum = keys.conkey[1]
      WHERE keys.contype = 'f' AND pg_table_is_visible(child.oid)
      ORDER BY child.relname, keys.conname
      """
    ) { row in (child: try row.next(), column: try row.next(), parent: try row.next()) }
  }

  /// The columns of unique indexes; asked where `sqliteKeys` had no answer.
  static func postgresKeys(_ tx: any Connection) throws -> [KeyColumn] {
    try tx.all(
      """
      SELECT CAST(tables.relname AS TEXT), CAST(names.relname AS TEXT), CAST(columns.attname AS TEXT)
      FROM pg_index indexes
      JOIN pg_class tables ON tables.oid = indexes.indrelid
      JOIN pg_class names ON names.oid = indexes.indexrelid
      JOIN pg_attribute columns ON columns.attrelid = tables.oid AND columns.attnum = ANY (indexes.indkey)
      WHERE indexes.indisunique AND NOT indexes.indisprimary AND pg_table_is_visible(tables.oid)
      ORDER BY tables.relname, names.relname, columns.attnum
      """
    ) { row in KeyColumn(table: try row.next(), index: try row.next(), column: try row.next()) }
  }
}
