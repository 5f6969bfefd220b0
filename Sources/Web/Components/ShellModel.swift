public import Markup

/// All that the frame around a page shows, as plain values: the page knows, the frame only draws.
public struct ShellModel: Sendable {
  /// The name of the page, without the name of the product; unique within the site.
  public var title: String
  /// Puts "Error:" before the title, so that a screen reader says it first.
  public var hasErrors = false
  /// The person's choices of how pages look.
  public var look = Look()
  /// Where the page itself lives, to come back to after a change of theme.
  public var path: Path
  /// The places of the rail, at most seven.
  public var menu: [MenuEntry] = []
  /// The places at the foot of the rail, such as Admin and Help.
  public var lastMenu: [MenuEntry] = []
  /// The four places at the foot of a phone.
  public var bottomBar: [MenuEntry] = []
  /// The school and year in view, and the others one may turn to.
  public var school: SchoolSwitch?
  /// Who is signed in.
  public var account: AccountBadge?
  /// The new messages; nil where there is no inbox.
  public var inbox: InboxBadge?
  /// The way here, on pages of details; the last entry is the page itself.
  public var breadcrumbs: [Crumb] = []
  /// What just happened, said once.
  public var flash: Flash?
  /// Where the palette asks and where a full search goes; nil hides both.
  public var search: SearchPaths?
  /// The head of every printed page: school, date, and who printed.
  public var printLine: String?
  /// Seconds after which a browser without scripts loads the page again: for jobs that run.
  public var refreshSeconds: Int?

  /// A frame that shows only a title; the rest is set afterwards.
  public init(title: String, path: Path) {
    self.title = title
    self.path = path
  }
}

/// How a person likes pages to look; the root element carries it, so nothing flashes on the first paint.
public struct Look: Sendable, Equatable {
  /// Day, night, or as the device says.
  public enum Theme: String, Sendable, CaseIterable {
    case light, dark, system
  }

  /// How close rows stand.
  public enum Density: String, Sendable, CaseIterable {
    case comfortable, compact
  }

  /// The language as a BCP 47 tag.
  public var language = "en"
  /// The direction in which that language is written.
  public var direction = WritingDirection.ltr
  /// Day, night, or as the device says.
  public var theme = Theme.system
  /// How close rows stand.
  public var density = Density.comfortable
  /// Whether single keys do things (WCAG 2.1.4 asks for a switch).
  public var hasShortcuts = true

  /// What a new account has.
  public init() {}
}

/// A place in the rail or the bottom bar.
public struct MenuEntry: Sendable {
  /// Its name.
  public var label: String
  /// Its icon.
  public var icon: Icon
  /// Where it leads.
  public var path: Path
  /// Says that the page is this place, or within it.
  public var isCurrent: Bool
  /// How many things wait there; 0 shows nothing. `countLabel` says of what, as in "2 unread".
  public var count: Int
  /// The count in words.
  public var countLabel: String?
  /// The places within, shown while this is the current one.
  public var children: [MenuChild]

  /// A place.
  public init(
    _ label: String, icon: Icon, path: Path, isCurrent: Bool = false, count: Int = 0, countLabel: String? = nil,
    children: [MenuChild] = []
  ) {
    self.label = label
    self.icon = icon
    self.path = path
    self.isCurrent = isCurrent
    self.count = count
    self.countLabel = countLabel
    self.children = children
  }
}

/// A place within a place of the rail.
public struct MenuChild: Sendable {
  /// Its name.
  public var label: String
  /// Where it leads.
  public var path: Path
  /// Says that the page is this place.
  public var isCurrent: Bool

  /// A place within.
  public init(_ label: String, path: Path, isCurrent: Bool = false) {
    self.label = label
    self.path = path
    self.isCurrent = isCurrent
  }
}

/// The school and year in view, and the others one may turn to.
public struct SchoolSwitch: Sendable {
  /// One school or year to turn to.
  public struct Choice: Sendable {
    /// Its name.
    public var label: String
    /// Where it leads.
    public var path: Path
    /// A word at the end of the line, such as the number of students.
    public var aside: String?
    /// Says that it is the one in view.
    public var isCurrent: Bool

    /// A school or year.
    public init(_ label: String, path: Path, aside: String? = nil, isCurrent: Bool = false) {
      self.label = label
      self.path = path
      self.aside = aside
      self.isCurrent = isCurrent
    }
  }

  /// The school in view.
  public var school: String
  /// The year in view, as in `2026/27`.
  public var year: String?
  /// The schools one may turn to; fewer than two are not offered.
  public var schools: [Choice]
  /// The years one may turn to; fewer than two are not offered.
  public var years: [Choice]

  /// The school and year in view.
  public init(school: String, year: String? = nil, schools: [Choice] = [], years: [Choice] = []) {
    self.school = school
    self.year = year
    self.schools = schools
    self.years = years
  }
}

/// Who is signed in.
public struct AccountBadge: Sendable {
  /// The person's name.
  public var name: String
  /// The role in words, as in "Registrar".
  public var role: String
  /// Something that never changes, such as the id: it chooses the colour.
  public var key: String
  /// The page of the account.
  public var path: Path
  /// Where the form to sign out goes.
  public var signOut: Path
  /// Where the form that changes the theme goes.
  public var themePath: Path

  /// An account.
  public init(
    name: String, role: String, key: String, path: Path = "/account", signOut: Path = "/logout",
    themePath: Path = "/account/theme"
  ) {
    self.name = name
    self.role = role
    self.key = key
    self.path = path
    self.signOut = signOut
    self.themePath = themePath
  }
}

/// How many new messages somebody has.
public struct InboxBadge: Sendable {
  /// How many, counted to 100.
  public var count: Int
  /// Where they are.
  public var path: Path
  /// The stream that tells when their number changes.
  public var events: Path

  /// A badge.
  public init(count: Int, path: Path, events: Path) {
    self.count = count
    self.path = path
    self.events = events
  }

  /// The count as a figure.
  var figure: String { count > 99 ? "99+" : "\(count)" }
  /// The count in words.
  var words: String { "\(figure) unread" }
}

/// One step of the way to a page.
public struct Crumb: Sendable {
  /// Its name.
  public var label: String
  /// Where it leads; nil for the page itself.
  public var path: Path?

  /// A step.
  public init(_ label: String, path: Path? = nil) {
    self.label = label
    self.path = path
  }
}

/// What just happened, with a way back where there is one.
public struct Flash: Sendable, Equatable {
  /// What was done, with numbers: "3 students moved to 9B."
  public var message: String
  /// Where the form that undoes it goes.
  public var undo: Path?

  /// A message.
  public init(_ message: String, undo: Path? = nil) {
    self.message = message
    self.undo = undo
  }
}

/// Where the palette asks and where a full search goes.
public struct SearchPaths: Sendable {
  /// Answers `?q=` with a list of `Suggestions`.
  public var suggest: Path
  /// Shows all results, with and without scripts.
  public var all: Path

  /// The usual two.
  public init(suggest: Path = "/search/suggest", all: Path = "/search") {
    self.suggest = suggest
    self.all = all
  }
}
