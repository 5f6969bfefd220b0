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

  /// The same piece, written out once: for what stands on many pages and never changes, such as an icon.
  public func drawn() -> HTML { HTML(.trusted(String(decoding: render(), as: UTF8.self))) }

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
    var writer = Writer()
    node.render(into: &writer)
    return Array(writer.bytes)
  }

  /// Appends the page as UTF-8.
  public func render(into bytes: inout [UInt8]) {
    var writer = Writer()
    node.render(into: &writer)
    bytes.append(contentsOf: writer.bytes)
  }
}

extension HTML.Node {
  func render(into writer: inout Writer) {
    switch self {
    case .nothing: break
    case .text(let text): writer.write(text: text)
    case .leaf(let tag, let attributes, let text):
      writer.write(opening: tag, attributes)
      writer.write(text: text)
      writer.write(closing: tag)
    case .void(let tag, let attributes): writer.write(opening: tag, attributes)
    case .element(let tag, let attributes, let content):
      writer.write(opening: tag, attributes)
      content.render(into: &writer)
      writer.write(closing: tag)
    case .row(let pieces): for piece in pieces { piece.node.render(into: &writer) }
    case .trusted(let markup): writer.write(unescaped: markup)
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
  public init(stringInterpolation: StringInterpolation) { self = stringInterpolation.whole }

  /// Gathers text and pieces in their order; text next to text becomes one.
  public struct StringInterpolation: StringInterpolationProtocol {
    private var pieces: [HTML] = []
    private var text = ""

    fileprivate var whole: HTML {
      pieces.isEmpty ? HTML(text: text) : HTML(pieces + [HTML(text: text)])
    }

    /// Nothing gathered yet.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Text as the programmer wrote it; escaped all the same.
    public mutating func appendLiteral(_ literal: String) { text += literal }

    /// A value, as text.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) { text += value.description }

    /// What a view looks like.
    public mutating func appendInterpolation(_ view: some View) { appendInterpolation(view.body) }

    /// A piece of HTML, as it is.
    public mutating func appendInterpolation(_ piece: HTML) {
      pieces.append(HTML(text: text))
      pieces.append(piece)
      text = ""
    }
  }
}
