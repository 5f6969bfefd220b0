public import Markup

/// The filters that are set, each with a way to take it off, and how many records match.
public struct FilterChips: View {
  /// One filter.
  public struct Chip: Sendable {
    let label: String
    let value: String
    let without: Path

    /// A filter by its name and value; `without` is the address of the list without it.
    public init(_ label: String, _ value: String, without: Path) {
      self.label = label
      self.value = value
      self.without = without
    }
  }

  private let chips: [Chip]
  private let clear: Path?
  private let matches: String?

  /// The filters, the address of the list without any, and the count in words.
  public init(_ chips: [Chip], clear: Path? = nil, matches: String? = nil) {
    self.chips = chips
    self.clear = clear
    self.matches = matches
  }

  public var body: HTML {
    if !chips.isEmpty || matches != nil {
      div(.class("filters")) {
        for chip in chips {
          span(.class("chip")) {
            "\(chip.label) \(b { chip.value })"
            a(.href(chip.without), .ariaLabel("Remove filter: \(chip.label) \(chip.value)")) { Icon.cross }
          }
        }
        if let clear, chips.count > 1 { a(.href(clear)) { "Clear all" } }
        if let matches { span(.class("figure"), .role("status")) { matches } }
      }
    }
  }
}
