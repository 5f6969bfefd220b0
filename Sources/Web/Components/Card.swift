public import Markup

/// A card of the side column.
public struct Card: View {
  private let heading: String
  private let link: HTML
  private let content: HTML

  /// A heading, a link at the end of its line, and the content.
  public init(_ heading: String, @HTMLBuilder link: () -> HTML = { .empty }, @HTMLBuilder content: () -> HTML) {
    self.heading = heading
    self.link = link()
    self.content = content()
  }

  public var body: HTML {
    section(.class("card")) {
      Markup.header {
        h2 { heading }
        link
      }
      content
    }
  }
}
