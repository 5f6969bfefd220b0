import Kernel
import Persistence
import Testing

@Suite struct `Writing SQL` {
  @Test func `a value becomes a parameter and never text`() {
    let hostile = "'; DROP TABLE student; --"
    let (text, values) = ("SELECT 1 WHERE name = \(hostile)" as SQL).rendered()
    #expect(text == "SELECT 1 WHERE name = $1")
    #expect(values == [.text(hostile)])
  }

  @Test func `a nested piece is renumbered in its place`() {
    let filter: SQL = "a = \(1) AND b = \(2)"
    let (text, values) = ("SELECT \(3) WHERE \(filter) AND c = \(4)" as SQL).rendered()
    #expect(text == "SELECT $1 WHERE a = $2 AND b = $3 AND c = $4")
    #expect(values == [.int(3), .int(1), .int(2), .int(4)])
  }

  @Test func `nothing becomes NULL, something becomes its value`() {
    let none: Int? = nil
    let some: Int? = 5
    #expect(("VALUES (\(none), \(some))" as SQL).rendered().values == [.null, .int(5)])
  }

  @Test func `a list has one parameter for each value, and an empty list matches nothing`() {
    let (text, values) = ("id IN \(list: [7, 8, 9])" as SQL).rendered()
    #expect(text == "id IN ($1, $2, $3)")
    #expect(values == [.int(7), .int(8), .int(9)])
    #expect(("id IN \(list: [Int]())" as SQL).rendered().text == "id IN (NULL)")
  }

  @Test func `rows for an insert are numbered one after the other`() {
    let (text, values) =
      ("INSERT INTO t (a, b) VALUES \(rows: [.int(7), .null, .text("x"), .bool(true)], of: 2) RETURNING \(9)" as SQL)
      .rendered()
    #expect(text == "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) RETURNING $5")
    #expect(values == [.int(7), .null, .text("x"), .bool(true), .int(9)])
    #expect(("\(0) \(rows: [.int(1)], of: 1)" as SQL).rendered().text == "$1 ($2)")
    let plain = ("VALUES \(rows: [.int(1), .int(2), .int(3), .int(4)], of: 2) \(5)" as SQL).rendered(numbered: false)
    #expect(plain.text == "VALUES (?, ?), (?, ?) ?")
    #expect(plain.values == [.int(1), .int(2), .int(3), .int(4), .int(5)])
  }

  @Test func `conditions are joined, and empty ones left out`() {
    #expect(SQL.all(["a = \(1)", .empty, "b = \(2)"]).rendered().text == "(a = $1) AND (b = $2)")
    #expect(SQL.any(["a = \(1)", .empty, "b = \(2)"]).rendered().text == "((a = $1) OR (b = $2))")
    #expect(SQL.all([]).rendered().text == "TRUE")
    #expect(SQL.any([.empty]).rendered().text == "FALSE")
    #expect(SQL.joined([.empty, "x", .empty, "y"], separator: ", ").rendered().text == "x, y")
  }
}
