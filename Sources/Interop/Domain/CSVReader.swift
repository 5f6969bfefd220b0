private import Glibc
private import Kernel

/// Reads comma-separated values (RFC 4180) row by row from bytes in memory, making text only of the fields asked for.
///
/// A cursor: call `nextRow()`, then `text(_:)`. Comma, semicolon or tab is told from the header. Lines may end in CRLF,
/// LF or CR; blank rows are passed over but counted, so that `row` is what a spreadsheet shows. The whole file is
/// checked for UTF-8 and NUL first. A quote inside an unquoted field is kept as it is.
public struct CSVReader: Sendable {
  /// The names of the columns, trimmed.
  public private(set) var header: [String] = []
  /// The byte between fields: comma, semicolon or tab.
  public let separator: UInt8
  /// The number of the current row, as a spreadsheet shows it: the header is row 1.
  public private(set) var row = 0
  /// Fields in the current row.
  public var fieldCount: Int { fields.count }

  struct Field {
    var start: Int
    var end: Int
    var hasDoubledQuotes: Bool
  }

  private let bytes: [UInt8]
  private let limits: CSVLimits
  private var position: Int
  private var fields: [Field] = []

  /// Checks the encoding and reads the header.
  public init(_ bytes: [UInt8], limits: CSVLimits = CSVLimits()) throws(CSVProblem) {
    guard bytes.count <= limits.file else { throw .tooLarge(limit: limits.file) }
    self.bytes = bytes
    self.limits = limits
    position = try CSVEncoding.checkedStart(of: bytes)
    separator = Self.separator(of: bytes[position...].prefix(limits.row))
    guard try nextRow() else { throw .empty }
    header = fields.indices.map { Text.normalized(text($0)) }
  }

  /// Goes to the next row that has anything in it; false at the end.
  public mutating func nextRow() throws(CSVProblem) -> Bool {
    while position < bytes.count {
      guard row <= limits.rows else { throw .tooManyRows(limit: limits.rows) }
      try scanRow()
      row += 1
      if fields.contains(where: { $0.start < $0.end }) { return true }
    }
    fields.removeAll()
    return false
  }

  /// Whether the row is narrower than the header, or wider by fields that are not empty.
  public var isRagged: Bool {
    fields.count < header.count || fields.dropFirst(header.count).contains { $0.start < $0.end }
  }

  /// A field of the current row, without its quotes; empty when the row has none there.
  public func text(_ column: Int) -> String {
    withBytes(column) { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a field of the current row is empty or not there.
  public func isEmpty(_ column: Int) -> Bool {
    column >= fields.count || fields[column].start == fields[column].end
  }

  /// The bytes of a field of the current row, without its quotes, for as long as `body` runs.
  func withBytes<Result>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    guard column < fields.count else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let field = fields[column]
    if field.hasDoubledQuotes {
      var plain: [UInt8] = []
      var isSecond = false
      for byte in bytes[field.start..<field.end] {
        isSecond = byte == UInt8(ascii: "\"") && !isSecond
        if !isSecond { plain.append(byte) }
      }
      return plain.withUnsafeBufferPointer(body)
    }
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.start..<field.end])) }
  }

  private mutating func scanRow() throws(CSVProblem) {
    let (start, row, separator, limits) = (position, row + 1, separator, limits)
    // Moved out and in again, so that the array's room is used for every row.
    var found = fields
    fields = []
    found.removeAll(keepingCapacity: true)
    position = try bytes.withUnsafeBufferPointer { bytes throws(CSVProblem) in
      var scan = CSVScan(bytes: bytes, separator: separator, row: row, limits: limits, at: start)
      return try scan.run(into: &found)
    }
    fields = found
  }

  /// The separator that occurs most in the first row, outside quotes; a comma if none does.
  private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"): if !isQuoted { counts[byte, default: 0] += 1 }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if !isQuoted { return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",") }
      default: break
      }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
  }
}

/// One pass over the bytes of one row.
private struct CSVScan {
  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  let row: Int
  let limits: CSVLimits
  var at: Int

  /// Appends the fields of the row and answers where the next one starts.
  mutating func run(into fields: inout [CSVReader.Field]) throws(CSVProblem) -> Int {
    let start = at
    while true {
      guard fields.count < limits.columns else { throw .tooManyColumns(row: row, limit: limits.columns) }
      let isQuoted = at < bytes.count && bytes[at] == UInt8(ascii: "\"")
      fields.append(isQuoted ? try quoted() : try plain())
      guard at - start <= limits.row else { throw .rowTooLong(row: row, limit: limits.row) }
      guard at < bytes.count else { return at }
      let byte = bytes[at]
      at += 1
      if byte == separator { continue }
      if byte == UInt8(ascii: "\r"), at < bytes.count, bytes[at] == UInt8(ascii: "\n") { at += 1 }
      return at
    }
  }

  private mutating func plain() throws(CSVProblem) -> CSVReader.Field {
    let start = at
    let end = Swift.min(bytes.count, start + limits.field + 1)
    while at < end {
      let byte = bytes[at]
      if byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      at += 1
    }
    guard at - start <= limits.field else { throw .fieldTooLong(row: row, limit: limits.field) }
    return CSVReader.Field(start: start, end: at, hasDoubledQuotes: false)
  }

  private mutating func quoted() throws(CSVProblem) -> CSVReader.Field {
    let start = at + 1
    let end = Swift.min(bytes.count, start + limits.field * 2 + 2)
    var hasDoubledQuotes = false
    at = start
    while at < end {
      if bytes[at] != UInt8(ascii: "\"") {
        at += 1
      } else if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") {
        hasDoubledQuotes = true
        at += 2
      } else {
        return try closed(start, hasDoubledQuotes)
      }
    }
    throw .openQuote(row: row)
  }

  private mutating func closed(_ start: Int, _ hasDoubledQuotes: Bool) throws(CSVProblem) -> CSVReader.Field {
    guard at - start <= limits.field else { throw .fieldTooLong(row: row, limit: limits.field) }
    let field = CSVReader.Field(start: start, end: at, hasDoubledQuotes: hasDoubledQuotes)
    at += 1
    guard
      at == bytes.count || bytes[at] == separator || bytes[at] == UInt8(ascii: "\n")
        || bytes[at] == UInt8(ascii: "\r")
    else { throw .textAfterQuote(row: row) }
    return field
  }
}

/// What a file of text must look like before a row of it is read.
private enum CSVEncoding {
  /// Where the text starts, after a byte order mark; refuses what is not UTF-8.
  static func checkedStart(of bytes: [UInt8]) throws(CSVProblem) -> Int {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .wrongEncoding("UTF-16") }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { throw .wrongEncoding("UTF-32") }
    if let place = firstNUL(in: bytes) { throw .nul(line: line(at: place, in: bytes)) }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw .notUTF8(line: line(at: error.byteOffsets.lowerBound, in: bytes))
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private static func firstNUL(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let found = memchr(start, 0, bytes.count) else { return nil }
      return UnsafeRawPointer(found) - start
    }
  }

  private static func line(at place: Int, in bytes: [UInt8]) -> Int {
    bytes[..<place].reduce(into: 1) { if $1 == UInt8(ascii: "\n") { $0 += 1 } }
  }
}
