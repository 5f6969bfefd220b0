import Kernel
import Persistence
import Rights

/// Roles, to whom they are given, and the tree of organisations as far as roles need it.
struct RoleStore: Sendable {
  /// No school has more roles.
  static let maximum = 500

  func find(_ id: RoleID, in tx: any Connection) throws -> Role? {
    try tx.first("SELECT \(Role.columns) FROM accounts_role_live WHERE id = \(id)")
  }

  func require(_ id: RoleID, in tx: any Connection) throws -> Role {
    guard let role = try find(id, in: tx) else { throw Problem.notFound("role") }
    return role
  }

  /// A role by its code, such as `registrar`, or its name.
  func find(codeOrName text: String, in tx: any Connection) throws -> Role? {
    try tx.first(
      """
      SELECT \(Role.columns) FROM accounts_role_live WHERE code = \(text) OR folded = \(Text.folded(text))
      ORDER BY CASE WHEN code = \(text) THEN 0 ELSE 1 END LIMIT 1
      """)
  }

  func administrator(in tx: any Connection) throws -> Role {
    let role: Role? = try tx.first(
      "SELECT \(Role.columns) FROM accounts_role_live WHERE is_administrator = TRUE ORDER BY id LIMIT 1")
    guard let role else { throw Bug("there is no administrator's role") }
    return role
  }

  func all(in tx: any Connection) throws -> [Role] {
    try tx.all(
      """
      SELECT \(Role.columns) FROM accounts_role_live
      ORDER BY CASE WHEN is_administrator THEN 0 ELSE 1 END, folded LIMIT \(Self.maximum)
      """)
  }

  func isEmpty(_ tx: any Connection) throws -> Bool { try !tx.exists("SELECT 1 FROM accounts_role_live LIMIT 1") }

  func isTaken(_ name: String, except role: RoleID?, in tx: any Connection) throws -> Bool {
    let owner = try tx.first("SELECT id FROM accounts_role_live WHERE folded = \(Text.folded(name))") {
      row -> RoleID in try row.next()
    }
    return owner != nil && owner != role
  }

  /// How many accounts have each role.
  func holders(in tx: any Connection) throws -> [RoleID: Int] {
    var holders: [RoleID: Int] = [:]
    try tx.each(
      """
      SELECT given.role_id, COUNT(DISTINCT given.account_id) FROM accounts_role_assignment_live AS given
      JOIN accounts_account_live AS account ON account.id = given.account_id GROUP BY given.role_id
      """
    ) { row in
      let role: RoleID = try row.next()
      holders[role] = try row.next()
    }
    return holders
  }

  func assignment(_ id: ID<RoleAssignment>, in tx: any Connection) throws -> RoleAssignment {
    let found: RoleAssignment? = try tx.first(
      "SELECT \(RoleAssignment.columns) FROM accounts_role_assignment_live AS given WHERE given.id = \(id)")
    guard let found else { throw Problem.notFound("role assignment") }
    return found
  }

  /// All roles given to accounts, past and future ones too.
  func assignments(of accounts: [AccountID], in tx: any Connection) throws -> [AccountID: [AssignedRole]] {
    var assigned: [AccountID: [AssignedRole]] = [:]
    try tx.each(
      """
      SELECT \(RoleAssignment.columns), role.name FROM accounts_role_assignment_live AS given
      JOIN accounts_role_live AS role ON role.id = given.role_id
      WHERE given.account_id IN \(list: accounts)
      ORDER BY CASE WHEN role.is_administrator THEN 0 ELSE 1 END, role.folded, given.id
      """
    ) { row in
      let role = AssignedRole(assignment: try RoleAssignment(row: &row), name: try row.next())
      assigned[role.assignment.account, default: []].append(role)
    }
    return assigned
  }

  /// What is given to an account on a day.
  func given(to account: AccountID, on day: SchoolDate, in tx: any Connection) throws -> [GivenRole] {
    try tx.all(
      """
      SELECT role_id, org_id FROM accounts_role_assignment_live
      WHERE account_id = \(account) AND (first_on IS NULL OR first_on <= \(day))
        AND (last_on IS NULL OR last_on >= \(day))
      ORDER BY role_id, org_id
      """
    ) { row in GivenRole(role: try row.next(), org: try row.next()) }
  }

  func roles(_ ids: Set<RoleID>, in tx: any Connection) throws -> [RoleID: Role] {
    let roles: [Role] = try tx.all("SELECT \(Role.columns) FROM accounts_role_live WHERE id IN \(list: ids)")
    return Dictionary(uniqueKeysWithValues: roles.map { ($0.id, $0) })
  }

  /// Which organisations lie within which, of those that are there.
  func tree(in tx: any Connection) throws -> OrgTree {
    OrgTree(
      try tx.all("SELECT ancestor_id, org_id FROM directory_org_within") { row in
        (ancestor: try row.next(), org: try row.next())
      })
  }

  /// Whether somebody who can sign in would still have the administrator's role everywhere, today and from now on,
  /// without the accounts and assignments that are about to go.
  func hasAdministrator(
    besides account: AccountID?, assignment: ID<RoleAssignment>?, on day: SchoolDate, in tx: any Connection
  ) throws -> Bool {
    var others: [SQL] = []
    if let account { others.append("account.id <> \(account)") }
    if let assignment { others.append("given.id <> \(assignment)") }
    return try tx.exists(
      """
      SELECT 1 FROM accounts_role_assignment_live AS given
      JOIN accounts_role_live AS role ON role.id = given.role_id
      JOIN accounts_account_live AS account ON account.id = given.account_id
      JOIN accounts_password AS password ON password.account_id = account.id
      WHERE role.is_administrator = TRUE AND given.org_id IS NULL AND account.is_enabled = TRUE
        AND (given.first_on IS NULL OR given.first_on <= \(day)) AND given.last_on IS NULL
        AND \(SQL.all(others))
      LIMIT 1
      """)
  }
}

/// A role and where it is given.
struct GivenRole: Sendable, Hashable {
  let role: RoleID
  let org: OrgID?
}
