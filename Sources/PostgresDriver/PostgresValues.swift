import Kernel
import Persistence

/// The values of a statement as libpq takes them: text, each ended by a NUL, in one buffer.
struct PostgresValues {
  private var buffer: [UInt8] = []
  private var starts: [Int] = []

  private init() {}

  /// No values at all.
  static let none = PostgresValues()

  init(_ values: [SQLValue]) throws {
    guard values.count <= 65_535 else { throw Bug("PostgreSQL takes at most 65,535 values, not \(values.count)") }
    starts.reserveCapacity(values.count)
    buffer.reserveCapacity(values.count * 40)
    for value in values { try append(value) }
  }

  var count: Int { starts.count }

  /// Calls `body` with one pointer for each value, nil for NULL; they are valid until it returns.
  func withPointers<Answer>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Answer) -> Answer {
    buffer.withUnsafeBytes { bytes in
      let pointers = starts.map { start -> UnsafePointer<CChar>? in
        start < 0 ? nil : bytes.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
      }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }

  private mutating func append(_ value: SQLValue) throws {
    if case .null = value { return starts.append(-1) }
    starts.append(buffer.count)
    switch value {
    case .null: break
    case .int(let number): buffer += String(number).utf8
    case .bool(let isTrue): buffer.append(isTrue ? UInt8(ascii: "t") : UInt8(ascii: "f"))
    case .date(let date): buffer += date.description.utf8
    case .id(let high, let low): append(ID<AnyEntity>(high: high, low: low))
    case .blob(let bytes): append(bytes)
    case .text(let text):
      // A NUL would end the text early, and the rest would be lost without a word.
      guard !text.utf8.contains(0) else { throw DatabaseProblem.refused("text with a NUL") }
      buffer += text.utf8
    }
    buffer.append(0)
  }

  private mutating func append(_ id: ID<AnyEntity>) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
      id.writeText(into: text)
      buffer += text
    }
  }

  private mutating func append(_ bytes: [UInt8]) {
    let digits: StaticString = "0123456789abcdef"
    buffer.reserveCapacity(buffer.count + bytes.count * 2 + 3)
    buffer += [UInt8(ascii: "\\"), UInt8(ascii: "x")]
    for byte in bytes {
      buffer.append(digits.utf8Start[Int(byte >> 4)])
      buffer.append(digits.utf8Start[Int(byte & 15)])
    }
  }
}
