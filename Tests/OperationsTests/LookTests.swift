import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import Operations

@Suite struct `Who looked` {
  @Test(arguments: TestDatabase.engines)
  func `is told newest first, by record, by person and by day`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (_, book) = try await library.stock()
      let (_, other) = try await library.stock("Mosses", on: "B")
      try await library.look(Library.cora, at: [book.id.retyped(), other.id.retyped()], on: "books")
      library.clock.advance(by: .seconds(86_400))
      for _ in 0..<3 { try await library.look(Library.dan, at: [book.id.retyped()], on: "book") }
      try await library.log.flush()
      let all = try await library.looks(LookFilter(subject: book.id.retyped()))
      #expect(all.map(\.look.page) == ["book", "books"])
      #expect(all.map(\.look.repeats) == [3, 1])
      #expect(all.map(\.look.subjects.count) == [1, 2])
      #expect(try await library.looks(LookFilter(subject: other.id.retyped())).map(\.look.page) == ["books"])
      #expect(try await library.looks(LookFilter(actor: Library.dan.account)).map(\.look.page) == ["book"])
      let yesterday = LookFilter(until: library.clock.now().adding(.seconds(-3600)))
      #expect(try await library.looks(yesterday).map(\.look.page) == ["books"])
      #expect(try await library.looks(LookFilter(from: library.clock.now())).map(\.look.page) == ["book"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is gone through in stretches, without gaps`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let wanted = ID<AnyEntity>.new(at: Library.monday)
      for number in 0..<10 {
        let subject = number % 4 == 0 ? wanted : ID.new(at: Library.monday)
        try await library.look(Library.cora, at: [subject], on: "page \(number)")
        library.clock.advance(by: .seconds(1))
      }
      try await library.log.flush()
      var found: [String] = []
      var pages = 0
      var after: ID<AnyEntity>?
      repeat {
        let request = PageRequest(limit: 1, after: after)
        let page = try await database.read { tx in
          try AccessLog.looks(LookFilter(subject: wanted), page: request, span: 3, in: tx)
        }
        found += page.items.map(\.page)
        pages += 1
        after = page.next
      } while after != nil && pages < 50
      #expect(found == ["page 8", "page 4", "page 0"])
      #expect(pages <= 7)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is for those who see the audit, and of their own records`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (_, book) = try await library.stock()
      let (_, far) = try await library.stock("Far", on: "F", at: Library.there)
      let pipeline = library.pipeline()
      try await library.look(Library.dan, at: [book.id.retyped()], on: "book")
      try await library.log.flush()
      let mine = "/access?object=\(book.id)"
      let page = await pipeline.get(mine, as: "cora")
      #expect(page.status == 200)
      #expect(page.text.contains("A former account") && page.text.contains("/access.csv?object=\(book.id)"))
      #expect(await pipeline.get("/access?object=\(far.id)", as: "cora").status == 404)
      #expect(await pipeline.get("/access?object=\(far.id)", as: "ada").status == 200)
      #expect(await pipeline.get("/access", as: "cora").text.contains("At which record?"))
      #expect(await pipeline.get("/api/v1/access", as: "cora").status == 404)
      #expect(await pipeline.get(mine, as: "dan").status == 403)
      let json = await pipeline.get("/api/v1/access?object=\(book.id)&limit=1", as: "cora").json
      #expect(json["data"]?.array?.first?["page"]?.string == "book")
      try await library.log.flush()
      let looks = try await library.looks(LookFilter(subject: book.id.retyped()))
      #expect(Set(looks.map(\.look.page)) == ["book", "/access"])
    }
  }
}

extension Library {
  fileprivate func look(_ actor: Actor, at subjects: [ID<AnyEntity>], on page: String) async throws {
    guard let account = actor.account else { return }
    try await log.noted(actor: account, page: page, subjects: subjects, at: clock.now())
  }

  fileprivate func looks(_ filter: LookFilter) async throws -> [LookLine] {
    try await service.looks(filter, page: PageRequest(), by: Self.ada).items
  }
}
