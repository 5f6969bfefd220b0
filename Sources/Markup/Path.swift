/// An address on this site, such as `/people/students?q=ada`.
///
/// Written as a literal with values in it: `"/people/\(id)"`. The literal parts are the programmer's; every value is
/// percent-encoded, so none can add a slash, a query or another host. A value that is empty, `.` or `..` would change
/// what the address means, names nothing, and is written `-`.
public struct Path: Hashable, Sendable, CustomStringConvertible {
  /// The address, ready for a link or a `Location` header; ASCII only.
  public let description: String

  private init(unchecked description: String) { self.description = description }

  /// Reads an address that came from outside, such as where to go after signing in.
  ///
  /// Nil unless it stays on this site: one slash at the start, no backslash, only printable ASCII, at most 2,000 bytes.
  public init?(checking text: String) {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2_000 else { return nil }
    guard bytes.count < 2 || bytes[1] != UInt8(ascii: "/") else { return nil }
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
    self.init(unchecked: text)
  }

  /// The same address asking for more: values are encoded, nil ones are left out, the order is kept.
  public func query(_ items: KeyValuePairs<String, String?>) -> Path { query(items.map { ($0.key, $0.value) }) }

  /// The same address asking for more, from a list made at run time.
  public func query(_ items: [(String, String?)]) -> Path {
    let parts = description.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var text = String(parts[0])
    var separator = text.contains("?") ? "&" : "?"
    for case (let name, let value?) in items {
      text += separator
      text.append(percentEncoding: name)
      text += "="
      text.append(percentEncoding: value)
      separator = "&"
    }
    if parts.count == 2 { text += "#" + parts[1] }
    return Path(unchecked: text)
  }

  /// The same address, at the element of this id.
  public func fragment(_ id: String) -> Path {
    var text = description.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(description[..<$0]) } ?? description
    text += "#"
    text.append(percentEncoding: id)
    return Path(unchecked: text)
  }
}

extension Path: ExpressibleByStringInterpolation {
  /// An address as the programmer wrote it.
  public init(stringLiteral text: String) {
    var path = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    path.appendLiteral(text)
    self.init(stringInterpolation: path)
  }

  /// An address with values in it.
  public init(stringInterpolation: StringInterpolation) {
    let text = stringInterpolation.text
    assert(
      text.isEmpty || (text.hasPrefix("/") && !text.hasPrefix("//")) || text.hasPrefix("#") || text.hasPrefix("?"),
      "A path starts with one slash: \(text)")
    self.init(unchecked: text)
  }

  /// Gathers literal parts and encoded values.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Nothing gathered yet.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// A part the programmer wrote: visible ASCII.
    public mutating func appendLiteral(_ literal: String) {
      assert(
        literal.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") },
        "Not an address: \(literal)")
      text += literal
    }

    /// A value, encoded.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      let value = value.description
      guard text.contains("?") || !["", ".", ".."].contains(value) else {
        text += "-"
        return
      }
      text.append(percentEncoding: value)
    }

    /// An address to go on from.
    public mutating func appendInterpolation(_ path: Path) { text += path.description }
  }
}

extension String {
  /// Appends `value` with everything encoded but letters, digits and `-._~` (the unreserved set of RFC 3986).
  mutating func append(percentEncoding value: String) {
    guard !value.utf8.allSatisfy(isUnreserved) else { return append(value) }
    for byte in value.utf8 {
      if isUnreserved(byte) {
        unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        append("%")
        if byte < 16 { append("0") }
        append(String(byte, radix: 16, uppercase: true))
      }
    }
  }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
  default: isLetterOrDigit(byte)
  }
}

/// Says whether a byte is an ASCII letter or digit.
func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"): true
  default: false
  }
}
