import Kernel
import Rights

/// What roles amount to: pure, from the roles, where they were given, and the tree of organisations.
enum RightsOfRoles {
  /// A role and where it was given; nil is the whole installation.
  typealias Given = (role: Role, org: OrgID?)

  /// How far each permission reaches: the union over all roles.
  ///
  /// A grant whose permission is not known, or does not know the scope, is worth nothing; so is a role at an
  /// organisation that has gone.
  static func reaches(of given: [Given], permissions: [Permission], tree: OrgTree) -> [Permission: Reach] {
    var reaches: [Permission: Reach] = [:]
    for permission in permissions {
      var reach = Reach()
      for (role, org) in given {
        guard let scope = scope(of: permission, in: role, at: org), permission.scopes.contains(scope) else { continue }
        reach = reach.union(Self.reach(scope, at: org, tree))
      }
      if reach != Reach() { reaches[permission] = reach }
    }
    return reaches
  }

  /// Whether `actor` has all that `role` at `org` would give: nobody gives more than they have.
  static func actor(_ actor: Actor, hasAllOf role: Role, at org: OrgID?, permissions: [Permission]) -> Bool {
    permissions.allSatisfy { permission in
      guard let scope = scope(of: permission, in: role, at: org), permission.scopes.contains(scope) else { return true }
      guard let reach = actor.reach(permission) else { return false }
      if reach.isEverywhere { return true }
      guard let org, scope != .all else { return false }
      return reach.covers(org) || (scope == .sections && reach.sectionsIn.contains(org))
    }
  }

  /// An administrator of one school has there what an administrator of all has everywhere.
  private static func scope(of permission: Permission, in role: Role, at org: OrgID?) -> Scope? {
    guard role.isAdministrator else { return role.grants[permission.name] }
    if org != nil { return .school }
    // Rights that only make sense within a school are had in every school.
    return permission.scopes.contains(.all) ? .all : .school
  }

  private static func reach(_ scope: Scope, at org: OrgID?, _ tree: OrgTree) -> Reach {
    switch scope {
    case .all: .everywhere
    case .school: org.map { Reach(orgs: tree.within($0)) } ?? .everywhere
    case .sections: Reach(sectionsIn: org.map(tree.within) ?? tree.all)
    case .children: Reach(children: true)
    case .own: Reach(own: true)
    }
  }
}

/// Which organisations lie within which, as far as somebody's roles need it.
struct OrgTree: Sendable {
  private let below: [OrgID: Set<OrgID>]
  /// Every organisation there is.
  let all: Set<OrgID>

  init(_ pairs: [(ancestor: OrgID, org: OrgID)]) {
    var below: [OrgID: Set<OrgID>] = [:]
    for pair in pairs { below[pair.ancestor, default: []].insert(pair.org) }
    self.below = below
    all = Set(pairs.map(\.org))
  }

  /// An organisation and all below it; nothing if it has gone.
  func within(_ org: OrgID) -> Set<OrgID> { below[org] ?? [] }
}
