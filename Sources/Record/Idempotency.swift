public import Kernel
public import Persistence

/// Remembers for 24 hours what a request with an `Idempotency-Key` was answered, so that sending it again does nothing
/// twice (draft-ietf-httpapi-idempotency-key-header).
///
/// A claim that was neither completed nor released, because the process died in between, stays in progress until it is
/// forgotten: whether its effect took place is not known, and doing it twice would be worse than asking the person to
/// look.
public struct Idempotency: Sendable {
  /// How long an answer is kept.
  public static let lifetime = Duration.seconds(24 * 3600)
  /// The most characters a key has.
  public static let keyLimit = 128

  private let database: any Database

  /// The keys of one database.
  public init(database: any Database) { self.database = database }

  /// What was found out about a key.
  public enum Claim: Sendable, Equatable {
    /// It is new, and now belongs to this request, which completes or releases it.
    case fresh
    /// The same request was answered before, with this.
    case replay(Answer)
    /// The same request is being worked on.
    case inProgress
    /// The key was used for another body.
    case mismatch
  }

  /// An answer as it is kept: JSON, which is all that such requests are answered with.
  public struct Answer: Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// The `Location` header.
    public let location: String?
    /// The `ETag` header.
    public let etag: String?
    /// The body.
    public let body: [UInt8]

    /// An answer to be kept.
    public init(status: Int, location: String? = nil, etag: String? = nil, body: [UInt8]) {
      self.status = status
      self.location = location
      self.etag = etag
      self.body = body
    }
  }

  /// Takes the key for a request, or tells what became of the one that had it.
  ///
  /// Throws `IDEMPOTENCY_KEY_INVALID` unless the key has 1 to 128 visible ASCII characters. `bodyHash` must tell bodies
  /// apart as a cryptographic hash does.
  public func claim(
    account: AccountID, route: String, key: String, bodyHash: [UInt8], now: Instant
  ) async throws -> Claim {
    guard Self.isAcceptable(key) else { throw Self.invalidKey }
    let horizon = now.adding(.zero - Self.lifetime)
    return try await database.write(.readCommitted) { tx in
      let isOurs = try tx.exists(
        """
        INSERT INTO record_idempotency (account_id, route, key, body_hash, at)
        VALUES (\(account), \(route), \(key), \(bodyHash), \(now))
        ON CONFLICT (account_id, route, key) DO UPDATE SET
          body_hash = excluded.body_hash, at = excluded.at, status = NULL, location = NULL, etag = NULL, answer = NULL
        WHERE record_idempotency.at <= \(horizon)
        RETURNING at
        """)
      if isOurs { return .fresh }
      let found = try tx.first(
        """
        SELECT body_hash, status, location, etag, answer FROM record_idempotency
        WHERE account_id = \(account) AND route = \(route) AND key = \(key)
        """
      ) { row in try Self.claim(bodyHash, &row) }
      return found ?? .inProgress
    }
  }

  /// Keeps the answer for whoever sends the request again.
  public func complete(account: AccountID, route: String, key: String, answer: Answer) async throws {
    try await database.write(.readCommitted) { tx in
      try complete(account: account, route: route, key: key, answer: answer, in: tx)
    }
  }

  /// Keeps the answer, in the very transaction of what it tells about: then no crash comes between the two.
  public func complete(
    account: AccountID, route: String, key: String, answer: Answer, in tx: any Connection
  ) throws {
    try tx.run(
      """
      UPDATE record_idempotency SET status = \(answer.status), location = \(answer.location), etag = \(answer.etag),
        answer = \(answer.body)
      WHERE account_id = \(account) AND route = \(route) AND key = \(key) AND status IS NULL
      """)
  }

  /// Gives the key back after the request failed and did nothing, so that it can be sent again.
  public func release(account: AccountID, route: String, key: String) async throws {
    _ = try await database.write(.readCommitted) { tx in
      try tx.run(
        """
        DELETE FROM record_idempotency
        WHERE account_id = \(account) AND route = \(route) AND key = \(key) AND status IS NULL
        """)
    }
  }

  /// Forgets keys older than 24 hours, in small pieces; returns how many.
  @discardableResult
  public func forget(now: Instant) async throws -> Int {
    let horizon = now.adding(.zero - Self.lifetime)
    var forgotten = 0
    while true {
      let piece = try await database.write(.readCommitted) { tx in
        let last = try tx.first(
          "SELECT at FROM record_idempotency WHERE at <= \(horizon) ORDER BY at LIMIT 1 OFFSET 999"
        ) { row -> Instant in try row.next() }
        return try tx.run("DELETE FROM record_idempotency WHERE at <= \(last ?? horizon)")
      }
      forgotten += piece
      if piece < 1000 { return forgotten }
    }
  }

  /// Whether a key has 1 to 128 visible ASCII characters.
  public static func isAcceptable(_ key: String) -> Bool {
    (1...keyLimit).contains(key.utf8.count) && key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private static let invalidKey = Problem(
    .malformed, code: "IDEMPOTENCY_KEY_INVALID", title: "Bad idempotency key",
    detail: "An Idempotency-Key has 1 to \(keyLimit) visible ASCII characters; a random UUID does well.")

  private static func claim(_ bodyHash: [UInt8], _ row: inout RowReader) throws -> Claim {
    let known: [UInt8] = try row.next()
    guard known == bodyHash else { return .mismatch }
    guard let status: Int = try row.next() else { return .inProgress }
    let location: String? = try row.next()
    let etag: String? = try row.next()
    return .replay(Answer(status: status, location: location, etag: etag, body: try row.next() ?? []))
  }
}
