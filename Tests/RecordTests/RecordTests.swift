import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Writing records` {
  @Test(arguments: TestDatabase.engines)
  func `every kind of column comes back as it was put in`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, _) = try await database.stock([])
      let full = Book(
        shelf: shelf.id, title: "Ọ̀ṣun \"the river\" \\ 川", pages: -3, boughtOn: SchoolDate("2026-02-28"), isLent: true,
        price: Decimal4("12.5"), readAt: Library.monday)
      let bare = Book(shelf: shelf.id, title: "Bare")
      try await database.write { tx in
        try Library.record.insert([full, bare], into: Library.books, Library.change(), in: tx)
      }
      let found = try await database.read { tx in
        (try Library.book(full.id, in: tx), try Library.book(bare.id, in: tx))
      }
      #expect(found.0 == full)
      #expect(found.1 == bare)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a stale save shows the newest and changes nothing`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock(["Ferns"])
      var mine = books[0]
      mine.title = "Ferns of Ghana"
      try await database.save(mine, at: 1)
      var theirs = books[0]
      theirs.pages = 7
      let problem = await #expect(throws: Problem.self) { try await database.save(theirs, at: 2) }
      #expect(problem?.code == "VERSION_STALE")
      let current = try JSON(parsing: problem?.current ?? "")
      #expect(current["version"]?.int == 2)
      #expect(current["values"]?["title"]?.string == "Ferns of Ghana")
      let found = try await database.read { tx in try Library.book(books[0].id, in: tx) }
      #expect(found?.pages == 100)
      #expect(found?.version == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `saving what was deleted is not found`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock(["Ferns"])
      _ = try await database.discard(shelf, books, at: 1)
      var book = books[0]
      book.version = 2
      let problem = await #expect(throws: Problem.self) { try await database.save(book, at: 2) }
      #expect(problem?.code == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `more rows than one statement takes are all there, each with its history`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock((0..<251).map { "Book \($0)" })
      let counts = try await database.read { tx in
        (
          try tx.count("SELECT COUNT(*) FROM library_book_live"), try tx.count("SELECT COUNT(*) FROM record_version"),
          try tx.count("SELECT COUNT(*) FROM record_audit WHERE action = 'created'")
        )
      }
      #expect(counts == (251, 252, 252))
      _ = try await database.discard(shelf, books, at: 1)
      let deleted = try await database.read { tx in
        try tx.count("SELECT COUNT(*) FROM record_audit WHERE action = 'deleted' AND version = 2")
      }
      #expect(deleted == 252)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a failed transaction leaves no audit behind`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, _) = try await database.stock(["Ferns"])
      let twin = Book(shelf: shelf.id, title: "Ferns")
      await #expect(throws: DatabaseProblem.self) {
        try await database.write { tx in
          try Library.record.insert(twin, into: Library.books, Library.change(), in: tx)
        }
      }
      let audits = try await database.read { tx in try tx.count("SELECT COUNT(*) FROM record_audit") }
      #expect(audits == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `many rows are saved at once, or none when one of them is stale`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock((0..<130).map { "Book \($0)" })
      let edited = books.map { book in
        var book = book
        book.pages = 5
        return book
      }
      try await database.write { tx in
        try Library.record.update(edited, in: Library.books, Library.change(1), in: tx)
      }
      let saved = { (version: Int) in
        try await database.read { tx in
          try tx.count("SELECT COUNT(*) FROM library_book_live WHERE pages = 5 AND version = \(version)")
        }
      }
      #expect(try await saved(2) == 130)

      var second = edited.map { book in
        var book = book
        book.version = 2
        return book
      }
      second[77].version = 1
      let stale = second
      let problem = await #expect(throws: Problem.self) {
        try await database.write { tx in
          try Library.record.update(stale, in: Library.books, Library.change(2), in: tx)
        }
      }
      #expect(problem?.code == "VERSION_STALE")
      #expect(try await saved(2) == 130)
      let versions = try await database.read { tx in try tx.count("SELECT COUNT(*) FROM record_version") }
      #expect(versions == 261)
    }
  }
}
