import Kernel
import Persistence
import Record
import Rights
import Synchronization
import TestSupport
import Testing

@Suite struct `Undoing an import or a bulk edit` {
  let cause = ID<AnyEntity>.new(at: Library.monday)

  /// Creates, changes and deletes under one cause; the change both ways of a key included.
  private func everything(_ database: any Database) async throws -> (Shelf, [Book]) {
    let (shelf, books) = try await database.stock(["Ferns", "Mosses", "Lichens"])
    let doomed = try await database.stock(["Old"], on: "Z")
    return try await edits(database, shelf, books, doomed)
  }

  private func edits(
    _ database: any Database, _ shelf: Shelf, _ books: [Book], _ doomed: (Shelf, [Book])
  ) async throws -> (Shelf, [Book]) {
    _ = try await database.discard(doomed.0, doomed.1, at: 1, cause: cause)
    // The new shelf takes the code of the deleted one, and the second book the title that the first gave up.
    _ = try await database.stock(["New", "Newer"], on: "Z", cause: cause)
    var first = books[0]
    first.title = "Algae"
    first = try await database.save(first, at: 2, cause: cause)
    var second = books[1]
    second.title = "Ferns"
    second.pages = nil
    second = try await database.save(second, at: 3, cause: cause)
    first.pages = 5
    first = try await database.save(first, at: 4, cause: cause)
    return (shelf, [first, second, books[2]])
  }

  @Test(arguments: TestDatabase.engines)
  func `everything is as before, and a second undo finds nothing to do`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock(["Ferns", "Mosses", "Lichens"])
      let doomed = try await database.stock(["Old"], on: "Z")
      let before = try await Library.dump(database)
      _ = try await edits(database, shelf, books, doomed)
      #expect(try await Library.dump(database) != before)

      let outcome = try await Library.undo(database).undo(
        everythingOf: cause, called: "Undo of import", Library.change(10))
      #expect(outcome.left == [])
      #expect(outcome.total == 7)
      #expect([outcome.removed, outcome.changedBack, outcome.restored] == [3, 2, 2])
      let after = try await Library.dump(database)
      #expect(after == before)
      #expect(after.hash == before.hash)

