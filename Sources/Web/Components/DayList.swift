public import Markup

/// A day as a column of lessons: the time stands before the margin line, what happens after it.
public struct DayList: View {
  /// One part of the day.
  public struct Entry: Sendable {
    /// How it stands to the clock.
    public enum Moment: String, Sendable {
      /// Still to come.
      case later = ""
      /// Now.
      case now
      /// Over.
      case done
      /// A pause.
      case rest
    }

    let time: String
    let until: String?
    let title: HTML
    let also: String?
    let moment: Moment
    let actions: HTML

    /// A lesson or pause.
    public init(
      time: String, until: String? = nil, title: String, path: Path? = nil, also: String? = nil,
      moment: Moment = .later, @HTMLBuilder actions: () -> HTML = { .empty }
    ) {
      self.time = time
      self.until = until
      self.title = path.map { path in a(.href(path)) { title } } ?? HTML(text: title)
      self.also = also
      self.moment = moment
      self.actions = actions()
    }
  }

  private let entries: [Entry]

  /// The parts of the day in their order.
  public init(_ entries: [Entry]) { self.entries = entries }

  public var body: HTML {
    ol(.class("day")) {
      for entry in entries {
        li(.class(entry.moment.rawValue, nil), .aria("current", entry.moment == .now ? "time" : nil)) {
          p(.class("when")) {
            b { entry.time }
            if let until = entry.until { "to \(until)" }
          }
          div(.class("what")) {
            b { entry.title }
            if let also = entry.also { span(.class("also")) { also } }
          }
          if !entry.actions.isEmpty { div(.class("actions")) { entry.actions } }
        }
      }
    }
  }
}
