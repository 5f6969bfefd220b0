import Persistence

/// What `doctor` and the golden schema ask of PostgreSQL.
extension PostgresDatabase {
  /// The settings that durability and space depend on, and the version, in a fixed order.
  public func settingsReport() async throws -> [(name: String, value: String)] {
    try await read { tx in
      try tx.all(
        """
        SELECT name, setting FROM pg_settings WHERE name IN (
          'server_version', 'server_encoding', 'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums',
          'max_connections', 'shared_buffers', 'default_transaction_isolation', 'TimeZone', 'ssl')
        ORDER BY name COLLATE "C"
        """
      ) { row in (name: try row.next() as String, value: try row.next() as String) }
    }
  }

  /// The schema in force, as SQL in a fixed order: tables, views, functions, each table with its indexes and triggers.
  /// The schema's own name does not appear.
  public func schemaDump() async throws -> String {
    try await read { tx in
      let schema: String = try tx.first("SELECT current_schema()::text") { try $0.next() } ?? ""
      let parts = try Self.tables(tx) + Self.views(tx) + Self.functions(tx)
      return parts.joined(separator: "\n").replacing(schema + ".", with: "")
    }
  }

  private static func tables(_ tx: any Connection) throws -> [String] {
    let names: [String] = try tx.all(
      """
      SELECT relname::text FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') ORDER BY relname COLLATE "C"
      """
    ) { try $0.next() }
    return try names.map { name in
      let lines = try columns(of: name, tx) + constraints(of: name, tx)
      let table = "CREATE TABLE \(name) (\n" + lines.map { "  " + $0 }.joined(separator: ",\n") + "\n);\n"
      return table + (try indexes(of: name, tx) + triggers(of: name, tx)).map { $0 + ";\n" }.joined()
    }
  }

  private static func columns(of table: String, _ tx: any Connection) throws -> [String] {
    try tx.all(
      """
      SELECT attname || ' ' || format_type(atttypid, atttypmod)
        || CASE WHEN attcollation <> typcollation THEN ' COLLATE "' || collname || '"' ELSE '' END
        || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
        || coalesce(
             CASE WHEN attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(adbin, adrelid) || ') STORED'
             ELSE ' DEFAULT ' || pg_get_expr(adbin, adrelid) END, '')
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relnamespace = current_schema()::regnamespace AND relname = \(table) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """
    ) { try $0.next() }
  }

  private static func constraints(of table: String, _ tx: any Connection) throws -> [String] {
    try tx.all(
      """
      SELECT 'CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid, true)
      FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
      WHERE relnamespace = current_schema()::regnamespace AND relname = \(table)
        AND contype IN ('p', 'u', 'f', 'c', 'x')
      ORDER BY position(contype IN 'pufcx'), conname COLLATE "C"
      """
    ) { try $0.next() }
  }

  private static func indexes(of table: String, _ tx: any Connection) throws -> [String] {
    try tx.all(
      """
      SELECT pg_get_indexdef(indexrelid, 0, true)
      FROM pg_index JOIN pg_class t ON t.oid = indrelid JOIN pg_class i ON i.oid = indexrelid
      WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = \(table)
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
      ORDER BY i.relname COLLATE "C"
      """
    ) { try $0.next() }
  }

  private static func triggers(of table: String, _ tx: any Connection) throws -> [String] {
    try tx.all(
      """
      SELECT pg_get_triggerdef(pg_trigger.oid, true)
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
      WHERE relnamespace = current_schema()::regnamespace AND relname = \(table) AND NOT tgisinternal
      ORDER BY tgname COLLATE "C"
      """
    ) { try $0.next() }
  }

  private static func views(_ tx: any Connection) throws -> [String] {
    try tx.all(
      """
      SELECT 'CREATE VIEW ' || relname || ' AS' || chr(10) || pg_get_viewdef(oid, true) || chr(10)
      FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'v' ORDER BY relname COLLATE "C"
      """
    ) { try $0.next() }
  }

  private static func functions(_ tx: any Connection) throws -> [String] {
    try tx.all(
      """
      SELECT pg_get_functiondef(pg_proc.oid) || ';' || chr(10) FROM pg_proc
      WHERE pronamespace = current_schema()::regnamespace AND prokind IN ('f', 'p') ORDER BY proname COLLATE "C", 1
      """
    ) { try $0.next() }
  }
}
