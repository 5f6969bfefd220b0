public import Kernel
public import Persistence
public import Record
public import Rights
public import Secrets
import Synchronization

/// The ring of signing keys, shared by all nodes through the database and sealed there by the master key.
///
/// Each node keeps the ring it loaded last, with its revision; a request that finds another revision, or a token with a
/// name no key here has, loads it anew. So a rotation signs nobody out and a revoked key is dead at the next request.
public final class SigningKeys: Sendable {
  /// Issues and verifies under the ring in use.
  public let tokens: AccessTokens
  private let database: any Database
  private let record: Record
  private let clock: any WallClock
  private let store: SigningKeyStore
  private let configured: [SigningKey]
  private let policy: KeyPolicy
  private let refreshKey: SecretBytes
  private let loaded = Mutex(-1)

  /// Keys in `database` under `masterKey`; `configured` are those the settings name (`JWT_SECRET`).
  public init(
    database: any Database, record: Record, clock: any WallClock, masterKey: MasterKey, configured: [SigningKey] = [],
    policy: KeyPolicy = KeyPolicy()
  ) async throws {
    self.database = database
    self.record = record
    self.clock = clock
    self.configured = configured
    self.policy = policy
    store = SigningKeyStore(masterKey: masterKey)
    refreshKey = masterKey.subkey(for: "refresh-successor")
    tokens = try await AccessTokens(ring: KeyRing(keys: [], configured: configured, policy: policy), clock: clock)
  }

  /// The revision of the ring in use.
  var revision: Int { loaded.withLock { $0 } }

  /// Makes the next key if it is due, and takes the newest ring into use. To be called at start and once a day.
  ///
  /// Returns the name of the key that was made, if one was.
  @discardableResult
  public func prepare() async throws -> String? {
    try await change(by: .system("key rotation")) { ring, now in ring.prepare(at: now)?.kid }
  }

  /// The emergency: ends every stored key at once and begins with a new one. All access tokens are dead when this
  /// returns, here; on other nodes from their next request on. Refresh tokens go on, for no key signs them.
  @discardableResult
  public func revokeAll(by actor: Actor) async throws -> String? {
    try await change(by: actor) { ring, now in ring.revokeAll(at: now)?.kid }
  }

  /// Ends one key at once; false if there is none of that name.
  @discardableResult
  public func revoke(_ kid: String, by actor: Actor) async throws -> Bool {
    try await change(by: actor) { ring, now in ring.revoke(kid, at: now) }
  }

  /// The keys as `secrets status` shows them, without their secrets.
  public var ring: KeyRing { tokens.ring }

  /// Takes the newest ring into use; false if it is the one already.
  @discardableResult
  func reload() async throws -> Bool {
    let now = clock.now()
    let known = revision
    let found = try await database.read { [store] tx -> (revision: Int, keys: [SigningKey])? in
      let revision = try store.revision(in: tx)
      return revision == known ? nil : (revision, try store.all(at: now, in: tx).map(\.key))
    }
    guard let found else { return false }
    try await use(found.keys, revision: found.revision)
    return true
  }

  /// The refresh token that follows one: made from it and the master key, so that whoever asks twice gets the same,
  /// although only hashes are stored.
  func successor(of token: Token) throws -> Token {
    let bytes = hmacSHA256(Array(token.text.utf8), key: refreshKey.revealed)
    guard let successor = Token(Base64URL.encode(bytes)) else { throw Bug("a successor is no token") }
    return successor
  }

  private func change<Answer: Sendable>(
    by actor: Actor, _ edit: @escaping @Sendable (inout KeyRing, Instant) -> Answer
  ) async throws -> Answer {
    let now = clock.now()
    let (answer, keys, revision) = try await database.write { [store, record, configured, policy] tx in
      let rows = try store.all(at: now, in: tx)
      var ring = KeyRing(keys: rows.map(\.key), configured: configured, policy: policy)
      let answer = edit(&ring, now)
      let change = Change(by: actor, at: now)
      for key in ring.keys {
        if var row = rows.first(where: { $0.key.kid == key.kid }) {
          guard row.key != key else { continue }
          row.key = key
          try record.update(row, in: SigningKeyStore.Row.table, change, in: tx)
        } else {
          let row = SigningKeyStore.Row(id: .new(at: now), key: key)
          try record.insert(row, into: SigningKeyStore.Row.table, change, in: tx)
          try store.setSealed(row, in: tx)
        }
      }
      return (answer, ring.keys, try store.revision(in: tx))
    }
    try await use(keys, revision: revision)
    return answer
  }

  private func use(_ keys: [SigningKey], revision: Int) async throws {
    let ring = KeyRing(keys: keys, configured: configured, policy: policy)
    try await tokens.use(ring)
    // Of two that load at once, the one with the older ring may win; then neither revision is kept, and the next
    // request loads again.
    loaded.withLock { $0 = tokens.ring == ring ? revision : -1 }
  }
}
