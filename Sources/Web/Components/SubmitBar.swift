public import Markup

/// The bar at the foot of a long form: what will be sent, and the one button. It stays in view, off the focus.
public struct SubmitBar: View {
  private let label: String
  private let hasKeys: Bool
  private let tally: HTML
  private let more: HTML

  /// A bar; `hasKeys` shows that Ctrl+Enter sends the form.
  public init(
    _ label: String, hasKeys: Bool = true, @HTMLBuilder tally: () -> HTML = { .empty },
    @HTMLBuilder more: () -> HTML = { .empty }
  ) {
    self.label = label
    self.hasKeys = hasKeys
    self.tally = tally()
    self.more = more()
  }

  public var body: HTML {
    div(.class("submit-bar")) {
      p(.class("tally"), .role("status")) { tally }
      more
      button(.class("button primary large"), .type(.submit), .aria("keyshortcuts", hasKeys ? "Control+Enter" : nil)) {
        label
        if hasKeys { " \(keys)" }
      }
    }
  }

  private var keys: HTML {
    span(.class("keys")) {
      kbd { "Ctrl" }
      kbd { "Enter" }
    }
  }
}

/// The keys of a page, shown above it and listed by `?`; they vanish on touch.
public struct KeyHints: View {
  private let hints: [(keys: [String], does: String)]

  /// Keys and what they do.
  public init(_ hints: [(keys: [String], does: String)]) { self.hints = hints }

  public var body: HTML {
    ul(.class("key-hints"), .ariaLabel("Keys on this page")) {
      for hint in hints {
        li {
          span(.class("keys")) { for key in hint.keys { kbd { key } } }
          hint.does
        }
      }
    }
  }
}
