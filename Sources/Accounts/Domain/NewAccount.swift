public import Kernel

/// An account to be made.
public struct NewAccount: Sendable {
  /// The person it belongs to.
  public var person: PersonID?
  /// The name pages show.
  public var name: String
  /// An e-mail address to sign in with.
  public var email: String?
  /// A user name to sign in with.
  public var userName: String?
  /// Roles to give with it.
  public var roles: [NewRole]

  /// A role to be given.
  public struct NewRole: Sendable, Equatable {
    /// What is given.
    public var role: RoleID
    /// Where; nil for the whole installation.
    public var org: OrgID?
    /// The first day it counts.
    public var firstOn: SchoolDate?
    /// The last day it counts.
    public var lastOn: SchoolDate?

    /// A role to be given.
    public init(role: RoleID, org: OrgID? = nil, firstOn: SchoolDate? = nil, lastOn: SchoolDate? = nil) {
      self.role = role
      self.org = org
      self.firstOn = firstOn
      self.lastOn = lastOn
    }

    func check(at pointer: String, _ validation: inout Validation) {
      if let firstOn, let lastOn, lastOn < firstOn {
        validation.fail("\(pointer)/lastOn", "BEFORE_START", "The last day cannot be before the first.")
      }
    }
  }

  /// An account to be made.
  public init(
    person: PersonID? = nil, name: String, email: String? = nil, userName: String? = nil, roles: [NewRole] = []
  ) {
    self.person = person
    self.name = name
    self.email = email
    self.userName = userName
    self.roles = roles
  }

  /// The name and the login names as they will be kept; throws all that is wrong with them.
  func checked() throws(Problem) -> (name: String, logins: [(pointer: String, name: LoginName)]) {
    var validation = Validation()
    let name = validation.line(name, at: "/name", "the name")
    var logins: [(pointer: String, name: LoginName)] = []
    if let text = Self.filled(email), let login = LoginName.read(text, as: .email, at: "/email", &validation) {
      logins.append(("/email", login))
    }
    if let text = Self.filled(userName),
      let login = LoginName.read(text, as: .userName, at: "/userName", &validation)
    {
      logins.append(("/userName", login))
    }
    if Self.filled(email) == nil, Self.filled(userName) == nil {
      validation.fail("/email", "REQUIRED", "Enter an e-mail address or a user name to sign in with.")
    }
    for (index, role) in roles.enumerated() { role.check(at: "/roles/\(index)", &validation) }
    try validation.finish()
    return (name, logins)
  }

  private static func filled(_ text: String?) -> String? {
    guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
    return text
  }
}
