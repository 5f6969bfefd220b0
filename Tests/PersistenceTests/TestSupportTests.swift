import Kernel
import Persistence
import TestSupport
import Testing

@Suite struct `What tests stand on` {
  private let seeded = Migration(
    "20260105_0900_word",
    up: [
      "CREATE TABLE word (name {text} NOT NULL PRIMARY KEY) {strict}", "INSERT INTO word (name) VALUES ('section')",
    ],
    down: ["DROP TABLE word"])

  @Test(arguments: TestDatabase.engines)
  func `each call has what its migrations left, whatever the one before did`(
    engine: TestDatabase.Engine
  ) async throws {
    for _ in 0..<3 {
      try await engine.with(Thing.migrations + [seeded]) { database in
        let words: [String] = try await database.read { tx in try tx.all("SELECT name FROM word") { try $0.next() } }
        #expect(words == ["section"])
        let things = try await database.read { tx in try Thing.count(in: tx) }
        #expect(things == 0)
        let status = try await Migrator(database, Thing.migrations + [seeded]).status()
        #expect(status.allSatisfy { $0.appliedAt != nil && !$0.drifted })
        try await database.write { tx in
          try tx.run("DELETE FROM word")
          try Thing.insert(1, in: tx)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a plan tells an index from reading everything`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      #expect(try await database.plan(of: "SELECT id FROM thing WHERE number = \(7)").contains("thing_number_once"))
      let whole = try await database.plan(of: "SELECT id FROM thing WHERE price = \(7)")
      #expect(whole.contains(engine == .sqlite ? "SCAN" : "Seq Scan"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `queries are counted`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let counter = QueryCounter(database)
      try await counter.write { tx in
        try Thing.insert(1, in: tx)
        try tx.runAll(["UPDATE thing SET price = 1", "UPDATE thing SET price = 2"])
      }
      #expect(counter.count == 2)
      let count = try await counter.read { tx in try Thing.count(in: tx) }
      #expect(count == 1)
      #expect(counter.count == 3)
    }
  }

  @Test func `a clock stands until it is moved`() {
    let clock = TestClock(Instant(milliseconds: 1000))
    clock.advance(by: .seconds(2))
    #expect(clock.now() == Instant(milliseconds: 3000))
    clock.set(Instant(milliseconds: 5))
    #expect(clock.now() == Instant(milliseconds: 5))
  }

  @Test func `the same seed gives the same numbers`() {
    var one = SplitMix64(seed: 1_234_567)
    var other = SplitMix64(seed: 1_234_567)
    #expect(one.next() == 6_457_827_717_110_365_317)  // The reference's first number for this seed.
    _ = other.next()
    #expect(one.next() == other.next())
  }

  @Test(.disabled(if: Golden.isRewriting)) func `a golden file that differs says where`() throws {
    let problem = #expect(throws: Golden.Mismatch.self) {
      try Golden("persistence.sqlite.sql").check("nothing like it")
    }
    #expect(problem?.description.contains("from line 1 on") == true)
  }
}
