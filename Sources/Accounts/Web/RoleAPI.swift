import Kernel
import Rights
import Web

/// Roles, for programs.
struct RoleAPI: Sendable {
  let service: AccountsService

  var endpoints: [Endpoint] {
    let seeing = Endpoint.Access.needsAny([.manageRoles, .manageAccounts])
    return [
      Endpoint(.get, "/api/v1/roles", "Lists roles.", seeing, answer: .many(RoleJSON.shape), handler: list),
      Endpoint(
        .post, "/api/v1/roles", "Makes a role.", .needs(.manageRoles), input: .json(RoleDraftJSON.shape),
        answer: .one(RoleJSON.shape), status: 201, refusals: [409], handler: create),
      Endpoint(.get, "/api/v1/roles/{id}", "One role.", seeing, answer: .one(RoleJSON.shape), handler: show),
      Endpoint(
        .patch, "/api/v1/roles/{id}", "Changes a role; it counts for everybody who has it from now on.",
        .needs(.manageRoles), input: .patch(RolePatchJSON.shape), answer: .one(RoleJSON.shape), needsVersion: true,
        refusals: [409], handler: change),
      Endpoint(
        .delete, "/api/v1/roles/{id}", "Puts a role that nobody has into the recycle bin.", .needs(.manageRoles),
        answer: .nothing, status: 204, needsVersion: true, refusals: [409], handler: delete),
      Endpoint(
        .get, "/api/v1/permissions", "Lists every permission there is.", seeing, answer: .many(PermissionJSON.shape),
        handler: permissions),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let roles = try await service.allRoles(call.actor).map { RoleJSON($0) }
    return .many(Page(items: roles, next: nil), RoleJSON.shape, limit: PageRequest.maximum)
  }

  private func create(_ call: Call) async throws -> Reply {
    let draft = try call.json(RoleDraftJSON.shape)
    let role = try await service.createRole(
      name: draft.name, about: draft.about ?? "", grants: try GrantJSON.dictionary(draft.grants), actor: call.actor)
    return .created(
      RoleJSON(RoleLine(role: role, holders: 0)), RoleJSON.shape, version: role.version,
      at: AccountsPaths.apiRole(role.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    let line = try await service.role(try call.id("id"), actor: call.actor)
    return .one(RoleJSON(line), RoleJSON.shape, version: line.role.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let id: RoleID = try call.id("id")
    let actor = try call.actor
    let patch = try call.json(RolePatchJSON.shape)
    let old = try await service.role(id, actor: actor)
    let known = Set(service.permissions.map(\.name))
    var grants = old.role.grants.filter { known.contains($0.key) }
    if case .set(let given) = patch.grants { grants = try GrantJSON.dictionary(given) }
    let role = try await service.updateRole(
      id, version: try call.version(), name: patch.name.applied(to: old.role.name),
      about: patch.about.applied(to: old.role.about), grants: grants, actor: actor)
    return .one(
      RoleJSON(RoleLine(role: role, holders: old.holders)), RoleJSON.shape, version: role.version)
  }

  private func delete(_ call: Call) async throws -> Reply {
    try await service.deleteRole(try call.id("id"), version: try call.version(), actor: call.actor)
    return .noContent
  }

  private func permissions(_ call: Call) async throws -> Reply {
    let all = service.permissions.map { PermissionJSON(name: $0.name, title: $0.title, scopes: $0.scopes) }
    return .many(Page(items: all, next: nil), PermissionJSON.shape, limit: PageRequest.maximum)
  }
}

/// How far one permission of a role reaches.
struct GrantJSON: Sendable {
  var permission: String
  var scope: Scope

  static let shape = Shape("Grant", sample: GrantJSON(permission: "students.view", scope: .school)) { visit, it in
    visit("permission", &it.permission, .line(100), "The permission's name.")
    visit("scope", &it.scope, .word, "How far it reaches.")
  }

  static func list(_ grants: [String: Scope]) -> [GrantJSON] {
    grants.sorted { $0.key < $1.key }.map { GrantJSON(permission: $0.key, scope: $0.value) }
  }

  static func dictionary(_ grants: [GrantJSON]) throws(Problem) -> [String: Scope] {
    var validation = Validation()
    var dictionary: [String: Scope] = [:]
    for (index, grant) in grants.enumerated() {
      validation.check(
        dictionary[grant.permission] == nil, "/grants/\(index)/permission", "TWICE", "Each permission stands once.")
      dictionary[grant.permission] = grant.scope
    }
    try validation.finish()
    return dictionary
  }
}

/// A role as the API shows it.
struct RoleJSON: Sendable {
  var id: RoleID
  var code: String?
  var name: String
  var about: String
  var isAdministrator: Bool
  var grants: [GrantJSON]
  var holders: Int
  var version: Int

  static let shape = Shape(
    "Role",
    sample: RoleJSON(
      id: GivenRoleJSON.shape.sample.role, code: "librarian", name: "Librarian", about: "Finds students.",
      isAdministrator: false, grants: [GrantJSON.shape.sample], holders: 2, version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The role.")
    visit("code", &it.code, .made, "The preset it came from.")
    visit("name", &it.name, .made, "Its name.")
    visit("about", &it.about, .made, "What it is for.")
    visit("isAdministrator", &it.isAdministrator, .bool, "Whether it always has every permission.")
    visit("grants", &it.grants, .list(of: .object(GrantJSON.shape), max: 500), "What it may do.")
    visit("holders", &it.holders, .count, "How many accounts have it.")
    visit("version", &it.version, .version, "How often it was saved.")
  }
}

extension RoleJSON {
  init(_ line: RoleLine) {
    self.init(
      id: line.role.id, code: line.role.code, name: line.role.name, about: line.role.about,
      isAdministrator: line.role.isAdministrator, grants: GrantJSON.list(line.role.grants), holders: line.holders,
      version: line.role.version)
  }
}

/// A role to be made.
struct RoleDraftJSON: Sendable {
  var name: String
  var about: String?
  var grants: [GrantJSON]

  static let shape = Shape(
    "NewRole", sample: RoleDraftJSON(name: "Nurse", about: "Sees everybody.", grants: [GrantJSON.shape.sample])
  ) { visit, it in
    visit("name", &it.name, .line(60), "Its name.")
    visit("about", &it.about, .line(300), "What it is for.")
    visit("grants", &it.grants, .list(of: .object(GrantJSON.shape), max: 500), "What it may do.")
  }
}

/// What changes of a role; grants are replaced as a whole.
struct RolePatchJSON: Sendable {
  var name: Patch<String> = .keep
  var about: Patch<String> = .keep
  var grants: Patch<[GrantJSON]> = .keep

  static let shape = Shape("RolePatch", sample: RolePatchJSON(name: .set("School nurse"))) { visit, it in
    visit("name", &it.name, .line(60), nullable: false, "Its name.")
    visit("about", &it.about, .text(300), nullable: false, "What it is for.")
    visit(
      "grants", &it.grants, .list(of: .object(GrantJSON.shape), max: 500), nullable: false,
      "What it may do, all of it.")
  }
}

/// A permission.
struct PermissionJSON: Sendable {
  var name: String
  var title: String
  var scopes: [Scope]

  static let shape = Shape(
    "Permission", sample: PermissionJSON(name: "students.view", title: "See students", scopes: [.all, .school])
  ) { visit, it in
    visit("name", &it.name, .made, "Its name.")
    visit("title", &it.title, .made, "What it allows.")
    visit("scopes", &it.scopes, .list(of: .word, max: 10), "How far it can reach.")
  }
}
