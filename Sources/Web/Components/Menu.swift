public import Markup

/// A button that opens a sheet of choices. It works without scripts; with them Escape and a press elsewhere close it.
public struct Menu: View {
  private let label: String
  private let icon: Icon?
  private let isSquare: Bool
  private let opensAtStart: Bool
  private let content: HTML

  /// A menu; `isSquare` shows only the icon and keeps the label for screen readers. Inside stand `MenuLink`s.
  public init(
    _ label: String, icon: Icon? = nil, isSquare: Bool = false, opensAtStart: Bool = false,
    @HTMLBuilder content: () -> HTML
  ) {
    self.label = label
    self.icon = icon
    self.isSquare = isSquare
    self.opensAtStart = opensAtStart
    self.content = content()
  }

  public var body: HTML {
    details(.class("menu", opensAtStart ? "start" : nil)) {
      summary(.class("button", isSquare ? "quiet square" : nil), .ariaLabel(isSquare ? label : nil)) {
        icon?.body
        if !isSquare { label }
      }
      div(.class("sheet")) { content }
    }
  }
}

/// A choice of a menu that leads somewhere.
public struct MenuLink: View {
  private let label: String
  private let path: Path
  private let icon: Icon?
  private let aside: String?

  /// A link with an icon before and a quiet word at the end of the line.
  public init(_ label: String, to path: Path, icon: Icon? = nil, aside: String? = nil) {
    self.label = label
    self.path = path
    self.icon = icon
    self.aside = aside
  }

  public var body: HTML {
    a(.class("choice"), .href(path)) {
      icon?.body
      label
      if let aside { span(.class("aside")) { aside } }
    }
  }
}

/// A choice of a menu that does something at once, and says how it can be undone.
public struct MenuAction: View {
  private let label: String
  private let path: Path
  private let icon: Icon?
  private let aside: String?
  private let fields: [(String, String?)]

  /// A form with one button; `fields` are sent along.
  public init(
    _ label: String, to path: Path, icon: Icon? = nil, aside: String? = nil, fields: [(String, String?)] = []
  ) {
    self.label = label
    self.path = path
    self.icon = icon
    self.aside = aside
    self.fields = fields
  }

  public var body: HTML {
    form(.method(.post), .action(path)) {
      for (name, value) in fields { Hidden(name, value) }
      button(.class("choice"), .type(.submit)) {
        icon?.body
        label
        if let aside { span(.class("aside")) { aside } }
      }
    }
  }
}

/// What is there for those who ask: a line that opens.
public struct Disclosure: View {
  private let heading: String
  private let aside: String?
  private let isOpen: Bool
  private let content: HTML

  /// A line with a quiet word at its end, and what it opens.
  public init(_ heading: String, aside: String? = nil, isOpen: Bool = false, @HTMLBuilder content: () -> HTML) {
    self.heading = heading
    self.aside = aside
    self.isOpen = isOpen
    self.content = content()
  }

  public var body: HTML {
    details(.class("disclosure"), .open(isOpen)) {
      summary {
        Icon.next
        span { heading }
        if let aside { span(.class("aside")) { aside } }
      }
      div { content }
    }
  }
}
