import Kernel
import Persistence
import Record
import Secrets

/// Links with which somebody chooses a password: only their hashes.
struct RecoveryStore: Sendable {
  /// A link that has not been used and whose time is not over.
  func usable(_ token: Token, at now: Instant, in tx: any Connection) throws -> RecoveryLink? {
    try tx.first(
      """
      SELECT \(RecoveryLink.columns) FROM accounts_recovery_live
      WHERE token_hash = \(token.hash) AND used_at IS NULL AND expires_at > \(now)
      """)
  }

  /// Links of an account that still work.
  func usable(of account: AccountID, at now: Instant, in tx: any Connection) throws -> [RecoveryLink] {
    try tx.all(
      """
      SELECT \(RecoveryLink.columns) FROM accounts_recovery_live
      WHERE account_id = \(account) AND used_at IS NULL AND expires_at > \(now) LIMIT 100
      """)
  }

  func setToken(_ token: Token, of link: RecoveryLink, in tx: any Connection) throws {
    try tx.run("UPDATE accounts_recovery SET token_hash = \(token.hash) WHERE id = \(link.id)")
  }
}
