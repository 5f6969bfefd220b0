public import Markup

/// What can be done with the selected rows; it comes with the first of them.
public struct BulkBar: View {
  private let label: String
  private let total: String?
  private let actions: HTML

  /// A bar for "students"; `total` offers to take all that match, beyond this page, and sends `all=1`.
  public init(_ label: String, total: String? = nil, @HTMLBuilder actions: () -> HTML) {
    self.label = label
    self.total = total
    self.actions = actions()
  }

  public var body: HTML {
    div(.class("bulk-bar"), .role("group"), .ariaLabel("With the selected \(label)"), .data("bulk")) {
      span(.role("status")) { b(.data("selected")) { "Selected" } }
      if let total {
        Markup.label(.class("tick small")) {
          input(.type(.checkbox), .name("all"), .value("1"))
          "All \(total) that match"
        }
      }
      div(.class("actions")) {
        actions
        Button("Clear the selection", .quiet, icon: .cross, role: .reset, isSquare: true)
      }
    }
  }
}
