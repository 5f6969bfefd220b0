import Kernel
import Persistence

/// Which links went to which address by mail, and which addresses are confirmed by that: whoever used such a link reads
/// what is sent there.
struct MailedLinkStore: Sendable {
  func note(_ link: ID<RecoveryLink>, to name: ID<LoginName>, in tx: any Connection) throws {
    try tx.run("INSERT INTO accounts_mailed_link (link_id, login_name_id) VALUES (\(link), \(name))")
  }

  /// Confirms the address a used link was mailed to, if it was mailed.
  func confirm(_ link: ID<RecoveryLink>, at now: Instant, in tx: any Connection) throws {
    let name = try tx.first("SELECT login_name_id FROM accounts_mailed_link WHERE link_id = \(link)") {
      row -> ID<LoginName> in try row.next()
    }
    guard let name else { return }
    try tx.run(
      """
      INSERT INTO accounts_confirmed_address (login_name_id, confirmed_at) VALUES (\(name), \(now))
      ON CONFLICT DO NOTHING
      """)
  }

  func confirmedAt(_ name: ID<LoginName>, in tx: any Connection) throws -> Instant? {
    try tx.first("SELECT confirmed_at FROM accounts_confirmed_address WHERE login_name_id = \(name)") { row in
      try row.next()
    }
  }
}
