public import Markup

/// What stands above a list: a field to search by, menus, and things at the end of the line. It asks by address.
public struct FilterBar: View {
  private let name: String
  private let action: Path
  private let query: String?
  private let placeholder: String
  private let kept: [(String, String?)]
  private let swap: String?
  private let more: HTML

  /// A bar that searches in `name` ("Students"). `kept` are the other questions of the address; `swap` is the id of the
  /// region that changes while typing, where scripts run.
  public init(
    _ name: String, action: Path, query: String?, placeholder: String, kept: [(String, String?)] = [],
    swap: String? = nil, @HTMLBuilder more: () -> HTML = { .empty }
  ) {
    self.name = name
    self.action = action
    self.query = query
    self.placeholder = placeholder
    self.kept = kept
    self.swap = swap
    self.more = more()
  }

  public var body: HTML {
    form(
      .class("filter-bar"), .method(.get), .action(action), .role("search"), .ariaLabel(name), .data("swap", swap),
      .data("live", if: swap != nil)
    ) {
      for (name, value) in kept { Hidden(name, value) }
      div(.class("search")) {
        Icon.search
        input(
          .class("input tight"), .type(.search), .name("q"), .id("q"), .value(query), .ariaLabel("Find in \(name)"),
          .placeholder(placeholder), .autocomplete("off"))
      }
      more
      noscript { Button("Find") }
    }
  }
}
