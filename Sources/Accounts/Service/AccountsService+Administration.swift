public import Kernel
import Persistence
import Record
public import Rights

extension Permission {
  /// Make accounts, switch them off, give and take roles.
  public static let manageAccounts = Permission(
    "accounts.manage", "Manage accounts and give roles", scopes: [.all, .school])
  /// Say what roles may do. A role may be given anywhere, so there is no smaller scope.
  public static let manageRoles = Permission("roles.manage", "Decide what roles may do", scopes: [.all])
}

// Accounts of others. Nobody gives, takes or touches rights that go beyond their own.
extension AccountsService {
  /// A page of the accounts an administrator may see, by name: all, or those with a role at their schools.
  public func list(search: String? = nil, page: PageRequest = PageRequest(), actor: Actor) async throws -> Page<
    AccountLine
  > {
    let reach = try actor.require(.manageAccounts)
    return try await database.read { tx in
      let found = try accounts.page(page, search: search, within: reach, in: tx)
      let ids = found.items.map(\.id)
      let names = try accounts.loginNames(of: ids, in: tx)
      let assigned = try roles.assignments(of: ids, in: tx)
      return found.map { account in
        AccountLine(
          account: account, loginNames: (names[account.id] ?? []).map(\.name.text),
          roles: (assigned[account.id] ?? []).filter { Self.isSeen($0.assignment, reach) })
      }
    }
  }

  /// How many accounts the search finds, exact up to 10,000.
  public func count(search: String? = nil, actor: Actor) async throws -> Int {
    let reach = try actor.require(.manageAccounts)
    return try await database.read { tx in
      try accounts.count(search: search, within: reach, to: 10_000, in: tx)
    }
  }

  /// One account.
  public func account(_ id: AccountID, actor: Actor) async throws -> AccountLine {
    let reach = try actor.require(.manageAccounts)
    return try await database.read { tx in
      let account = try seen(id, reach, in: tx)
      return AccountLine(
        account: account, loginNames: (try accounts.loginNames(of: [id], in: tx)[id] ?? []).map(\.name.text),
        roles: (try roles.assignments(of: [id], in: tx)[id] ?? []).filter { Self.isSeen($0.assignment, reach) })
    }
  }

  /// Makes an account and a link with which its owner chooses the password: nobody chooses another's.
  ///
  /// Whoever manages only some schools has to give it a role there, or could not see it afterwards.
  ///
  /// `byMail` has the link mailed to the account's address as well; throws `NO_ADDRESS` where it has none.
  public func create(_ new: NewAccount, byMail: Bool = false, actor: Actor) async throws -> PasswordLink {
    let reach = try actor.require(.manageAccounts)
    _ = try new.checked()
    let change = Change(by: actor, at: clock.now(), org: new.roles.first?.org)
    let link = try await database.write { tx in
      var new = new
      if let person = new.person {
        guard let name = try neighbours.person(person, actor, tx) else { throw Problem.notFound("person") }
        if new.name.isEmpty { new.name = name }
      }
      if !reach.isEverywhere, !new.roles.contains(where: { $0.org.map(reach.covers) ?? false }) {
        throw Problem.invalid([
          Problem.FieldError(pointer: "/roles", code: "REQUIRED", detail: "Give the account a role at your school.")
        ])
      }
      try checkGiving(new.roles, by: actor, in: tx)
      let account = try insert(new, hash: nil, mustChange: false, change, in: tx)
      let link = try self.link(for: account, .invitation, change, in: tx)
      return byMail ? try mail(link, by: actor, change, in: tx) : link
    }
    if byMail { post?.wake() }
    return link
  }

  /// A new link for an account's owner, in place of all earlier ones: an invitation until a password was chosen, then
  /// a recovery of 15 minutes. `byMail` has it mailed as well: this is how an invitation is sent again.
  public func startReset(of id: AccountID, byMail: Bool = false, actor: Actor) async throws -> PasswordLink {
    let change = Change(by: actor, at: clock.now())
    let link = try await database.write { tx in
      let account = try manageable(id, by: actor, in: tx)
      let link = try self.link(for: account, account.passwordChangedAt == nil ? .invitation : .recovery, change, in: tx)
      return byMail ? try mail(link, by: actor, change, in: tx) : link
    }
    if byMail { post?.wake() }
    return link
  }

