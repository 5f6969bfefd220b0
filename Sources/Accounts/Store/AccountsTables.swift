import Kernel
public import Persistence
public import Record
import Rights

extension Account: RecordedRow, RowDecodable {
  /// Accounts, with their history. The password is kept apart, so it is in no image.
  public static let table = RecordedTable<Account>(
    "account", "accounts_account",
    columns: [
      .id("person_id", \.person), .text("name", \.name), .text("sort_name", { Text.folded($0.name) }),
      .bool("is_enabled", \.isEnabled), .bool("must_change_password", \.mustChangePassword),
      .instant("password_changed_at", \.passwordChangedAt),
    ])

  /// The columns as rows are read, from `account`.
  public static let columns: SQL = """
    account.id, account.version, account.person_id, account.name, account.is_enabled, account.must_change_password,
    account.password_changed_at
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), person: try row.next(), name: try row.next(),
      isEnabled: try row.next(), mustChangePassword: try row.next(), passwordChangedAt: try row.next())
  }
}

/// A login name as it is stored.
struct LoginNameRow: RecordedRow {
  let id: ID<LoginName>
  var version = 1
  let account: AccountID
  let name: LoginName

  static let table = RecordedTable<LoginNameRow>(
    "login name", "accounts_login_name",
    columns: [
      .id("account_id", \.account), .text("kind", { $0.name.kind.rawValue }), .text("name", { $0.name.text }),
      .text("folded", { $0.name.folded }),
    ])
}

extension Role: RecordedRow, RowDecodable {
  /// Roles, with their history.
  public static let table = RecordedTable<Role>(
    "role", "accounts_role",
    columns: [
      .text("code", \.code), .text("name", \.name), .text("folded", { Text.folded($0.name) }), .text("about", \.about),
      .bool("is_administrator", \.isAdministrator), .text("grants", { $0.grantsText }),
    ])

  /// The columns as rows are read.
  public static let columns: SQL = "id, version, code, name, about, is_administrator, grants"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), code: try row.next(), name: try row.next(), about: try row.next(),
      isAdministrator: try row.next(), grants: try Role.grants(from: try row.next()))
  }
}

extension RoleAssignment: RecordedRow, RowDecodable {
  /// Roles given, with their history.
  public static let table = RecordedTable<RoleAssignment>(
    "role assignment", "accounts_role_assignment",
    columns: [
      .id("account_id", \.account), .id("role_id", \.role), .id("org_id", \.org), .date("first_on", \.firstOn),
      .date("last_on", \.lastOn),
    ])

  /// The columns as rows are read, from `given`.
  public static let columns: SQL = """
    given.id, given.version, given.account_id, given.role_id, given.org_id, given.first_on, given.last_on
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), account: try row.next(), role: try row.next(), org: try row.next(),
      firstOn: try row.next(), lastOn: try row.next())
  }
}

extension Session: RecordedRow, RowDecodable {
  /// Sessions, with their history: who signed in and out when. Tokens and addresses are in no image.
  public static let table = RecordedTable<Session>(
    "session", "accounts_session",
    columns: [
      .id("account_id", \.account), .text("kind", { $0.kind.rawValue }), .instant("started_at", \.startedAt),
      .instant("expires_at", \.expiresAt), .int("idle_limit_ms", { $0.idleLimit.milliseconds }),
      .instant("ended_at", \.endedAt), .text("ending", { $0.ending?.rawValue }),
    ])

  /// The columns as rows are read, from `session`.
  public static let columns: SQL = """
    session.id, session.version, session.account_id, session.kind, session.started_at, session.expires_at,
    session.idle_limit_ms, session.ended_at, session.ending
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), account: try row.next(), kind: try row.next(),
      startedAt: try row.next(), expiresAt: try row.next(), idleLimit: .milliseconds(try row.next() as Int),
      endedAt: try row.next(), ending: try row.next())
  }
}

extension Session.Kind: SQLBindable {}
extension Session.Ending: SQLBindable {}
extension LoginName.Kind: SQLBindable {}
extension AccountPreferences.Theme: SQLBindable {}
extension AccountPreferences.Density: SQLBindable {}

/// A link with which somebody chooses a password without knowing the old one.
struct RecoveryLink: RecordedRow, RowDecodable {
  /// What a link is for.
  enum Purpose: String, SQLBindable {
    /// A new account's first password.
    case invitation
    /// A lost one's successor.
    case recovery

    /// How long a link works: a lost password is replaced at once, an invitation is carried home first.
    var lifetime: Duration { self == .recovery ? .seconds(15 * 60) : .seconds(7 * 86_400) }
  }

  let id: ID<RecoveryLink>
  var version = 1
  let account: AccountID
  let purpose: Purpose
  let expiresAt: Instant
  var usedAt: Instant?

  static let table = RecordedTable<RecoveryLink>(
    "recovery link", "accounts_recovery",
    columns: [
      .id("account_id", \.account), .text("purpose", { $0.purpose.rawValue }), .instant("expires_at", \.expiresAt),
      .instant("used_at", \.usedAt),
    ])

  static let columns: SQL = "id, version, account_id, purpose, expires_at, used_at"

  init(id: ID<RecoveryLink>, account: AccountID, purpose: Purpose, expiresAt: Instant) {
    self.id = id
    self.account = account
    self.purpose = purpose
    self.expiresAt = expiresAt
  }

  init(row: inout RowReader) throws {
    id = try row.next()
    version = try row.next()
    account = try row.next()
    purpose = try row.next()
    expiresAt = try row.next()
    usedAt = try row.next()
  }
}

extension Duration {
  /// Whole milliseconds; parts of one are dropped.
  var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
