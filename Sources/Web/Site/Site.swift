public import Kernel
public import Markup
public import Rights

/// What all pages share: the places of the menu and the addresses of the doors.
public struct Site: Sendable {
  /// A place in the menu, shown to whoever may use it or one of the places within.
  public struct Place: Sendable {
    let label: String
    let icon: Icon
    let path: Path
    let needs: [Permission]
    let within: [Within]

    /// A place: shown to whoever has one of `needs` (or to all, when empty) or may use a place within.
    public init(_ label: String, icon: Icon, path: Path, needs: [Permission] = [], within: [Within] = []) {
      self.label = label
      self.icon = icon
      self.path = path
      self.needs = needs
      self.within = within
    }

    func isOpen(to actor: Actor) -> Bool {
      needs.isEmpty ? within.isEmpty || within.contains { $0.isOpen(to: actor) } : needs.contains(where: actor.has)
    }
  }

  /// A place within a place.
  public struct Within: Sendable {
    let label: String
    let path: Path
    let needs: [Permission]

    /// A place within: shown to whoever has one of `needs`, or to all when empty.
    public init(_ label: String, path: Path, needs: [Permission]) {
      self.label = label
      self.path = path
      self.needs = needs
    }

    func isOpen(to actor: Actor) -> Bool { needs.isEmpty || needs.contains(where: actor.has) }
  }

  /// The places of the rail, at most seven.
  public let places: [Place]
  /// The places at the foot of the rail.
  public let lastPlaces: [Place]
  /// The places at the foot of a phone, at most four.
  public let phonePlaces: [Place]
  /// Where people sign in.
  public let signInPath = "/login"
  /// Where a password is changed.
  public let passwordPath = "/account/password"
  /// What may be done before the password has been changed.
  let passwordPaths: Set<String> = [
    "/account/password", "/logout", "/api/v1/auth/logout", "/api/v1/auth/me", "/account/theme", "/api/v1/auth/password",
  ]
  /// The time zone of the installation.
  public let zone: Zone
  /// What tells how many new messages somebody has; nil where there is no inbox.
  public var inbox: Inbox?

  /// Where messages come in, and how many are new.
  public struct Inbox: Sendable {
    let path: Path
    let events: Path
    let unread: @Sendable (Actor) async throws -> Int

    /// An inbox by its page, the stream that tells of changes, and the count.
    public init(path: Path, events: Path, unread: @escaping @Sendable (Actor) async throws -> Int) {
      self.path = path
      self.events = events
      self.unread = unread
    }
  }

  /// A site of these places, in the time zone of the installation.
  public init(places: [Place], lastPlaces: [Place] = [], phonePlaces: [Place] = [], zone: Zone = .utc) {
    self.places = places
    self.lastPlaces = lastPlaces
    self.phonePlaces = phonePlaces
    self.zone = zone
  }

  /// A site without a menu: for tests.
  public static let bare = Site(places: [])

  /// The frame around a page for somebody who has signed in.
  func shell(
    _ title: String, path: Path, within: String, signed: Signed, unread: Int? = nil, at: Instant
  ) -> ShellModel {
    var shell = ShellModel(title: title, path: path)
    shell.look = signed.look
    shell.menu = entries(places, signed.actor, within)
    shell.inbox = inbox.map { InboxBadge(count: unread ?? 0, path: $0.path, events: $0.events) }
    shell.lastMenu = entries(lastPlaces, signed.actor, within)
    shell.bottomBar = entries(phonePlaces, signed.actor, within)
    shell.account = AccountBadge(
      name: signed.actor.name, role: signed.role, key: signed.actor.account?.description ?? "")
    shell.search = SearchPaths()
    shell.printLine = "Homeroom. Printed \(zone.date(at: at)) by \(signed.actor.name)."
    return shell
  }

  /// Every place a person may go to, those within places too: for the palette.
  public func open(to actor: Actor) -> [(label: String, path: Path)] {
    (places + lastPlaces).filter { $0.isOpen(to: actor) }.flatMap { place in
      place.within.isEmpty
        ? [(place.label, place.path)]
        : place.within.filter { $0.isOpen(to: actor) }.map { ($0.label, $0.path) }
    }
  }

  private func entries(_ places: [Place], _ actor: Actor, _ current: String) -> [MenuEntry] {
    places.filter { $0.isOpen(to: actor) }.map { place in
      let children = place.within.filter { $0.isOpen(to: actor) }.map {
        MenuChild($0.label, path: $0.path, isCurrent: current == $0.path.description)
      }
      let isCurrent = current == place.path.description || children.contains(where: \.isCurrent)
      return MenuEntry(
        place.label, icon: place.icon, path: children.first?.path ?? place.path, isCurrent: isCurrent,
        children: children)
    }
  }

  /// A page that says what went wrong, in the frame for whoever has signed in.
  func problemPage(_ problem: Problem, request: String, signed: Signed?) -> HTML {
    let content = ProblemView(problem: problem, request: request).body
    guard let signed else { return PlainShell(title: problem.title) { content }.body }
    let shell = shell(problem.title, path: "/", within: "", signed: signed, at: Instant(milliseconds: 0))
    return PageShell(shell) { content }.body
  }
}

/// What went wrong and what to do, in words.
struct ProblemView: View {
  let problem: Problem
  let request: String

  var body: HTML {
    PageHeader(problem.title)
    p { problem.detail }
    if !problem.errors.isEmpty {
      ul { for error in problem.errors { li { error.detail } } }
    }
    p { a(.class("button primary"), .href("/")) { "To the first page" } }
    p(.class("muted")) { "\(problem.code), request \(request)" }
  }
}
