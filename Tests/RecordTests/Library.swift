import Kernel
import Persistence
import Record
import Rights
import TestSupport

/// A world of two recorded tables, one referring to the other and to itself: shelves, shelves on shelves, and books.
enum Library {
  static let migrations: [Migration] =
    Record.migrations + [
      Migration(
        "20261121_9999_library",
        up: [
          """
          CREATE TABLE library_shelf (
            id {id} NOT NULL PRIMARY KEY, version {int} NOT NULL, changed_at {instant} NOT NULL, deletion_id {id},
            part_of_id {id} REFERENCES library_shelf (id),
            code {text} NOT NULL
          ) {strict}
          """,
          "CREATE UNIQUE INDEX library_shelf_code_once ON library_shelf (code) WHERE deletion_id IS NULL",
          "CREATE INDEX library_shelf_part_of ON library_shelf (part_of_id)",
          "CREATE INDEX library_shelf_deleted ON library_shelf (deletion_id) WHERE deletion_id IS NOT NULL",
          "CREATE VIEW library_shelf_live AS SELECT * FROM library_shelf WHERE deletion_id IS NULL",
          """
          CREATE TABLE library_book (
            id {id} NOT NULL PRIMARY KEY, version {int} NOT NULL, changed_at {instant} NOT NULL, deletion_id {id},
            shelf_id {id} NOT NULL REFERENCES library_shelf (id),
            title {text} NOT NULL, pages {int}, bought_on {date}, is_lent {bool} NOT NULL,
            price {decimal}, read_at {instant}
          ) {strict}
          """,
          "CREATE INDEX library_book_shelf ON library_book (shelf_id)",
          "CREATE UNIQUE INDEX library_book_title_once ON library_book (shelf_id, title) WHERE deletion_id IS NULL",
          "CREATE INDEX library_book_deleted ON library_book (deletion_id) WHERE deletion_id IS NOT NULL",
          "CREATE VIEW library_book_live AS SELECT * FROM library_book WHERE deletion_id IS NULL",
        ],
        down: [
          "DROP VIEW library_book_live", "DROP TABLE library_book", "DROP VIEW library_shelf_live",
          "DROP TABLE library_shelf",
        ])
    ]

  static let shelves = RecordedTable<Shelf>(
    "shelf", "library_shelf", columns: [.id("part_of_id", \.partOf), .text("code", \.code)])

  static let books = RecordedTable<Book>(
    "book", "library_book",
    columns: [
      .id("shelf_id", \.shelf), .text("title", \.title), .int("pages", \.pages), .date("bought_on", \.boughtOn),
      .bool("is_lent", \.isLent), .decimal("price", \.price), .instant("read_at", \.readAt),
    ])

  /// Parents first, as a careless caller would list them.
  static let tables = [shelves.erased, books.erased]

  static let monday = Instant(milliseconds: 1_795_424_400_000)
  static let school = OrgID.new(at: monday)
  static let ada = Actor(account: .new(at: monday), name: "Ada", request: "r-1", reaches: [:])
  static let record = Record()

  static func change(
    _ minutes: Int = 0, by actor: Actor = ada, org: OrgID? = school, cause: ID<AnyEntity>? = nil
  ) -> Change {
    Change(by: actor, at: monday.adding(.seconds(minutes * 60)), org: org, reason: "tidying", cause: cause)
  }

  static func dump(_ database: any Database) async throws -> CanonicalDump {
    try await database.read { tx in try CanonicalDump.write(tables, in: tx) }
  }

  static func undo(_ database: any Database) -> Undo { Undo(database: database, tables: tables) }

  static func book(_ id: ID<Book>, in tx: any Connection) throws -> Book? {
    try tx.first("SELECT \(books.selection) FROM library_book_live WHERE id = \(id)")
  }
}

struct Shelf: RecordedRow, Equatable {
  var id: ID<Shelf> = .new(at: Library.monday)
  var version = 1
  var partOf: ID<Shelf>?
  var code: String
}

struct Book: RecordedRow, Equatable {
  var id: ID<Book> = .new(at: Library.monday)
  var version = 1
  var shelf: ID<Shelf>
  var title: String
  var pages: Int?
  var boughtOn: SchoolDate?
  var isLent = false
  var price: Decimal4?
  var readAt: Instant?
}

extension Book: RowDecodable {
  static let columns = Library.books.selection

  init(row: inout RowReader) throws {
    id = try row.next()
    version = try row.next()
    shelf = try row.next()
    title = try row.next()
    pages = try row.next()
    boughtOn = try row.next()
    isLent = try row.next()
    price = try row.next()
    readAt = try row.next()
  }
}

extension Database {
  /// A shelf with a few books on it, put there by Ada on Monday.
  func stock(_ titles: [String], on code: String = "A", cause: ID<AnyEntity>? = nil) async throws -> (Shelf, [Book]) {
    let shelf = Shelf(code: code)
    let books = titles.map { Book(shelf: shelf.id, title: $0, pages: 100) }
    try await write { tx in
      try Library.record.insert(shelf, into: Library.shelves, Library.change(cause: cause), in: tx)
      try Library.record.insert(books, into: Library.books, Library.change(cause: cause), in: tx)
    }
    return (shelf, books)
  }

  /// Saves a book, as its editor saw it.
  @discardableResult
  func save(_ book: Book, at minutes: Int, cause: ID<AnyEntity>? = nil) async throws -> Book {
    var saved = book
    saved.version = try await write { tx in
      try Library.record.update(book, in: Library.books, Library.change(minutes, cause: cause), in: tx)
    }
    return saved
  }

  /// Puts a shelf and its books into the recycle bin.
  func discard(_ shelf: Shelf, _ books: [Book], at minutes: Int, cause: ID<AnyEntity>? = nil) async throws -> DeletionID
  {
    try await write { tx in
      let change = Library.change(minutes, cause: cause)
      let deletion = try Library.record.beginDeletion(
        of: shelf.id.retyped(), kind: "shelf", label: "Shelf " + shelf.code, change, in: tx)
      try Library.record.delete(books.map(\.id), from: Library.books, as: deletion, change, in: tx)
      try Library.record.delete([shelf.id], from: Library.shelves, as: deletion, change, in: tx)
      return deletion
    }
  }
}
