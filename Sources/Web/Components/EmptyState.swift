public import Markup

/// A blank that explains itself: why there is nothing, and the next step.
public struct EmptyState: View {
  private let icon: Icon
  private let title: String
  private let reason: String
  private let actions: HTML

  /// What is missing, why, and what to do about it.
  public init(_ title: String, icon: Icon, reason: String, @HTMLBuilder actions: () -> HTML = { .empty }) {
    self.icon = icon
    self.title = title
    self.reason = reason
    self.actions = actions()
  }

  public var body: HTML {
    div(.class("empty")) {
      icon
      h2 { title }
      p { reason }
      actions
    }
  }
}
