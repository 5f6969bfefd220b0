/// Writes comma-separated values (RFC 4180): UTF-8, CRLF, quotes only where they are needed.
///
/// Fields that a spreadsheet would take for a formula get an apostrophe in front, unless they are plain numbers (OWASP,
/// "CSV injection"). Switch that off only for files that programs read.
public struct CSVWriter: Sendable {
  /// What was written since the last `takeBytes()`.
  public private(set) var bytes: [UInt8] = []
  /// Rows written, the header not counted.
  public private(set) var rows = 0

  private let columns: Int
  private let isFormulaSafe: Bool

  /// Starts with a header row.
  ///
  /// - Parameters:
  ///   - isFormulaSafe: whether fields that look like formulas are defused; off for files that programs read.
  ///   - hasByteOrderMark: whether the file starts with U+FEFF, which some old spreadsheets need to see UTF-8.
  public init(header: [String], isFormulaSafe: Bool = true, hasByteOrderMark: Bool = false) {
    columns = header.count
    self.isFormulaSafe = isFormulaSafe
    if hasByteOrderMark { bytes += [0xEF, 0xBB, 0xBF] }
    write(header)
  }

  /// Adds a row; a missing field is empty and a field too many is a fault of ours.
  public mutating func append(_ fields: [String]) {
    precondition(fields.count <= columns, "a row is wider than its header")
    write(fields)
    rows += 1
  }

  /// Hands over what is written so far and forgets it, so that a long list can be sent in pieces.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func write(_ fields: [String]) {
    for column in 0..<columns {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      if column < fields.count { write(fields[column]) }
    }
    // An empty line would be no row at all.
    if columns == 1, fields.first?.isEmpty ?? true { bytes += [UInt8(ascii: "\""), UInt8(ascii: "\"")] }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }

  private mutating func write(_ field: String) {
    let isDefused = isFormulaSafe && Self.looksLikeFormula(field)
    let isQuoted = isDefused || Self.needsQuotes(field)
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
    if isDefused { bytes.append(UInt8(ascii: "'")) }
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    if isQuoted { bytes.append(UInt8(ascii: "\"")) }
  }

  private static func needsQuotes(_ field: String) -> Bool {
    guard let first = field.utf8.first, let last = field.utf8.last else { return false }
    return first == UInt8(ascii: " ") || last == UInt8(ascii: " ")
      || field.utf8.contains { byte in
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
          || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\t")
      }
  }

  private static func looksLikeFormula(_ field: String) -> Bool {
    switch field.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"): !isNumber(field.utf8.dropFirst())
    default: false
    }
  }

  /// Digits with at most one point between them.
  private static func isNumber(_ text: Substring.UTF8View) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
