public import Kernel
import Persistence
import Record
public import Rights
import Secrets

// The first account of an installation, and accounts made on the host.
extension AccountsService {
  /// Whether there is no account yet, so that the first-run page is open.
  public func isEmpty() async throws -> Bool {
    try await database.read { tx in try accounts.isEmpty(tx) }
  }

  /// Makes the first account, an administrator with a password of its own choice; throws `ALREADY_SET_UP` once there is
  /// any. Of two at once, one is first.
  @discardableResult
  public func createFirstAdministrator(name: String, email: String, password: String) async throws -> AccountID {
    try await createFirst(
      NewAccount(name: name, email: email), password: password, mustChange: false, rules: .singleFactor)
  }

  /// Makes the first administrator from the settings `SEED_ADMIN_*`; nil if there is any account already.
  ///
  /// The password has to be changed at the first sign-in, so it may be as short as one beside a second factor.
  @discardableResult
  public func seedAdministrator(email: String, password: String) async throws -> AccountID? {
    guard try await isEmpty() else { return nil }
    do {
      return try await createFirst(
        NewAccount(name: "Administrator", email: email), password: password, mustChange: true,
        rules: .withSecondFactor)
    } catch AccountsProblem.alreadySetUp {
      return nil
    }
  }

  private func createFirst(
    _ new: NewAccount, password: String, mustChange: Bool, rules: PasswordRules
  ) async throws -> AccountID {
    let (_, logins) = try new.checked()
    let faults = rules.faults(of: password, ownWords: settings.ownWords + [new.name] + logins.map(\.name.text))
    if !faults.isEmpty { throw Problem.invalid(faults) }
    guard try await isEmpty() else { throw AccountsProblem.alreadySetUp }
    let hash = try await passwords.hash(password)
    let change = Change(by: .system("first run"), at: clock.now())
    return try await database.write { tx in
      guard try accounts.isEmpty(tx) else { throw AccountsProblem.alreadySetUp }
      try ensureRoles(change, in: tx)
      var new = new
      new.roles = [NewAccount.NewRole(role: try roles.administrator(in: tx).id)]
      return try insert(new, hash: hash, mustChange: mustChange, change, in: tx).id
    }
  }

  /// An account made on the host, by a command or for a demonstration: `role` by its code or name, `org` for a school.
  ///
  /// With a password, which is not asked to be changed, or without one and with a link instead.
  public func addAccount(
    _ new: NewAccount, role: String, org: OrgID?, password: String?, by actor: Actor
  ) async throws -> (account: AccountID, link: PasswordLink?) {
    let (_, logins) = try new.checked()
    if let password {
      let faults = faults(of: password, ownWords: [new.name] + logins.map(\.name.text), at: "/password")
      if !faults.isEmpty { throw Problem.invalid(faults) }
    }
    let hash: String? = if let password { try await passwords.hash(password) } else { nil }
    let change = Change(by: actor, at: clock.now(), org: org)
    return try await database.write { tx in
      try ensureRoles(change, in: tx)
      guard let role = try roles.find(codeOrName: role, in: tx) else { throw AccountsProblem.unknownRole(role) }
      var new = new
      new.roles.append(NewAccount.NewRole(role: role.id, org: org))
      try checkGiving(new.roles, by: actor, in: tx)
      let account = try insert(new, hash: hash, mustChange: false, change, in: tx)
      return (account.id, hash == nil ? try link(for: account, .invitation, change, in: tx) : nil)
    }
  }

  /// The account that is signed into with a name, for commands on the host; throws `NOT_FOUND` for none.
  public func account(named name: String, actor: Actor) async throws -> AccountLine {
    let folded = LoginName.folded(name)
    let found = try await database.read { tx in try accounts.candidate(named: folded, in: tx)?.account.id }
    guard let found else { throw Problem.notFound("account") }
    return try await account(found, actor: actor)
  }

  /// Inserts an account with its login names, roles and password; who may is asked by the caller.
  func insert(
    _ new: NewAccount, hash: String?, mustChange: Bool, _ change: Change, in tx: any Connection
  ) throws -> Account {
    let (name, logins) = try new.checked()
    if let person = new.person, try accounts.hasAccount(person, in: tx) { throw AccountsProblem.personHasAccount }
    let account = Account(
      id: .new(at: change.at), person: new.person, name: name, mustChangePassword: mustChange,
      passwordChangedAt: hash == nil ? nil : change.at)
    try record.insert(account, into: Account.table, change, in: tx)
    for (pointer, login) in logins {
      if try accounts.isTaken(login, in: tx) { throw AccountsProblem.loginNameTaken(pointer: pointer) }
      let row = LoginNameRow(id: .new(at: change.at), account: account.id, name: login)
      try record.insert(row, into: LoginNameRow.table, change, in: tx)
    }
    if let hash { try accounts.setHash(hash, of: account.id, in: tx) }
    for role in new.roles { try insert(role, for: account.id, change, in: tx) }
    return account
  }

  @discardableResult
  func insert(
    _ role: NewAccount.NewRole, for account: AccountID, _ change: Change, in tx: any Connection
  ) throws -> RoleAssignment {
    let assignment = RoleAssignment(
      id: .new(at: change.at), account: account, role: role.role, org: role.org, firstOn: role.firstOn,
      lastOn: role.lastOn)
    let others = try roles.assignments(of: [account], in: tx)[account] ?? []
    if others.contains(where: { $0.assignment.overlaps(assignment) }) { throw AccountsProblem.roleAlreadyGiven }
    try record.insert(assignment, into: RoleAssignment.table, change.at(role.org), in: tx)
    return assignment
  }
}
