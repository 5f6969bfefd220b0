import Kernel
import Markup
import Web

/// What the page of one's own account shows.
struct AccountModel: Sendable {
  let name: String
  let role: String
  let loginNames: [String]
  let look: Look
  let sessions: [SessionLine]
  let current: SessionID?
  let zone: Zone
  let links: [ButtonLink]

  /// The languages one can choose; each in its own words.
  static let languages: [(tag: String, name: String)] = [
    ("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("pt", "Português"),
    ("ar", "العربية"), ("zh-Hant", "繁體中文"),
  ]
}

struct AccountView: View {
  let model: AccountModel

  var body: HTML {
    PageHeader(model.name, about: model.role) {
      for link in model.links { link }
      ButtonLink("Change password", to: AccountsPaths.password, icon: .key)
    }
    Columns {
      PageSection("How pages look") { looks }
      PageSection("Where you are signed in", aside: "\(model.sessions.count)") { sessions }
    } side: {
      Card("Signing in") {
        Facts(model.loginNames.map { Facts.Fact($0.contains("@") ? "E-mail" : "User name", $0) })
        p(.class("small muted")) { "Your school office changes these." }
      }
    }
  }

  private var looks: HTML {
    form(.class("stack"), .method(.post), .action(AccountsPaths.preferences)) {
      RadioGroup(
        "Theme", name: "theme",
        [
          Field.Option("system", "As the device", isChosen: model.look.theme == .system),
          Field.Option("light", "Light", isChosen: model.look.theme == .light),
          Field.Option("dark", "Dark", isChosen: model.look.theme == .dark),
        ])
      RadioGroup(
        "Rows of lists", name: "density",
        [
          Field.Option("comfortable", "Comfortable", isChosen: model.look.density == .comfortable),
          Field.Option("compact", "Compact", isChosen: model.look.density == .compact),
        ])
      Tick(
        "Single-key shortcuts", name: "shortcuts", isChecked: model.look.hasShortcuts, isSwitch: true,
        hint: "Such as P for present. Keys with Ctrl work in any case.")
      Field(
        "Language", name: "language",
        .select(
          AccountModel.languages.map { Field.Option($0.tag, $0.name, isChosen: $0.tag == model.look.language) }),
        hint: "Letters come in it. Pages are in English so far; the direction of writing follows it already.")
      div(.class("actions")) { Button("Save", .primary) }
    }
  }

  @HTMLBuilder private var sessions: HTML {
    DataTable(
      caption: "Devices and programs that are signed in",
      columns: [
        DataTable.Column("Device or program"), DataTable.Column("Address", room: .wide),
        DataTable.Column("Last used", .unbroken, isNamedOnPhones: true), DataTable.Column("Actions", .actions),
      ],
      isPinned: false, rows: model.sessions.map(row))
    if model.sessions.count > 1 {
      form(.method(.post), .action(AccountsPaths.otherSessionsEnding)) {
        Button("Sign all other devices out", .danger)
      }
    }
  }

  private func row(_ line: SessionLine) -> DataTable.Row {
    let isCurrent = line.session.id == model.current
    let device = line.session.kind == .api ? "A program" : AgentName(line.agent).text
    return DataTable.Row(
      name: device,
      lead: HTML {
        device
        if isCurrent { " \(Badge("this one", .ok))" }
      },
      cells: [
        HTML(text: line.address), HTML(text: MomentWords(zone: model.zone).moment(line.lastSeenAt)),
        form(.method(.post), .action(AccountsPaths.sessionEnding(line.session.id))) {
          button(.class("button"), .type(.submit), .ariaLabel("Sign out: \(device), \(line.address)")) { "Sign out" }
        },
      ])
  }
}
