public import Markup

/// The parts of a record, or the saved views of a list, as links: the address carries the choice.
public struct Tabs: View {
  /// One tab.
  public struct Tab: Sendable {
    let label: String
    let path: Path
    let count: Int?
    let isCurrent: Bool

    /// A tab, with a count where it helps.
    public init(_ label: String, path: Path, count: Int? = nil, isCurrent: Bool = false) {
      self.label = label
      self.path = path
      self.count = count
      self.isCurrent = isCurrent
    }
  }

  private let label: String
  private let tabs: [Tab]

  /// The tabs; `label` says of what, for screen readers.
  public init(_ label: String, _ tabs: [Tab]) {
    self.label = label
    self.tabs = tabs
  }

  public var body: HTML {
    nav(.class("tabs"), .ariaLabel(label)) {
      for tab in tabs {
        a(.href(tab.path), .aria("current", tab.isCurrent ? "page" : nil)) {
          tab.label
          if let count = tab.count { " \(span(.class("count")) { "\(count)" })" }
        }
      }
    }
  }
}
