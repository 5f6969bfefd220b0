import Kernel
import Markup
import Rights
import Web

/// Accounts of others: the list, and the form for a new one.
struct AccountListPages: Sendable {
  let service: AccountsService
  let looks: AccountLooks
  let publicURL: String

  var endpoints: [Endpoint] {
    [
      .page(
        "/admin/accounts", "Accounts by name.", .needs(.manageAccounts),
        query: [.text("q", "Part of a name or a login name."), .id("after", "The last account of the page before.")],
        list),
      .listFile(
        "/admin/accounts.csv", "The list of accounts as a file for spreadsheets.", .needs(.manageAccounts),
        query: [.text("q", "Part of a name or a login name.")], file),
      .page("/admin/accounts/new", "The form for a new account.", .needs(.manageAccounts), new),
      .form("/admin/accounts", "Makes an account.", .needs(.manageAccounts), create),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let query = call.query("q")
    let page = try await service.list(search: query, page: call.page, actor: actor)
    try await looks.note("accounts", filter: query, of: page.items.map(\.account.id), by: actor, at: call.at)
    let orgs = try await service.orgsToGiveAt(actor)
    let names = Dictionary(orgs.map { ($0.id, $0.name) }) { first, _ in first }
    return try call.page("Accounts", within: AccountsPaths.accounts) {
      AccountListView(
        lines: page.items, next: page.next, query: query, isFirst: call.query("after") == nil, orgs: names,
        today: service.today)
    }
  }

  private func file(_ call: Call) async throws -> Reply {
    try await AccountFile(service: service, looks: looks).reply(call.query("q"), call)
  }

  private func new(_ call: Call) async throws -> Reply {
    var model = NewAccountModel()
    model.person = call.query("person") ?? ""
    model.name = call.query("name") ?? ""
    return try await page(model, call)
  }

  private func create(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    var model = NewAccountModel(try call.form())
    do {
      let link = try await service.create(try model.account, byMail: model.sendsMail, actor: actor)
      return try call.page(
        "Account made", within: AccountsPaths.accounts,
        breadcrumbs: [Crumb("Accounts", path: AccountsPaths.accounts), Crumb(link.account.name)]
      ) { PasswordLinkView(link: link, address: AccountsModule.address(of: link, publicURL: publicURL)) }
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      model.faults = FormFaults(error.problem, fields: ["name", "email", "userName", "role", "org"])
      return try await page(model, call, status: error.problem.status)
    }
  }

  private func page(_ model: NewAccountModel, _ call: Call, status: Int = 200) async throws -> Reply {
    let actor = try call.actor
    let roles = try await service.allRoles(actor).map(\.role)
    let orgs = try await service.orgsToGiveAt(actor)
    let mayEverywhere = actor.reach(.manageAccounts)?.isEverywhere ?? false
    return try call.page(
      "New account", within: AccountsPaths.accounts, status: status,
      breadcrumbs: [Crumb("Accounts", path: AccountsPaths.accounts), Crumb("New account")],
      hasErrors: !model.faults.isEmpty
    ) { NewAccountView(model: model, roles: roles, orgs: orgs, mayEverywhere: mayEverywhere) }
  }
}

struct AccountListView: View {
  let lines: [AccountLine]
  let next: ID<AnyEntity>?
  let query: String?
  let isFirst: Bool
  let orgs: [OrgID: String]
  let today: SchoolDate

  var body: HTML {
    PageHeader("Accounts", about: "Who can sign in, and what they may do.") {
      ButtonLink("Export", to: AccountsPaths.accountsFile.query(["q": query]), icon: .download)
      ButtonLink("Roles", to: AccountsPaths.roles)
      ButtonLink("New account", .primary, to: AccountsPaths.newAccount, icon: .plus)
    }
    FilterBar("accounts", action: AccountsPaths.accounts, query: query, placeholder: "Name, e-mail or user name")
    if lines.isEmpty {
      EmptyState(
        "No account found", icon: .people,
        reason: query == nil ? "Nobody you may see has an account yet." : "No name or login name has that in it.")
    } else {
      DataTable(
        caption: "Accounts by name",
        columns: [
          DataTable.Column("Name"), DataTable.Column("Signs in as", room: .wide), DataTable.Column("Roles"),
          DataTable.Column("State", isNamedOnPhones: true),
        ], rows: lines.map(row))
      Pager(
        shown: CountWords.of(lines.count, "account", "accounts"),
        first: isFirst ? nil : AccountsPaths.accounts.query(["q": query]),
        next: next.map { AccountsPaths.accounts.query(["q": query, "after": $0.description]) })
    }
  }

  private func row(_ line: AccountLine) -> DataTable.Row {
    let account = line.account
    return DataTable.Row(
      name: account.name,
      lead: PersonCell(account.name, key: account.id.description, path: AccountsPaths.account(account.id)).body,
      cells: [
        HTML(text: line.loginNames.joined(separator: ", ")),
        HTML(text: line.roles.map { RoleWords(orgs: orgs, today: today).text($0) }.joined(separator: "; ")),
        AccountState(account: account).body,
      ])
  }
}

/// Whether an account can be used, in a word.
struct AccountState: View {
  let account: Account

