/// Bytes on their way out, and the only place that knows how text becomes safe inside markup.
///
/// A plain growing buffer: measured on a page of 200 rows it takes half the time of appending to an array.
struct Writer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity = 16_384
  private(set) var count = 0

  init() { start = .allocate(capacity: capacity) }

  deinit { start.deallocate() }

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Text between tags: `&`, `<` and `>` are escaped.
  mutating func write(text: String) { write(text, escaping: Self.inText) }

  /// The inside of a double-quoted attribute: both quotes are escaped too.
  mutating func write(attribute text: String) { write(text, escaping: Self.inAttribute) }

  mutating func write(unescaped text: String) {
    var text = text
    text.withUTF8 { utf8 in
      guard let from = utf8.baseAddress else { return }
      copy(from, utf8.count)
    }
  }

  @inline(__always)
  mutating func write(literal: StaticString) { copy(literal.utf8Start, literal.utf8CodeUnitCount) }

  @inline(__always)
  mutating func write(_ byte: UInt8) {
    makeRoom(for: 1)
    start[count] = byte
    count += 1
  }

  /// Copies whole runs between the few bytes that need replacing. All of those are ASCII, so no character is cut.
  @inline(__always)
  private mutating func write(_ text: String, escaping escaped: UInt32) {
    var text = text
    text.withUTF8 { utf8 in
      guard let from = utf8.baseAddress else { return }
      var copied = 0
      for position in 0..<utf8.count {
        let place = from[position] &- Self.first
        guard place < 32, escaped & (1 &<< UInt32(place)) != 0 else { continue }
        copy(from + copied, position - copied)
        write(literal: Self.replacement(of: from[position]))
        copied = position + 1
      }
      copy(from + copied, utf8.count - copied)
    }
  }

  @inline(__always)
  private mutating func copy(_ from: UnsafePointer<UInt8>, _ length: Int) {
    makeRoom(for: length)
    (start + count).update(from: from, count: length)
    count += length
  }

  @inline(__always)
  private mutating func makeRoom(for more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  private mutating func grow(by more: Int) {
    capacity = max(2 * capacity, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
  }

  /// The five bytes that matter lie within 32 of each other, so a set of them is one word.
  private static var first: UInt8 { UInt8(ascii: "\"") }
  private static var inText: UInt32 { bit("&") | bit("<") | bit(">") }
  private static var inAttribute: UInt32 { inText | bit("\"") | bit("'") }

  @inline(__always)
  private static func bit(_ character: Unicode.Scalar) -> UInt32 { 1 << (character.value - UInt32(first)) }

  private static func replacement(of byte: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: "&#39;"
    }
  }
}

extension Writer {
  mutating func write(opening tag: StaticString, _ attributes: [Attribute]) {
    write(UInt8(ascii: "<"))
    write(literal: tag)
    for attribute in attributes { write(attribute) }
    write(UInt8(ascii: ">"))
  }

  mutating func write(closing tag: StaticString) {
    write(literal: "</")
    write(literal: tag)
    write(UInt8(ascii: ">"))
  }

  private mutating func write(_ attribute: borrowing Attribute) {
    switch attribute.value {
    case .absent: return
    case .bare:
      write(UInt8(ascii: " "))
      write(literal: attribute.name)
    case .text(let text): write(attribute.name, prefix: "", text)
    case .aria(let text): write(attribute.name, prefix: "aria-", text)
    case .data(let text): write(attribute.name, prefix: "data-", text)
    case .several(let attributes): for attribute in attributes { write(attribute) }
    }
  }

  @inline(__always)
  private mutating func write(_ name: StaticString, prefix: StaticString, _ text: String) {
    write(UInt8(ascii: " "))
    if prefix.utf8CodeUnitCount > 0 { write(literal: prefix) }
    write(literal: name)
    write(literal: "=\"")
    write(attribute: text)
    write(UInt8(ascii: "\""))
  }
}
