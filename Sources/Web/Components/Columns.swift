public import Markup

/// The matter on the left and the side column on the right; one below the other where it is narrow.
public struct Columns: View {
  private let matter: HTML
  private let side: HTML

  /// Sections on the left, cards on the right.
  public init(@HTMLBuilder matter: () -> HTML, @HTMLBuilder side: () -> HTML) {
    self.matter = matter()
    self.side = side()
  }

  public var body: HTML {
    div(.class("columns")) {
      div(.class("stack")) { matter }
      aside(.class("stack")) { side }
    }
  }
}
