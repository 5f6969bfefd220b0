public import Kernel

/// One key that signs access tokens. A value: who stores it, sealed, is not its business.
///
/// Its life: made and published, so that every node knows it · active, it signs · followed by the next, it only
/// verifies · retired. Revoked ends it at any point.
public struct SigningKey: Sendable, Equatable {
  /// The name tokens call it by: letters, digits, `-` and `_`.
  public let kid: String
  /// At least 32 random bytes.
  public let secret: SecretBytes
  /// When it was made.
  public let createdAt: Instant
  /// When all nodes could know it; nil keeps it out of use altogether.
  public let publishedAt: Instant?
  /// It signs from this moment on, unless a later key does.
  public let activeFrom: Instant
  /// It verifies until this moment.
  public var retiresAt: Instant
  /// When somebody ended it. It counts at once whatever the clock says, for clocks of nodes differ.
  public var revokedAt: Instant?

  /// The fewest bytes of a secret: as many as HMAC-SHA-256 puts out (RFC 7518 §3.2).
  public static let minimumSecretSize = 32

  /// A key as it was stored; refused if its secret is too short.
  public init(
    kid: String, secret: SecretBytes, createdAt: Instant, publishedAt: Instant?, activeFrom: Instant,
    retiresAt: Instant, revokedAt: Instant? = nil
  ) throws(SigningKeyProblem) {
    guard secret.revealed.count >= Self.minimumSecretSize else { throw .tooShort(bytes: secret.revealed.count) }
    self.init(
      checked: secret, kid: kid, createdAt: createdAt, publishedAt: publishedAt, activeFrom: activeFrom,
      retiresAt: retiresAt, revokedAt: revokedAt)
  }

  /// A key from a setting such as `JWT_SECRET`, with at least 32 bytes of UTF-8; its name changes when the text does.
  public static func configured(_ text: String) throws(SigningKeyProblem) -> SigningKey {
    let bytes = Array(text.utf8)
    let beginning = Instant(milliseconds: 0)
    return try SigningKey(
      kid: "set-" + Base64URL.encode(Array(blake2b(Array("kid:".utf8) + bytes).prefix(9))),
      secret: SecretBytes(bytes), createdAt: beginning, publishedAt: beginning, activeFrom: beginning,
      retiresAt: .endOfTime)
  }

  /// A new key, published at once.
  static func made(at now: Instant, activeFrom: Instant, retiresAt: Instant) -> SigningKey {
    SigningKey(
      checked: SecretBytes(Randomness.bytes(64)), kid: Base64URL.encode(Randomness.bytes(12)), createdAt: now,
      publishedAt: now, activeFrom: activeFrom, retiresAt: retiresAt, revokedAt: nil)
  }

  private init(
    checked secret: SecretBytes, kid: String, createdAt: Instant, publishedAt: Instant?, activeFrom: Instant,
    retiresAt: Instant, revokedAt: Instant?
  ) {
    self.kid = kid
    self.secret = secret
    self.createdAt = createdAt
    self.publishedAt = publishedAt
    self.activeFrom = activeFrom
    self.retiresAt = retiresAt
    self.revokedAt = revokedAt
  }

  /// Published and not revoked.
  var isTrusted: Bool { publishedAt != nil && revokedAt == nil }

  /// Whether a token it signed is believed at `now`. A key verifies before it is active: another clock may be ahead.
  public func verifies(at now: Instant) -> Bool { isTrusted && now < retiresAt }

  /// Whether it may sign at `now`.
  public func maySign(at now: Instant) -> Bool { verifies(at: now) && activeFrom <= now }
}

/// Why a key is not accepted.
public enum SigningKeyProblem: Error, Equatable, CustomStringConvertible {
  /// The secret has fewer than 32 bytes.
  case tooShort(bytes: Int)

  /// What is wrong and how to cure it.
  public var description: String {
    switch self {
    case .tooShort(let bytes):
      "The signing secret has \(bytes) characters and needs at least \(SigningKey.minimumSecretSize). "
        + "Make one with: openssl rand -base64 48"
    }
  }
}

extension Instant {
  /// Later than any school will last: the end of the year 9999.
  static let endOfTime = Instant(milliseconds: 253_402_300_799_999)
}
