import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Operations

@Suite struct `The audit` {
  @Test(arguments: TestDatabase.engines)
  func `shows the changes at one's own schools, with names and the newest first`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      _ = try await library.stock("Ferns", on: "A")
      _ = try await library.stock("Mosses", on: "B", at: Library.there)
      _ = try await library.stock("Rules", on: "C", at: nil)
      let all = try await library.entries(by: Library.ada)
      #expect(all.count == 6)
      #expect(all.map(\.entry.id) == all.map(\.entry.id).sorted(by: >))
      let own = try await library.entries(by: Library.ben)
      #expect(Set(own.map(\.title)) == ["Book", "Shelf"])
      #expect(own.allSatisfy { $0.who == "Ada" && $0.entry.org == Library.here })
      #expect(await code { _ = try await library.entries(by: Library.dan) } == "FORBIDDEN")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `names the system, and accounts that are gone`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      for actor in [Actor.system("night"), Library.ben] {
        try await database.write { tx in
          try library.record.insert(
            Shelf(code: actor.name), into: Library.shelves, library.change(by: actor), in: tx)
        }
      }
      #expect(Set(try await library.entries().map(\.who)) == ["The system", "A former account"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `notes whose records were looked at`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (_, book) = try await library.stock()
      _ = try await library.entries(AuditFilter(kind: "book"), by: Library.ben)
      try await library.log.flush()
      let seen = try await database.read { tx in
        try tx.all("SELECT actor_id, page, subject_ids FROM record_access LIMIT 9") { row in
          (actor: try row.next() as AccountID, page: try row.next() as String, subjects: try row.next() as String)
        }
      }
      #expect(seen.count == 1)
      #expect(seen.first?.actor == Library.ben.account)
      #expect(seen.first?.page == "/audit")
      #expect(seen.first?.subjects == "[\"\(book.id)\"]")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `takes back an edit, and says so when somebody changed the record since`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (_, ferns) = try await library.stock("Ferns")
      let mosses = try await library.rename(ferns, "Mosses")
      let edit = try #require(try await library.entries(AuditFilter(object: ferns.id.retyped())).first)
      #expect(edit.mayUndo)
      try await library.service.undo(edit.entry.id, by: Library.ben)
      #expect(try await library.title(of: ferns) == "Ferns")
      let undo = try #require(try await library.entries(AuditFilter(object: ferns.id.retyped())).first)
      #expect(undo.entry.reason == "undo")
      #expect(undo.entry.org == Library.here)

      var again = mosses
      again.version = 3
      _ = try await library.rename(again, "Lichens")
      #expect(await code { try await library.service.undo(undo.entry.id, by: Library.ben) } == "UNDO_CONFLICT")
      #expect(try await library.title(of: ferns) == "Lichens")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `does not take back what would meet a key of another record`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, ferns) = try await library.stock("Ferns")
      _ = try await library.rename(ferns, "Mosses")
      try await database.write { tx in
        try library.record.insert(
          Book(shelf: shelf.id, title: "Ferns"), into: Library.books, library.change(), in: tx)
      }
      let edit = try #require(
        try await library.entries(AuditFilter(object: ferns.id.retyped())).first { $0.entry.version == 2 })
      #expect(await code { try await library.service.undo(edit.entry.id, by: Library.ada) } == "UNDO_CONFLICT")
      #expect(try await library.title(of: ferns) == "Mosses")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `takes nothing back for those who could not have changed it`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (_, ferns) = try await library.stock("Ferns")
      _ = try await library.rename(ferns, "Mosses")
      let (_, other) = try await library.stock("Oaks", on: "B", at: Library.there)
      _ = try await library.rename(other, "Elms", at: Library.there)
      let here = try #require(try await library.entries(AuditFilter(object: ferns.id.retyped())).first).entry.id
      let there = try #require(try await library.entries(AuditFilter(object: other.id.retyped())).first).entry.id
      let lines = try await library.entries(by: Library.cora)
      #expect(!lines.isEmpty && lines.allSatisfy { !$0.mayUndo })
      #expect(await code { try await library.service.undo(here, by: Library.cora) } == "UNDO_NEEDS_RIGHTS")
      #expect(await code { try await library.service.undo(here, by: Library.dan) } == "FORBIDDEN")
      #expect(await code { try await library.service.undo(there, by: Library.ben) } == "NOT_FOUND")
      #expect(try await library.title(of: ferns) == "Mosses")
      #expect(try await library.title(of: other) == "Elms")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `takes back what gives rights only for those who have them everywhere`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let key = Key(code: "front door")
      let deletion = try await database.write { tx in
        try library.record.insert(key, into: Library.keys, library.change(), in: tx)
        library.clock.advance(by: .seconds(1))
        let deletion = try library.record.beginDeletion(
          of: key.id.retyped(), kind: "key", label: "Front door", library.change(), in: tx)
        try library.record.delete([key.id], from: Library.keys, as: deletion, library.change(), in: tx)
        return deletion
      }
      let taken = try #require(try await library.entries(AuditFilter(kind: "key"), by: Library.ben).first)
      #expect(!taken.mayUndo)
      #expect(await code { try await library.service.undo(taken.entry.id, by: Library.ben) } == "UNDO_NEEDS_RIGHTS")
      #expect(await code { try await library.service.restore(deletion, by: Library.ben) } == "RESTORE_NEEDS_RIGHTS")
      #expect(try await library.service.restore(deletion, by: Library.ada).rows == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `never takes back what is only shown`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let sessions = RecordedTable<Key>("session", "library_key", columns: [.text("code", \.code)])
      let library = Library(database)
      try await database.write { tx in
        try library.record.insert(Key(code: "s"), into: sessions, library.change(), in: tx)
      }
      let line = try #require(try await library.entries().first)
      #expect(line.title == "Session" && !line.mayUndo)
      #expect(await code { try await library.service.undo(line.entry.id, by: Library.ada) } == "UNDO_NOT_OFFERED")
    }
  }
}

