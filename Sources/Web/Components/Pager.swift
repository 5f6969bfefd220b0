public import Markup

/// The way through a long list: to its start and on, never by page number, so a page never shifts under the reader.
public struct Pager: View {
  private let shown: String
  private let first: Path?
  private let next: Path?

  /// What is shown in words, the first page when this is another, and the next page when there is one.
  public init(shown: String, first: Path?, next: Path?) {
    self.shown = shown
    self.first = first
    self.next = next
  }

  public var body: HTML {
    nav(.class("pager"), .ariaLabel("Pages")) {
      span { shown }
      if first != nil || next != nil {
        div(.class("actions")) {
          ButtonLink("To the start", to: first)
          ButtonLink("Next", to: next, icon: .next, .rel("next"))
        }
      }
    }
  }
}
