import Kernel
public import Markup

/// The addresses of accounts.
public enum AccountsPaths {
  /// Where people sign in.
  public static let signIn: Path = "/login"
  /// Where the form that signs out goes.
  public static let signOut: Path = "/logout"
  /// One's own account.
  public static let own: Path = "/account"
  /// Where a link for a forgotten password is asked for.
  public static let forgotten: Path = "/forgotten-password"
  /// The form for a new password of one's own.
  public static let password: Path = "/account/password"
  /// The first page of an empty installation.
  public static let firstRun: Path = "/first-run"
  /// All accounts one may see.
  public static let accounts: Path = "/admin/accounts"
  /// All roles.
  public static let roles: Path = "/admin/roles"

  static let preferences: Path = "/account/preferences"
  static let otherSessionsEnding: Path = "/account/other-sessions/ending"
  static let accountsFile: Path = "/admin/accounts.csv"
  static let newAccount: Path = "/admin/accounts/new"
  static let rolesFile: Path = "/admin/roles.csv"
  static let newRole: Path = "/admin/roles/new"

  static func sessionEnding(_ id: SessionID) -> Path { "/account/sessions/\(id)/ending" }
  static func recovery(_ token: String) -> Path { "/recover/\(token)" }
  static func account(_ id: AccountID) -> Path { "/admin/accounts/\(id)" }
  static func passwordLink(_ id: AccountID) -> Path { "/admin/accounts/\(id)/password-link" }
  static func invitation(_ id: AccountID) -> Path { "/admin/accounts/\(id)/invitation" }
  static func givenRoles(_ id: AccountID) -> Path { "/admin/accounts/\(id)/roles" }
  static func roleEnding(_ id: AccountID, _ given: ID<RoleAssignment>) -> Path {
    "/admin/accounts/\(id)/roles/\(given)/ending"
  }
  static func role(_ id: RoleID) -> Path { "/admin/roles/\(id)" }
  static func roleDeletion(_ id: RoleID) -> Path { "/admin/roles/\(id)/deletion" }

  static func apiAccount(_ id: AccountID) -> Path { "/api/v1/accounts/\(id)" }
  static func apiGivenRole(_ id: AccountID, _ given: ID<RoleAssignment>) -> Path {
    "/api/v1/accounts/\(id)/roles/\(given)"
  }
  static func apiRole(_ id: RoleID) -> Path { "/api/v1/roles/\(id)" }
}
