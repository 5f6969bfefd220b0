public import Markup

/// A part of a page under its own heading.
public struct PageSection: View {
  private let heading: String
  private let id: String?
  private let aside: String?
  private let link: HTML
  private let content: HTML

  /// A heading, a quiet word beside it, and a link or action at the end of the line.
  public init(
    _ heading: String, id: String? = nil, aside: String? = nil, @HTMLBuilder link: () -> HTML = { .empty },
    @HTMLBuilder content: () -> HTML
  ) {
    self.heading = heading
    self.id = id
    self.aside = aside
    self.link = link()
    self.content = content()
  }

  public var body: HTML {
    section(.class("section"), .id(id)) {
      Markup.header {
        h2 { heading }
        if let aside { span(.class("muted")) { aside } }
        link
      }
      content
    }
  }
}
