import Kernel
import Persistence
import TestSupport
import Testing

@Suite struct `Values go in and come out the same` {
  @Test(arguments: TestDatabase.engines)
  func `whole numbers, to the ends of their range`(engine: TestDatabase.Engine) async throws {
    try await roundTrip([0, 1, -1, .max, .min], through: "number", on: engine)
  }

  @Test(arguments: TestDatabase.engines)
  func `text of any script, empty, long and hostile`(engine: TestDatabase.Engine) async throws {
    let texts = [
      "", " ", "Ünïcödé", "李小龙", "محمد", "👩🏽‍🏫", "\u{1F600}\u{0301}", "a'b\"c\\d", "$1 {id} %s; --", "line\nbreak\ttab",
      String(repeating: "ß", count: 100_000),
    ]
    try await roundTrip(texts, through: "name", on: engine)
  }

  @Test(arguments: TestDatabase.engines)
  func `truth and untruth`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      for truth in [true, false] {
        let back: Bool? = try await database.write { tx in
          try tx.run("DELETE FROM thing")
          try tx.run("INSERT INTO thing (id, truth) VALUES (\(ID<Thing>(high: 1, low: 2)), \(truth))")
          return try tx.first("SELECT truth FROM thing WHERE truth = \(truth)") { try $0.next() }
        }
        #expect(back == truth)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `days from the first to the last`(engine: TestDatabase.Engine) async throws {
    let days = ["1600-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"].compactMap { SchoolDate($0) }
    #expect(days.count == 5)
    try await roundTrip(days, through: "born_on", on: engine)
  }

  @Test(arguments: TestDatabase.engines)
  func `bytes of every value, and none`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let all: [[UInt8]] = [[], [0], Array(0...255), Array(repeating: 0xFF, count: 70_000)]
      for bytes in all {
        let back: [UInt8]? = try await database.write { tx in
          try tx.run("DELETE FROM thing")
          try tx.run("INSERT INTO thing (id, bytes) VALUES (\(ID<Thing>(high: 1, low: 2)), \(bytes))")
          return try tx.first("SELECT bytes FROM thing") { try $0.next() }
        }
        #expect(back == bytes)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `identifiers, moments and decimals`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let usual = ID<Thing>.new(at: Instant(milliseconds: 1_700_000_000_000))
      for id in [ID<Thing>(high: 0, low: 0), ID(high: .max, low: .max), usual] {
        let moment = Instant(milliseconds: -1)
        let weight = Decimal4(tenThousandths: -12_345)
        let back = try await database.write { tx in
          try tx.run("DELETE FROM thing")
          try tx.run("INSERT INTO thing (id, made_at, weight) VALUES (\(id), \(moment), \(weight))")
          return try tx.first("SELECT id, made_at, weight FROM thing WHERE id = \(id)") { row in
            (try row.next() as ID<Thing>, try row.next() as Instant, try row.next() as Decimal4)
          }
        }
        #expect(back?.0 == id)
        #expect(back?.1 == moment)
        #expect(back?.2 == weight)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `NULL of every kind is nothing, and a bug where a value must be`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      try await database.write { tx in try tx.run("INSERT INTO thing (id) VALUES (\(ID<Thing>(high: 1, low: 2)))") }
      let isEmpty = try await database.read { tx in
        try tx.first("SELECT number, name, born_on, made_at, weight, bytes FROM thing") { row -> Bool in
          let number: Int? = try row.next()
          let name: String? = try row.next()
          let day: SchoolDate? = try row.next()
          let moment: Instant? = try row.next()
          let weight: Decimal4? = try row.next()
          let bytes: [UInt8]? = try row.next()
          return number == nil && name == nil && day == nil && moment == nil && weight == nil && bytes == nil
        }
      }
      #expect(isEmpty == true)
      await #expect(throws: Bug.self) {
        try await database.read { tx in try tx.first("SELECT name FROM thing") { row -> String in try row.next() } }
      }
      await #expect(throws: Bug.self) {
        try await database.read { tx in try tx.first("SELECT id FROM thing") { row -> Int in try row.next() } }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sums and counts are whole numbers too`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Thing.migrations) { database in
      let (sum, count) =
        try await database.write { tx in
          for number in 1...3 { try Thing.insert(number, in: tx) }
          return try tx.first("SELECT sum(number), count(*) FROM thing") {
            (try $0.next() as Int, try $0.next() as Int)
          }
        } ?? (0, 0)
      #expect(sum == 6)
      #expect(count == 3)
    }
  }

  private func roundTrip<Value: SQLBindable & Equatable & Sendable & Readable>(
    _ values: [Value], through column: SQL, on engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Thing.migrations) { database in
      for value in values {
        let back: Value? = try await database.write { tx in
          try tx.run("DELETE FROM thing")
          try tx.run("INSERT INTO thing (id, \(column)) VALUES (\(ID<Thing>(high: 1, low: 2)), \(value))")
          return try tx.first("SELECT \(column) FROM thing WHERE \(column) = \(value)") { try Value.read(&$0) }
        }
        #expect(back == value)
      }
    }
  }
}

/// What the round trip reads back.
protocol Readable {
  static func read(_ row: inout RowReader) throws -> Self
}
extension Int: Readable {
  static func read(_ row: inout RowReader) throws -> Int { try row.next() }
}
extension String: Readable {
  static func read(_ row: inout RowReader) throws -> String { try row.next() }
}
extension SchoolDate: Readable {
  static func read(_ row: inout RowReader) throws -> SchoolDate { try row.next() }
}
