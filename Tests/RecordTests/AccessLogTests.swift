import Kernel
import Persistence
import Record
import TestSupport
import Testing

@Suite struct `The access log` {
  struct Row: RowDecodable, Equatable {
    static let columns: SQL = "page, filter, subject_ids, repeats, at, last_at"
    let page: String, filter: String?, subjects: String, repeats: Int, at: Instant, lastAt: Instant

    init(row: inout RowReader) throws {
      page = try row.next()
      filter = try row.next()
      subjects = try row.next()
      repeats = try row.next()
      at = try row.next()
      lastAt = try row.next()
    }
  }

  let ada = AccountID.new(at: Library.monday)
  let students = (0..<3).map { ID<AnyEntity>.new(at: Library.monday.adding(.seconds($0))) }

  private func rows(_ database: any Database) async throws -> [Row] {
    try await database.read { tx in try tx.all("SELECT \(Row.columns) FROM record_access ORDER BY at, id LIMIT 20000") }
  }

  @Test(arguments: TestDatabase.engines)
  func `repeats within a minute are one entry with a count, also across writes`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let log = AccessLog(database: database)
      func look(_ seconds: Int) {
        let noting = log.note(
          actor: ada, page: "students", filter: "grade=3", subjects: students,
          at: Library.monday.adding(.seconds(seconds)))
        #expect(noting == .taken)
      }
      look(0)
      look(1)
      try await log.flush()
      look(59)
      try await log.flush()
      look(60)
      try await log.flush()
      try await log.flush()
      let rows = try await self.rows(database)
      #expect(rows.map(\.repeats) == [3, 1])
      #expect(rows[0].lastAt == Library.monday.adding(.seconds(59)))
      #expect(rows[0].filter == "grade=3")
      #expect(try JSON(parsing: rows[0].subjects).array?.compactMap(\.string) == students.map(\.description))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `another person, page, filter or subject is another entry`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let log = AccessLog(database: database)
      let ben = AccountID.new(at: Library.monday)
      func look(_ actor: AccountID, _ page: String, _ filter: String?, _ subjects: [ID<AnyEntity>]) {
        #expect(log.note(actor: actor, page: page, filter: filter, subjects: subjects, at: Library.monday) == .taken)
      }
      look(ada, "student", nil, students)
      look(ben, "student", nil, students)
      look(ada, "marks", nil, students)
      look(ada, "student", "", students)
      look(ada, "student", nil, [students[0], students[0], students[2]])
      look(ada, "student", nil, [])
      try await log.flush()
      #expect(try await rows(database).map(\.repeats) == [1, 1, 1, 1, 1, 1])
    }
  }

  @Test func `nothing is dropped silently when too much waits`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let log = AccessLog(database: database)
      for number in 0..<AccessLog.capacity {
        #expect(log.note(actor: ada, page: "p\(number)", subjects: [], at: Library.monday) == .taken)
      }
      #expect(log.note(actor: ada, page: "one more", subjects: [], at: Library.monday) == .full)
      #expect(log.note(actor: ada, page: "p0", subjects: [], at: Library.monday) == .taken)
      try await log.noted(actor: ada, page: "one more", subjects: [], at: Library.monday)
      try await log.flush()
      let counts = try await database.read { tx in
        (try tx.count("SELECT COUNT(*) FROM record_access"), try tx.count("SELECT SUM(repeats) FROM record_access"))
      }
      #expect(counts == (AccessLog.capacity + 1, AccessLog.capacity + 2))
    }
  }

  @Test func `what could not be written waits on`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let log = AccessLog(database: FailingOnce(database))
      _ = log.note(actor: ada, page: "student", subjects: students, at: Library.monday)
      await #expect(throws: DatabaseProblem.self) { try await log.flush() }
      _ = log.note(actor: ada, page: "student", subjects: students, at: Library.monday)
      try await log.flush()
      #expect(try await rows(database).map(\.repeats) == [2])
    }
  }

  @Test func `it writes by itself`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let log = AccessLog(database: database)
      async let _: Void = log.run(every: .milliseconds(20))
      _ = log.note(actor: ada, page: "student", subjects: students, at: Library.monday)
      let isThere = { @Sendable in try await self.rows(database).map(\.page) == ["student"] }
      let isWritten = try await eventually(isThere)
      #expect(isWritten)
    }
  }

  @Test func `cancelled, it writes what waits at once`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let log = AccessLog(database: database)
      _ = log.note(actor: ada, page: "student", subjects: students, at: Library.monday)
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await log.run(every: .seconds(3600)) }
        group.cancelAll()
      }
      let rows = try await self.rows(database)
      #expect(rows.count == 1)
    }
  }
}

/// A database whose first write fails.
private final class FailingOnce: Database {
  private let database: any Database
  private let failures = Counter()

  init(_ database: any Database) { self.database = database }

  var dialect: Dialect { database.dialect }

  func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value {
    try await database.read(body)
  }

  func write<Value: Sendable>(
    _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    if await failures.next() == 1 { throw DatabaseProblem.unavailable("the first time") }
    return try await database.write(isolation, body)
  }

  func close() async { await database.close() }
}

private actor Counter {
  private var count = 0

  func next() -> Int {
    count += 1
    return count
  }
}

/// Whether something comes to hold within ten seconds.
func eventually(_ holds: @Sendable () async throws -> Bool) async throws -> Bool {
  for _ in 0..<1000 {
    if try await holds() { return true }
    try await Task.sleep(for: .milliseconds(10))
  }
  return false
}
