import Foundation
public import Persistence

/// Databases for tests: `@Test(arguments: TestDatabase.engines) func … (engine: TestDatabase.Engine)`.
///
/// ```swift
/// try await engine.with(migrations) { database in … }
/// ```
/// Each call has a migrated database to itself. SQLite is always there; PostgreSQL when `HOMEROOM_TEST_POSTGRES` holds
/// an address, which `bin/test-servers` prints. Calls do not nest: places are few.
public enum TestDatabase {
  /// A database that tests run on.
  public enum Engine: String, Sendable, CaseIterable, CustomStringConvertible {
    /// A file in memory.
    case sqlite
    /// A schema of its own on the test server.
    case postgres

    public var description: String { rawValue }
  }

  /// The engines of this run; says so on standard error when PostgreSQL is skipped.
  public static let engines: [Engine] = {
    if postgresAddress != nil { return [.sqlite, .postgres] }
    say(
      """
      ------------------------------------------------------------------------------------
      PostgreSQL is SKIPPED: HOMEROOM_TEST_POSTGRES is not set. See bin/test-servers.
      ------------------------------------------------------------------------------------
      """)
    return [.sqlite]
  }()

  /// The address of the test server, if there is one.
  public static let postgresAddress: String? = {
    let address = ProcessInfo.processInfo.environment["HOMEROOM_TEST_POSTGRES"] ?? ""
    return address.isEmpty ? nil : address
  }()
}

extension TestDatabase.Engine {
  /// Runs `body` on a database that has `migrations` and nothing else, then takes it away.
  public func with<Value: Sendable>(
    _ migrations: [Migration], _ body: (any Persistence.Database) async throws -> Value
  ) async throws -> Value {
    switch self {
    case .sqlite: try await SQLiteTests.with(migrations, body)
    case .postgres: try await PostgresTests.with(migrations, body)
    }
  }

  /// Runs `body` on a database with nothing in it at all, for tests of migrations themselves.
  public func withEmpty<Value: Sendable>(
    _ body: (any Persistence.Database) async throws -> Value
  ) async throws -> Value {
    switch self {
    case .sqlite: try await SQLiteTests.with([], body)
    case .postgres: try await PostgresTests.withEmpty(body)
    }
  }
}

/// Tells one set of migrations from another.
func fingerprint(of migrations: [Migration]) -> String {
  migrations.map { "\($0.name):\($0.checksum)" }.sorted().joined(separator: ",")
}

/// Processes leave their number in the names of what they make, so that the next run can take away what a killed one
/// left behind.
func isAlive(process: Int) -> Bool {
  guard let number = pid_t(exactly: process) else { return false }
  return kill(number, 0) == 0 || errno == EPERM
}
