import Kernel
import Rights
import Web

/// An account as the API shows it.
struct AccountJSON: Sendable {
  var id: AccountID
  var name: String
  var person: PersonID?
  var isEnabled: Bool
  var hasPassword: Bool
  var loginNames: [String]
  var roles: [GivenRoleJSON]
  var version: Int

  static let shape = Shape(
    "Account",
    sample: AccountJSON(
      id: AccountID(high: 0x01A2_07A2_3280_7374, low: 0xBFA8_FB66_5473_55C3), name: "Ada Byron", person: nil,
      isEnabled: true, hasPassword: true, loginNames: ["ada@school.example"], roles: [GivenRoleJSON.shape.sample],
      version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The account.")
    visit("name", &it.name, .made, "The name pages show.")
    visit("person", &it.person, .id(), "The person it belongs to.")
    visit("isEnabled", &it.isEnabled, .bool, "Whether it can be used.")
    visit("hasPassword", &it.hasPassword, .bool, "Whether its owner has chosen a password.")
    visit("loginNames", &it.loginNames, .list(of: .made, max: 10), "What can be typed to sign in.")
    visit("roles", &it.roles, .list(of: .object(GivenRoleJSON.shape), max: 200), "The roles given to it.")
    visit("version", &it.version, .version, "How often it was saved.")
  }
}

extension AccountJSON {
  init(_ line: AccountLine) {
    self.init(
      id: line.account.id, name: line.account.name, person: line.account.person, isEnabled: line.account.isEnabled,
      hasPassword: line.account.passwordChangedAt != nil, loginNames: line.loginNames,
      roles: line.roles.map(GivenRoleJSON.init), version: line.account.version)
  }
}

/// A role given to an account.
struct GivenRoleJSON: Sendable {
  var id: ID<RoleAssignment>
  var role: RoleID
  var roleName: String
  var org: OrgID?
  var firstOn: SchoolDate?
  var lastOn: SchoolDate?

  static let shape = Shape(
    "GivenRole",
    sample: GivenRoleJSON(
      id: ID(high: 0x01A2_07A2_3280_7374, low: 0xBFA8_FB66_5473_55C4),
      role: RoleID(high: 0x01A2_07A2_3280_7374, low: 0xBFA8_FB66_5473_55C5), roleName: "Teacher",
      org: OrgID(high: 0x01A2_07A2_3280_7374, low: 0xBFA8_FB66_5473_55C6), firstOn: nil, lastOn: nil)
  ) { visit, it in
    visit("id", &it.id, .id(), "This giving of the role.")
    visit("role", &it.role, .id(), "The role.")
    visit("roleName", &it.roleName, .made, "The role's name.")
    visit("org", &it.org, .id(), "Where it counts, with everything below; null for everywhere.")
    visit("firstOn", &it.firstOn, .date, "The first day it counts; null for always.")
    visit("lastOn", &it.lastOn, .date, "The last day it counts; null for ever.")
  }
}

extension GivenRoleJSON {
  init(_ assigned: AssignedRole) {
    let given = assigned.assignment
    self.init(
      id: given.id, role: given.role, roleName: assigned.name, org: given.org, firstOn: given.firstOn,
      lastOn: given.lastOn)
  }
}

/// A role to be given.
struct NewRoleJSON: Sendable {
  var role: RoleID
  var org: OrgID?
  var firstOn: SchoolDate?
  var lastOn: SchoolDate?

  static let shape = Shape(
    "NewGivenRole",
    sample: NewRoleJSON(
      role: GivenRoleJSON.shape.sample.role, org: GivenRoleJSON.shape.sample.org, firstOn: nil, lastOn: nil)
  ) { visit, it in
    visit("role", &it.role, .id(), "The role.")
    visit("org", &it.org, .id(), "Where it counts, with everything below; null for everywhere.")
    visit("firstOn", &it.firstOn, .date, "The first day it counts.")
    visit("lastOn", &it.lastOn, .date, "The last day it counts.")
  }

  var given: NewAccount.NewRole { NewAccount.NewRole(role: role, org: org, firstOn: firstOn, lastOn: lastOn) }
}

/// An account to be made.
struct NewAccountJSON: Sendable {
  var name: String
  var person: PersonID?
  var email: String?
  var userName: String?
  var roles: [NewRoleJSON]?
  var sendsMail: Bool?

  static let shape = Shape(
    "NewAccount",
    sample: NewAccountJSON(
      name: "Ada Byron", person: nil, email: "ada@school.example", userName: nil, roles: [NewRoleJSON.shape.sample],
      sendsMail: true)
  ) { visit, it in
    visit("name", &it.name, .line(200), "The name pages show.")
    visit("person", &it.person, .id(), "The person it belongs to.")
    visit("email", &it.email, .line(LoginName.maximum), "An e-mail address to sign in with.")
    visit("userName", &it.userName, .line(64), "A user name to sign in with.")
    visit("roles", &it.roles, .list(of: .object(NewRoleJSON.shape), max: 50), "Roles to give with it.")
    visit("sendsMail", &it.sendsMail, .bool, "Whether the link is mailed to the address as well.")
  }

  var account: NewAccount {
    NewAccount(person: person, name: name, email: email, userName: userName, roles: (roles ?? []).map(\.given))
  }
}

/// What changes of an account.
struct AccountPatchJSON: Sendable {
  var name: Patch<String> = .keep
  var isEnabled: Patch<Bool> = .keep

  static let shape = Shape("AccountPatch", sample: AccountPatchJSON(isEnabled: .set(false))) { visit, it in
    visit("name", &it.name, .line(200), nullable: false, "The name pages show.")
    visit("isEnabled", &it.isEnabled, .bool, nullable: false, "Off ends all its sessions at once.")
  }
}

/// A link that sets a password, shown once.
struct PasswordLinkJSON: Sendable {
  var account: AccountID
  var url: String
  var expiresAt: Instant
  var mailedTo: String?

  static let shape = Shape(
    "PasswordLink",
    sample: PasswordLinkJSON(
      account: AccountJSON.shape.sample.id,
      url: "https://school.example/recover/qmR7jhWq0bZ2c5s9yT1vX3uK8nL4dFgHpE6aBwCxMzY",
      expiresAt: Instant(milliseconds: 1_795_424_400_000), mailedTo: "ada@school.example")
  ) { visit, it in
    visit("account", &it.account, .id(), "Whose password it sets.")
    visit("url", &it.url, .made, "Give it to the account's owner and to nobody else.")
    visit("expiresAt", &it.expiresAt, .instant, "When it stops working.")
    visit("mailedTo", &it.mailedTo, .made, "The address it was mailed to as well; null when you hand it over.")
  }
}
