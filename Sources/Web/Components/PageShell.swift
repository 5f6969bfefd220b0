public import Markup

/// A whole page: the head, the rail, the top bar, the content on its sheet, and the bar at the foot of a phone.
public struct PageShell: View {
  private let model: ShellModel
  private let content: HTML

  /// A page around its content.
  public init(_ model: ShellModel, @HTMLBuilder content: () -> HTML) {
    self.model = model
    self.content = content()
  }

  public var body: HTML {
    Document(title: model.title, hasErrors: model.hasErrors, look: model.look, refreshSeconds: model.refreshSeconds) {
      Markup.body(.class("shell")) {
        a(.class("skip"), .href("#main")) { "Skip to content" }
        Rail(menu: model.menu, lastMenu: model.lastMenu, inbox: model.inbox)
        TopBar(model: model)
        main(.class("main"), .id("main"), .tabindex(-1)) {
          if let line = model.printLine { PrintLine(line) }
          Breadcrumb(model.breadcrumbs)
          content
        }
        if !model.bottomBar.isEmpty { BottomBar(entries: model.bottomBar) }
        Toasts(model.flash)
      }
    }
  }
}

/// The document around a body: what browsers must know before they draw.
struct Document: View {
  private let title: String
  private let look: Look
  private let refreshSeconds: Int?
  private let content: HTML

  init(title: String, hasErrors: Bool, look: Look, refreshSeconds: Int? = nil, @HTMLBuilder content: () -> HTML) {
    self.title = (hasErrors ? "Error: " : "") + title + " - Homeroom"
    self.look = look
    self.refreshSeconds = refreshSeconds
    self.content = content()
  }

  var body: HTML {
    HTML.doctype
    html(
      .lang(look.language), .dir(look.direction), .data("theme", look.theme == .system ? nil : look.theme.rawValue),
      .data("density", look.density == .comfortable ? nil : look.density.rawValue),
      .data("shortcuts", look.hasShortcuts ? nil : "off")
    ) {
      head {
        meta(.charset("utf-8"))
        meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        meta(.name("color-scheme"), .content("light dark"))
        if let refreshSeconds { noscript { meta(.httpEquiv("refresh"), .content("\(refreshSeconds)")) } }
        Markup.title { title }
        link(.rel("stylesheet"), .href(Asset.css.path))
        link(.rel("icon"), .type(.svg), .href(Asset.sign.path))
        script(src: Asset.js.path)
      }
      content
    }
  }
}

/// The rail at the side: every place the person may go, the current one opened.
private struct Rail: View {
  let menu: [MenuEntry]
  let lastMenu: [MenuEntry]
  let inbox: InboxBadge?

  var body: HTML {
    nav(.class("rail"), .ariaLabel("Main")) {
      Wordmark()
      ul { for entry in menu { place(entry) } }
      if !lastMenu.isEmpty { ul(.class("last")) { for entry in lastMenu { place(entry) } } }
    }
  }

  private func place(_ entry: MenuEntry) -> HTML {
    let isInside = entry.children.contains(where: \.isCurrent)
    let current: String? = isInside ? "true" : entry.isCurrent ? "page" : nil
    return li {
      a(.class("place"), .href(entry.path), .aria("current", current)) {
        entry.icon
        span { entry.label }
        if let inbox, inbox.path == entry.path { InboxCount(inbox) }
        if entry.count > 0 { span(.class("count"), .ariaLabel(entry.countLabel)) { "\(entry.count)" } }
      }
      if !entry.children.isEmpty && (entry.isCurrent || isInside) {
        ul(.class("within")) {
          for child in entry.children {
            li { a(.href(child.path), .aria("current", child.isCurrent ? "page" : nil)) { child.label } }
          }
        }
      }
    }
  }
}

/// The four places at the foot of a phone.
private struct BottomBar: View {
  let entries: [MenuEntry]

  var body: HTML {
    nav(.class("bottom-bar"), .ariaLabel("Main, short")) {
      for entry in entries {
        a(.href(entry.path), .aria("current", entry.isCurrent ? "page" : nil)) {
          entry.icon
          entry.label
        }
      }
    }
  }
}

/// The way to a page of details.
struct Breadcrumb: View {
  private let crumbs: [Crumb]

  init(_ crumbs: [Crumb]) { self.crumbs = crumbs }

  var body: HTML {
    if !crumbs.isEmpty {
      nav(.ariaLabel("Breadcrumb")) {
        ol(.class("breadcrumb")) {
          for crumb in crumbs {
            if let path = crumb.path {
              li { a(.href(path)) { crumb.label } }
            } else {
              li(.aria("current", "page")) { crumb.label }
            }
          }
        }
      }
    }
  }
}
