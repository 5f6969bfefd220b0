import Kernel
import Persistence
import Record
import Secrets

/// The signing keys, each sealed under the master key.
struct SigningKeyStore: Sendable {
  let masterKey: MasterKey

  /// A key as it is stored, with the row's identity and version.
  struct Row: RecordedRow {
    let id: ID<SigningKey>
    var version = 1
    var key: SigningKey

    static let table = RecordedTable<Row>(
      "signing key", "accounts_signing_key",
      columns: [
        .text("kid", { $0.key.kid }), .instant("created_at", { $0.key.createdAt }),
        .instant("published_at", { $0.key.publishedAt }), .instant("active_from", { $0.key.activeFrom }),
        .instant("retires_at", { $0.key.retiresAt }), .instant("revoked_at", { $0.key.revokedAt }),
      ])
  }

  func revision(in tx: any Connection) throws -> Int { try tx.count("SELECT revision FROM accounts_key_revision") }

  /// All keys that may still matter; retired ones are left out a day after.
  func all(at now: Instant, in tx: any Connection) throws -> [Row] {
    try tx.all(
      """
      SELECT id, version, kid, created_at, published_at, active_from, retires_at, revoked_at, sealed
      FROM accounts_signing_key_live WHERE retires_at > \(now.adding(.seconds(-86_400)))
      """
    ) { row in try read(&row) }
  }

  func setSealed(_ row: Row, in tx: any Connection) throws {
    let sealed = masterKey.seal(row.key.secret.revealed, context: Self.context(row.key.kid))
    try tx.run("UPDATE accounts_signing_key SET sealed = \(sealed) WHERE id = \(row.id)")
  }

  private func read(_ row: inout RowReader) throws -> Row {
    let id: ID<SigningKey> = try row.next()
    let version: Int = try row.next()
    let kid: String = try row.next()
    let createdAt: Instant = try row.next()
    let publishedAt: Instant? = try row.next()
    let activeFrom: Instant = try row.next()
    let retiresAt: Instant = try row.next()
    let revokedAt: Instant? = try row.next()
    let secret = SecretBytes(try masterKey.open(try row.next(), context: Self.context(kid)))
    return Row(
      id: id, version: version,
      key: try SigningKey(
        kid: kid, secret: secret, createdAt: createdAt, publishedAt: publishedAt, activeFrom: activeFrom,
        retiresAt: retiresAt, revokedAt: revokedAt))
  }

  private static func context(_ kid: String) -> String { "signing-key:\(kid)" }
}
