import CSodium
import Foundation
import Kernel

/// Keeps passwords as argon2id hashes (RFC 9106), in a bounded number of threads of its own.
///
/// A hash takes 46 MiB and some 70 ms on purpose. Two at a time leave the rest of the machine to those who are signed
/// in; whoever would wait for more than about ten seconds is told to come back instead.
public final class Passwords: Sendable {
  private let cost: PasswordCost
  private let threads: BoundedThreads
  private let nobody: String

  /// Hashing at `cost`, on `threads` threads, with at most `waiting` callers in line, each for at most `patience`.
  public init(
    cost: PasswordCost = .standard, threads: Int = 2, waiting: Int = 200, patience: Duration = .seconds(10)
  ) {
    Sodium.start()
    self.cost = cost
    self.threads = BoundedThreads(threads: threads, waiting: waiting, patience: patience, busy: Self.busy)
    nobody = Self.hashOfNobody(cost)
  }

  /// How many callers wait for a thread: a figure for the operations page.
  public var waiting: Int { threads.waiting }

  /// The hash of a password, to be stored: a line of text that names its own parameters and salt.
  ///
  /// Says nothing of the password's quality: ask `PasswordRules` first. Throws a `Problem` of kind `invalid` if it is
  /// longer than they allow, and of kind `unavailable` (`BUSY`) when too many wait.
  public func hash(_ password: String) async throws -> String {
    guard let secret = Self.prepared(password) else { throw Self.tooLong }
    return try await threads.run { [cost] in try Self.hash(secret, cost) }
  }

  /// Whether `password` is the one of `stored`. For an unknown account pass nil: it takes as long, and is never true.
  ///
  /// Throws a `Problem` of kind `unavailable` (`BUSY`) when too many wait.
  public func verify(_ password: String, against stored: String?) async throws -> Bool {
    // Refused for every account alike, so the haste tells nothing.
    guard let secret = Self.prepared(password) else { return false }
    let matches = try await threads.run { [nobody] in try Self.verify(secret, against: stored ?? nobody) }
    return matches && stored != nil
  }

  /// Whether a stored hash was made at another cost, so that the next sign-in should store a new one.
  public func needsRehash(_ stored: String) -> Bool {
    crypto_pwhash_str_needs_rehash(stored, cost.operations, cost.memory) != 0
  }

  private static func hash(_ secret: SecretBytes, _ cost: PasswordCost) throws -> String {
    var text = [CChar](repeating: 0, count: crypto_pwhash_strbytes())
    let result = secret.withCharacters { characters, count in
      crypto_pwhash_str(&text, characters, count, cost.operations, cost.memory)
    }
    guard result == 0 else { throw busy }  // there was no memory for it
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func verify(_ secret: SecretBytes, against stored: String) throws -> Bool {
    errno = 0
    let result = secret.withCharacters { characters, count in crypto_pwhash_str_verify(stored, characters, count) }
    // Without memory no password is right; that must not be said to be the person's mistake.
    if result != 0 && errno == ENOMEM { throw busy }
    return result == 0
  }

  /// A hash that no password has: random bytes in the form of one, so that checking it costs the same.
  private static func hashOfNobody(_ cost: PasswordCost) -> String {
    func text(_ count: Int) -> String {
      Base64URL.encode(Randomness.bytes(count)).replacing("-", with: "+").replacing("_", with: "/")
    }
    return "$argon2id$v=19$m=\(cost.memory / 1024),t=\(cost.operations),p=1$\(text(16))$\(text(32))"
  }

  private static func prepared(_ password: String) -> SecretBytes? {
    guard password.utf8.count <= PasswordRules.maximumBytes else { return nil }
    return SecretBytes(Array(PasswordRules.normalized(password).utf8))
  }

  private static let busy = Problem(
    .unavailable(retryAfter: 5), code: "BUSY", title: "Busy",
    detail: "Many people are signing in at this moment. Try again in a few seconds.")

  private static let tooLong = Problem.invalid([
    Problem.FieldError(
      pointer: "/password", code: "TOO_LONG",
      detail: "Shorten the password to \(PasswordRules.maximum) characters.")
  ])
}

/// What a hash costs: its passes over the memory, and the memory in bytes.
public struct PasswordCost: Sendable, Equatable {
  /// Passes over the memory.
  public let operations: UInt64
  /// Bytes of memory, 8 KiB at least.
  public let memory: Int

  /// One pass over 46 MiB on one lane (ASVS 5.0, appendix C).
  public static let standard = PasswordCost(operations: 1, memory: 46 * 1024 * 1024)
  /// As little as argon2id can do: for tests only.
  public static let least = PasswordCost(operations: 1, memory: 8 * 1024)

  /// A cost; raised to the least there is.
  public init(operations: UInt64, memory: Int) {
    self.operations = max(operations, 1)
    self.memory = max(memory, 8 * 1024)
  }
}

extension SecretBytes {
  fileprivate func withCharacters(_ body: (UnsafePointer<CChar>, UInt64) -> Int32) -> Int32 {
    // A zero at the end, so that an empty password has an address too; it is not counted.
    let characters = revealed.map(CChar.init(bitPattern:)) + [0]
    return body(characters, UInt64(revealed.count))
  }
}
