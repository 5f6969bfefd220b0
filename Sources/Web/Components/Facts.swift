public import Markup

/// What is known of a record, as names and values.
public struct Facts: View {
  /// One name and its value.
  public struct Fact: Sendable {
    let name: String
    let value: HTML

    /// A fact in words; nil shows a dash that a screen reader calls "not known".
    public init(_ name: String, _ value: String?) {
      self.name = name
      if let value, !value.isEmpty {
        self.value = HTML(text: value)
      } else {
        self.value = HTML {
          span(.class("muted"), .ariaHidden) { "–" }
          span(.class("unseen")) { "not known" }
        }
      }
    }

    /// A fact with links or badges in it.
    public init(_ name: String, @HTMLBuilder value: () -> HTML) {
      self.name = name
      self.value = value()
    }
  }

  private let facts: [Fact]

  /// The facts in their order.
  public init(_ facts: [Fact]) { self.facts = facts }

  public var body: HTML {
    dl(.class("facts")) {
      for fact in facts {
        dt { fact.name }
        dd { fact.value }
      }
    }
  }
}
