// The only place that knows how text becomes safe inside markup.
extension [UInt8] {
  /// Text between tags: `&`, `<` and `>` are escaped.
  mutating func append(text: String) {
    append(text) { byte in
      switch byte {
      case UInt8(ascii: "&"): "&amp;"
      case UInt8(ascii: "<"): "&lt;"
      case UInt8(ascii: ">"): "&gt;"
      default: nil
      }
    }
  }

  /// The inside of a double-quoted attribute: both quotes are escaped too.
  mutating func append(attribute: String) {
    append(attribute) { byte in
      switch byte {
      case UInt8(ascii: "&"): "&amp;"
      case UInt8(ascii: "<"): "&lt;"
      case UInt8(ascii: ">"): "&gt;"
      case UInt8(ascii: "\""): "&quot;"
      case UInt8(ascii: "'"): "&#39;"
      default: nil
      }
    }
  }

  /// Copies whole runs between the few bytes that need replacing. All of those are ASCII, so no character is cut.
  @inline(__always)
  private mutating func append(_ text: String, replacing: (UInt8) -> StaticString?) {
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for position in 0..<utf8.count {
        guard let replacement = replacing(utf8[position]) else { continue }
        append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<position]))
        append(literal: replacement)
        start = position + 1
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
  }

  mutating func append(unescaped text: String) {
    var text = text
    text.withUTF8 { append(contentsOf: $0) }
  }

  mutating func append(literal: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  mutating func append(opening tag: StaticString, _ attributes: [Attribute]) {
    append(UInt8(ascii: "<"))
    append(literal: tag)
    for attribute in attributes { attribute.render(into: &self) }
    append(UInt8(ascii: ">"))
  }

  mutating func append(closing tag: StaticString) {
    append(UInt8(ascii: "<"))
    append(UInt8(ascii: "/"))
    append(literal: tag)
    append(UInt8(ascii: ">"))
  }
}
