/// Something that can be shown: a value with a body, usable wherever HTML is built.
public protocol View: Sendable {
  /// What the value looks like. It asks nobody: all it needs, it has.
  @HTMLBuilder var body: HTML { get }
}

/// Puts the pieces of a block in a row: text, elements, views, `if`, `switch`, `for`, and optionals.
@resultBuilder
public enum HTMLBuilder {
  /// A piece.
  public static func buildExpression(_ piece: HTML) -> HTML { piece }

  /// A piece, or nothing.
  public static func buildExpression(_ piece: HTML?) -> HTML { piece ?? .empty }

  /// Several pieces.
  public static func buildExpression(_ pieces: [HTML]) -> HTML { HTML(pieces) }

  /// Text; literals become HTML directly, so that pieces of HTML can stand in them.
  @_disfavoredOverload
  public static func buildExpression(_ text: String) -> HTML { HTML(text: text) }

  /// A view's body.
  public static func buildExpression(_ view: some View) -> HTML { view.body }

  /// An empty block.
  public static func buildBlock() -> HTML { .empty }

  /// A block of one.
  public static func buildBlock(_ piece: HTML) -> HTML { piece }

  /// A block of several.
  public static func buildBlock(_ pieces: HTML...) -> HTML { HTML(pieces) }

  /// An `if` without `else`.
  public static func buildOptional(_ piece: HTML?) -> HTML { piece ?? .empty }

  /// The first of two branches.
  public static func buildEither(first piece: HTML) -> HTML { piece }

  /// The second of two branches.
  public static func buildEither(second piece: HTML) -> HTML { piece }

  /// A loop.
  public static func buildArray(_ pieces: [HTML]) -> HTML { HTML(pieces) }
}

extension HTML {
  /// Pieces in a row, built like the inside of an element.
  public init(@HTMLBuilder _ content: () -> HTML) { self = content() }
}
