import Kernel
import Persistence
import Record
import TestSupport
import Testing

@Suite struct `Idempotency keys` {
  let ada = AccountID.new(at: Library.monday)
  let answer = Idempotency.Answer(status: 201, location: "/api/v1/students/1", etag: "\"1\"", body: [123, 125])

  private func claim(
    _ keys: Idempotency, _ key: String = "k", route: String = "POST /students", account: AccountID? = nil,
    body: [UInt8] = [1, 2], hours: Int = 0
  ) async throws -> Idempotency.Claim {
    try await keys.claim(
      account: account ?? ada, route: route, key: key, bodyHash: body,
      now: Library.monday.adding(.seconds(hours * 3600)))
  }

  @Test(arguments: TestDatabase.engines)
  func `the first claim is fresh, then in progress, then replayed`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let keys = Idempotency(database: database)
      #expect(try await claim(keys) == .fresh)
      #expect(try await claim(keys) == .inProgress)
      try await keys.complete(account: ada, route: "POST /students", key: "k", answer: answer)
      #expect(try await claim(keys) == .replay(answer))
      let other = Idempotency.Answer(status: 500, body: [])
      try await keys.complete(account: ada, route: "POST /students", key: "k", answer: other)
      #expect(try await claim(keys) == .replay(answer))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `another body is a mismatch; another account, route or key is another matter`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let keys = Idempotency(database: database)
      let first = try await claim(keys)
      #expect(first == .fresh)
      #expect(try await claim(keys, body: [1, 3]) == .mismatch)
      #expect(try await claim(keys, "l") == .fresh)
      #expect(try await claim(keys, route: "POST /guardians") == .fresh)
      #expect(try await claim(keys, account: .new(at: Library.monday)) == .fresh)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a released key can be claimed again, a completed one is not released`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let keys = Idempotency(database: database)
      #expect(try await claim(keys) == .fresh)
      try await keys.release(account: ada, route: "POST /students", key: "k")
      #expect(try await claim(keys) == .fresh)
      try await keys.complete(account: ada, route: "POST /students", key: "k", answer: answer)
      try await keys.release(account: ada, route: "POST /students", key: "k")
      #expect(try await claim(keys) == .replay(answer))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after 24 hours a key is new`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let keys = Idempotency(database: database)
      #expect(try await claim(keys) == .fresh)
      try await keys.complete(account: ada, route: "POST /students", key: "k", answer: answer)
      #expect(try await claim(keys, hours: 23) == .replay(answer))
      #expect(try await claim(keys, body: [9], hours: 24) == .fresh)
      #expect(try await claim(keys, body: [9], hours: 24) == .inProgress)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `old keys are forgotten and young ones kept`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let keys = Idempotency(database: database)
      try await database.write { tx in
        for number in 0..<2100 {
          try tx.run(
            """
            INSERT INTO record_idempotency (account_id, route, key, body_hash, at)
            VALUES (\(ada), 'r', \(String(number)), \([1] as [UInt8]), \(Library.monday.adding(.milliseconds(number))))
            """)
        }
      }
      let day = Library.monday.adding(.seconds(24 * 3600))
      #expect(try await keys.forget(now: day.adding(.milliseconds(-1))) == 0)
      #expect(try await keys.forget(now: day.adding(.milliseconds(2000))) == 2001)
      #expect(try await keys.forget(now: day.adding(.milliseconds(2000))) == 0)
      let left = try await database.read { tx in try tx.count("SELECT COUNT(*) FROM record_idempotency") }
      #expect(left == 99)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of many who send at once exactly one is fresh`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let keys = Idempotency(database: database)
      let fresh = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<24 { group.addTask { try await claim(keys) == .fresh } }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(fresh == 1)
    }
  }

  @Test(arguments: [
    ("a", true), (String(repeating: "~", count: 128), true), ("", false), (String(repeating: "a", count: 129), false),
    ("a b", false), ("é", false), ("a\n", false), ("\u{7F}", false), ("!", true),
  ])
  func `keys are 1 to 128 visible ASCII characters`(key: String, isFine: Bool) async throws {
    #expect(Idempotency.isAcceptable(key) == isFine)
  }

  @Test func `a bad key is refused before the database is asked`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let problem = await #expect(throws: Problem.self) { try await claim(Idempotency(database: database), "a b") }
      #expect(problem?.code == "IDEMPOTENCY_KEY_INVALID")
    }
  }
}