  var body: HTML {
    StateWord(Self.word(account), account.isEnabled ? account.passwordChangedAt == nil ? .plain : .ok : .danger)
  }

  static func word(_ account: Account) -> String {
    if !account.isEnabled { return "Switched off" }
    return account.passwordChangedAt == nil ? "Invited" : "In use"
  }
}

/// A role given, in words: "Teacher, North School, until 2026-12-31".
struct RoleWords {
  let orgs: [OrgID: String]
  let today: SchoolDate

  func text(_ assigned: AssignedRole) -> String {
    let given = assigned.assignment
    var words = [assigned.name, given.org.map { orgs[$0] ?? "another school" } ?? "everywhere"]
    if let first = given.firstOn, first > today { words.append("from \(first)") }
    if let last = given.lastOn { words.append(last < today ? "ended \(last)" : "until \(last)") }
    return words.joined(separator: ", ")
  }
}

/// What the form for a new account holds.
struct NewAccountModel: Sendable {
  var person = ""
  var name = ""
  var email = ""
  var userName = ""
  var role = ""
  var org = ""
  var sendsMail = false
  var faults = FormFaults()

  init() {}

  init(_ form: FormFields) {
    person = form.text("person")
    name = form.text("name")
    email = form.text("email")
    userName = form.text("userName")
    role = form.text("role")
    org = form.text("org")
    sendsMail = form.isTicked("sendsMail")
  }

  /// The account; throws when a choice is none of the list.
  var account: NewAccount {
    get throws(Problem) {
      let role = try FormFields.choice(role, of: "role", RoleID.init)
      let org = try FormFields.choice(org, of: "org", OrgID.init)
      return NewAccount(
        person: try FormFields.choice(person, of: "person", PersonID.init), name: name, email: email,
        userName: userName, roles: role.map { [NewAccount.NewRole(role: $0, org: org)] } ?? [])
    }
  }
}

struct NewAccountView: View {
  let model: NewAccountModel
  let roles: [Role]
  let orgs: [Neighbours.OrgName]
  let mayEverywhere: Bool

  var body: HTML {
    PageHeader("New account", about: "You get a link for its owner, who chooses the password.")
    model.faults.summary
    form(.class("stack"), .method(.post), .action(AccountsPaths.accounts)) {
      Hidden("person", model.person.isEmpty ? nil : model.person)
      Field(
        "Name", name: "name", .line(model.name, attributes: [.maxlength(200)]), error: model.faults["name"],
        isRequired: true, hasFocus: model.faults.isEmpty)
      Field(
        "E-mail", name: "email", .line(model.email, kind: .email, attributes: [.maxlength(LoginName.maximum)]),
        error: model.faults["email"], isOptional: true)
      Tick("Mail the link to this address", name: "sendsMail", isChecked: model.sendsMail)
      Field(
        "User name", name: "userName", .line(model.userName, attributes: [.maxlength(64), .autocapitalize("none")]),
        hint: "For those without an address: a student number, for example.", error: model.faults["userName"],
        isOptional: true)
      RoleFields(
        roles: roles, orgs: orgs, mayEverywhere: mayEverywhere, role: model.role, org: model.org,
        faults: model.faults, isOptional: mayEverywhere)
      div(.class("actions")) { Button("Make account", .primary) }
    }
  }
}

/// The two fields that say which role, and where.
struct RoleFields: View {
  let roles: [Role]
  let orgs: [Neighbours.OrgName]
  let mayEverywhere: Bool
  let role: String
  let org: String
  let faults: FormFaults
  let isOptional: Bool

  var body: HTML {
    Field(
      "Role", name: "role",
      .select(
        (isOptional ? [Field.Option("", "None yet")] : [])
          + roles.map { Field.Option($0.id.description, $0.name, isChosen: $0.id.description == role) }),
      error: faults["role"], isOptional: isOptional)
    Field(
      "Where", name: "org",
      .select(
        (mayEverywhere ? [Field.Option("", "Everywhere")] : [])
          + orgs.map { Field.Option($0.id.description, $0.name, isChosen: $0.id.description == org) }),
      hint: "The role counts there and in everything below.", error: faults["org"])
  }
}

/// A link that sets a password, shown once.
struct PasswordLinkView: View {
  let link: PasswordLink
  let address: String

  var body: HTML {
    PageHeader("A link for \(link.account.name)")
    Notice("This is shown only now.", .warn, icon: .key) {
      "Give it to \(bdi { link.account.name }) and to nobody else. It works once, until \(link.expiresAt.description)."
    }
    if let mailedTo = link.mailedTo {
      p { "It was mailed to \(bdi { mailedTo }) as well, so you need not do anything." }
    }
    p { code { address } }
    p { ButtonLink("To the account", .primary, to: AccountsPaths.account(link.account.id)) }
  }
}
