import Foundation
import Kernel
import Persistence
import Testing

@testable import SQLiteDriver

@Suite struct `A database in a file` {
  /// Runs `body` on a new file on the real disk, then takes the folder away.
  private func withFile(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("homeroom-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // A folder left over harms nobody.
    try await body(folder.appendingPathComponent("school.sqlite").path)
  }

  private func withDatabase(_ body: (SQLiteDatabase) async throws -> Void) async throws {
    try await withFile { path in
      let database = try SQLiteDatabase.open(path: path, readers: 2)
      try await Migrator(database, Thing.migrations).up(now: Instant(milliseconds: 0))
      try await body(database)
      await database.close()
    }
  }

  @Test func `commits are durable: WAL, synchronous FULL, foreign keys on`() async throws {
    try await withDatabase { database in
      let report = Dictionary(uniqueKeysWithValues: try await database.pragmaReport().map { ($0.name, $0.value) })
      #expect(report["journal_mode"] == "wal")
      #expect(report["synchronous"] == "2")
      #expect(report["foreign_keys"] == "1")
      #expect(report["busy_timeout"] == "5000")
    }
  }

  @Test func `everything that 64 callers were told is saved is there after opening the file again`() async throws {
    try await withFile { path in
      let database = try SQLiteDatabase.open(path: path)
      try await Migrator(database, Thing.migrations).up(now: Instant(milliseconds: 0))
      let acknowledged = try await withThrowingTaskGroup(of: [Int].self) { group in
        for caller in 0..<64 {
          group.addTask {
            var numbers: [Int] = []
            for round in 0..<8 {
              let number = 1000 + caller * 100 + round
              try await database.write { tx in try Thing.insert(number, in: tx) }
              numbers.append(number)
            }
            return numbers
          }
        }
        return try await group.reduce(into: Set<Int>()) { $0.formUnion($1) }
      }
      await database.close()
      let again = try SQLiteDatabase.open(path: path)
      let found: [Int] = try await again.read { tx in try tx.all("SELECT number FROM thing") { try $0.next() } }
      #expect(Set(found) == acknowledged)
      #expect(found.count == 512)
      #expect(try await again.integrityCheck() == [])
      await again.close()
    }
  }

  @Test func `when a commit is refused each of those who shared it is tried alone`() async throws {
    try await withDatabase { database in
      let deferred = Migration(
        "20260101_0901_child",
        up: ["CREATE TABLE child (thing {id} REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) {strict}"],
        down: ["DROP TABLE child"])
      try await Migrator(database, Thing.migrations + [deferred]).up(now: Instant(milliseconds: 0))
      let isOpen = Signal()
      async let first: Void = database.write { tx in
        isOpen.wait()  // The others gather behind this one, so that they share a commit.
        try Thing.insert(1, in: tx)
      }
      let others = await withTaskGroup(of: (Int, Bool).self) { group in
        for number in 20..<40 {
          group.addTask {
            do {
              try await database.write { tx in
                try Thing.insert(number, in: tx)
                // Refused only by COMMIT, which would take all the others with it.
                if number == 30 { try tx.run("INSERT INTO child (thing) VALUES (\(ID<Thing>(high: 9, low: 9)))") }
              }
              return (number, true)
            } catch {
              return (number, error as? DatabaseProblem != .reference(""))
            }
          }
        }
        group.addTask {
          try? await Task.sleep(for: .milliseconds(100))  // Cancelled only with the test.
          isOpen.raise()
          return (0, true)
        }
        return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
      }
      try await first
      #expect(others.filter { !$0.value }.map(\.key) == [30])
      let found: [Int] = try await database.read { tx in
        try tx.all("SELECT number FROM thing ORDER BY number") { try $0.next() }
      }
      #expect(found == [1] + (20..<30) + (31..<40))
    }
  }

  @Test func `reads go on while a write is open`() async throws {
    try await withDatabase { database in
      let isRead = Signal()
      async let write: Void = database.write { tx in
        try Thing.insert(1, in: tx)
        isRead.wait()
      }
      #expect(try await database.read { tx in try Thing.count(in: tx) } == 0)
      isRead.raise()
      try await write
      #expect(try await database.read { tx in try Thing.count(in: tx) } == 1)
    }
  }

  @Test func `a full line refuses instead of growing`() async throws {
    try await withDatabase { database in
      let isOver = Signal()
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<(SQLiteDatabase.queueLimit + 200) {
          group.addTask {
            do {
              try await database.read { _ in isOver.wait() }
              return true
            } catch DatabaseProblem.unavailable {
              isOver.raise()
              return false
            }
          }
        }
        let served = try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        #expect(served >= SQLiteDatabase.queueLimit)
        #expect(served < SQLiteDatabase.queueLimit + 200)
      }
    }
  }

