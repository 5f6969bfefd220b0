public import Kernel
import Persistence
import Record
public import Rights

/// A role with how many accounts have it.
public struct RoleLine: Sendable, Equatable {
  /// The role.
  public let role: Role
  /// How many accounts have it somewhere.
  public let holders: Int
}

extension AccountsService {
  /// Every permission there is, in the order of the parts that declare them.
  public var allPermissions: [Permission] { permissions }

  /// All roles, the administrator's first, for whoever gives them or decides what they may do.
  public func allRoles(_ actor: Actor) async throws -> [RoleLine] {
    try requireSight(actor)
    return try await database.read { tx in
      let holders = try roles.holders(in: tx)
      return try roles.all(in: tx).map { RoleLine(role: $0, holders: holders[$0.id] ?? 0) }
    }
  }

  /// One role.
  public func role(_ id: RoleID, actor: Actor) async throws -> RoleLine {
    try requireSight(actor)
    return try await database.read { tx in
      RoleLine(role: try roles.require(id, in: tx), holders: try roles.holders(in: tx)[id] ?? 0)
    }
  }

  /// Makes a role.
  @discardableResult
  public func createRole(name: String, about: String, grants: [String: Scope], actor: Actor) async throws -> Role {
    _ = try actor.require(.manageRoles)
    let (name, about) = try checked(name: name, about: about, grants: grants)
    let change = Change(by: actor, at: clock.now())
    return try await database.write { tx in
      if try roles.isTaken(name, except: nil, in: tx) { throw AccountsProblem.roleNameTaken }
      let role = Role(id: .new(at: change.at), name: name, about: about, grants: grants)
      try checkAdded(grants, to: [:], by: actor)
      try record.insert(role, into: Role.table, change, in: tx)
      return role
    }
  }

  /// Saves a role over the version its editor saw; what it may do counts for everybody who has it from now on.
  ///
  /// Permissions that no part declares (yet) are kept as they are.
  @discardableResult
  public func updateRole(
    _ id: RoleID, version: Int, name: String, about: String, grants: [String: Scope], actor: Actor
  ) async throws -> Role {
    _ = try actor.require(.manageRoles)
    let (name, about) = try checked(name: name, about: about, grants: grants)
    let change = Change(by: actor, at: clock.now())
    return try await database.write { tx in
      var role = try roles.require(id, in: tx)
      guard !role.isAdministrator else { throw AccountsProblem.roleIsFixed }
      if try roles.isTaken(name, except: id, in: tx) { throw AccountsProblem.roleNameTaken }
      let known = Set(permissions.map(\.name))
      let waiting = role.grants.filter { !known.contains($0.key) }
      try checkAdded(grants, to: role.grants, by: actor)
      role.version = version
      role.name = name
      role.about = about
      role.grants = grants.merging(waiting) { given, _ in given }
      role.version = try record.update(role, in: Role.table, change, in: tx)
      return role
    }
  }

  /// Puts a role that nobody has into the recycle bin, over the version its editor saw.
  public func deleteRole(_ id: RoleID, version: Int, actor: Actor) async throws {
    _ = try actor.require(.manageRoles)
    let change = Change(by: actor, at: clock.now())
    try await database.write { tx in
      let role = try roles.require(id, in: tx)
      guard !role.isAdministrator else { throw AccountsProblem.roleIsFixed }
      guard role.version == version else {
        let image = Role.table.image(of: role)
        throw Problem.stale(Role.table.kind, current: "{\"version\":\(role.version),\"values\":\(image)}")
      }
      if let holders = try roles.holders(in: tx)[id], holders > 0 { throw AccountsProblem.roleInUse(holders) }
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: Role.table.kind, label: role.name, change, in: tx)
      try record.delete([id], from: Role.table, as: deletion, change, in: tx)
    }
  }

  private func requireSight(_ actor: Actor) throws(Problem) {
    guard actor.has(.manageRoles) || actor.has(.manageAccounts) else { throw .forbidden(Permission.manageRoles.name) }
  }

  private func checked(
    name: String, about: String, grants: [String: Scope]
  ) throws(Problem) -> (name: String, about: String) {
    var validation = Validation()
    let name = validation.line(name, at: "/name", "the name", max: 60)
    let about = validation.optionalLine(about, at: "/about", "the description", max: 300) ?? ""
    for (permission, scope) in grants.sorted(by: { $0.key < $1.key }) {
      guard let known = permissions.first(where: { $0.name == permission }) else {
        let shown = permission.prefix(60).replacing("~", with: "~0").replacing("/", with: "~1")
        validation.fail("/grants/\(shown)", "UNKNOWN_PERMISSION", "There is no such permission.")
        continue
      }
      validation.check(
        known.scopes.contains(scope), "/grants/\(permission)", "BAD_SCOPE",
        "This permission reaches \(known.scopes.map(\.rawValue).joined(separator: ", ")).")
    }
    try validation.finish()
    return (name, about)
  }

  /// A role may be given anywhere, so whoever adds to one must have the same everywhere.
  private func checkAdded(_ grants: [String: Scope], to old: [String: Scope], by actor: Actor) throws {
    for permission in permissions {
      guard let scope = grants[permission.name], old[permission.name] != scope else { continue }
      guard actor.reach(permission)?.isEverywhere == true else { throw AccountsProblem.beyondOwnRights }
    }
  }
}
