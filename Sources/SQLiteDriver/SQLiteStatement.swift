import GRDBSQLite
import Kernel
import Persistence

/// A prepared statement, and at the same time the row it stands on. It lives on the thread of its connection.
final class SQLiteStatement: RowSource {
  let text: String
  private let handle: OpaquePointer
  private(set) var columnCount = 0
  /// Whether somebody reads its rows now; the same text inside the loop needs another statement.
  var isInUse = false
  var lastUse = 0

  init(_ text: String, handle: OpaquePointer) {
    self.text = text
    self.handle = handle
  }

  deinit { sqlite3_finalize(handle) }

  /// Answers SQLite's code for the first value that it refuses, such as one that is too long.
  func bind(_ values: [SQLValue]) -> Int32 {
    for (offset, value) in values.enumerated() {
      let code = bind(value, at: Int32(offset + 1))
      guard code == SQLITE_OK else { return code }
    }
    return SQLITE_OK
  }

  /// Whether the text names as many parameters as there are values.
  func takes(_ count: Int) -> Bool { sqlite3_bind_parameter_count(handle) == Int32(count) }

  func step() -> Int32 {
    let code = sqlite3_step(handle)
    // Asked for after the step, which may have prepared the statement anew after a change of schema.
    if code == SQLITE_ROW { columnCount = Int(sqlite3_column_count(handle)) }
    return code
  }

  /// Ends the loop over the rows and lets go of the values.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  private func bind(_ value: SQLValue, at position: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(handle, position)
    case .int(let number): return sqlite3_bind_int64(handle, position, Int64(number))
    case .bool(let isTrue): return sqlite3_bind_int64(handle, position, isTrue ? 1 : 0)
    case .text(var text):
      return text.withUTF8 { bind(text: $0, at: position) }
    case .blob(let bytes):
      return bytes.withUnsafeBytes { bind(blob: $0, at: position) }
    case .id(let high, let low):
      return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bind(blob: $0, at: position) }
    case .date(let date):
      var text = date.description
      return text.withUTF8 { bind(text: $0, at: position) }
    }
  }

  private func bind(text: UnsafeBufferPointer<UInt8>, at position: Int32) -> Int32 {
    guard let start = text.baseAddress else { return sqlite3_bind_text(handle, position, "", 0, copied) }
    return start.withMemoryRebound(to: CChar.self, capacity: text.count) {
      sqlite3_bind_text64(handle, position, $0, UInt64(text.count), copied, UInt8(SQLITE_UTF8))
    }
  }

  private func bind(blob: UnsafeRawBufferPointer, at position: Int32) -> Int32 {
    guard let start = blob.baseAddress, !blob.isEmpty else { return sqlite3_bind_zeroblob(handle, position, 0) }
    return sqlite3_bind_blob64(handle, position, start, UInt64(blob.count), copied)
  }

  // MARK: The row

  func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

  func int(_ column: Int) throws -> Int {
    guard sqlite3_column_type(handle, Int32(column)) == SQLITE_INTEGER else {
      throw Bug("column \(column) holds no whole number")
    }
    return Int(sqlite3_column_int64(handle, Int32(column)))
  }

  func text(_ column: Int) -> String { String(decoding: utf8(column), as: UTF8.self) }

  func bool(_ column: Int) -> Bool { sqlite3_column_int64(handle, Int32(column)) != 0 }

  func identifier(_ column: Int) throws -> (high: UInt64, low: UInt64) {
    let bytes = blob(column)
    guard bytes.count == 16 else { throw Bug("column \(column) holds no identifier") }
    return (
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }

  func bytes(_ column: Int) throws -> [UInt8] { Array(blob(column)) }

  func date(_ column: Int) throws -> SchoolDate {
    guard let date = schoolDate(ascii: utf8(column)) else { throw Bug("column \(column) holds no day") }
    return date
  }

  // The order of these two calls matters: asking for the pointer may convert, which changes the length.
  private func utf8(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_text(handle, Int32(column))
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }

  private func blob(_ column: Int) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, Int32(column))
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, Int32(column))))
  }
}

/// SQLITE_TRANSIENT, a macro that Swift cannot import: SQLite copies the value before the call returns.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
