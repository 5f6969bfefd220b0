import Kernel
import Persistence
import PostgresDriver
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.postgresAddress != nil, "HOMEROOM_TEST_POSTGRES is not set"))
struct `A database on a PostgreSQL server` {
  private func withThings(_ body: (PostgresDatabase) async throws -> Void) async throws {
    try await TestDatabase.Engine.postgres.with(Thing.migrations) { database in
      try await body(try #require(database as? PostgresDatabase))
    }
  }

  /// Ends all other connections of this test's own, as a restart of the server would.
  private func endConnections(of database: PostgresDatabase, named application: String) async throws -> Int {
    let other = try await PostgresDatabase.connect(url: try #require(TestDatabase.postgresAddress), connections: 1)
    let ended = try await other.read { tx in
      try tx.count(
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = \(application)
        """)
    }
    await other.close()
    return ended
  }

  private func connect(application: String, more: String = "") async throws -> PostgresDatabase {
    let address = try #require(TestDatabase.postgresAddress)
    return try await PostgresDatabase.connect(url: "\(address)?application_name=\(application)\(more)")
  }

  @Test func `two writes that each rely on what the other changes do not both win`() async throws {
    try await withThings { database in
      try await database.write { tx in
        try Thing.insert(1, in: tx)
        try Thing.insert(2, in: tx)
      }
      // Write skew: each may leave only while the other stays. Under anything less than serializable both would leave.
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in [1, 2] {
          group.addTask {
            try await database.write { tx in
              let present = try Thing.count(in: tx)
              try tx.run("SELECT pg_sleep(0.1)")
              if present > 1 { try tx.run("DELETE FROM thing WHERE number = \(number)") }
            }
          }
        }
        try await group.waitForAll()
      }
      let left = try await database.read { tx in try Thing.count(in: tx) }
      #expect(left == 1)
    }
  }

  @Test func `sixteen callers counting up lose nothing`() async throws {
    try await withThings { database in
      try await database.write { tx in
        try tx.run("INSERT INTO thing (id, price) VALUES (\(ID<Thing>(high: 1, low: 1)), 0)")
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<16 {
          group.addTask {
            _ = try await database.write { tx in try tx.run("UPDATE thing SET price = price + 1") }
          }
        }
        try await group.waitForAll()
      }
      let price = try await database.read { tx in try tx.count("SELECT price FROM thing") }
      #expect(price == 16)
    }
  }

  @Test func `a deadlock is untied and both go through`() async throws {
    try await withThings { database in
      try await database.write { tx in
        try Thing.insert(1, in: tx)
        try Thing.insert(2, in: tx)
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for order in [[1, 2], [2, 1]] {
          group.addTask {
            try await database.write(.readCommitted) { tx in
              try tx.run("UPDATE thing SET price = coalesce(price, 0) + 1 WHERE number = \(order[0])")
              try tx.run("SELECT pg_sleep(0.2)")
              try tx.run("UPDATE thing SET price = coalesce(price, 0) + 1 WHERE number = \(order[1])")
            }
          }
        }
        try await group.waitForAll()
      }
      let sum = try await database.read { tx in try tx.count("SELECT sum(price) FROM thing") }
      #expect(sum == 4)
    }
  }

  @Test func `after the server ended all connections reads and writes go on`() async throws {
    let database = try await connect(application: "ended")
    for _ in 0..<3 {
      #expect(try await database.read { tx in try tx.count("SELECT 5") } == 5)
      #expect(try await endConnections(of: database, named: "ended") >= 1)
      #expect(try await database.read { tx in try tx.count("SELECT 6") } == 6)
      #expect(try await endConnections(of: database, named: "ended") >= 1)
      #expect(try await database.write { tx in try tx.count("SELECT 7") } == 7)
    }
    await database.close()
  }

  @Test func `a body that loses its connection is run again, a write only before its commit`() async throws {
    try await withThings { database in
      for isWrite in [true, false] {
        let runs = Tally()
        let body: @Sendable (any Connection) throws -> Int = { tx in
          let mine = try tx.count("SELECT pg_backend_pid()")
          if runs.count() == 1 { try tx.run("SELECT pg_terminate_backend(CAST(\(mine) AS integer))") }
          if isWrite { try Thing.insert(1, in: tx) }
          return try tx.count("SELECT 9")
        }
        let answer = isWrite ? try await database.write(body) : try await database.read(body)
        #expect(answer == 9)
        #expect(runs.count() == 3)
      }
      #expect(try await database.read { tx in try Thing.count(in: tx) } == 1)
    }
  }

  @Test func `a write whose commit got no answer is not repeated`() async throws {
    try await withThings { database in
      try await database.write { tx in
        try tx.run(
          """
          CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END'
          """)
        // A deferred trigger runs inside COMMIT, so the connection goes at the worst of all moments.
        try tx.run(
          """
          CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON part DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION leave()
          """)
      }
      let runs = Tally()
      let problem = await #expect(throws: DatabaseProblem.self) {
        try await database.write { tx in
          _ = runs.count()
          let id = ID<Thing>(high: 1, low: 1)
          try Thing.insert(1, id: id, in: tx)
          try tx.run("INSERT INTO part (id, thing_id, name) VALUES (\(id), \(id), 'a')")
        }
      }
      #expect(problem == .unavailable("the connection went during a commit; whether it was saved is not known"))
      #expect(runs.count() == 2)
      try await database.write { tx in
        try tx.run("DROP TRIGGER leaving ON part")
        try tx.run("DROP FUNCTION leave()")
      }
    }
  }

  @Test func `a statement prepared for an older schema is prepared again`() async throws {
    try await TestDatabase.Engine.postgres.withEmpty { database in
      try await database.write { tx in try tx.run("CREATE TABLE a AS SELECT 1 AS x") }
      let query: @Sendable (any Connection) throws -> Int = { tx in
        try tx.exists("SELECT * FROM a") ? 1 : 0
      }
      for _ in 0..<3 { _ = try await database.read(query) }
      try await database.write { tx in try tx.run("ALTER TABLE a ADD COLUMN y TEXT") }
      for _ in 0..<3 { #expect(try await database.read(query) == 1) }
    }
  }

  @Test func `when no connection gets free in time the caller is told`() async throws {
    let database = try await connect(application: "exhausted", more: "&connection_limit=1&pool_timeout=1")
    #expect(database.connectionLimit == 1)
    let isOver = Mutex(false)
    async let slow: Void = {
      _ = try await database.read { tx in try tx.run("SELECT pg_sleep(2.5)") }
      isOver.withLock { $0 = true }
    }()
    try await Task.sleep(for: .milliseconds(200))
    let problem = await #expect(throws: DatabaseProblem.self) {
      try await database.read { tx in try tx.count("SELECT 1") }
    }
    #expect(problem == .unavailable("no connection was free for 1.0 seconds"))
    #expect(!isOver.withLock { $0 }, "told only when there was one")
    try await slow
    #expect(try await database.read { tx in try tx.count("SELECT 1") } == 1)
    await database.close()
  }

  @Test func `listeners hear what is committed, and learn when they may have missed something`() async throws {
    let database = try await connect(application: "listening")
    let heard = database.listen(channel: "homeroom_test_news")
    var news = heard.makeAsyncIterator()
    #expect(await news.next() == "")
    try await database.write { tx in try tx.run("SELECT pg_notify('homeroom_test_news', \("first"))") }
    #expect(await news.next() == "first")
    _ = try await endConnections(of: database, named: "listening")
    #expect(await news.next() == "")
    try await database.write { tx in try tx.run("SELECT pg_notify('homeroom_test_news', \("second"))") }
    #expect(await news.next() == "second")
    await database.close()
    #expect(await news.next() == nil)
  }

  @Test func `text with a NUL is refused and not cut short`() async throws {
    try await withThings { database in
      await #expect(throws: DatabaseProblem.refused("text with a NUL")) {
        try await database.write { tx in try Thing.insert(1, "a\0b", in: tx) }
      }
    }
  }

  @Test func `the settings of durability are reported`() async throws {
    try await withThings { database in
      let report = try await database.settingsReport()
      #expect(report.contains { $0.name == "fsync" && $0.value == "on" })
      #expect(report.contains { $0.name == "server_encoding" && $0.value == "UTF8" })
    }
  }
}

@Suite struct `An address of PostgreSQL` {
  @Test func `what nobody knows is reported, what libpq knows is passed on`() async throws {
    guard let address = TestDatabase.postgresAddress else { return }
    let database = try await PostgresDatabase.connect(
      url: "\(address)?sslmode=prefer&pgbouncer=true&connection_limit=3&schema=public&application_name=addressed")
    #expect(database.ignoredParameters == ["pgbouncer", "schema"])
    #expect(database.connectionLimit == 3)
    let name: String? = try await database.read { tx in
      try tx.first("SELECT current_setting('application_name')") { try $0.next() }
    }
    #expect(name == "addressed")
    await database.close()
  }

  @Test(arguments: [
    "mysql://localhost/x", "postgres://user:pass%zz@localhost/x", "postgres://localhost/x?connection_limit=0",
    "postgres://localhost/x?connection_limit=501", "postgres://localhost/x?pool_timeout=soon",
  ])
  func `a bad one is refused without telling the password`(address: String) async throws {
    let refusal = await #expect(throws: BadPostgresAddress.self) { try await PostgresDatabase.connect(url: address) }
    #expect(refusal?.description.contains("pass%zz") == false)
  }

  @Test(.timeLimit(.minutes(1))) func `nobody there is said to be unavailable, and soon`() async throws {
    let problem = await #expect(throws: DatabaseProblem.self) {
      try await PostgresDatabase.connect(url: "postgres://nobody@127.0.0.1:1/nothing")
    }
    if case .unavailable = problem {} else { Issue.record("\(String(describing: problem))") }
  }
}
