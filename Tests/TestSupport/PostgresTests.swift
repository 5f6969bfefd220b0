import Foundation
import Kernel
import Persistence
import PostgresDriver

/// A schema for each test, lent out: the tables are migrated once and emptied between tests, which is quicker by far.
enum PostgresTests {
  private static let places = Slots(8)
  private static let leases = Leases()

  static func with<Value: Sendable>(
    _ migrations: [Migration], _ body: (any Persistence.Database) async throws -> Value
  ) async throws -> Value {
    guard !migrations.isEmpty else { return try await withEmpty(body) }
    return try await places.within {
      let key = fingerprint(of: migrations)
      let schema: String
      if let spare = await leases.spare(key) {
        schema = spare
      } else {
        schema = try await newSchema()
        try await within(schema) { database in
          try await Migrator(database, migrations).up(now: Instant(milliseconds: 0))
          try await PostgresReset.remember(database)
        }
      }
      let value = try await within(schema, body)
      // After a failure the schema stays as it is, for whoever wants to look, and is not lent again.
      try await within(schema) { database in try await PostgresReset.reset(database) }
      await leases.giveBack(schema, key)
      return value
    }
  }

  static func withEmpty<Value: Sendable>(
    _ body: (any Persistence.Database) async throws -> Value
  ) async throws -> Value {
    try await places.within {
      let schema = try await newSchema()
      let value = try await within(schema, body)
      try await command("DROP SCHEMA \(schema) CASCADE")
      return value
    }
  }

  private static func within<Value: Sendable>(
    _ schema: String, _ body: (any Persistence.Database) async throws -> Value
  ) async throws -> Value {
    let database = try await PostgresDatabase.connect(url: try address(), schema: schema, connections: 8)
    let result: Result<Value, any Error>
    do { result = .success(try await body(database)) } catch { result = .failure(error) }
    await database.close()
    return try result.get()
  }

  private static func newSchema() async throws -> String {
    let process = ProcessInfo.processInfo.processIdentifier
    let schema = await leases.newName("homeroom_test_\(process)")
    if schema.hasSuffix("_1") { try await sweep() }
    try await command("CREATE SCHEMA \(schema)")
    return schema
  }

  /// Takes away the schemas of processes that are gone.
  private static func sweep() async throws {
    let database = try await PostgresDatabase.connect(url: try address(), connections: 1)
    let schemas: [String] = try await database.read { tx in
      try tx.all("SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'homeroom\\_test\\_%'") { try $0.next() }
    }
    await database.close()
    for schema in schemas {
      let parts = schema.split(separator: "_")
      guard parts.count >= 4, let process = Int(parts[2]), !isAlive(process: process) else { continue }
      try await command("DROP SCHEMA IF EXISTS \(schema) CASCADE")
    }
  }

  private static func command(_ text: String) async throws {
    let database = try await PostgresDatabase.connect(url: try address(), connections: 1)
    let result: Result<Void, any Error>
    do {
      try await database.write { tx in
        // The text comes from names made above; a function runs it, because SQL takes no text from strings.
        try tx.run("SELECT set_config('homeroom.command', \(text), true)")
        try tx.run("DO $$ BEGIN EXECUTE current_setting('homeroom.command'); END $$")
      }
      result = .success(())
    } catch {
      result = .failure(error)
    }
    await database.close()
    try result.get()
  }

  static func address() throws -> String {
    guard let address = TestDatabase.postgresAddress else { throw Bug("HOMEROOM_TEST_POSTGRES is not set") }
    return address
  }
}

/// Which schemas are free. An actor, because tests run side by side.
private actor Leases {
  private var spare: [String: [String]] = [:]
  private var names = 0

  func spare(_ key: String) -> String? { spare[key]?.popLast() }

  func giveBack(_ schema: String, _ key: String) { spare[key, default: []].append(schema) }

  func newName(_ prefix: String) -> String {
    names += 1
    return "\(prefix)_\(names)"
  }
}
