import Markup

/// The bar above a page: which school, the palette, the theme, and who is signed in.
struct TopBar: View {
  let model: ShellModel

  var body: HTML {
    Markup.header(.class("topbar")) {
      if let school = model.school { SchoolMenu(school: school) }
      if let search = model.search { paletteButton(search) }
      if let inbox = model.inbox { inboxLink(inbox) }
      if let account = model.account {
        themeForm(account)
        accountMenu(account)
      }
    }
  }

  /// A link, so that searching works without scripts; with them it opens the palette.
  private func paletteButton(_ search: SearchPaths) -> HTML {
    a(
      .class("palette-button"), .href(search.all), .data("palette", search.suggest.description),
      .ariaLabel("Search or do something, Control K"), .aria("keyshortcuts", "Control+K Meta+K")
    ) {
      Icon.search
      span(.class("words")) { "Search or do something" }
      span(.class("keys")) {
        kbd { "Ctrl" }
        kbd { "K" }
      }
    }
  }

  /// The number is right when the page is made, and the script keeps it so.
  private func inboxLink(_ inbox: InboxBadge) -> HTML {
    a(
      .class("button quiet square inbox-link"), .href(inbox.path), .ariaLabel("Messages, \(inbox.words)"),
      .data("inbox", inbox.events.description)
    ) {
      Icon.mail
      InboxCount(inbox)
    }
  }

  private func themeForm(_ account: AccountBadge) -> HTML {
    form(.method(.post), .action(account.themePath), .data("theme-form")) {
      input(.type(.hidden), .name("theme"), .value(model.look.theme == .dark ? "light" : "dark"))
      input(.type(.hidden), .name("return"), .value(model.path.description))
      button(.class("button quiet square"), .type(.submit), .ariaLabel("Light or dark")) { Icon.theme }
    }
  }

  private func accountMenu(_ account: AccountBadge) -> HTML {
    details(.class("menu")) {
      summary(.class("switch"), .ariaLabel("Account: \(account.name), \(account.role)")) {
        Avatar(name: account.name, key: account.key)
      }
      div(.class("sheet")) {
        p(.class("title")) { "\(bdi { account.name }), \(account.role)" }
        a(.class("choice"), .href(account.path)) {
          Icon.admin
          "Your account"
        }
        form(.method(.post), .action(account.signOut)) {
          button(.class("choice"), .type(.submit)) {
            Icon.right
            "Sign out"
          }
        }
      }
    }
  }
}

/// The number of new messages, unseen where there are none.
struct InboxCount: View {
  private let inbox: InboxBadge

  init(_ inbox: InboxBadge) { self.inbox = inbox }

  var body: HTML {
    span(.class("count due"), .data("unread"), .hidden(inbox.count == 0)) {
      inbox.figure
      span(.class("unseen")) { " unread" }
    }
  }
}

/// The school and year in view; a menu where there is something to choose, else plain words.
private struct SchoolMenu: View {
  let school: SchoolSwitch

  var body: HTML {
    if school.schools.count > 1 || school.years.count > 1 {
      details(.class("menu start switch-menu")) {
        summary(.class("switch")) {
          name
          Icon.down
        }
        div(.class("sheet")) {
          if school.schools.count > 1 { choices("School", school.schools) }
          if school.schools.count > 1 && school.years.count > 1 { hr() }
          if school.years.count > 1 { choices("Year", school.years) }
        }
      }
    } else {
      p(.class("switch-menu switch")) { name }
    }
  }

  private var name: HTML {
    span {
      b { school.school }
      if let year = school.year { " \(span(.class("year muted")) { year })" }
    }
  }

  @HTMLBuilder private func choices(_ label: String, _ choices: [SchoolSwitch.Choice]) -> HTML {
    p(.class("title")) { label }
    for choice in choices {
      a(.class("choice"), .href(choice.path), .aria("current", choice.isCurrent ? "true" : nil)) {
        if choice.isCurrent { Icon.check }
        choice.label
        if let aside = choice.aside { span(.class("aside")) { aside } }
      }
    }
  }
}
