/// Why text is not the JSON we read, and where.
public struct JSONFault: Error, Equatable, Sendable {
  /// What is wrong, in a few words.
  public let reason: String
  /// The byte at which it shows, from 0.
  public let offset: Int
}

extension JSON {
  /// Reads strict JSON: one value, UTF-8, no name twice in one object, at most 64 levels deep.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONFault) {
    var parser = JSONParser(bytes: Array(bytes))
    self = try parser.document()
  }

  /// Reads strict JSON text.
  public init(parsing text: String) throws(JSONFault) { try self.init(parsing: text.utf8) }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  static let deepest = 64

  mutating func document() throws(JSONFault) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw fault("something follows the value") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSON {
    guard depth < Self.deepest else { throw fault("nested more than \(Self.deepest) levels deep") }
    skipSpace()
    guard position < bytes.count else { throw fault("the text ends too early") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw fault("a value is expected")
    }
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSON {
    position += 1
    var members: [(name: String, value: JSON)] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw fault("a name is expected") }
      let name = try string()
      guard names.insert(name).inserted else { throw fault("a name stands twice in one object") }
      skipSpace()
      guard take(":") else { throw fault("a colon is expected") }
      members.append((name, try value(depth: depth + 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault("a comma or a closing brace is expected") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return .array(elements) }
    repeat {
      elements.append(try value(depth: depth + 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault("a comma or a closing bracket is expected") }
    return .array(elements)
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("the text is not UTF-8") }
        return string
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &text)
      case 0..<0x20: throw fault("a control character stands unescaped")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw fault("a string is not closed")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
    guard position < bytes.count else { throw fault("a string is not closed") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try fourDigits()
      if (0xD800...0xDBFF).contains(code) {
        guard take("\\"), take("u") else { throw fault("half a surrogate pair") }
        let low = try fourDigits()
        guard (0xDC00...0xDFFF).contains(low) else { throw fault("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: throw fault("no such escape")
    }
  }

  private mutating func fourDigits() throws(JSONFault) -> UInt32 {
    guard position + 4 <= bytes.count else { throw fault("a string is not closed") }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault("no such escape") }
      code = code << 4 | UInt32(digit)
    }
    position += 4
    return code
  }

  private mutating func number() throws(JSONFault) -> String {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    guard position - start <= 40 else { throw fault("a number is too long") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONFault) {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    if position == start { throw fault("a digit is expected") }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONFault) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw fault("a value is expected") }
    position += word.utf8.count
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: position) }
}
