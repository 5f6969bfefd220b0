import Kernel
import Persistence
import TestSupport
import Testing

@Suite struct `Migrating` {
  let now = Instant(milliseconds: 1_700_000_000_000)
  let first = Migration(
    "20260101_0900_first", up: ["CREATE TABLE one (id {int} PRIMARY KEY) {strict}"], down: ["DROP TABLE one"])
  let second = Migration(
    "20260102_0900_second",
    up: ["CREATE TABLE two (id {int} PRIMARY KEY) {strict}", "CREATE INDEX two_id ON two (id)"],
    down: ["DROP TABLE two"])

  @Test(arguments: TestDatabase.engines)
  func `up runs what has not run, in the order of the names, and once`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      #expect(try await Migrator(database, [first]).up(now: now) == ["20260101_0900_first"])
      let migrator = Migrator(database, [second, first])
      #expect(try await migrator.up(now: now) == ["20260102_0900_second"])
      #expect(try await migrator.up(now: now) == [])
      #expect(try await migrator.status().map(\.name) == ["20260101_0900_first", "20260102_0900_second"])
      let statuses = try await migrator.status()
      #expect(statuses.allSatisfy { $0.appliedAt == now && !$0.drifted })
      let count = try await database.read { tx in try tx.count("SELECT count(*) FROM two") }
      #expect(count == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `down takes back the newest`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      let migrator = Migrator(database, [first, second])
      try await migrator.up(now: now)
      #expect(try await migrator.down(1) == ["20260102_0900_second"])
      let applied = try await migrator.status().map { $0.appliedAt != nil }
      #expect(applied == [true, false])
      await #expect(throws: Bug.self) { try await database.read { tx in try tx.count("SELECT count(*) FROM two") } }
      #expect(try await migrator.down(9) == ["20260101_0900_first"])
      #expect(try await migrator.up(now: now).count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `all up, all down, all up gives the same schema`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      let migrator = Migrator(database, Thing.migrations + [first, second])
      try await migrator.up(now: now)
      let before = try await schema(of: database)
      try await migrator.down(3)
      #expect(try await schema(of: database) != before)
      try await migrator.up(now: now)
      #expect(try await schema(of: database) == before)
      #expect(before.contains("thing_number_once"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the schema looks as it did`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      try await Migrator(database, Thing.migrations).up(now: now)
      try Golden("persistence.\(engine).sql").check(try await schema(of: database))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what was edited after it ran, or is not known, shows as drifted`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      try await Migrator(database, [first, second]).up(now: now)
      let edited = Migration(
        "20260101_0900_first", up: ["CREATE TABLE one (id {int})"], down: ["DROP TABLE one"])
      let statuses = try await Migrator(database, [edited]).status()
      #expect(statuses.map(\.name) == ["20260101_0900_first", "20260102_0900_second"])
      #expect(statuses.map(\.drifted) == [true, true])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what fails half-way leaves nothing`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      let broken = Migration(
        "20260103_0900_broken", up: ["CREATE TABLE three (id {int})", "CREATE TABLE one (id {int})"], down: [])
      let migrator = Migrator(database, [first, broken])
      await #expect(throws: Bug.self) { try await migrator.up(now: now) }
      let applied = try await migrator.status().map { $0.appliedAt != nil }
      #expect(applied == [true, false])
      await #expect(throws: Bug.self) { try await database.read { tx in try tx.count("SELECT count(*) FROM three") } }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what cannot be taken back says so and stays`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      let oneWay = Migration(
        "20260103_0900_one_way", up: ["CREATE TABLE three (id {int})"], irreversible: "it forgets")
      let migrator = Migrator(database, [first, oneWay])
      try await migrator.up(now: now)
      let problem = await #expect(throws: Problem.self) { try await migrator.down(1) }
      #expect(problem?.code == "IRREVERSIBLE")
      let statuses = try await migrator.status()
      #expect(statuses.allSatisfy { $0.appliedAt != nil })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two programs that start at once migrate once`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      let migrator = Migrator(database, [first, second])
      async let one = migrator.up(now: now)
      async let other = migrator.up(now: now)
      let done = try await (one + other).sorted()
      #expect(done == ["20260101_0900_first", "20260102_0900_second"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an unknown word or an open brace is a bug`(engine: TestDatabase.Engine) async throws {
    try await engine.withEmpty { database in
      for text: StaticString in ["CREATE TABLE a (id {uuid})", "CREATE TABLE a (id {int)"] {
        await #expect(throws: Bug.self) {
          try await Migrator(database, [Migration("20260101_0900_a", up: [text], down: [])]).up(now: now)
        }
      }
    }
  }
}
