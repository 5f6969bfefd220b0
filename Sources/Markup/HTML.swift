/// A piece of a page: text, an element, or several of them in a row.
///
/// A string literal is text, so `"a < b"` shows exactly that; there is no way from a `String` to markup but the loud
/// `trusted(_:because:)`. It is a value: store it, pass it on, compare it. Inside is a tree in which text, and an
/// element that holds only text, needs no box of its own; rendering is one walk that appends to one buffer.
public struct HTML: Sendable {
  /// What a piece can be. `leaf` is an element with nothing but text inside, by far the most common one.
  enum Node: Sendable {
    case nothing
    case text(String)
    case leaf(StaticString, [Attribute], String)
    case void(StaticString, [Attribute])
    indirect case element(StaticString, [Attribute], Node)
    case row([HTML])
    case trusted(String)
  }

  let node: Node

  init(_ node: Node) { self.node = node }

  /// Nothing at all: renders as no bytes.
  public static let empty = HTML(.nothing)

  /// Text, to be shown exactly as it reads.
  public init(text: String) { self.init(text.isEmpty ? .nothing : .text(text)) }

  /// Several pieces, one after the other.
  public init(_ pieces: [HTML]) { self.init(pieces.isEmpty ? .nothing : .row(pieces)) }

  /// Markup that is passed through unchanged: the one hole in the wall, for what another tool of ours has rendered.
  ///
  /// Never for anything a person typed. Every use stands in an allowlist that the tidy tests read.
  public static func trusted(_ markup: String, because reason: StaticString) -> HTML { HTML(.trusted(markup)) }

  /// Says whether there is nothing to show.
  public var isEmpty: Bool {
    switch node {
    case .nothing: true
    case .row(let pieces): pieces.allSatisfy(\.isEmpty)
    case .text(let text), .trusted(let text): text.isEmpty
    case .leaf, .void, .element: false
    }
  }

  /// The page as UTF-8.
  public func render() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16_384)
    render(into: &bytes)
    return bytes
  }

  /// Appends the page as UTF-8.
  public func render(into bytes: inout [UInt8]) { node.render(into: &bytes) }
}

extension HTML.Node {
  func render(into bytes: inout [UInt8]) {
    switch self {
    case .nothing: break
    case .text(let text): bytes.append(text: text)
    case .leaf(let tag, let attributes, let text):
      bytes.append(opening: tag, attributes)
      bytes.append(text: text)
      bytes.append(closing: tag)
    case .void(let tag, let attributes): bytes.append(opening: tag, attributes)
    case .element(let tag, let attributes, let content):
      bytes.append(opening: tag, attributes)
      content.render(into: &bytes)
      bytes.append(closing: tag)
    case .row(let pieces): for piece in pieces { piece.node.render(into: &bytes) }
    case .trusted(let markup): bytes.append(unescaped: markup)
    }
  }
}

extension HTML: Equatable {
  /// Two pieces are equal when they show the same bytes, however they were put together.
  public static func == (left: HTML, right: HTML) -> Bool { left.render() == right.render() }
}

extension HTML: CustomStringConvertible {
  /// The markup as a string, for tests and debuggers.
  public var description: String { String(decoding: render(), as: UTF8.self) }
}

extension HTML: ExpressibleByStringInterpolation {
  /// Text.
  public init(stringLiteral text: String) { self.init(text: text) }

  /// Text with values, and pieces of HTML, in it.
  public init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.pieces) }

  /// Gathers text and pieces in their order.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [HTML] = []

    /// Nothing gathered yet.
    public init(literalCapacity: Int, interpolationCount: Int) { pieces.reserveCapacity(2 * interpolationCount + 1) }

    /// Text as the programmer wrote it; escaped all the same.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(HTML(text: literal)) }
    }

    /// A value, as text.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(HTML(text: value.description))
    }

    /// A piece of HTML, as it is.
    public mutating func appendInterpolation(_ piece: HTML) { pieces.append(piece) }
  }
}
