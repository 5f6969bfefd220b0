import Kernel
import Markup
import Rights
import Web

/// One account of somebody else: its state, its roles, and a link for a lost password.
struct AccountEditPages: Sendable {
  let service: AccountsService
  let looks: AccountLooks
  let publicURL: String

  var endpoints: [Endpoint] {
    let needs = Endpoint.Access.needs(.manageAccounts)
    return [
      .page("/admin/accounts/{id}", "An account with its roles.", needs, show),
      .form("/admin/accounts/{id}", "Renames an account, or switches it off or on.", needs, save),
      .form("/admin/accounts/{id}/password-link", "Makes a link for a lost password.", needs, makeLink),
      .form("/admin/accounts/{id}/invitation", "Mails a link to choose a password with.", needs, invite),
      .form("/admin/accounts/{id}/roles", "Gives a role.", needs, give),
      .form("/admin/accounts/{id}/roles/{given}/ending", "Takes a role.", needs, take),
    ]
  }

  private func show(_ call: Call) async throws -> Reply { try await page(call, FormFaults()) }

  private func save(_ call: Call) async throws -> Reply {
    let id: AccountID = try call.id("id")
    let form = try call.form()
    do {
      let state = try FormFields.choice(form.text("state"), of: "state") { ["on": true, "off": false][$0] }
      try await service.update(
        id, version: Int(form.text("version")) ?? 0, name: form.filled("name"), isEnabled: state, actor: call.actor)
      return .seeOther(AccountsPaths.account(id), flash: "Saved.")
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      return try await page(call, FormFaults(error.problem, fields: ["name"]), status: error.problem.status)
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(AccountsPaths.account(id), flash: "Somebody changed this account meanwhile. Look again.")
    }
  }

  private func makeLink(_ call: Call) async throws -> Reply {
    do {
      let link = try await service.startReset(of: try call.id("id"), actor: call.actor)
      return try call.page(
        "A new password", within: AccountsPaths.accounts,
        breadcrumbs: [Crumb("Accounts", path: AccountsPaths.accounts), Crumb(link.account.name)]
      ) { PasswordLinkView(link: link, address: AccountsModule.address(of: link, publicURL: publicURL)) }
    } catch let error as AccountsProblem {
      return try await page(call, FormFaults(error.problem, fields: []), status: error.problem.status)
    }
  }

  private func invite(_ call: Call) async throws -> Reply {
    do {
      let link = try await service.startReset(of: try call.id("id"), byMail: true, actor: call.actor)
      return .seeOther(
        AccountsPaths.account(link.account.id), flash: "A link is on its way to \(link.mailedTo ?? "its owner").")
    } catch let error as AccountsProblem {
      return try await page(call, FormFaults(error.problem, fields: []), status: error.problem.status)
    }
  }

  private func give(_ call: Call) async throws -> Reply {
    let id: AccountID = try call.id("id")
    let form = try call.form()
    do {
      let given = NewAccount.NewRole(
        role: try form.id("role") ?? RoleID(high: 0, low: 0), org: try form.id("org"),
        firstOn: try form.day("firstOn"), lastOn: try form.day("lastOn"))
      try await service.give(given, to: id, actor: call.actor)
      return .seeOther(AccountsPaths.account(id), flash: "Role given. It counts at once.")
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      let faults = FormFaults(error.problem, fields: ["role", "org", "firstOn", "lastOn"])
      return try await page(call, faults, status: error.problem.status)
    }
  }

  private func take(_ call: Call) async throws -> Reply {
    let id: AccountID = try call.id("id")
    do {
      try await service.take(try call.id("given"), actor: call.actor)
      return .seeOther(AccountsPaths.account(id), flash: "Role taken. It counts at once.")
    } catch let error as AccountsProblem {
      return try await page(call, FormFaults(error.problem, fields: []), status: error.problem.status)
    }
  }

  private func page(_ call: Call, _ faults: FormFaults, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let orgs = try await service.orgsToGiveAt(actor)
    let model = AccountEditModel(
      line: try await service.account(try call.id("id"), actor: actor),
      confirmation: try await service.confirmation(of: try call.id("id"), actor: actor),
      words: MomentWords(zone: service.settings.zone),
      roles: try await service.allRoles(actor).map(\.role), orgs: orgs,
      mayEverywhere: actor.reach(.manageAccounts)?.isEverywhere ?? false, today: service.today, faults: faults)
    let name = model.line.account.name
    try await looks.note("account", of: [model.line.account.id], by: actor, at: call.at)
    return try call.page(
      name, within: AccountsPaths.accounts, status: status,
      breadcrumbs: [Crumb("Accounts", path: AccountsPaths.accounts), Crumb(name)], hasErrors: !faults.isEmpty
    ) { AccountEditView(model: model) }
  }
}

