public import Markup

/// What happened to a record, the newest first: when stands before the margin line, what after it.
public struct Timeline: View {
  /// One thing that happened.
  public struct Entry: Sendable {
    let day: String
    let time: String?
    let icon: Icon
    let title: HTML
    let also: HTML

    /// A day in words with a time, what happened, and a quiet line below: by whom, and what changed.
    public init(
      day: String, time: String? = nil, icon: Icon, @HTMLBuilder title: () -> HTML,
      @HTMLBuilder also: () -> HTML = { .empty }
    ) {
      self.day = day
      self.time = time
      self.icon = icon
      self.title = title()
      self.also = also()
    }
  }

  private let entries: [Entry]

  /// The entries, the newest first.
  public init(_ entries: [Entry]) { self.entries = entries }

  public var body: HTML {
    ol(.class("timeline")) {
      for entry in entries {
        li {
          p(.class("when")) {
            b { entry.day }
            if let time = entry.time { time }
          }
          div(.class("what")) {
            entry.icon
            p { b { entry.title } }
            if !entry.also.isEmpty { p(.class("also")) { entry.also } }
          }
        }
      }
    }
  }
}