  /// Renames an account, or switches it off or on, over the version its editor saw. Off ends its sessions at once.
  @discardableResult
  public func update(
    _ id: AccountID, version: Int, name: String? = nil, isEnabled: Bool? = nil, actor: Actor
  ) async throws -> Account {
    var validation = Validation()
    let name = name.map { validation.line($0, at: "/name", "the name") }
    try validation.finish()
    let change = Change(by: actor, at: clock.now())
    let day = today
    return try await database.write { tx in
      var account = try manageable(id, by: actor, in: tx)
      account.version = version
      if let name { account.name = name }
      if isEnabled == false {
        guard id != actor.account else { throw AccountsProblem.ownAccount }
        try requireAdministrator(besides: id, on: day, in: tx)
      }
      if let isEnabled { account.isEnabled = isEnabled }
      account.version = try record.update(account, in: Account.table, change, in: tx)
      if !account.isEnabled { try endAll(of: id, because: .disabled, change, in: tx) }
      return account
    }
  }

  /// Gives a role to an account.
  @discardableResult
  public func give(_ role: NewAccount.NewRole, to id: AccountID, actor: Actor) async throws -> RoleAssignment {
    var validation = Validation()
    role.check(at: "", &validation)
    try validation.finish()
    let change = Change(by: actor, at: clock.now(), org: role.org)
    return try await database.write { tx in
      _ = try manageable(id, by: actor, in: tx)
      try checkGiving([role], by: actor, in: tx)
      return try insert(role, for: id, change, in: tx)
    }
  }

  /// Takes a role from an account, at once. The last administrator keeps theirs.
  public func take(_ id: ID<RoleAssignment>, actor: Actor) async throws {
    let reach = try actor.require(.manageAccounts)
    let change = Change(by: actor, at: clock.now())
    let day = today
    try await database.write { tx in
      let assignment = try roles.assignment(id, in: tx)
      guard Self.isSeen(assignment, reach) else { throw Problem.notFound("role assignment") }
      let account = try manageable(assignment.account, by: actor, in: tx)
      let role = try roles.require(assignment.role, in: tx)
      if role.isAdministrator, assignment.org == nil, account.isEnabled {
        guard try roles.hasAdministrator(besides: nil, assignment: id, on: day, in: tx) else {
          throw AccountsProblem.lastAdministrator
        }
      }
      let change = change.at(assignment.org)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: RoleAssignment.table.kind, label: "\(role.name) of \(account.name)", change, in: tx)
      try record.delete([id], from: RoleAssignment.table, as: deletion, change, in: tx)
    }
  }

  /// The organisations at which an actor may give roles, by name.
  public func orgsToGiveAt(_ actor: Actor) async throws -> [Neighbours.OrgName] {
    let reach = try actor.require(.manageAccounts)
    return try await database.read { tx in try neighbours.orgs(reach, tx) }
  }

  func requireAdministrator(besides account: AccountID, on day: SchoolDate, in tx: any Connection) throws {
    guard try roles.hasAdministrator(besides: account, assignment: nil, on: day, in: tx) else {
      throw AccountsProblem.lastAdministrator
    }
  }

  /// Throws unless the actor may manage accounts there and has all that the roles would give.
  func checkGiving(_ given: [NewAccount.NewRole], by actor: Actor, in tx: any Connection) throws {
    for one in given {
      let reach = try actor.require(.manageAccounts)
      guard reach.isEverywhere || one.org.map(reach.covers) == true else { throw AccountsProblem.beyondOwnRights }
      let role = try roles.require(one.role, in: tx)
      guard RightsOfRoles.actor(actor, hasAllOf: role, at: one.org, permissions: permissions) else {
        throw AccountsProblem.beyondOwnRights
      }
    }
  }

  /// An account that the actor may see and whose every role the actor could have given; so nobody gets hold of an
  /// account that may do more than they.
  private func manageable(_ id: AccountID, by actor: Actor, in tx: any Connection) throws -> Account {
    let reach = try actor.require(.manageAccounts)
    let account = try seen(id, reach, in: tx)
    let assigned = try roles.assignments(of: [id], in: tx)[id] ?? []
    try checkGiving(
      assigned.map { NewAccount.NewRole(role: $0.assignment.role, org: $0.assignment.org) }, by: actor, in: tx)
    return account
  }

  private func seen(_ id: AccountID, _ reach: Reach, in tx: any Connection) throws -> Account {
    guard let account = try accounts.find(id, within: reach, in: tx) else { throw Problem.notFound("account") }
    return account
  }

  private static func isSeen(_ assignment: RoleAssignment, _ reach: Reach) -> Bool {
    reach.isEverywhere || assignment.org.map(reach.covers) == true
  }
}
