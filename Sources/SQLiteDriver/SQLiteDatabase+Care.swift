import Persistence

/// What `doctor`, backups and the golden schema ask of SQLite.
extension SQLiteDatabase {
  /// Brings the write-ahead log into the database file and empties it; false when a long read keeps part of it.
  @discardableResult
  public func checkpoint() async throws -> Bool {
    try await apart { connection in try connection.words("PRAGMA wal_checkpoint(TRUNCATE)").first == "0" }
  }

  /// Reads the whole file and tells what is wrong with it, foreign keys included: empty when all is well. It takes as
  /// long as reading the file does, beside other reads.
  public func integrityCheck() async throws -> [String] {
    try await read(limit: nil) { tx in
      let damage: [String] = try tx.all("SELECT integrity_check FROM pragma_integrity_check") { try $0.next() }
      let orphans = try tx.all("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 100") { row in
        let table: String = try row.next()
        let rowid: Int? = try row.next()
        let parent: String = try row.next()
        return "\(table) row \(rowid.map(String.init) ?? "?") refers to a row of \(parent) that is not there"
      }
      return damage.filter { $0 != "ok" } + orphans
    }
  }

  /// As `integrityCheck`, without comparing indexes with their tables and without foreign keys: several times as quick.
  public func quickCheck() async throws -> [String] {
    try await read(limit: nil) { tx in
      let damage: [String] = try tx.all("SELECT quick_check FROM pragma_quick_check") { try $0.next() }
      return damage.filter { $0 != "ok" }
    }
  }

  /// The settings in force on the connection that writes, and SQLite's version, in a fixed order.
  public func pragmaReport() async throws -> [(name: String, value: String)] {
    try await apart { connection in
      let names = [
        "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "cache_size", "mmap_size", "temp_store",
        "journal_size_limit", "wal_autocheckpoint", "page_size", "page_count", "freelist_count", "encoding",
      ]
      let version = try connection.words("SELECT sqlite_version()").first ?? ""
      return try [("sqlite_version", version)]
        + names.map { (name: $0, value: try connection.words("PRAGMA \($0)").first ?? "") }
    }
  }

  /// The schema as SQLite keeps it: each table followed by its indexes and triggers, in the order of their names.
  public func schemaDump() async throws -> String {
    try await read { tx in
      let statements: [String] = try tx.all(
        """
        SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, name
        """
      ) { try $0.next() }
      return statements.map { $0 + ";\n" }.joined(separator: "\n")
    }
  }
}
