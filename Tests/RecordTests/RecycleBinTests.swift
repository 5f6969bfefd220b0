import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `The recycle bin` {
  @Test(arguments: TestDatabase.engines)
  func `restoring brings back exactly what one deletion took`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns", "Mosses", "Lichens"])
      let gone = try await database.write { tx in
        let deletion = try Library.record.beginDeletion(
          of: books[2].id.retyped(), kind: "book", label: "Lichens", Library.change(1), in: tx)
        try Library.record.delete([books[2].id], from: Library.books, as: deletion, Library.change(1), in: tx)
        return deletion
      }
      let before = try await Library.dump(database)
      let deletion = try await database.discard(shelf, books, at: 2)
      #expect(try await Library.dump(database).lines.isEmpty)
      #expect(try await bin.page(within: .everywhere).items.map(\.id) == [deletion, gone])

      let restored = try await bin.restore(deletion, within: .everywhere, Library.change(3))
      #expect(restored == 3)
      #expect(try await Library.dump(database) == before)
      #expect(try await bin.page(within: .everywhere).items.map(\.label) == ["Lichens"])
      let versions = try await database.read { tx in
        try History().versions(of: books[0].id.retyped(), kind: "book", in: tx)
      }
      #expect(versions.map(\.action) == [.restored, .deleted, .created])
      #expect(versions.map(\.version) == [3, 2, 1])
      let book = try await database.read { tx in try Library.book(books[0].id, in: tx) }
      #expect(book?.version == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a deletion is restored once`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns"])
      let deletion = try await database.discard(shelf, books, at: 1)
      try await bin.restore(deletion, within: .everywhere, Library.change(2))
      let problem = await #expect(throws: Problem.self) {
        try await bin.restore(deletion, within: .everywhere, Library.change(3))
      }
      #expect(problem?.code == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a deletion of another school is neither seen nor restored`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns"])
      let deletion = try await database.discard(shelf, books, at: 1)
      let elsewhere = Reach(orgs: [.new(at: Library.monday)])
      let here = Reach(orgs: [Library.school])
      #expect(try await bin.page(within: elsewhere).items.isEmpty)
      #expect(try await bin.find(deletion, within: elsewhere) == nil)
      let problem = await #expect(throws: Problem.self) {
        try await bin.restore(deletion, within: elsewhere, Library.change(2))
      }
      #expect(problem?.code == "NOT_FOUND")
      #expect(try await bin.find(deletion, within: here)?.label == "Shelf A")
      #expect(try await bin.restore(deletion, within: here, Library.change(2)) == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a key that was taken since stands in the way, and is named`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns"])
      let deletion = try await database.discard(shelf, books, at: 1)
      let (newcomer, _) = try await database.stock([], on: "A")
      let before = try await Library.dump(database)
      let problem = await #expect(throws: Problem.self) {
        try await bin.restore(deletion, within: .everywhere, Library.change(2))
      }
      #expect(problem?.code == "RESTORE_CONFLICT")
      #expect(problem?.kind == .conflict)
      #expect(problem?.detail.contains("Another shelf has the same code") == true)
      let current = try JSON(parsing: problem?.current ?? "")
      #expect(current["id"]?.string == newcomer.id.description)
      #expect(current["values"]?["code"]?.string == "A")
      #expect(try await Library.dump(database) == before)
      #expect(try await bin.find(deletion, within: .everywhere) != nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what it belonged to has to be restored first`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let bin = RecycleBin(database: database, tables: Library.tables)
      let (shelf, books) = try await database.stock(["Ferns"])
      let first = try await database.write { tx in
        let deletion = try Library.record.beginDeletion(
          of: books[0].id.retyped(), kind: "book", label: "Ferns", Library.change(1), in: tx)
        try Library.record.delete([books[0].id], from: Library.books, as: deletion, Library.change(1), in: tx)
        return deletion
      }
      let second = try await database.discard(shelf, [], at: 2)
      let problem = await #expect(throws: Problem.self) {
        try await bin.restore(first, within: .everywhere, Library.change(3))
      }
      #expect(problem?.code == "RESTORE_CONFLICT")
      #expect(problem?.detail.contains("belongs to a shelf") == true)
      #expect(try await bin.restore(second, within: .everywhere, Library.change(4)) == 1)
      #expect(try await bin.restore(first, within: .everywhere, Library.change(5)) == 1)
    }
  }
}
