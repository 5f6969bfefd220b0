public import Markup

/// A part of a page that changes by itself: links inside which stay on the page, and forms that name its id, fetch only
/// this region. The request then carries `X-Fragment` with the id; answering with the whole page is right too.
public struct SwapRegion: View {
  private let id: String
  private let content: HTML

  /// A region; the id is unique on the page.
  public init(_ id: String, @HTMLBuilder content: () -> HTML) {
    self.id = id
    self.content = content()
  }

  public var body: HTML { div(.id(id), .data("swap-links", id)) { content } }
}
