import Kernel
import Persistence
import TestSupport
import Testing

@Suite struct `Reading and writing` {
  struct Regret: Error {}

  @Test(arguments: TestDatabase.engines)
  func `a read cannot write`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      await #expect(throws: Bug.self) { try await database.read { tx in try Thing.insert(1, in: tx) } }
      let count = try await database.read { tx in try Thing.count(in: tx) }
      #expect(count == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an error of the body passes through and undoes everything`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      await #expect(throws: Regret.self) {
        try await database.write { tx in
          try Thing.insert(1, in: tx)
          throw Regret()
        }
      }
      await #expect(throws: Regret.self) { try await database.read { _ in throw Regret() } }
      let count = try await database.read { tx in try Thing.count(in: tx) }
      #expect(count == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a refused statement ends the write even when the body goes on`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      await #expect(throws: DatabaseProblem.duplicate("thing_number_once")) {
        try await database.write { tx in
          try Thing.insert(1, in: tx)
          do { try Thing.insert(1, in: tx) } catch { return }
        }
      }
      await #expect(throws: DatabaseProblem.duplicate("thing_number_once")) {
        try await database.write { tx in
          try Thing.insert(1, in: tx)
          do { try Thing.insert(1, in: tx) } catch { try Thing.insert(2, in: tx) }
        }
      }
      let count = try await database.read { tx in try Thing.count(in: tx) }
      #expect(count == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `those who share a commit with one that throws lose nothing`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let acknowledged = await withTaskGroup(of: Int?.self) { group in
        for number in 100..<164 {
          group.addTask {
            do {
              return try await database.write(.readCommitted) { tx in
                try Thing.insert(number, in: tx)
                if number % 3 == 0 { throw Regret() }
                if number % 5 == 0 { try Thing.insert(number, in: tx) }
                return number
              }
            } catch {
              return nil
            }
          }
        }
        return await group.reduce(into: Set<Int>()) { numbers, number in
          if let number { numbers.insert(number) }
        }
      }
      #expect(acknowledged == Set((100..<164).filter { $0 % 3 != 0 && $0 % 5 != 0 }))
      let found: [Int] = try await database.read { tx in try tx.all("SELECT number FROM thing") { try $0.next() } }
      #expect(Set(found) == acknowledged)
      #expect(found.count == acknowledged.count)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `run tells how many rows changed`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let counts = try await database.write { tx in
        for number in 1...3 { try Thing.insert(number, in: tx) }
        return [
          try tx.run("UPDATE thing SET name = \("x") WHERE number > \(1)"),
          try tx.run("UPDATE thing SET name = \("x") WHERE number > \(100)"),
          try tx.run("SELECT number FROM thing"),
          try tx.run("CREATE TABLE other (a INTEGER)"),
          try tx.run("DELETE FROM thing"),
        ]
      }
      #expect(counts == [2, 0, 0, 0, 3])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `many statements run together, and one that is refused takes all with it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Thing.migrations) { database in
      func inserts(_ numbers: some Sequence<Int>) -> [SQL] {
        numbers.map { number in
          "INSERT INTO thing (id, number) VALUES (\(ID<Thing>.new(at: Instant(milliseconds: 0))), \(number))"
        }
      }
      let first = inserts(100..<550)
      let second = inserts([600, 100, 601])
      try await database.write { tx in try tx.runAll([]) }
      try await database.write { tx in try tx.runAll(first) }
      await #expect(throws: DatabaseProblem.duplicate("thing_number_once")) {
        try await database.write { tx in try tx.runAll(second) }
      }
      let count = try await database.read { tx in try Thing.count(in: tx) }
      #expect(count == 450)
      // A statement that was never prepared because its neighbour was refused is prepared the next time.
      let mixed: [SQL] = ["UPDATE thing SET number = 13 WHERE number = 100", "UPDATE thing SET name = 'late'"]
      await #expect(throws: DatabaseProblem.self) { try await database.write { tx in try tx.runAll(mixed) } }
      try await database.write { tx in try tx.runAll(mixed.suffix(1)) }
      let late = try await database.read { tx in try tx.count("SELECT count(*) FROM thing WHERE name = 'late'") }
      #expect(late == 450)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a statement can run inside the rows of the same statement`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let pairs = try await database.write { tx in
        for number in 1...3 { try Thing.insert(number, in: tx) }
        var pairs = 0
        try tx.each("SELECT number FROM thing") { _ in
          try tx.each("SELECT number FROM thing") { _ in pairs += 1 }
        }
        return pairs
      }
      #expect(pairs == 9)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `more statements than are kept prepared still work`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let total = try await database.read { tx in
        var total = 0
        for round in 1...2 {
          for count in 1...450 { total += round * (try tx.count("SELECT 1 WHERE 1 IN \(list: Array(1...count))")) }
        }
        return total
      }
      #expect(total == 1350)
      // And undoing, too, when there is no room left for one more.
      await #expect(throws: Bug.self) {
        try await database.read { tx in
          for count in 1...420 { _ = try tx.count("SELECT 2 WHERE 1 IN \(list: Array(1...count))") }
          try tx.run("SELECT nonsense")
        }
      }
      for _ in 1...20 {
        let one = try await database.read { tx in try tx.count("SELECT 1") }
        #expect(one == 1)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a read sees one state, whatever is written meanwhile`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      try await database.write { tx in try Thing.insert(1, in: tx) }
      let isSeen = Signal()
      let isWritten = Signal()
      async let counts = database.read { tx in
        let before = try Thing.count(in: tx)
        isSeen.raise()
        isWritten.wait()
        return (before, try Thing.count(in: tx))
      }
      await isSeen.raised()
      try await database.write { tx in try Thing.insert(2, in: tx) }
      isWritten.raise()
      #expect(try await counts == (1, 1))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after close calls are refused, and closing twice is fine`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      await database.close()
      await #expect(throws: DatabaseProblem.unavailable("the database is closed")) {
        try await database.read { tx in try Thing.count(in: tx) }
      }
      await #expect(throws: DatabaseProblem.unavailable("the database is closed")) {
        try await database.write { tx in try Thing.insert(1, in: tx) }
      }
    }
  }
}

