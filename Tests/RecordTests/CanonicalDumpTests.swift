import Kernel
import Persistence
import Record
import TestSupport
import Testing

@Suite struct `A canonical dump` {
  @Test func `both engines write the same lines when identifiers are left out`() async throws {
    var dumps: [CanonicalDump] = []
    for engine in TestDatabase.engines {
      dumps.append(
        try await engine.with(Library.migrations) { database in
          let (shelf, _) = try await database.stock(["Ferns", "Öl"])
          let book = Book(
            shelf: shelf.id, title: "Full", pages: 1, boughtOn: SchoolDate("2026-02-28"), isLent: true,
            price: Decimal4("0.0001"), readAt: Library.monday)
          try await database.write { tx in
            try Library.record.insert(book, into: Library.books, Library.change(), in: tx)
          }
          return try await database.read { tx in
            try CanonicalDump.write(Library.tables, identities: .leftOut, in: tx)
          }
        })
    }
    #expect(
      dumps[0].lines == [
        #"book"# + "\t"
          + #"{"title":"Ferns","pages":100,"bought_on":null,"is_lent":false,"price":null,"read_at":null}"#,
        #"book"# + "\t"
          + #"{"title":"Full","pages":1,"bought_on":"2026-02-28","is_lent":true,"price":1,"read_at":1795424400000}"#,
        #"book"# + "\t" + #"{"title":"Öl","pages":100,"bought_on":null,"is_lent":false,"price":null,"read_at":null}"#,
        #"shelf"# + "\t" + #"{"code":"A"}"#,
      ])
    #expect(dumps.allSatisfy { $0 == dumps[0] && $0.hash == dumps[0].hash })
  }

  @Test(arguments: TestDatabase.engines)
  func `one changed column changes the hash, and versions do not count`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let (_, books) = try await database.stock(["Ferns"])
      let before = try await Library.dump(database)
      var book = books[0]
      book.pages = 101
      book = try await database.save(book, at: 1)
      #expect(try await Library.dump(database).hash != before.hash)
      book.pages = 100
      book = try await database.save(book, at: 2)
      #expect(try await Library.dump(database).hash == before.hash)
    }
  }
}
