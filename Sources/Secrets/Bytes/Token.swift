/// A word nobody can guess: 256 random bits, for sessions, refresh tokens and links in mails.
///
/// Only the `hash` is stored, so a stolen table opens nothing. A token prints as dots; only `text` has its value.
public struct Token: Sendable, Equatable, Concealed {
  private let secret: SecretBytes

  /// The random bytes of a token.
  public static let size = 32

  /// A new token.
  public init() { secret = SecretBytes(Randomness.bytes(Self.size)) }

  /// Reads the 43 characters that `text` wrote; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 43, let bytes = Base64URL.decode(text), bytes.count == Self.size else { return nil }
    secret = SecretBytes(bytes)
  }

  /// What the owner carries: 43 characters of base64url.
  public var text: String { Base64URL.encode(secret.revealed) }

  /// What is stored: BLAKE2b of the bytes, 32 bytes. No salt is needed, for no list of likely tokens exists.
  public var hash: [UInt8] { blake2b(secret.revealed) }

  /// Whether this is the token of a stored hash, in constant time.
  public func matches(hash stored: [UInt8]) -> Bool { constantTimeEquals(hash, stored) }
}