@Suite struct `What the engines refuse` {
  @Test(arguments: TestDatabase.engines)
  func `a key that is there already, by the same name on both`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let id = ID<Thing>(high: 7, low: 7)
      try await database.write { tx in try Thing.insert(1, "a", id: id, in: tx) }
      await #expect(throws: DatabaseProblem.duplicate("thing_pkey")) {
        try await database.write { tx in try Thing.insert(2, "b", id: id, in: tx) }
      }
      await #expect(throws: DatabaseProblem.duplicate("thing_number_once")) {
        try await database.write { tx in try Thing.insert(1, "b", in: tx) }
      }
      await #expect(throws: DatabaseProblem.duplicate("thing_name_code_key")) {
        try await database.write { tx in try Thing.insert(2, "a", in: tx) }
      }
      try await database.write { tx in try Thing.insert(2, "b", in: tx) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a reference to nothing, and taking away what is referred to`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let id = ID<Thing>(high: 7, low: 7)
      let refusal = await #expect(throws: DatabaseProblem.self) {
        try await database.write { tx in
          try tx.run("INSERT INTO part (id, thing_id, name) VALUES (\(id), \(id), 'a')")
        }
      }
      #expect(refusal?.isReference == true)
      try await database.write { tx in
        try Thing.insert(1, id: id, in: tx)
        try tx.run("INSERT INTO part (id, thing_id, name) VALUES (\(id), \(id), 'a')")
      }
      let second = await #expect(throws: DatabaseProblem.self) {
        try await database.write { tx in try tx.run("DELETE FROM thing") }
      }
      #expect(second?.isReference == true)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `values outside their limits`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      await #expect(throws: DatabaseProblem.refused("thing_code_short")) {
        try await database.write { tx in try Thing.insert(1, "ten letters", in: tx) }
      }
      let id = ID<Thing>(high: 7, low: 7)
      try await database.write { tx in try Thing.insert(1, id: id, in: tx) }
      let none: String? = nil
      await #expect(throws: DatabaseProblem.refused("part.name")) {
        try await database.write { tx in
          try tx.run("INSERT INTO part (id, thing_id, name) VALUES (\(id), \(id), \(none))")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a statement that is wrong is a bug and tells no values`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let bug = await #expect(throws: Bug.self) {
        try await database.read { tx in try tx.run("SELECT nonsense FROM thing WHERE name = \("secret")") }
      }
      #expect(bug?.description.contains("nonsense") == true)
      #expect(bug?.description.contains("secret") == false)
      await #expect(throws: Bug.self) { try await database.read { tx in try tx.run("SELECT 1; SELECT 2") } }
    }
  }
}

extension DatabaseProblem {
  fileprivate var isReference: Bool {
    if case .reference = self { true } else { false }
  }
}
