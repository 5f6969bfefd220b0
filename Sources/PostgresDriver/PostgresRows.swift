import CPQ
import Kernel
import Persistence

/// The answer to a statement, and at the same time one of its rows.
final class PostgresRows: RowSource {
  let result: OpaquePointer
  private var row: Int32 = 0

  init(_ result: OpaquePointer) { self.result = result }

  deinit { PQclear(result) }

  var columnCount: Int { Int(PQnfields(result)) }

  /// How many rows the statement changed; 0 for one that changes none.
  var changed: Int {
    guard let tuples = PQcmdTuples(result) else { return 0 }
    return Int(String(cString: tuples)) ?? 0
  }

  /// The first word of what the server says it did, such as `COMMIT`.
  var did: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  func each(_ body: (inout RowReader) throws -> Void) rethrows {
    for number in 0..<PQntuples(result) {
      row = number
      var reader = RowReader(self)
      try body(&reader)
    }
  }

  func isNull(_ column: Int) -> Bool { PQgetisnull(result, row, Int32(column)) == 1 }

  func int(_ column: Int) throws -> Int {
    let digits = utf8(column)
    let isNegative = digits.first == UInt8(ascii: "-")
    var value = 0
    // Counted downwards, as the smallest number has no positive twin.
    for byte in digits.dropFirst(isNegative ? 1 : 0) {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = product.subtractingReportingOverflow(Int(byte) - 48)
      guard (48...57).contains(byte), !overflows, !overflowsToo else { throw notANumber(column) }
      value = sum
    }
    guard digits.count > (isNegative ? 1 : 0), isNegative || value != .min else { throw notANumber(column) }
    return isNegative ? value : -value
  }

  func text(_ column: Int) -> String { String(decoding: utf8(column), as: UTF8.self) }

  func bool(_ column: Int) -> Bool {
    let first = utf8(column).first
    return first == UInt8(ascii: "t") || first == UInt8(ascii: "1")
  }

  func identifier(_ column: Int) throws -> (high: UInt64, low: UInt64) {
    var words: (high: UInt64, low: UInt64) = (0, 0)
    var digits = 0
    for byte in utf8(column) where byte != UInt8(ascii: "-") {
      guard let digit = hexDigit(byte), digits < 32 else { throw Bug("column \(column) holds no identifier") }
      if digits < 16 {
        words.high = words.high << 4 | UInt64(digit)
      } else {
        words.low = words.low << 4 | UInt64(digit)
      }
      digits += 1
    }
    guard digits == 32 else { throw Bug("column \(column) holds no identifier") }
    return words
  }

  func bytes(_ column: Int) throws -> [UInt8] {
    let text = utf8(column)
    guard text.count >= 2, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x"), text.count % 2 == 0 else {
      throw Bug("column \(column) holds no bytes")
    }
    return try [UInt8](unsafeUninitializedCapacity: text.count / 2 - 1) { bytes, count in
      for position in stride(from: 2, to: text.count, by: 2) {
        guard let high = hexDigit(text[position]), let low = hexDigit(text[position + 1]) else {
          throw Bug("column \(column) holds no bytes")
        }
        bytes[count] = high << 4 | low
        count += 1
      }
    }
  }

  func date(_ column: Int) throws -> SchoolDate {
    guard let date = schoolDate(ascii: utf8(column)) else { throw Bug("column \(column) holds no day") }
    return date
  }

  private func utf8(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let count = Int(PQgetlength(result, row, Int32(column)))
    guard let start = PQgetvalue(result, row, Int32(column)) else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: count)
  }

  private func notANumber(_ column: Int) -> Bug { Bug("column \(column) holds no whole number") }
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
