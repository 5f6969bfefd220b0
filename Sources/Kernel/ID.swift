/// The identity of one `Entity`: a UUID of version 7 (RFC 9562), made by the application before the row exists.
///
/// The first 48 bits are the time in milliseconds, so new rows land beside each other in an index; 74 random bits make
/// an identifier that cannot be guessed. The entity is a phantom: `ID<Student>` and `ID<Section>` do not mix.
public struct ID<Entity>: Hashable, Sendable, Comparable, CustomStringConvertible, LosslessStringConvertible {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// Wraps sixteen bytes that were an identifier before; use `new(at:)` to make one.
  @inlinable public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A new identifier for something that comes to be at `instant`.
  public static func new(at instant: Instant) -> Self {
    var random = SystemRandomNumberGenerator()
    return new(at: instant, using: &random)
  }

  /// A new identifier from a given source of randomness: the demo school is the same for the same seed.
  public static func new(at instant: Instant, using random: inout some RandomNumberGenerator) -> Self {
    let time = UInt64(clamping: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    return Self(
      high: time << 16 | 0x7000 | (random.next() & 0x0FFF),
      low: random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }

  /// Reads the usual form of 36 characters, in either case; nil for anything else.
  public init?(_ description: String) {
    var description = description
    let parsed = description.withUTF8 { text -> (UInt64, UInt64)? in
      guard text.count == 36 else { return nil }
      var words: (UInt64, UInt64) = (0, 0)
      var digits = 0
      for (position, byte) in text.enumerated() {
        if position == 8 || position == 13 || position == 18 || position == 23 {
          guard byte == UInt8(ascii: "-") else { return nil }
          continue
        }
        guard let digit = hexDigit(byte) else { return nil }
        if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
        digits += 1
      }
      return words
    }
    guard let parsed else { return nil }
    self.init(high: parsed.0, low: parsed.1)
  }

  /// The usual form of 36 lower-case characters.
  public var description: String {
    String(unsafeUninitializedCapacity: 36) { text in
      writeText(into: text)
      return 36
    }
  }

  /// Writes the 36 characters of `description` to the start of `text`, which must have room for them.
  @inlinable public func writeText(into text: UnsafeMutableBufferPointer<UInt8>) {
    var position = 0
    for index in 0..<16 {
      if index == 4 || index == 6 || index == 8 || index == 10 {
        text[position] = 0x2D
        position += 1
      }
      let word = index < 8 ? high : low
      let byte = UInt8(truncatingIfNeeded: word >> UInt64((7 - index % 8) * 8))
      text[position] = hexCharacter(byte >> 4)
      text[position + 1] = hexCharacter(byte & 15)
      position += 2
    }
  }

  /// The same identifier, said to be of another kind: for tables that refer to several kinds, such as the audit.
  @inlinable public func retyped<Other>(_: Other.Type = Other.self) -> ID<Other> { ID<Other>(high: high, low: low) }

  /// Order of the bytes, which for identifiers of one maker is the order of making.
  public static func < (left: Self, right: Self) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}

/// Stands for "any kind" where a table refers to several.
public enum AnyEntity {}

@usableFromInline func hexCharacter(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }

private func hexDigit(_ byte: UInt8) -> UInt64? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
