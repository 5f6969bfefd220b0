public import Markup

/// What is wrong with a form, on top of it: "There is a problem", each line a link to its field in the same words.
///
/// It takes the focus when the page opens. The page's title begins with "Error:" (`ShellModel.hasErrors`).
public struct ErrorSummary: View {
  /// One fault.
  public struct Fault: Sendable, Equatable {
    /// What is wrong and what to do, in the words that stand at the field.
    public let message: String
    /// The id of the field, which is its name; nil when it belongs to none.
    public let field: String?

    /// A fault of a field.
    public init(_ message: String, field: String?) {
      self.message = message
      self.field = field
    }
  }

  private let faults: [Fault]
  private let detail: String?

  /// The faults, with a sentence above them where that helps; no faults and no sentence show nothing.
  public init(_ faults: [Fault], detail: String? = nil) {
    self.faults = faults
    self.detail = detail
  }

  public var body: HTML {
    if !faults.isEmpty || detail != nil {
      section(
        .class("error-summary"), .role("alert"), .aria("labelledby", "error-summary-title"), .tabindex(-1),
        .data("focus")
      ) {
        h2(.id("error-summary-title")) { "There is a problem" }
        if let detail { p { detail } }
        if !faults.isEmpty {
          ul {
            for fault in faults {
              li {
                if let field = fault.field {
                  a(.href(Path("").fragment(field))) { fault.message }
                } else {
                  fault.message
                }
              }
            }
          }
        }
      }
    }
  }
}
