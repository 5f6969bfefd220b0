public import Markup

/// A page outside the house: signing in, a new password, an error for somebody who is not signed in.
///
/// One leaf of paper with the date before the margin line.
public struct PlainShell: View {
  private let title: String
  private let hasErrors: Bool
  private let look: Look
  private let date: LeafDate?
  private let flash: Flash?
  private let foot: HTML
  private let content: HTML

  /// A page around its content; `foot` stands at the bottom, for languages and help.
  public init(
    title: String, hasErrors: Bool = false, look: Look = Look(), date: LeafDate? = nil, flash: Flash? = nil,
    @HTMLBuilder foot: () -> HTML = { .empty }, @HTMLBuilder content: () -> HTML
  ) {
    self.title = title
    self.hasErrors = hasErrors
    self.look = look
    self.date = date
    self.flash = flash
    self.foot = foot()
    self.content = content()
  }

  public var body: HTML {
    Document(title: title, hasErrors: hasErrors, look: look) {
      Markup.body(.class("door")) {
        a(.class("skip"), .href("#main")) { "Skip to content" }
        Markup.header { Wordmark() }
        main(.class("leaf"), .id("main"), .tabindex(-1)) {
          div(.class("before"), .ariaHidden) {
            if let date {
              b { date.day }
              date.month
            }
          }
          div(.class("after")) { content }
        }
        footer { foot }
        Toasts(flash)
      }
    }
  }
}

/// The date before the margin line of a leaf.
public struct LeafDate: Sendable, Equatable {
  /// The day, as in `17`.
  public let day: String
  /// The month in short, as in `Nov`.
  public let month: String

  /// A day of a month.
  public init(day: String, month: String) {
    self.day = day
    self.month = month
  }
}
