import Kernel
import Persistence

/// A table with a column of every kind, and keys of every kind, for the tests of this folder.
enum Thing {
  static let migrations = [
    Migration(
      "20260101_0900_thing",
      up: [
        """
        CREATE TABLE thing (
          id {id} NOT NULL PRIMARY KEY,
          number {int} CHECK (number <> 13),
          name {text},
          code {text} CONSTRAINT thing_code_short CHECK (length(code) < 10),
          truth {bool},
          born_on {date},
          made_at {instant},
          price {money},
          weight {decimal},
          bytes {blob},
          UNIQUE (name, code)
        ) {strict}
        """,
        "CREATE UNIQUE INDEX thing_number_once ON thing (number)",
        """
        CREATE TABLE part (
          id {id} NOT NULL PRIMARY KEY,
          thing_id {id} NOT NULL REFERENCES thing (id) ON DELETE RESTRICT,
          name {text} NOT NULL
        ) {strict}
        """,
      ],
      down: ["DROP TABLE part", "DROP TABLE thing"])
  ]

  static func insert(
    _ number: Int?, _ name: String? = nil, id: ID<Thing> = .new(at: Instant(milliseconds: 0)), in tx: any Connection
  ) throws {
    try tx.run("INSERT INTO thing (id, number, name, code) VALUES (\(id), \(number), \(name), \(name))")
  }

  static func count(in tx: any Connection) throws -> Int { try tx.count("SELECT count(*) FROM thing") }
}
