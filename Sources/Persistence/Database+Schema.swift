extension Database {
  /// Whether the database answers and has a schema at all: what probes ask, many times a minute.
  public func hasSchema() async throws -> Bool {
    try await read { tx in try tx.exists("SELECT 1 FROM schema_migration LIMIT 1") }
  }
}