@Suite struct `The recycle bin` {
  @Test(arguments: TestDatabase.engines)
  func `lists deletions at one's own schools with all that went along`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock()
      let deletion = try await library.discard(shelf, book)
      let (other, far) = try await library.stock("Oaks", on: "B", at: Library.there)
      _ = try await library.discard(other, far, at: Library.there)
      let lines = try await library.service.deletions(page: PageRequest(), by: Library.cora).items
      #expect(lines.map(\.deletion.id) == [deletion])
      #expect(lines.first?.title == "Shelf")
      #expect(lines.first?.who == "Ada")
      #expect(lines.first?.contents == ["shelf": 1, "book": 1])
      #expect(lines.first?.rows == 2)
      #expect(try await library.service.deletions(page: PageRequest(), by: Library.ada).items.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gives back exactly what one deletion took`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock()
      let before = try await database.read { tx in try CanonicalDump.write(Library.tables, in: tx) }
      let deletion = try await library.discard(shelf, book)
      #expect(try await library.title(of: book) == nil)
      #expect(try await library.service.restore(deletion, by: Library.ben).rows == 2)
      #expect(try await database.read { tx in try CanonicalDump.write(Library.tables, in: tx) } == before)
      #expect(await code { try await library.service.restore(deletion, by: Library.ben) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `says what stands in the way`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock("Ferns", on: "A")
      let deletion = try await library.discard(shelf, book)
      _ = try await library.stock("Mosses", on: "A")
      #expect(await code { try await library.service.restore(deletion, by: Library.ada) } == "RESTORE_CONFLICT")
      #expect(try await library.title(of: book) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lets everybody take back their own deletion, and nobody a stranger's`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock()
      let deletion = try await library.discard(shelf, book, by: Library.dan)
      #expect(await code { try await library.service.restore(deletion, by: Library.cora) } == "RESTORE_NEEDS_RIGHTS")
      #expect(try await library.service.restore(deletion, by: Library.dan).rows == 2)
      let (other, far) = try await library.stock("Oaks", on: "B")
      let strange = try await library.discard(other, far, by: Library.ada)
      #expect(await code { try await library.service.restore(strange, by: Library.dan) } == "NOT_FOUND")
      let (third, farther) = try await library.stock("Elms", on: "C", at: Library.there)
      let beyond = try await library.discard(third, farther, at: Library.there)
      #expect(await code { try await library.service.restore(beyond, by: Library.ben) } == "NOT_FOUND")
    }
  }
}
