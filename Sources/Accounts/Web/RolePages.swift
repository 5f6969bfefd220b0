import Kernel
import Markup
import Rights
import Web

/// Roles: the list, and the table of what each may do.
struct RolePages: Sendable {
  let service: AccountsService

  var endpoints: [Endpoint] {
    [
      .page("/admin/roles", "Roles and who has them.", .needsAny([.manageRoles, .manageAccounts]), list),
      .listFile(
        "/admin/roles.csv", "Roles as a file for spreadsheets.", .needsAny([.manageRoles, .manageAccounts]), file),
      .listFile(
        "/api/v1/roles.csv", "Roles as a file for spreadsheets.", .needsAny([.manageRoles, .manageAccounts]), file),
      .page("/admin/roles/new", "The form for a new role.", .needs(.manageRoles), new),
      .form("/admin/roles", "Makes a role.", .needs(.manageRoles), create),
      .page("/admin/roles/{id}", "What a role may do.", .needsAny([.manageRoles, .manageAccounts]), show),
      .form("/admin/roles/{id}", "Saves what a role may do.", .needs(.manageRoles), save),
      .form("/admin/roles/{id}/deletion", "Puts a role into the recycle bin.", .needs(.manageRoles), delete),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let roles = try await service.allRoles(actor)
    return try call.page("Roles", within: AccountsPaths.roles) {
      RoleListView(roles: roles, mayEdit: actor.has(.manageRoles))
    }
  }

  private func file(_ call: Call) async throws -> Reply {
    let file = ListFile<RoleLine>(
      "roles.csv",
      [
        .init("Role") { $0.role.name }, .init("What it is for") { $0.role.about },
        .init("Rights") { line in
          line.role.isAdministrator
            ? "all"
            : line.role.grants.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.rawValue)" }.joined(
              separator: "; ")
        }, .init("Accounts") { "\($0.holders)" },
      ])
    return try await file.reply(try await service.allRoles(call.actor))
  }

  private func new(_ call: Call) async throws -> Reply { try page(RoleModel(permissions: service.permissions), call) }

  private func create(_ call: Call) async throws -> Reply {
    var model = try RoleModel(call.form(), permissions: service.permissions)
    do {
      let role = try await service.createRole(
        name: model.name, about: model.about, grants: model.grants, actor: call.actor)
      return .seeOther(AccountsPaths.roles, flash: "Role \(role.name) made.")
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      model.faults = FormFaults(error.problem, fields: ["name", "about"])
      return try page(model, call, status: error.problem.status)
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let line = try await service.role(try call.id("id"), actor: call.actor)
    return try page(RoleModel(line.role, permissions: service.permissions), call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let id: RoleID = try call.id("id")
    let actor = try call.actor
    var model = try RoleModel(call.form(), permissions: service.permissions)
    model.id = id
    do {
      let role = try await service.updateRole(
        id, version: model.version, name: model.name, about: model.about, grants: model.grants, actor: actor)
      return .seeOther(AccountsPaths.roles, flash: "Role \(role.name) saved. It counts at once.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      let newest = RoleModel(try await service.role(id, actor: actor).role, permissions: service.permissions)
      let yours = model
      return try call.page(
        "Role changed meanwhile", within: AccountsPaths.roles, status: 409, hasErrors: true
      ) { yours.conflict(with: newest, action: AccountsPaths.role(id)) }
    } catch let error as any ProblemConvertible where FormFaults.takesOfAccounts(error.problem) {
      model.faults = FormFaults(error.problem, fields: ["name", "about"])
      return try page(model, call, status: error.problem.status)
    }
  }

  private func delete(_ call: Call) async throws -> Reply {
    let id: RoleID = try call.id("id")
    do {
      try await service.deleteRole(id, version: Int(try call.form().text("version")) ?? 0, actor: call.actor)
      return .seeOther(AccountsPaths.roles, flash: "Role deleted. The recycle bin has it.")
    } catch let error as any ProblemConvertible where [.conflict, .stale].contains(error.problem.kind) {
      return .seeOther(AccountsPaths.role(id), flash: error.problem.detail)
    }
  }

  private func page(_ model: RoleModel, _ call: Call, status: Int = 200) throws -> Reply {
    let mayEdit = try call.actor.has(.manageRoles) && !model.isFixed
    let title = model.id == nil ? "New role" : model.name
    return try call.page(
      title, within: AccountsPaths.roles, status: status,
      breadcrumbs: [Crumb("Roles", path: AccountsPaths.roles), Crumb(title)], hasErrors: !model.faults.isEmpty
    ) { RoleView(model: model, title: title, mayEdit: mayEdit) }
  }
}

/// What the form of a role holds.
struct RoleModel: Sendable {
  var id: RoleID?
  var version = 0
  var name = ""
  var about = ""
  var grants: [String: Scope] = [:]
  var isFixed = false
  var faults = FormFaults()
  let permissions: [Permission]

  init(permissions: [Permission]) { self.permissions = permissions }

  init(_ role: Role, permissions: [Permission]) {
    id = role.id
    version = role.version
    name = role.name
    about = role.about
    isFixed = role.isAdministrator
    grants = role.grants
    self.permissions = permissions
    if isFixed { grants = Dictionary(uniqueKeysWithValues: permissions.map { ($0.name, $0.scopes.first ?? .all) }) }
  }

  /// Each permission is a field of its own, named like it.
  init(_ form: FormFields, permissions: [Permission]) throws(Problem) {
    version = Int(form.text("version")) ?? 0
    name = form.text("name")
    about = form.text("about")
    for permission in permissions {
      grants[permission.name] = try form.word(permission.name)
    }
    self.permissions = permissions
  }

  /// Both versions of what differs, side by side.
  func conflict(with newest: RoleModel, action: Path) -> ConflictView {
    var differences: [ConflictView.Difference] = []
    var kept: [(String, String?)] = []
    func compare(_ name: String, _ label: String, _ yours: String, _ theirs: String, text: (String) -> String) {
      if yours == theirs {
        kept.append((name, yours))
      } else {
        differences.append(
          .init(name: name, label: label, yours: (yours, text(yours)), theirs: (theirs, text(theirs))))
      }
    }
    compare("name", "Name", name, newest.name) { $0 }
    compare("about", "What it is for", about, newest.about) { $0 }
    for permission in permissions {
      compare(
        permission.name, permission.title, grants[permission.name]?.rawValue ?? "",
        newest.grants[permission.name]?.rawValue ?? ""
      ) { text in Scope(rawValue: text)?.words ?? "Not at all" }
    }
    return ConflictView(
      who: "Somebody saved this role", action: action, version: newest.version, differences: differences, kept: kept)
  }
}

extension Scope {
  /// How far it reaches, as the roles page says it.
  var words: String {
    switch self {
    case .all: "Everywhere"
    case .school: "Where the role is given"
    case .sections: "Own sections"
    case .children: "Own children"
    case .own: "Oneself"
    }
  }
}
