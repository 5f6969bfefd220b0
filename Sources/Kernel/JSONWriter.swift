/// Writes JSON straight into bytes: for lists, where an encoder would cost more than the database.
///
/// Commas come by themselves. Names are literals and are trusted; strings are escaped.
public struct JSONWriter: Sendable {
  /// What has been written.
  public private(set) var bytes: [UInt8] = []
  @usableFromInline var needsComma = false

  /// An empty writer with room for `capacity` bytes.
  public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  /// `{`
  public mutating func beginObject() { open(0x7B) }
  /// `}`
  public mutating func endObject() { close(0x7D) }
  /// `[`
  public mutating func beginArray() { open(0x5B) }
  /// `]`
  public mutating func endArray() { close(0x5D) }

  /// A member's name, known when the program was written.
  public mutating func key(_ name: StaticString) {
    separate()
    bytes.append(0x22)
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }

  /// A member's name, escaped.
  public mutating func name(_ name: String) {
    string(name)
    bytes.append(0x3A)
    needsComma = false
  }

  /// A string, escaped.
  public mutating func string(_ text: String) {
    separate()
    bytes.append(0x22)
    var text = text
    text.withUTF8 { escape($0) }
    bytes.append(0x22)
  }

  /// A whole number.
  public mutating func int(_ number: Int) {
    separate()
    if number >= 0, number < 10 {
      bytes.append(0x30 + UInt8(number))
    } else {
      var text = String(number)
      text.withUTF8 { bytes.append(contentsOf: $0) }
    }
  }

  /// `true` or `false`.
  public mutating func bool(_ truth: Bool) { raw(truth ? "true" : "false") }

  /// `null`.
  public mutating func null() { raw("null") }

  /// An identifier as a string of 36 characters.
  public mutating func id<Entity>(_ id: ID<Entity>) {
    separate()
    bytes.append(0x22)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
      id.writeText(into: text)
      bytes.append(contentsOf: text)
    }
    bytes.append(0x22)
  }

  /// A number that is JSON already.
  mutating func rawNumber(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// JSON that was written before: an image from the database.
  public mutating func embed(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
  }

  private mutating func raw(_ text: StaticString) {
    separate()
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
    needsComma = true
  }

  /// Copies runs that need no escape at once; a name rarely has any.
  private mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    for index in text.indices where text[index] < 0x20 || text[index] == 0x22 || text[index] == 0x5C {
      bytes.append(contentsOf: text[start..<index])
      start = index + 1
      bytes.append(0x5C)
      switch text[index] {
      case 0x22, 0x5C: bytes.append(text[index])
      case 0x0A: bytes.append(UInt8(ascii: "n"))
      case 0x0D: bytes.append(UInt8(ascii: "r"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      default:
        bytes.append(contentsOf: "u00".utf8)
        bytes.append(hexCharacter(text[index] >> 4))
        bytes.append(hexCharacter(text[index] & 15))
      }
    }
    bytes.append(contentsOf: text[start...])
  }
}
