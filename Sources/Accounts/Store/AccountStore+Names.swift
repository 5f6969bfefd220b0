public import Kernel
public import Persistence

extension AccountStore {
  func names(of accounts: [AccountID], in tx: any Connection) throws -> [AccountID: String] {
    var names: [AccountID: String] = [:]
    try tx.each("SELECT id, name FROM accounts_account_live WHERE id IN \(list: accounts)") { row in
      let id: AccountID = try row.next()
      names[id] = try row.next()
    }
    return names
  }
}

extension AccountsModule {
  /// Whether somebody signs in as a person. For the directory, in its own transaction.
  public static func holds(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try tx.exists("SELECT 1 FROM accounts_account_live WHERE person_id = \(person) LIMIT 1")
  }

  /// How many accounts that are switched on have no role at all, so that their owners see nothing: for `doctor`.
  public static func accountsWithoutRole(in tx: any Connection) throws -> Int {
    try tx.count(
      """
      SELECT COUNT(*) FROM accounts_account_live AS account
      WHERE account.is_enabled = TRUE AND NOT EXISTS (
        SELECT 1 FROM accounts_role_assignment_live AS given WHERE given.account_id = account.id)
      """)
  }
}
