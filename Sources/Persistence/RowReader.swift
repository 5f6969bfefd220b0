public import Kernel

/// The columns of one row as a driver holds them; only `RowReader` asks. Valid until the next row is stepped to.
public protocol RowSource {
  /// How many columns the row has.
  var columnCount: Int { get }
  /// Whether the column is NULL.
  func isNull(_ column: Int) -> Bool
  /// A whole number.
  func int(_ column: Int) throws -> Int
  /// Text.
  func text(_ column: Int) -> String
  /// True or false.
  func bool(_ column: Int) -> Bool
  /// Sixteen bytes of an identifier.
  func identifier(_ column: Int) throws -> (high: UInt64, low: UInt64)
  /// Bytes.
  func bytes(_ column: Int) throws -> [UInt8]
  /// A day.
  func date(_ column: Int) throws -> SchoolDate
}

/// Reads the columns of a row one after the other, by position: `id = try row.next(); name = try row.next()`.
///
/// The order is that of the type's `columns`; the two stand side by side in the source. A NULL where none is expected
/// is a `Bug`.
public struct RowReader {
  @usableFromInline let source: any RowSource
  @usableFromInline var column = 0

  /// A reader at the first column.
  public init(_ source: any RowSource) { self.source = source }

  /// How many columns the row has.
  public var columnCount: Int { source.columnCount }

  /// Passes over columns that are not wanted.
  public mutating func skip(_ count: Int = 1) { column += count }

  @usableFromInline mutating func advance() throws -> Int {
    defer { column += 1 }
    guard column < source.columnCount, !source.isNull(column) else {
      throw Bug("column \(column) is NULL or missing where a value is expected")
    }
    return column
  }

  @usableFromInline mutating func advanceIfPresent() throws -> Int? {
    defer { column += 1 }
    guard column < source.columnCount else { throw Bug("column \(column) is missing") }
    return source.isNull(column) ? nil : column
  }

  /// The next column as a whole number.
  public mutating func next() throws -> Int { try source.int(try advance()) }
  /// The next column as a whole number or nothing.
  public mutating func next() throws -> Int? { try advanceIfPresent().map(source.int) }
  /// The next column as text.
  public mutating func next() throws -> String { source.text(try advance()) }
  /// The next column as text or nothing.
  public mutating func next() throws -> String? { try advanceIfPresent().map(source.text) }
  /// The next column as true or false.
  public mutating func next() throws -> Bool { source.bool(try advance()) }
  /// The next column as bytes.
  public mutating func next() throws -> [UInt8] { try source.bytes(try advance()) }
  /// The next column as bytes or nothing.
  public mutating func next() throws -> [UInt8]? { try advanceIfPresent().map(source.bytes) }
  /// The next column as a day.
  public mutating func next() throws -> SchoolDate { try source.date(try advance()) }
  /// The next column as a day or nothing.
  public mutating func next() throws -> SchoolDate? { try advanceIfPresent().map(source.date) }
  /// The next column as a moment.
  public mutating func next() throws -> Instant { Instant(milliseconds: try source.int(try advance())) }
  /// The next column as a moment or nothing.
  public mutating func next() throws -> Instant? {
    try advanceIfPresent().map { Instant(milliseconds: try source.int($0)) }
  }
  /// The next column as a decimal of four places.
  public mutating func next() throws -> Decimal4 { Decimal4(tenThousandths: try source.int(try advance())) }
  /// The next column as a decimal of four places or nothing.
  public mutating func next() throws -> Decimal4? {
    try advanceIfPresent().map { Decimal4(tenThousandths: try source.int($0)) }
  }

  /// The next column as an identifier.
  @inlinable public mutating func next<Entity>() throws -> ID<Entity> {
    let words = try source.identifier(try advance())
    return ID(high: words.high, low: words.low)
  }

  /// The next column as an identifier or nothing.
  @inlinable public mutating func next<Entity>() throws -> ID<Entity>? {
    guard let column = try advanceIfPresent() else { return nil }
    let words = try source.identifier(column)
    return ID(high: words.high, low: words.low)
  }

  /// The next column as one of a closed set of words; a word outside it is a `Bug`.
  @inlinable public mutating func next<Word: RawRepresentable<String> & SQLBindable>() throws -> Word {
    let text: String = try next()
    guard let word = Word(rawValue: text) else { throw Bug("\"\(text)\" is no \(Word.self)") }
    return word
  }

  /// The next column as one of a closed set of words, or nothing.
  @inlinable public mutating func next<Word: RawRepresentable<String> & SQLBindable>() throws -> Word? {
    guard let text: String = try next() else { return nil }
    guard let word = Word(rawValue: text) else { throw Bug("\"\(text)\" is no \(Word.self)") }
    return word
  }
}

/// What can be read from a row whose columns are in the order of `columns`.
public protocol RowDecodable {
  /// The columns, in the order `init(row:)` reads them.
  static var columns: SQL { get }
  /// Reads the columns in their order.
  init(row: inout RowReader) throws
}
