public import Persistence

extension Persistence.Database {
  /// How the engine would run a query, in its own words: a hot query names its index there and says no `SCAN` or
  /// `Seq Scan`. PostgreSQL is told to avoid reading whole tables, which it would prefer for the few rows of a test; if
  /// it does so still, there is no index for the query.
  public func plan(of query: SQL) async throws -> String {
    try await read { tx in
      switch tx.dialect {
      case .sqlite:
        let lines = try tx.all("EXPLAIN QUERY PLAN \(query)") { row -> String in
          row.skip(3)
          return try row.next()
        }
        return lines.joined(separator: "\n")
      case .postgres:
        try tx.run("SET LOCAL enable_seqscan = off")
        let lines: [String] = try tx.all("EXPLAIN (COSTS OFF) \(query)") { try $0.next() }
        return lines.joined(separator: "\n")
      }
    }
  }
}
