public import Markup
public import Web

/// A way from the page of one's own account to another page about oneself, of another slice.
public struct AccountLink: Sendable {
  let label: String
  let icon: Icon
  let path: Path

  /// A link for everybody.
  public init(_ label: String, icon: Icon, path: Path) {
    self.label = label
    self.icon = icon
    self.path = path
  }
}