      let again = try await Library.undo(database).undo(
        everythingOf: cause, called: "Undo of import", Library.change(11))
      #expect(again.undone == 0)
      #expect(again.left == [])
      #expect(try await Library.dump(database) == before)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the undo is one deletion in the recycle bin, and those it gave back are out of it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      _ = try await everything(database)
      let bin = RecycleBin(database: database, tables: Library.tables)
      #expect(try await bin.page(within: .everywhere).items.map(\.label) == ["Shelf Z"])
      _ = try await Library.undo(database).undo(everythingOf: cause, called: "Undo of import", Library.change(10))
      let deletions = try await bin.page(within: .everywhere).items
      #expect(deletions.map(\.label) == ["Undo of import"])
      #expect(deletions.map(\.root) == [cause])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an undo with a cause of its own can be undone`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      _ = try await everything(database)
      let imported = try await Library.dump(database)
      let second = ID<AnyEntity>.new(at: Library.monday)
      _ = try await Library.undo(database).undo(
        everythingOf: cause, called: "Undo of import", Library.change(10, cause: second))
      let outcome = try await Library.undo(database).undo(
        everythingOf: second, called: "Redo of import", Library.change(11))
      #expect(outcome.left == [])
      #expect(try await Library.dump(database) == imported)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what was changed since is left alone and listed`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await everything(database)
      var touched = books[0]
      touched.isLent = true
      touched = try await database.save(touched, at: 5)
      let outcome = try await Library.undo(database).undo(
        everythingOf: cause, called: "Undo of import", Library.change(10))
      // The first book keeps its new title; so the second can have its own back, and nothing else is touched.
      #expect(outcome.left == [UndoLeft(kind: "book", id: touched.id.retyped(), why: .changedSince)])
      #expect(outcome.leftCount == 1)
      #expect(outcome.undone == 6)
      let found = try await database.read { [id = touched.id] tx in try Library.book(id, in: tx) }
      #expect(found == touched)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `changed there and back since counts as not changed`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock(["Ferns"])
      let before = try await Library.dump(database)
      var book = books[0]
      book.pages = 1
      book = try await database.save(book, at: 1, cause: cause)
      book.pages = 2
      book = try await database.save(book, at: 2)
      book.pages = 1
      book = try await database.save(book, at: 3)
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(4))
      #expect(outcome.changedBack == 1)
      #expect(try await Library.dump(database) == before)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a change of somebody else between two of the cause is kept`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock(["Ferns"])
      var book = books[0]
      book.pages = 1
      book = try await database.save(book, at: 1, cause: cause)
      book.title = "Mosses"
      book = try await database.save(book, at: 2)
      book.pages = 3
      book = try await database.save(book, at: 3, cause: cause)
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(4))
      #expect(outcome.left.map(\.why) == [.changedSince])
      let found = try await database.read { [id = book.id] tx in try Library.book(id, in: tx) }
      #expect(found == book)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what is used by somebody since stays, and all it hangs on`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let outer = Shelf(code: "outer")
      let inner = Shelf(partOf: outer.id, code: "inner")
      try await database.write { tx in
        let change = Library.change(cause: cause)
        try Library.record.insert([outer, inner, Shelf(code: "free")], into: Library.shelves, change, in: tx)
      }
      let guest = Book(shelf: inner.id, title: "Guest")
      try await database.write { tx in
        try Library.record.insert(guest, into: Library.books, Library.change(1), in: tx)
      }
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(2))
      #expect(outcome.removed == 1)
      #expect(Set(outcome.left.map(\.id)) == [outer.id.retyped(), inner.id.retyped()])
      #expect(Set(outcome.left.map(\.why)) == [.usedSince])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `rows of one table that hang on each other all go`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      // Identifiers against the order of making: the outermost comes first in the walk each time.
      let ids = (0..<4).map { ID<Shelf>.new(at: Library.monday.adding(.seconds(-$0))) }
      let shelves = ids.indices.map { Shelf(id: ids[$0], partOf: $0 == 0 ? nil : ids[$0 - 1], code: "\($0)") }
      try await database.write { tx in
        try Library.record.insert(shelves, into: Library.shelves, Library.change(cause: cause), in: tx)
      }
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(2))
      #expect(outcome.removed == 4)
      #expect(outcome.left == [])
      #expect(try await Library.dump(database).lines == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an earlier key that another row has now is left to its owner`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock(["Ferns", "Mosses"])
      var first = books[0]
      first.title = "Algae"
      first = try await database.save(first, at: 1, cause: cause)
      var second = books[1]
      second.pages = 9
      second = try await database.save(second, at: 2, cause: cause)
      let newcomer = Book(shelf: shelf.id, title: "Ferns")
      try await database.write { tx in
        try Library.record.insert(newcomer, into: Library.books, Library.change(3), in: tx)
      }
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(4))
      #expect(outcome.left == [UndoLeft(kind: "book", id: first.id.retyped(), why: .keyTaken)])
      #expect(outcome.changedBack == 1)
      let found = try await database.read { [id = second.id] tx in try Library.book(id, in: tx) }
      #expect(found?.pages == 100)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what hung on something that is in the recycle bin now is not brought back without it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock(["Ferns"])
      try await database.write { tx in
        let change = Library.change(1, cause: cause)
        let deletion = try Library.record.beginDeletion(
          of: books[0].id.retyped(), kind: "book", label: "Ferns", change, in: tx)
        try Library.record.delete([books[0].id], from: Library.books, as: deletion, change, in: tx)
      }
      _ = try await database.discard(shelf, [], at: 2)
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(4))
      #expect(outcome.left == [UndoLeft(kind: "book", id: books[0].id.retyped(), why: .lacksOther)])
      #expect(outcome.restored == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stopped between two pages it goes on where it was`(engine: TestDatabase.Engine) async throws {
    struct Enough: Error {}
    try await engine.with(Library.migrations) { database in
      _ = try await database.stock((0..<450).map { "Book \($0)" }, cause: cause)
      let reports = Mutex<[Int]>([])
      await #expect(throws: Enough.self) {
        try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(1)) { outcome in
          reports.withLock { $0.append(outcome.undone) }
          if outcome.undone >= 400 { throw Enough() }
        }
      }
      #expect(reports.withLock { $0 } == [200, 400])
      #expect(try await Library.dump(database).lines.count == 51)
      let outcome = try await Library.undo(database).undo(everythingOf: cause, called: "Undo", Library.change(2))
      #expect(outcome.undone == 51)
      #expect(outcome.total == 451)
      #expect(try await Library.dump(database).lines == [])
      let deletions = try await database.read { tx in try tx.count("SELECT COUNT(*) FROM record_deletion") }
      #expect(deletions == 1)
    }
  }
}

@Suite struct `Undoing one edit` {
  @Test(arguments: TestDatabase.engines)
  func `the newest edit of each kind can be taken back`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock(["Ferns"])
      let before = try await Library.dump(database)
      var book = books[0]
      book.title = "Mosses"
      book = try await database.save(book, at: 1)
      let undo = Library.undo(database)
      let id: ID<AnyEntity> = book.id.retyped()
      func take(back version: Int) async throws {
        try await database.write { tx in
          try undo.undo(version: version, of: id, kind: "book", called: "Undo", Library.change(9), in: tx)
        }
      }
      try await take(back: 2)
      #expect(try await Library.dump(database) == before)
      let version = { try await database.read { tx in try Library.book(books[0].id, in: tx)?.version } }
      #expect(try await version() == 3)

      try await take(back: 2)
      #expect(try await version() == 3)

      book.version = 3
      book.pages = 3
      book = try await database.save(book, at: 2)
      let problem = await #expect(throws: Problem.self) { try await take(back: 3) }
      #expect(problem?.code == "UNDO_CONFLICT")
      await #expect(throws: Problem.notFound("version")) { try await take(back: 77) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what came to be goes unless it is in use, and what was deleted comes back`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock(["Ferns"])
      let before = try await Library.dump(database)
      let undo = Library.undo(database)
      func take(back version: Int, of id: ID<AnyEntity>, _ kind: String) async throws {
        try await database.write { tx in
          try undo.undo(version: version, of: id, kind: kind, called: "Undo", Library.change(9), in: tx)
        }
      }
      let problem = await #expect(throws: Problem.self) { try await take(back: 1, of: shelf.id.retyped(), "shelf") }
      #expect(problem?.detail.contains("in use") == true)
      try await take(back: 1, of: books[0].id.retyped(), "book")
      #expect(try await Library.dump(database).lines.count == 1)
      try await take(back: 2, of: books[0].id.retyped(), "book")
      #expect(try await Library.dump(database) == before)
    }
  }
}
