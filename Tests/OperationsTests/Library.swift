import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Web

@testable import Operations

extension Permission {
  static let seeAudit = Permission("audit.view", "See the audit")
  static let useBin = Permission("records.restore", "Use the recycle bin")
  static let editBooks = Permission("books.edit", "Change books")
  static let giveKeys = Permission("keys.give", "Give keys")
}

struct Book: RecordedRow, Equatable {
  var id: ID<Book> = .new(at: Library.monday)
  var version = 1
  var shelf: ID<Shelf>
  var title: String
}

struct Shelf: RecordedRow, Equatable {
  var id: ID<Shelf> = .new(at: Library.monday)
  var version = 1
  var code: String
}

/// Whoever holds one gets in: a record that gives rights itself.
struct Key: RecordedRow, Equatable {
  var id: ID<Key> = .new(at: Library.monday)
  var version = 1
  var code: String
}

/// Two schools whose libraries have shelves with books on them, and keys.
struct Library: Sendable {
  static let monday = Instant(milliseconds: 1_795_424_400_000)
  static let here = OrgID.new(at: monday)
  static let there = OrgID.new(at: monday)
  static let shelves = RecordedTable<Shelf>("shelf", "library_shelf", columns: [.text("code", \.code)])
  static let books = RecordedTable<Book>(
    "book", "library_book", columns: [.id("shelf_id", \.shelf), .text("title", \.title)])
  static let keys = RecordedTable<Key>("key", "library_key", columns: [.text("code", \.code)])
  static let tables = [shelves.erased, books.erased, keys.erased]

  static let migrations: [Migration] =
    Record.migrations + JobsModule.migrations + [
      Migration(
        "20261121_9999_library",
        up: [
          """
          CREATE TABLE library_shelf (
            id {id} NOT NULL PRIMARY KEY, version {int} NOT NULL, changed_at {instant} NOT NULL, deletion_id {id},
            code {text} NOT NULL
          ) {strict}
          """,
          "CREATE UNIQUE INDEX library_shelf_once ON library_shelf (code) WHERE deletion_id IS NULL",
          "CREATE VIEW library_shelf_live AS SELECT * FROM library_shelf WHERE deletion_id IS NULL",
          """
          CREATE TABLE library_book (
            id {id} NOT NULL PRIMARY KEY, version {int} NOT NULL, changed_at {instant} NOT NULL, deletion_id {id},
            shelf_id {id} NOT NULL REFERENCES library_shelf (id), title {text} NOT NULL
          ) {strict}
          """,
          "CREATE UNIQUE INDEX library_book_once ON library_book (shelf_id, title) WHERE deletion_id IS NULL",
          "CREATE VIEW library_book_live AS SELECT * FROM library_book WHERE deletion_id IS NULL",
          """
          CREATE TABLE library_key (
            id {id} NOT NULL PRIMARY KEY, version {int} NOT NULL, changed_at {instant} NOT NULL, deletion_id {id},
            code {text} NOT NULL
          ) {strict}
          """,
          "CREATE VIEW library_key_live AS SELECT * FROM library_key WHERE deletion_id IS NULL",
        ],
        down: [
          "DROP VIEW library_key_live", "DROP TABLE library_key", "DROP VIEW library_book_live",
          "DROP TABLE library_book", "DROP VIEW library_shelf_live", "DROP TABLE library_shelf",
        ])
    ]

  let database: any Database
  let clock = TestClock(monday)
  let record = Record()
  let log: AccessLog
  let queue: JobQueue
  let service: HistoryService

  init(_ database: any Database) {
    self.database = database
    log = AccessLog(database: database)
    queue = JobQueue(database: database, clock: clock)
    service = HistoryService(
      database: database, record: Record(), clock: clock, tables: Self.tables,
      kinds: [
        RecordedKind("shelf", "Shelf", rights: [.editBooks]), RecordedKind("book", "Book", rights: [.editBooks]),
        RecordedKind("key", "Key", rights: [.giveKeys], onlyEverywhere: true),
        RecordedKind(shownOnly: "session", "Session"),
      ],
      rights: HistoryRights(audit: .seeAudit, restore: .useBin), log: log,
      names: { accounts in
        Dictionary(uniqueKeysWithValues: accounts.filter { $0 == Self.ada.account }.map { ($0, "Ada") })
      })
  }

