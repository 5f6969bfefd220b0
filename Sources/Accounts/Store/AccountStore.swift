import Kernel
import Persistence
import Rights

/// Accounts, their login names, passwords and preferences.
struct AccountStore: Sendable {
  /// What signing in needs to know of an account before anything is checked.
  struct Candidate: Sendable {
    let account: Account
    let hash: String?
  }

  func find(_ id: AccountID, in tx: any Connection) throws -> Account? {
    try tx.first("SELECT \(Account.columns) FROM accounts_account_live AS account WHERE id = \(id)")
  }

  func require(_ id: AccountID, in tx: any Connection) throws -> Account {
    guard let account = try find(id, in: tx) else { throw Problem.notFound("account") }
    return account
  }

  /// An account that somebody with this reach may see.
  func find(_ id: AccountID, within reach: Reach, in tx: any Connection) throws -> Account? {
    try tx.first(
      """
      SELECT \(Account.columns) FROM accounts_account_live AS account
      WHERE \(SQL.all(["account.id = \(id)", Self.visible(reach)]))
      """)
  }

  /// The account that is signed into with a name.
  func candidate(named folded: String, in tx: any Connection) throws -> Candidate? {
    try tx.first(
      """
      SELECT \(Account.columns), password.hash
      FROM accounts_login_name_live AS login
      JOIN accounts_account_live AS account ON account.id = login.account_id
      LEFT JOIN accounts_password AS password ON password.account_id = account.id
      WHERE login.folded = \(folded)
      """
    ) { row in Candidate(account: try Account(row: &row), hash: try row.next()) }
  }

  func hash(of account: AccountID, in tx: any Connection) throws -> String? {
    try tx.first("SELECT hash FROM accounts_password WHERE account_id = \(account)") { row -> String in try row.next() }
  }

  func setHash(_ hash: String, of account: AccountID, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO accounts_password (account_id, hash) VALUES (\(account), \(hash))
      ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash
      """)
  }

  func isEmpty(_ tx: any Connection) throws -> Bool {
    try !tx.exists("SELECT 1 FROM accounts_account_live LIMIT 1")
  }

  func isTaken(_ name: LoginName, except account: AccountID? = nil, in tx: any Connection) throws -> Bool {
    let owner = try tx.first("SELECT account_id FROM accounts_login_name_live WHERE folded = \(name.folded)") {
      row -> AccountID in try row.next()
    }
    return owner != nil && owner != account
  }

  func hasAccount(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try tx.exists("SELECT 1 FROM accounts_account_live WHERE person_id = \(person)")
  }

  func loginNames(of accounts: [AccountID], in tx: any Connection) throws -> [AccountID: [LoginNameRow]] {
    var names: [AccountID: [LoginNameRow]] = [:]
    try tx.each(
      """
      SELECT id, version, account_id, kind, name FROM accounts_login_name_live
      WHERE account_id IN \(list: accounts) ORDER BY kind, folded
      """
    ) { row in
      let login = LoginNameRow(
        id: try row.next(), version: try row.next(), account: try row.next(),
        name: LoginName(kind: try row.next(), text: try row.next()))
      names[login.account, default: []].append(login)
    }
    return names
  }

  /// A page of the accounts that somebody with this reach may see, by name.
  func page(
    _ page: PageRequest, search: String?, within reach: Reach, in tx: any Connection
  ) throws -> Page<Account> {
    var conditions = [Self.visible(reach), Self.matching(search)]
    if let after = page.after {
      conditions.append(
        """
        (account.sort_name, account.id) > (SELECT sort_name, id FROM accounts_account_live WHERE id = \(after))
        """)
    }
    let rows: [Account] = try tx.all(
      """
      SELECT \(Account.columns) FROM accounts_account_live AS account WHERE \(SQL.all(conditions))
      ORDER BY account.sort_name, account.id LIMIT \(page.limit + 1) OFFSET \(page.after == nil ? page.offset : 0)
      """)
    return Page(fetched: rows, limit: page.limit) { $0.id.retyped() }
  }

  /// How many accounts there are, exact up to `most`.
  func count(search: String?, within reach: Reach, to most: Int, in tx: any Connection) throws -> Int {
    try tx.count(
      """
      SELECT COUNT(*) FROM (
        SELECT 1 FROM accounts_account_live AS account
        WHERE \(SQL.all([Self.visible(reach), Self.matching(search)])) LIMIT \(most)
      ) AS found
      """)
  }

  func preferences(of account: AccountID, in tx: any Connection) throws -> AccountPreferences {
    try tx.first(
      "SELECT theme, density, has_shortcuts, language FROM accounts_preference WHERE account_id = \(account)"
    ) { row in
      AccountPreferences(
        theme: try row.next(), density: try row.next(), hasShortcuts: try row.next(), language: try row.next())
    } ?? AccountPreferences()
  }

  func setPreferences(_ preferences: AccountPreferences, of account: AccountID, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO accounts_preference (account_id, theme, density, has_shortcuts, language)
      VALUES (\(account), \(preferences.theme), \(preferences.density), \(preferences.hasShortcuts),
        \(preferences.language))
      ON CONFLICT (account_id) DO UPDATE SET theme = excluded.theme, density = excluded.density,
        has_shortcuts = excluded.has_shortcuts, language = excluded.language
      """)
  }

  /// All, or those with a role at an organisation that is reached.
  private static func visible(_ reach: Reach) -> SQL {
    if reach.isEverywhere { return .empty }
    return """
      account.id IN (SELECT account_id FROM accounts_role_assignment_live WHERE org_id IN \(list: reach.orgs))
      """
  }

  private static func matching(_ search: String?) -> SQL {
    guard let search, !search.isEmpty else { return .empty }
    return """
      account.sort_name LIKE \(pattern(Text.folded(search))) ESCAPE '!'
      OR account.id IN (SELECT account_id FROM accounts_login_name_live
        WHERE folded LIKE \(pattern(LoginName.folded(search))) ESCAPE '!')
      """
  }

  private static func pattern(_ text: String) -> String {
    let escaped = text.replacing("!", with: "!!").replacing("%", with: "!%").replacing("_", with: "!_")
    return "%\(escaped)%"
  }
}