/// What the page of an account shows.
struct AccountEditModel: Sendable {
  let line: AccountLine
  let confirmation: (address: String, since: Instant?)?
  let words: MomentWords
  let roles: [Role]
  let orgs: [Neighbours.OrgName]
  let mayEverywhere: Bool
  let today: SchoolDate
  let faults: FormFaults
}

struct AccountEditView: View {
  let model: AccountEditModel
  private var account: Account { model.line.account }

  var body: HTML {
    PageHeader(
      person: account.name, key: account.id.description,
      about: { HTML(text: model.line.loginNames.joined(separator: ", ")) },
      badges: { AccountState(account: account) })
    model.faults.summary
    Columns {
      PageSection("Roles", aside: "\(model.line.roles.count)") { roles }
      PageSection("Give a role") { giving }
    } side: {
      Card("Name") {
        form(.class("stack"), .method(.post), .action(AccountsPaths.account(account.id))) {
          Hidden("version", "\(account.version)")
          Field(
            "Name", name: "name", .line(account.name, attributes: [.maxlength(200)]), error: model.faults["name"],
            isRequired: true)
          Button("Save name")
        }
      }
      Card("Signing in") { div(.class("stack")) { access } }
    }
  }

  @HTMLBuilder private var roles: HTML {
    if model.line.roles.isEmpty {
      EmptyState(
        "No role yet", icon: .shield, reason: "Without a role one can sign in, and sees nothing but one's own account.")
    } else {
      let words = RoleWords(
        orgs: Dictionary(model.orgs.map { ($0.id, $0.name) }) { first, _ in first }, today: model.today)
      DataTable(
        caption: "Roles of \(account.name)",
        columns: [DataTable.Column("Role"), DataTable.Column("Actions", .actions)], isPinned: false,
        rows: model.line.roles.map { assigned in
          let text = words.text(assigned)
          return DataTable.Row(
            name: text, lead: HTML(text: text),
            cells: [
              form(.method(.post), .action(AccountsPaths.roleEnding(account.id, assigned.assignment.id))) {
                button(.class("button"), .type(.submit), .ariaLabel("Take: \(text)")) { "Take" }
              }
            ])
        })
    }
  }

  private var giving: HTML {
    form(.class("stack"), .method(.post), .action(AccountsPaths.givenRoles(account.id))) {
      RoleFields(
        roles: model.roles, orgs: model.orgs, mayEverywhere: model.mayEverywhere, role: "", org: "",
        faults: model.faults, isOptional: false)
      Field(
        "First day", name: "firstOn", .date(nil), error: model.faults["firstOn"], width: .short, isOptional: true)
      Field("Last day", name: "lastOn", .date(nil), error: model.faults["lastOn"], width: .short, isOptional: true)
      div(.class("actions")) { Button("Give role", .primary) }
    }
  }

  @HTMLBuilder private var access: HTML {
    p(.class("small")) { "A link lets the owner choose a password. Nobody chooses another's." }
    if let confirmation = model.confirmation {
      form(.method(.post), .action(AccountsPaths.invitation(account.id))) {
        p(.class("small")) {
          bdi { confirmation.address }
          confirmation.since.map { ": confirmed \(model.words.day($0))." } ?? ": not confirmed yet."
        }
        Button(account.passwordChangedAt == nil ? "Mail the invitation again" : "Mail a link", icon: .mail)
      }
    }
    form(.method(.post), .action(AccountsPaths.passwordLink(account.id))) {
      Button("Make a link to hand over", icon: .key)
    }
    form(.method(.post), .action(AccountsPaths.account(account.id))) {
      Hidden("version", "\(account.version)")
      Hidden("state", account.isEnabled ? "off" : "on")
      if account.isEnabled {
        p(.class("small")) { "Switched off, the account is signed out everywhere at once." }
        Button("Switch off", .danger)
      } else {
        Button("Switch on")
      }
    }
  }
}
