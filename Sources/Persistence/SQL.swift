public import Kernel

/// A piece of SQL with its values: literal text stays text, what is interpolated is bound, never pasted.
///
/// ```swift
/// let query: SQL = "SELECT \(Student.columns) FROM directory_student WHERE id = \(id)"
/// ```
/// There is no initialiser from `String`, so text that a person typed cannot become SQL. The same text, with `$1…$n`,
/// runs on both engines. PostgreSQL infers the types of parameters, so a bare `SELECT \(x)` needs a `CAST`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
  enum Piece: Sendable {
    case text(String)
    case value(SQLValue)
    /// Rows of a `VALUES` list, one after the other.
    case rows([SQLValue], width: Int)
  }

  var pieces: [Piece]

  public init(stringLiteral value: StaticString) {
    pieces = [.text(value.description)]
  }

  public init(stringInterpolation: StringInterpolation) {
    pieces = stringInterpolation.pieces
  }

  private init(pieces: [Piece]) { self.pieces = pieces }

  /// Nothing at all: an absent filter.
  public static let empty = SQL(pieces: [])

  /// Whether there is nothing in it.
  public var isEmpty: Bool { pieces.isEmpty }

  /// The text with `$1…$n` and the values in their order. Without numbers each stands as `?`: the same, as they are all
  /// in order, and quicker on SQLite, which looks a parameter with a name up among all the others.
  public func rendered(numbered: Bool = true) -> (text: String, values: [SQLValue]) {
    var text = ""
    text.reserveCapacity(256)
    var values: [SQLValue] = []
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .value(let value):
        values.append(value)
        text += numbered ? "$\(values.count)" : "?"
      case .rows(let list, let width):
        if numbered {
          Self.write(values.count + 1..<values.count + list.count + 1, width: width, to: &text)
        } else {
          let row = "(?" + String(repeating: ", ?", count: width - 1) + ")"
          text += row + String(repeating: ", " + row, count: list.count / width - 1)
        }
        values += list
      }
    }
    return (text, values)
  }

  /// `($4, $5), ($6, $7)` for the parameters 4 to 7 in rows of two.
  private static func write(_ parameters: Range<Int>, width: Int, to text: inout String) {
    text.reserveCapacity(text.utf8.count + parameters.count * 7)
    for (position, parameter) in parameters.enumerated() {
      text += position == 0 ? "($" : position % width == 0 ? "), ($" : ", $"
      text += String(parameter)
    }
    text += ")"
  }

  /// One after the other.
  public static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }

  /// The parts that are not empty, with `separator` between them.
  public static func joined(_ parts: [SQL], separator: SQL) -> SQL {
    var joined: [Piece] = []
    for part in parts where !part.isEmpty {
      if !joined.isEmpty { joined += separator.pieces }
      joined += part.pieces
    }
    return SQL(pieces: joined)
  }

  /// The conditions that are not empty, all of which must hold; `TRUE` when there are none.
  public static func all(_ conditions: [SQL]) -> SQL {
    let joined = joined(conditions.filter { !$0.isEmpty }.map { "(" + $0 + ")" }, separator: " AND ")
    return joined.isEmpty ? "TRUE" : joined
  }

  /// The conditions, one of which must hold; `FALSE` when there are none.
  public static func any(_ conditions: [SQL]) -> SQL {
    let joined = joined(conditions.filter { !$0.isEmpty }.map { "(" + $0 + ")" }, separator: " OR ")
    return joined.isEmpty ? "FALSE" : "(" + joined + ")"
  }

  /// Collects the pieces of an interpolated literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(interpolationCount * 2 + 1) }

    public mutating func appendLiteral(_ literal: StaticString) {
      if literal.utf8CodeUnitCount > 0 { pieces.append(.text(literal.description)) }
    }

    /// Binds a value.
    public mutating func appendInterpolation(_ value: some SQLBindable) { pieces.append(.value(value.sqlValue)) }

    /// Binds a value, or NULL.
    public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
      pieces.append(.value(value?.sqlValue ?? .null))
    }

    /// Puts another piece of SQL in this place, its values renumbered.
    public mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }

    /// Binds rows for an `INSERT`, one after the other: `VALUES \(rows: values, of: 3)`. At least one, and all whole.
    /// Much quicker than a piece for each value, where there are hundreds.
    public mutating func appendInterpolation(rows values: [SQLValue], of width: Int) {
      precondition(width > 0 && !values.isEmpty && values.count % width == 0, "these values are no rows of \(width)")
      pieces.append(.rows(values, width: width))
    }

    /// Binds a list for `IN`: `id IN \(list: ids)`. An empty list matches nothing.
    public mutating func appendInterpolation<Value: SQLBindable>(list values: some Sequence<Value>) {
      pieces.append(.text("("))
      var first = true
      for value in values {
        if !first { pieces.append(.text(", ")) }
        pieces.append(.value(value.sqlValue))
        first = false
      }
      pieces.append(.text(first ? "NULL)" : ")"))
    }
  }
}

/// A value as the drivers bind it.
public enum SQLValue: Sendable, Equatable {
  /// NULL.
  case null
  /// A whole number; also instants, money and decimals.
  case int(Int)
  /// Text.
  case text(String)
  /// Bytes.
  case blob([UInt8])
  /// True or false: 1 or 0 on SQLite.
  case bool(Bool)
  /// An identifier: sixteen bytes on SQLite, `uuid` on PostgreSQL.
  case id(high: UInt64, low: UInt64)
  /// A day: `YYYY-MM-DD`.
  case date(SchoolDate)
}

/// What can be bound to a statement.
public protocol SQLBindable {
  /// The value as the drivers bind it.
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
  public var sqlValue: SQLValue { self }
}
extension Int: SQLBindable {
  public var sqlValue: SQLValue { .int(self) }
}
extension String: SQLBindable {
  public var sqlValue: SQLValue { .text(self) }
}
extension Bool: SQLBindable {
  public var sqlValue: SQLValue { .bool(self) }
}
extension ID: SQLBindable {
  public var sqlValue: SQLValue { .id(high: high, low: low) }
}
extension SchoolDate: SQLBindable {
  public var sqlValue: SQLValue { .date(self) }
}
extension Instant: SQLBindable {
  public var sqlValue: SQLValue { .int(milliseconds) }
}
extension Decimal4: SQLBindable {
  public var sqlValue: SQLValue { .int(tenThousandths) }
}
extension [UInt8]: SQLBindable {
  public var sqlValue: SQLValue { .blob(self) }
}
extension SQLBindable where Self: RawRepresentable, RawValue == String {
  public var sqlValue: SQLValue { .text(rawValue) }
}
