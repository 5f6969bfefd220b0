import CSodium

/// The key that seals all others: it stands in the settings or in a file of the data folder, never in the database.
///
/// Sealed bytes are `version (1) · nonce (24) · cipher text and tag (16 more than the plain text)` of
/// XChaCha20-Poly1305; nonces are random, which is safe for any number of seals. The context, such as
/// `signing-key:KID`, is bound to them, so a sealed value moved to another row does not open there.
public struct MasterKey: Sendable, Equatable {
  private let secret: SecretBytes
  private let sealing: SecretBytes

  /// The bytes of a key.
  public static let size = 32
  private static let version: UInt8 = 1
  private static let nonceSize = 24
  private static let tagSize = 16

  /// A new random key.
  public init() { self.init(secret: SecretBytes(Randomness.bytes(Self.size))) }

  /// Reads a key from a setting: at least 32 bytes, as hexadecimal digits or as base64 of either alphabet.
  ///
  /// Longer keys are brought to 32 bytes by BLAKE2b. Anything else is refused: a phrase a person made up is no key.
  public init(text: String) throws(MasterKeyProblem) {
    let text = text.filter { !$0.isWhitespace }
    guard let bytes = Encoding.hexadecimal(text) ?? Encoding.base64(text) else { throw .unreadable }
    guard bytes.count >= Self.size else { throw .tooShort(bytes: bytes.count) }
    self.init(secret: SecretBytes(bytes.count == Self.size ? bytes : blake2b(bytes)))
  }

  /// The key in the file at `path`; made there, readable by its owner alone, if there is none yet.
  ///
  /// A file that others may read is refused, and so is a symbolic link. Two processes that start together get the
  /// same key.
  public static func kept(inFile path: String) throws -> MasterKey {
    if let text = try KeyFile.read(path) { return try MasterKey(text: text) }
    try KeyFile.create(path, text: Encoding.hexadecimal(of: Randomness.bytes(size)) + "\n")
    guard let text = try KeyFile.read(path) else { throw MasterKeyProblem.vanished(path: path) }
    return try MasterKey(text: text)
  }

  private init(secret: SecretBytes) {
    self.secret = secret
    // The master key itself encrypts nothing: each use has a key of its own, derived from it.
    sealing = Self.derive(from: secret, purpose: "seal", number: 1)
  }

  /// Encrypts `plain`; it opens only under this key and with the same context.
  public func seal(_ plain: [UInt8], context: String) -> [UInt8] {
    let nonce = Randomness.bytes(Self.nonceSize)
    let bound = Self.bound(context)
    var cipher = [UInt8](repeating: 0, count: plain.count + Self.tagSize)
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      &cipher, nil, plain, UInt64(plain.count), bound, UInt64(bound.count), nil, nonce, sealing.revealed)
    return [Self.version] + nonce + cipher
  }

  /// Decrypts what `seal` made; refuses it if the key or the context is another or if any bit has changed.
  public func open(_ sealed: [UInt8], context: String) throws(SealProblem) -> [UInt8] {
    guard let version = sealed.first else { throw .tooShort }
    guard version == Self.version else { throw .unknownFormat(version) }
    guard sealed.count >= 1 + Self.nonceSize + Self.tagSize else { throw .tooShort }
    let nonce = Array(sealed[1...Self.nonceSize])
    let cipher = Array(sealed[(1 + Self.nonceSize)...])
    let bound = Self.bound(context)
    // One byte more than needed, so that an empty text has an address too.
    var plain = [UInt8](repeating: 0, count: cipher.count - Self.tagSize + 1)
    let result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      &plain, nil, nil, cipher, UInt64(cipher.count), bound, UInt64(bound.count), nonce, sealing.revealed)
    guard result == 0 else { throw .refused }
    plain.removeLast()
    return plain
  }

  /// A key of 32 bytes for one purpose, the same each time for the same purpose and number (`crypto_kdf`).
  public func subkey(for purpose: String, number: UInt64 = 1) -> SecretBytes {
    Self.derive(from: secret, purpose: "sub:" + purpose, number: number)
  }

  private static func derive(from secret: SecretBytes, purpose: String, number: UInt64) -> SecretBytes {
    Sodium.start()
    // libsodium's context has eight bytes; purposes are words of any length.
    let context = blake2b(Array(purpose.utf8)).prefix(8).map(CChar.init(bitPattern:))
    var derived = [UInt8](repeating: 0, count: size)
    crypto_kdf_derive_from_key(&derived, size, number, context, secret.revealed)
    return SecretBytes(derived)
  }

  private static func bound(_ context: String) -> [UInt8] { [version] + Array(context.utf8) }
}

/// Why sealed bytes do not open.
public enum SealProblem: Error, Equatable, CustomStringConvertible {
  /// They are too few to have been sealed.
  case tooShort
  /// The first byte names a format this version does not know.
  case unknownFormat(UInt8)
  /// The key or the context is another, or the bytes were altered; nobody can tell which.
  case refused

  /// What is wrong and what to look at.
  public var description: String {
    switch self {
    case .tooShort: "The sealed value is cut short. Restore it from a backup."
    case .unknownFormat(let version):
      "The sealed value has format \(version), which this version cannot read. Upgrade Homeroom."
    case .refused:
      "The sealed value does not open: it was sealed with another master key, or altered. Check HOMEROOM_MASTER_KEY."
    }
  }
}

/// Why there is no master key.
public enum MasterKeyProblem: Error, Equatable, CustomStringConvertible {
  /// The text is neither hexadecimal nor base64.
  case unreadable
  /// There are fewer than 32 bytes.
  case tooShort(bytes: Int)
  /// The file may be read by others; `mode` are its permission bits.
  case openToOthers(path: String, mode: UInt32)
  /// There is something at the path that is not a file.
  case notAFile(path: String)
  /// The operating system refuses.
  case refusedBySystem(path: String, reason: String)
  /// The file was there a moment ago.
  case vanished(path: String)

  /// What is wrong and how to cure it.
  public var description: String {
    switch self {
    case .unreadable:
      "The master key is neither base64 nor hexadecimal. Make one with: openssl rand -base64 32"
    case .tooShort(let bytes):
      "The master key has \(bytes) bytes and needs at least \(MasterKey.size). Make one with: openssl rand -base64 32"
    case .openToOthers(let path, let mode):
      "The key file \(path) has permissions \(String(mode, radix: 8)), so others may read it. Run: chmod 600 \(path)"
    case .notAFile(let path): "The key file \(path) is not a regular file."
    case .refusedBySystem(let path, let reason): "The key file \(path) cannot be used: \(reason)."
    case .vanished(let path): "The key file \(path) went away while it was being read."
    }
  }
}
