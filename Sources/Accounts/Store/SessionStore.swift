import Kernel
import Persistence
import Rights

/// Sessions, their tokens, and what a request needs to know of its own.
struct SessionStore: Sendable {
  /// All that a request's session tells.
  struct Presence: Sendable {
    /// What is given to its account on the day.
    fileprivate(set) var given: [GivenRole] = []
    let session: Session
    let lastSeenAt: Instant
    let account: Account
    let preferences: AccountPreferences
    let roleRevision: Int
    let orgRevision: Int
    let keyRevision: Int
  }

  /// By what a request shows.
  enum Key: Sendable {
    /// The hash of a cookie's token.
    case token([UInt8])
    /// The identity in an access token.
    case id(SessionID)
  }

  /// Who shows this key, with what is given to the account on a day: one question, for every request asks it.
  func presence(_ key: Key, on day: SchoolDate, in tx: any Connection) throws -> Presence? {
    let condition: SQL =
      switch key {
      case .token(let hash): "session.token_hash = \(hash)"
      case .id(let id): "session.id = \(id)"
      }
    var presence: Presence?
    try tx.each(
      """
      SELECT given.role_id, given.org_id, \(Session.columns), session.last_seen_at, \(Account.columns),
        taste.theme, taste.density, taste.has_shortcuts, taste.language,
        (SELECT revision FROM accounts_role_revision), (SELECT revision FROM directory_org_revision),
        (SELECT revision FROM accounts_key_revision)
      FROM accounts_session_live AS session
      JOIN accounts_account_live AS account ON account.id = session.account_id
      LEFT JOIN accounts_preference AS taste ON taste.account_id = session.account_id
      LEFT JOIN accounts_role_assignment_live AS given ON given.account_id = session.account_id
        AND (given.first_on IS NULL OR given.first_on <= \(day))
        AND (given.last_on IS NULL OR given.last_on >= \(day))
      WHERE \(condition)
      ORDER BY given.role_id, given.org_id
      """
    ) { row in
      let role: RoleID? = try row.next()
      let org: OrgID? = try row.next()
      if presence == nil { presence = try Presence(row: &row) }
      if let role { presence?.given.append(GivenRole(role: role, org: org)) }
    }
    return presence
  }

  func find(_ id: SessionID, in tx: any Connection) throws -> Session? {
    try tx.first("SELECT \(Session.columns) FROM accounts_session_live AS session WHERE id = \(id)")
  }

  /// Sessions of an account that were not ended; some may have run out.
  func unended(of account: AccountID, in tx: any Connection) throws -> [Session] {
    try tx.all(
      """
      SELECT \(Session.columns) FROM accounts_session_live AS session
      WHERE session.account_id = \(account) AND session.ended_at IS NULL
      """)
  }

  /// Sessions of an account as its owner's list shows them, the last used first.
  func lines(of account: AccountID, in tx: any Connection) throws -> [SessionLine] {
    try tx.all(
      """
      SELECT \(Session.columns), session.last_seen_at, session.address, session.agent
      FROM accounts_session_live AS session
      WHERE session.account_id = \(account) AND session.ended_at IS NULL
      ORDER BY session.last_seen_at DESC, session.id DESC LIMIT 200
      """
    ) { row in
      SessionLine(
        session: try Session(row: &row), lastSeenAt: try row.next(), address: try row.next(), agent: try row.next())
    }
  }

  /// Completes a session that has just been recorded with what is in no image.
  func complete(
    _ session: Session, tokenHash: [UInt8]?, address: String, agent: String, in tx: any Connection
  ) throws {
    try tx.run(
      """
      UPDATE accounts_session SET token_hash = \(tokenHash.map(SQLValue.blob) ?? .null),
        last_seen_at = \(session.startedAt), address = \(address), agent = \(agent)
      WHERE id = \(session.id)
      """)
  }

  func touch(_ id: SessionID, at now: Instant, in tx: any Connection) throws {
    try tx.run(
      """
      UPDATE accounts_session SET last_seen_at = \(now)
      WHERE id = \(id) AND last_seen_at < \(now.adding(.zero - Session.notice)) AND ended_at IS NULL
      """)
  }

  func insertRefreshToken(_ hash: [UInt8], of session: SessionID, at now: Instant, in tx: any Connection) throws {
    try tx.run(
      "INSERT INTO accounts_refresh_token (token_hash, session_id, issued_at) VALUES (\(hash), \(session), \(now))")
  }

  /// Uses a token up; false if it was used before, or is unknown. Of two at once, one is first.
  func useRefreshToken(_ hash: [UInt8], at now: Instant, in tx: any Connection) throws -> Bool {
    try tx.run(
      "UPDATE accounts_refresh_token SET used_at = \(now) WHERE token_hash = \(hash) AND used_at IS NULL") == 1
  }

  func refreshToken(
    _ hash: [UInt8], in tx: any Connection
  ) throws -> (session: Session, usedAt: Instant?, lastSeenAt: Instant, isEnabled: Bool)? {
    try tx.first(
      """
      SELECT \(Session.columns), token.used_at, session.last_seen_at, account.is_enabled
      FROM accounts_refresh_token AS token
      JOIN accounts_session_live AS session ON session.id = token.session_id
      JOIN accounts_account_live AS account ON account.id = session.account_id
      WHERE token.token_hash = \(hash)
      """
    ) { row in (try Session(row: &row), try row.next(), try row.next(), try row.next()) }
  }

  /// Places are remembered for half a year more.
  private static let placeMemory: Duration = .seconds(-180 * 86_400)

  /// Takes away what no longer opens anything; the history of the record stays. Returns how many sessions went.
  func tidy(before: Instant, in tx: any Connection) throws -> Int {
    try tx.run("DELETE FROM accounts_attempt WHERE last_at < \(before)")
    try tx.run("DELETE FROM accounts_known_place WHERE last_used_at < \(before.adding(Self.placeMemory))")
    return try tx.run(
      "DELETE FROM accounts_session WHERE expires_at < \(before) OR (ended_at IS NOT NULL AND ended_at < \(before))")
  }
}

extension SessionStore.Presence {
  fileprivate init(row: inout RowReader) throws {
    session = try Session(row: &row)
    lastSeenAt = try row.next()
    account = try Account(row: &row)
    let theme: AccountPreferences.Theme? = try row.next()
    let density: AccountPreferences.Density? = try row.next()
    if let theme, let density {
      preferences = AccountPreferences(
        theme: theme, density: density, hasShortcuts: try row.next(), language: try row.next())
    } else {
      row.skip(2)
      preferences = AccountPreferences()
    }
    roleRevision = try row.next()
    orgRevision = try row.next()
    keyRevision = try row.next()
  }
}
