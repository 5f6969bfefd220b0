import Kernel
import Persistence
import Record
import Rights
import Synchronization
import TestSupport
import Testing

@Suite struct `What lay in the recycle bin too long` {
  private static func day(_ day: Int) -> Instant { Library.monday.adding(.seconds(day * 86_400)) }
  private static let minutes = 24 * 60

  @Test(arguments: TestDatabase.engines)
  func `is gone for good, with what its versions held and what others know of it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns", "Mosses"])
      let (kept, more) = try await database.stock(["Lichens"], on: "B")
      try await database.save(books[0], at: 1)
      _ = try await database.discard(shelf, books, at: 2)
      let young = try await database.discard(kept, more, at: 20 * Self.minutes)
      #expect(try await bin.purge(before: Self.day(0)) == 0)
      let told = Told()
      let purged = try await bin.purge(before: Self.day(1)) { kind, ids, _ in told.add(kind, ids.count) }
      #expect(purged == 3)
      #expect(told.counts == ["book": 2, "shelf": 1])
      #expect(try await bin.page(within: .everywhere).items.map(\.id) == [young])
      #expect(try await rows("library_book", database) == 1)
      let versions = try await database.read { tx in
        try History().versions(of: books[0].id.retyped(), kind: "book", in: tx)
      }
      #expect(versions.map(\.action) == [.deleted, .changed, .created])
      #expect(versions.allSatisfy { $0.isErased && $0.changes.isEmpty })
      #expect(try await bin.purge(before: Self.day(1)) == 0)
      #expect(try await bin.restore(young, within: .everywhere, Library.change(3)) == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stays as long as something refers to it, and goes with that`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns"])
      let inner = Shelf(partOf: shelf.id, code: "A1")
      try await database.write { tx in
        try Library.record.insert(inner, into: Library.shelves, Library.change(), in: tx)
      }
      let first = try await database.discard(shelf, [], at: 1)
      _ = try await database.discard(inner, books, at: 9 * Self.minutes)
      #expect(try await bin.purge(before: Self.day(5)) == 0)
      #expect(try await bin.page(within: .everywhere).items.map(\.id).contains(first))
      #expect(try await bin.purge(before: Self.day(20)) == 2)
      #expect(try await bin.purge(before: Self.day(20)) == 1)
      #expect(try await bin.page(within: .everywhere).items.isEmpty)
      #expect(try await rows("library_shelf", database) == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not what an undo put there later, into a deletion it began long ago`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let cause = ID<AnyEntity>.new(at: Library.monday)
      let (shelf, books) = try await database.stock(["Ferns"], cause: cause)
      let outcome = try await Library.undo(database).undo(
        everythingOf: cause, called: "Undo", Library.change(1))
      #expect(outcome.removed == 2)
      try await database.write { tx in
        try tx.run("UPDATE library_shelf SET changed_at = \(Self.day(25)) WHERE id = \(shelf.id)")
      }
      #expect(try await bin.purge(before: Self.day(20)) == 1)
      #expect(try await bin.page(within: .everywhere).items.count == 1)
      let gone = try await database.read { tx in
        try tx.exists("SELECT 1 FROM library_book WHERE id = \(books[0].id)")
      }
      #expect(!gone)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not undone any more, and the name of what was restored is forgotten`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns"])
      let deletion = try await database.discard(shelf, books, at: 1)
      try await bin.restore(deletion, within: .everywhere, Library.change(2))
      _ = try await database.discard(shelf, books, at: 3)
      try await bin.purge(before: Self.day(9))
      #expect(try await rows("record_deletion", database) == 0)
      let problem = await #expect(throws: Problem.self) {
        try await database.write { tx in
          try Library.undo(database).undo(
            version: 2, of: books[0].id.retyped(), kind: "book", called: "Undo", Library.change(4), in: tx)
        }
      }
      #expect(problem?.code == "NOT_FOUND")
    }
  }

  private func rows(_ table: SQL, _ database: any Database) async throws -> Int {
    try await database.read { tx in try tx.count("SELECT COUNT(*) FROM \(table)") }
  }
}

/// What a purge told others.
private final class Told: Sendable {
  private let told = Mutex<[String: Int]>([:])
  var counts: [String: Int] { told.withLock { $0 } }
  func add(_ kind: String, _ count: Int) { told.withLock { $0[kind, default: 0] += count } }
}
