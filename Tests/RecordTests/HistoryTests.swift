import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Reading the history` {
  let history = History()

  @Test(arguments: TestDatabase.engines)
  func `the versions of a row say who changed what from what`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, books) = try await database.stock(["Ferns"])
      var book = books[0]
      book.title = "Mosses"
      book.pages = nil
      book = try await database.save(book, at: 1)
      _ = try await database.discard(shelf, [book], at: 2)
      let id: ID<AnyEntity> = book.id.retyped()
      let versions = try await database.read { tx in try history.versions(of: id, kind: "book", in: tx) }
      #expect(versions.map(\.version) == [3, 2, 1])
      #expect(versions.map(\.action) == [.deleted, .changed, .created])
      #expect(versions[0].changes.isEmpty)
      #expect(
        versions[1].changes == [
          FieldChange(name: "title", before: .string("Ferns"), after: .string("Mosses")),
          FieldChange(name: "pages", before: .int(100), after: .null),
        ])
      #expect(versions[2].changes.map(\.name) == ["shelf_id", "title", "pages", "is_lent"])
      #expect(versions[1].actor == Library.ada.account)
      #expect(versions[1].org == Library.school)
      #expect(versions[1].request == "r-1")
      #expect(versions[1].reason == "tidying")
      #expect(versions[1].at == Library.monday.adding(.seconds(60)))

      let older = try await database.read { tx in
        try history.versions(of: id, kind: "book", before: 3, limit: 1, in: tx)
      }
      #expect(older.map(\.version) == [2])
      #expect(older[0].changes.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a row of another kind with the same identifier keeps its history apart`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let (shelf, _) = try await database.stock([])
      let twin = Book(id: shelf.id.retyped(), shelf: shelf.id, title: "Twin")
      try await database.write { tx in
        try Library.record.insert(twin, into: Library.books, Library.change(1), in: tx)
      }
      let versions = try await database.read { tx in
        try history.versions(of: shelf.id.retyped(), kind: "shelf", in: tx)
      }
      #expect(versions.map(\.kind) == ["shelf"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the audit pages newest first and each filter bites`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let cause = ID<AnyEntity>.new(at: Library.monday)
      let ben = Actor(account: .new(at: Library.monday), name: "Ben", reaches: [:])
      let (_, books) = try await database.stock(["Ferns", "Mosses"])
      var book = books[0]
      for minute in 1...4 {
        book.pages = minute
        book = try await database.save(book, at: minute, cause: minute == 3 ? cause : nil)
      }
      let bens = Shelf(code: "B")
      try await database.write { tx in
        try Library.record.insert(bens, into: Library.shelves, Library.change(5, by: ben, org: nil), in: tx)
      }
      func codes(_ filter: AuditFilter, reach: Reach = .everywhere) async throws -> [Int] {
        try await database.read { tx in
          try history.entries(filter, within: reach, in: tx).items.map {
            ($0.at.milliseconds - Library.monday.milliseconds) / 60_000
          }
        }
      }
      #expect(try await codes(AuditFilter()) == [5, 4, 3, 2, 1, 0, 0, 0])
      #expect(try await codes(AuditFilter(actor: ben.account)) == [5])
      #expect(try await codes(AuditFilter(kind: "shelf")) == [5, 0])
      #expect(try await codes(AuditFilter(object: book.id.retyped())) == [4, 3, 2, 1, 0])
      #expect(try await codes(AuditFilter(cause: cause)) == [3])
      let two = Library.monday.adding(.seconds(120))
      #expect(try await codes(AuditFilter(from: two)) == [5, 4, 3, 2])
      #expect(try await codes(AuditFilter(until: two)) == [1, 0, 0, 0])
      #expect(try await codes(AuditFilter(), reach: Reach(orgs: [Library.school])) == [4, 3, 2, 1, 0, 0, 0])
      #expect(try await codes(AuditFilter(), reach: Reach(orgs: [.new(at: Library.monday)])) == [])
      #expect(try await codes(AuditFilter(), reach: Reach(children: true, own: true)) == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `pages follow each other without a gap or a repeat`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      _ = try await database.stock((0..<9).map { "Book \($0)" })
      var seen: [AuditID] = []
      var after: ID<AnyEntity>?
      repeat {
        let request = PageRequest(limit: 4, after: after)
        let page = try await database.read { tx in try history.entries(page: request, within: .everywhere, in: tx) }
        seen += page.items.map(\.id)
        after = page.next
      } while after != nil
      #expect(seen.count == 10)
      #expect(seen == seen.sorted(by: >))
      #expect(Set(seen).count == 10)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a row is shown as it stood at the end of a day`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let day = Zone.utc.date(at: Library.monday)
      let (shelf, books) = try await database.stock(["Ferns"])
      var book = books[0]
      book.title = "Mosses"
      book = try await database.save(book, at: 24 * 60)
      _ = try await database.discard(shelf, [book], at: 48 * 60)
      let id: ID<AnyEntity> = book.id.retyped()
      func title(_ days: Int) async throws -> String? {
        let state = try await database.read { tx in
          try history.state(of: id, kind: "book", endOf: day.adding(days: days), in: .utc, tx)
        }
        return try state?.fields().first { $0.name == "title" }?.value.string
      }
      #expect(try await title(-1) == nil)
      #expect(try await title(0) == "Ferns")
      #expect(try await title(1) == "Mosses")
      #expect(try await title(2) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two versions are compared field by field`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock(["Ferns"])
      var book = books[0]
      book.title = "Mosses"
      book = try await database.save(book, at: 1)
      book.isLent = true
      book = try await database.save(book, at: 2)
      let id: ID<AnyEntity> = book.id.retyped()
      let changes = try await database.read { tx in
        try history.differences(of: id, kind: "book", from: 1, to: 3, in: tx)
      }
      #expect(changes.map(\.name) == ["title", "is_lent"])
      let problem = await #expect(throws: Problem.self) {
        try await database.read { tx in try history.differences(of: id, kind: "book", from: 1, to: 4, in: tx) }
      }
      #expect(problem?.code == "NOT_FOUND")
    }
  }
}
