public import Kernel
public import Markup

extension Call {
  /// A page in the frame, for somebody who has signed in.
  ///
  /// `within` is the address of the menu's place it belongs to, such as `/people/students`. `hasErrors` puts "Error:"
  /// before the title.
  public func page(
    _ title: String, within: Path, status: Int = 200, breadcrumbs: [Crumb] = [], hasErrors: Bool = false,
    refreshSeconds: Int? = nil, @HTMLBuilder _ content: () -> HTML
  ) throws(Problem) -> Reply {
    guard let signed else { throw .unauthenticated }
    var shell = site.shell(title, path: path, within: within.description, signed: signed, unread: unread, at: at)
    shell.breadcrumbs = breadcrumbs
    shell.hasErrors = hasErrors
    shell.refreshSeconds = refreshSeconds
    shell.flash = flash
    return .html(PageShell(shell, content: content).body, status: status)
  }

  /// A page outside the house: signing in, a first administrator, a new password.
  public func plainPage(
    _ title: String, status: Int = 200, hasErrors: Bool = false, @HTMLBuilder _ content: () -> HTML
  ) -> Reply {
    let date = site.zone.date(at: at)
    return .html(
      PlainShell(
        title: title, hasErrors: hasErrors, look: signed?.look ?? Look(),
        date: LeafDate(day: "\(date.civil.day)", month: date.shortMonth), flash: flash, content: content
      ).body, status: status)
  }

  /// The address of this page with its query, to come back to.
  public var path: Path {
    Path(checking: incoming.query.isEmpty ? incoming.path : "\(incoming.path)?\(incoming.query)") ?? "/"
  }

  /// What was done on the page before, to be said once.
  public var flash: Flash? { Flash(cookie: incoming.cookie(Flash.cookieName)) }
}
