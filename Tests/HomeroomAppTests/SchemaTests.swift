import Kernel
import Persistence
import PostgresDriver
import SQLiteDriver
import TestSupport
import Testing

@testable import HomeroomApp

@Suite struct `The schema of all slices` {
  @Test(arguments: TestDatabase.engines)
  func `goes up, down and up again, and looks as it did`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      let migrator = Migrator(database, Wiring.migrations)
      let all = Wiring.migrations.count
      #expect(try await migrator.up(now: World.now).count == all)
      let first = try await dump(database)
      #expect(try await migrator.down(all).count == all)
      #expect(try await migrator.up(now: World.now).count == all)
      #expect(try await dump(database) == first)
      #expect(try await migrator.status().allSatisfy { $0.appliedAt != nil && !$0.drifted })
      try Golden("schema.\(engine).sql").check(first)
    }
  }

  private func dump(_ database: any Database) async throws -> String {
    switch database {
    case let sqlite as SQLiteDatabase: try await sqlite.schemaDump()
    case let postgres as PostgresDatabase: try await postgres.schemaDump()
    default: throw Bug("a database of no engine")
    }
  }
}