  @Test func `a read that takes too long is stopped, and the thread reads on`() async throws {
    try await withDatabase { database in
      await #expect(throws: DatabaseProblem.unavailable("a read took too long and was stopped")) {
        try await database.read(limit: .milliseconds(50)) { tx in
          try tx.count(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0")
        }
      }
      for _ in 0..<4 {
        let count = try await database.read { tx in try Thing.count(in: tx) }
        #expect(count == 0)
      }
    }
  }

  @Test func `a full disk is told to those it meets, and to nobody else`() async throws {
    try await withDatabase { database in
      try await database.write { tx in try Thing.insert(1, in: tx) }
      let pages = try await database.apart { try $0.words("PRAGMA page_count").first ?? "" }
      _ = try await database.apart { try $0.words("PRAGMA max_page_count = \(pages)") }
      let text = String(repeating: "x", count: 100_000)
      let saved = await withTaskGroup(of: Int?.self) { group in
        for number in 100..<110 {
          group.addTask {
            do {
              try await database.write { tx in
                try Thing.insert(number, in: tx)
                if number == 105 { try tx.run("UPDATE thing SET name = \(text) WHERE number = \(number)") }
              }
              return number
            } catch {
              guard case DatabaseProblem.unavailable = error else { return -1 }
              return nil
            }
          }
        }
        return await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
      }
      #expect(saved == Set(100..<110).subtracting([105]))
      _ = try await database.apart { try $0.words("PRAGMA max_page_count = 1000000") }
      try await database.write { tx in try Thing.insert(200, in: tx) }
      #expect(try await database.read { tx in try Thing.count(in: tx) } == 11)
      #expect(try await database.integrityCheck() == [])
    }
  }

  @Test func `the log goes into the file when asked`() async throws {
    try await withDatabase { database in
      try await database.write { tx in try Thing.insert(1, in: tx) }
      #expect(try await database.checkpoint())
      let size = try FileManager.default.attributesOfItem(atPath: database.path + "-wal")[.size] as? Int
      #expect(size == 0)
    }
  }

  @Test func `damage is told`() async throws {
    try await withFile { path in
      let database = try SQLiteDatabase.open(path: path)
      try await Migrator(database, Thing.migrations).up(now: Instant(milliseconds: 0))
      try await database.write { tx in for number in 1...200 { try Thing.insert(number + 100, in: tx) } }
      #expect(try await database.integrityCheck() == [])
      await database.close()
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      let page = 4096 * 2
      for offset in stride(from: page + 100, to: bytes.count, by: 64) { bytes[offset] ^= 0x5A }
      try bytes.write(to: URL(fileURLWithPath: path))
      let damaged = try SQLiteDatabase.open(path: path)
      do {
        #expect(try await !damaged.integrityCheck().isEmpty)
      } catch DatabaseProblem.unavailable {
        // So much damage that SQLite cannot even look: told as well.
      }
      await damaged.close()
    }
  }

  @Test func `a folder that is not there is said to be unavailable`() {
    let problem = #expect(throws: DatabaseProblem.self) {
      try SQLiteDatabase.open(path: "/nonexistent/school.sqlite")
    }
    if case .unavailable = problem {} else { Issue.record("\(String(describing: problem))") }
  }

  @Test func `a file is served by one process at a time`() async throws {
    try await withFile { path in
      var lock: SQLiteLock? = try SQLiteLock(for: path)
      let refusal = #expect(throws: SQLiteInUse.self) { try SQLiteLock(for: path) }
      #expect(refusal?.holder == Int(ProcessInfo.processInfo.processIdentifier))
      #expect(refusal?.isHeld == true)
      withExtendedLifetime(lock) {}
      lock = nil
      withExtendedLifetime(try SQLiteLock(for: path)) {}
    }
    let refusal = #expect(throws: SQLiteInUse.self) { try SQLiteLock(for: "/nonexistent/school.sqlite") }
    #expect(refusal?.isHeld == false)
  }
}
