import Kernel
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import Operations

@Suite struct `Pages of history and recycle bin` {
  @Test func `show what a field was and became, and who did it`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let (_, book) = try await library.stock("Ferns <b>")
      _ = try await library.rename(book, "Mosses")
      let page = await library.pipeline().get("/audit?object=\(book.id)", as: "ben")
      #expect(page.status == 200)
      #expect(page.text.contains("Book Mosses changed"))
      #expect(page.text.contains("<bdi>Ferns &lt;b&gt;</bdi>"))
      #expect(page.text.contains("<bdi>Mosses</bdi>"))
      #expect(page.text.contains("Ada"))
      #expect(page.text.contains("href=\"/books/\(book.id)\""))
      #expect(page.text.contains("Remove filter: Record"))
      #expect(await library.pipeline().get("/audit", as: "dan").status == 403)
      #expect(await library.pipeline().get("/audit?from=yesterday", as: "ben").status == 422)
    }
  }

  @Test func `filter by kind and by days, both days included`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      _ = try await library.stock()
      let today = Library.monday.utcDate
      let pipeline = library.pipeline()
      func count(_ query: String) async -> Int? {
        await pipeline.get("/api/v1/audit?\(query)", as: "ben").json["data"]?.array?.count
      }
      #expect(await count("kind=book") == 1)
      #expect(await count("from=\(today)&to=\(today)") == 2)
      #expect(await count("from=\(today.adding(days: 1))") == 0)
      #expect(await count("to=\(today.adding(days: -1))") == 0)
      #expect(await count("actor=\(Library.ben.account?.description ?? "")") == 0)
      #expect(await count("limit=1") == 1)
    }
  }

  @Test func `undo an edit by a form, and explain what stands in the way`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let (_, book) = try await library.stock("Ferns")
      let renamed = try await library.rename(book, "Mosses")
      let pipeline = library.pipeline()
      let edit = try #require(try await library.entries(AuditFilter(object: book.id.retyped())).first).entry.id
      let made = try #require(try await library.entries(AuditFilter(object: book.id.retyped())).last).entry.id
      let page = await pipeline.get("/audit?kind=book", as: "ben")
      #expect(page.text.contains("action=\"/audit/\(edit)/undo\""))
      #expect(page.text.contains("name=\"back\" value=\"/audit?kind=book\""))

      let refused = await pipeline.post("/audit/\(made)/undo", as: "ben", [("object", book.id.description)])
      #expect(refused.status == 409)
      #expect(refused.text.contains("Cannot be undone"))
      #expect(refused.text.contains("was changed after that edit"))

      let done = await pipeline.post("/audit/\(edit)/undo", as: "ben", [("back", "/audit?kind=book")])
      #expect(done.status == 303)
      #expect(done.location == "/audit?kind=book")
      #expect(try await library.title(of: renamed) == "Ferns")
      let away = await pipeline.post("/audit/\(edit)/undo", as: "ben", [("back", "//evil.example")])
      #expect(away.location ?? "/audit" == "/audit")
    }
  }

  @Test func `restore from the recycle bin, or say why not`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock("Ferns", on: "A")
      let deletion = try await library.discard(shelf, book)
      let pipeline = library.pipeline()
      let page = await pipeline.get("/trash", as: "ben")
      #expect(page.text.contains("Shelf A"))
      #expect(page.text.contains("action=\"/trash/\(deletion)/restoration\""))

      let (other, second) = try await library.stock("Oaks", on: "A")
      let refused = await pipeline.post("/trash/\(deletion)/restoration", as: "ben")
      #expect(refused.status == 409)
      #expect(refused.text.contains("Something stands in the way"))
      #expect(refused.text.contains("Another shelf has the same code now"))

      _ = try await library.discard(other, second)
      let done = await pipeline.post("/trash/\(deletion)/restoration", as: "ben")
      #expect(done.status == 303)
      #expect(done.location == "/trash")
      #expect(try await library.title(of: book) == "Ferns")
      #expect(await pipeline.get("/trash", as: "dan").status == 403)
      #expect(await pipeline.post("/trash/\(deletion)/restoration", as: "dan").status == 404)
    }
  }

  @Test func `speak JSON as well`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock("Ferns")
      let pipeline = library.pipeline()
      let entry = try #require(await pipeline.get("/api/v1/audit?kind=book", as: "ben").json["data"]?.array?.first)
      #expect(entry["who"]?.string == "Ada")
      #expect(entry["action"]?.string == "created")
      #expect(entry["mayUndo"]?.bool == true)
      #expect(entry["changes"]?.array?.last?["after"]?.string == "Ferns")
      let deletion = try await library.discard(shelf, book)
      let listed = try #require(await pipeline.get("/api/v1/deletions", as: "ben").json["data"]?.array?.first)
      #expect(listed["rows"]?.int == 2)
      #expect(listed["label"]?.string == "Shelf A")
      let restored = await pipeline.send("POST", "/api/v1/deletions/\(deletion)/restoration", as: "ben")
      #expect(restored.json["data"]?["rows"]?.int == 2)
      let id = entry["id"]?.string ?? ""
      #expect(await pipeline.send("POST", "/api/v1/audit/\(id)/undo", as: "ben").status == 204)
      #expect(try await library.title(of: book) == nil)
    }
  }
}
