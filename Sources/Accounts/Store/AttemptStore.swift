import Kernel
import Persistence
import Secrets

/// Tries that are counted, and the places from which accounts are known to be used: hashes only.
struct AttemptStore: Sendable {
  /// Reads a count and holds it until the transaction ends, so that of two tries at once one is second.
  func hold(_ key: ThrottleKey, in tx: any Connection) throws -> Throttle {
    let held = try tx.first(
      """
      INSERT INTO accounts_attempt AS attempt (key, tries, last_at, free_at) VALUES (\(hash(key.text)), 0, 0, 0)
      ON CONFLICT (key) DO UPDATE SET tries = attempt.tries RETURNING tries, last_at, free_at
      """
    ) { row in Throttle(count: try row.next(), lastAt: try row.next(), freeAt: try row.next()) }
    guard let held else { throw Bug("a counted try was not returned") }
    return held
  }

  func save(_ throttle: Throttle, for key: ThrottleKey, in tx: any Connection) throws {
    try tx.run(
      """
      UPDATE accounts_attempt SET tries = \(throttle.count), last_at = \(throttle.lastAt), free_at = \(throttle.freeAt)
      WHERE key = \(hash(key.text))
      """)
  }

  func knows(_ account: AccountID, at place: String, since: Instant, in tx: any Connection) throws -> Bool {
    try tx.exists(
      """
      SELECT 1 FROM accounts_known_place
      WHERE account_id = \(account) AND place = \(hash(place)) AND last_used_at >= \(since)
      """)
  }

  func knowsAnyPlace(of account: AccountID, since: Instant, in tx: any Connection) throws -> Bool {
    try tx.exists(
      "SELECT 1 FROM accounts_known_place WHERE account_id = \(account) AND last_used_at >= \(since) LIMIT 1")
  }

  func remember(_ account: AccountID, at place: String, now: Instant, in tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO accounts_known_place (account_id, place, last_used_at) VALUES (\(account), \(hash(place)), \(now))
      ON CONFLICT (account_id, place) DO UPDATE SET last_used_at = excluded.last_used_at
      """)
  }

  func forgetPlaces(of account: AccountID, in tx: any Connection) throws {
    try tx.run("DELETE FROM accounts_known_place WHERE account_id = \(account)")
  }

  private func hash(_ text: String) -> [UInt8] { blake2b(Array(text.utf8)) }
}