  static let everything: [Permission] = [.seeAudit, .useBin, .editBooks, .giveKeys, .viewSystem]
  static let ada = person("Ada", Dictionary(uniqueKeysWithValues: everything.map { ($0, .everywhere) }))
  /// Ben may do everything in his own school.
  static let ben = person("Ben", Dictionary(uniqueKeysWithValues: everything.map { ($0, Reach(orgs: [here])) }))
  /// Cora sees the audit and the recycle bin of the school, and edits nothing.
  static let cora = person("Cora", [.seeAudit: Reach(orgs: [here]), .useBin: Reach(orgs: [here])])
  /// Dan edits books and has nothing to do with bin and audit.
  static let dan = person("Dan", [.editBooks: Reach(orgs: [here])])
  static let people = ["ada": ada, "ben": ben, "cora": cora, "dan": dan]

  private static func person(_ name: String, _ reaches: [Permission: Reach]) -> Actor {
    Actor(account: .new(at: monday), name: name, request: "r-1", reaches: reaches)
  }

  func change(by actor: Actor = ada, at org: OrgID? = here, cause: ID<AnyEntity>? = nil) -> Change {
    Change(by: actor, at: clock.now(), org: org, cause: cause)
  }

  /// A shelf with a book on it.
  func stock(_ title: String = "Ferns", on code: String = "A", at org: OrgID? = here) async throws -> (Shelf, Book) {
    let shelf = Shelf(code: code)
    let book = Book(shelf: shelf.id, title: title)
    defer { clock.advance(by: .seconds(1)) }
    try await database.write { tx in
      try record.insert(shelf, into: Self.shelves, change(at: org), in: tx)
      try record.insert(book, into: Self.books, change(at: org), in: tx)
    }
    return (shelf, book)
  }

  func rename(_ book: Book, _ title: String, at org: OrgID? = here) async throws -> Book {
    var book = book
    book.title = title
    defer { clock.advance(by: .seconds(1)) }
    let renamed = book
    book.version = try await database.write { tx in
      try record.update(renamed, in: Self.books, change(at: org), in: tx)
    }
    return book
  }

  /// Puts a shelf and its book into the recycle bin.
  func discard(_ shelf: Shelf, _ book: Book, by actor: Actor = ada, at org: OrgID? = here) async throws -> DeletionID {
    defer { clock.advance(by: .seconds(1)) }
    return try await database.write { tx in
      let change = change(by: actor, at: org)
      let deletion = try record.beginDeletion(
        of: shelf.id.retyped(), kind: "shelf", label: "Shelf " + shelf.code, change, in: tx)
      try record.delete([book.id], from: Self.books, as: deletion, change, in: tx)
      try record.delete([shelf.id], from: Self.shelves, as: deletion, change, in: tx)
      return deletion
    }
  }

  /// The title of a live book; nil when it is not there.
  func title(of book: Book) async throws -> String? {
    try await database.read { tx in
      try tx.first("SELECT title FROM library_book_live WHERE id = \(book.id)") { row -> String in try row.next() }
    }
  }

  func entries(_ filter: AuditFilter = AuditFilter(), by actor: Actor = ada) async throws -> [AuditLine] {
    try await service.entries(filter, page: PageRequest(), by: actor).items
  }
}

/// The code of the problem that `body` ends in; "" when it does not.
func code(_ body: () async throws -> Void) async -> String {
  do {
    try await body()
    return ""
  } catch let problem as any ProblemConvertible {
    return problem.problem.code
  } catch {
    return "\(error)"
  }
}
