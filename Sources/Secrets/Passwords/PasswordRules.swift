import Foundation
public import Kernel

/// What a password must be (NIST SP 800-63B-4 §3.1.1, ASVS 5.0 V6.2): long, and not obvious.
///
/// There are no rules of composition and no expiry. Against the obvious stands not a list of whole passwords but of
/// their parts: common words, a person's own words, runs along the alphabet or keyboard, years, repetitions. Each
/// part counts as little as it takes to guess it, and what is left must be worth eight characters.
public struct PasswordRules: Sendable, Equatable {
  /// The fewest characters.
  public let minimum: Int

  /// The most characters; so many that any phrase fits.
  public static let maximum = 256
  /// The most bytes read at all, before anything is counted.
  static let maximumBytes = maximum * 4
  /// What a password must be worth when its obvious parts are discounted.
  static let leastWorth = 8

  /// For a password that is the only factor: 15 characters.
  public static let singleFactor = PasswordRules(minimum: 15)
  /// For a password beside a second factor: 8 characters.
  public static let withSecondFactor = PasswordRules(minimum: 8)

  /// Rules with another least length, which is never under 8.
  public init(minimum: Int) { self.minimum = max(minimum, Self.leastWorth) }

  /// What is wrong with a password, in words for its owner; nothing if it may be used.
  ///
  /// `words` are what anybody would try first for this person: their names and address, and the school's name.
  public func faults(
    of password: String, ownWords words: [String] = [], at pointer: String = "/password"
  ) -> [Problem.FieldError] {
    guard password.utf8.count <= Self.maximumBytes else { return [tooLong(pointer)] }
    let password = Self.normalized(password)
    let length = password.unicodeScalars.count
    guard length <= Self.maximum else { return [tooLong(pointer)] }
    guard length >= minimum else {
      return [
        Problem.FieldError(
          pointer: pointer, code: "TOO_SHORT",
          detail: "Use at least \(minimum) characters. A few words that do not belong together are easy to remember.")
      ]
    }
    let parts = ObviousParts(of: password, ownWords: words)
    guard parts.worth < Self.leastWorth else { return [] }
    return [Problem.FieldError(pointer: pointer, code: parts.main.code, detail: parts.main.reason)]
  }

  /// The form in which passwords are counted and hashed: NFC, so that two keyboards agree; nothing is trimmed.
  public static func normalized(_ password: String) -> String {
    password.utf8.allSatisfy { $0 < 0x80 } ? password : password.precomposedStringWithCanonicalMapping
  }

  private func tooLong(_ pointer: String) -> Problem.FieldError {
    Problem.FieldError(
      pointer: pointer, code: "TOO_LONG", detail: "Shorten the password to \(Self.maximum) characters.")
  }
}

extension ObviousParts.Kind {
  /// The stable code of the fault.
  fileprivate var code: String {
    switch self {
    case .ownWord: "OWN_WORDS"
    case .commonWord: "COMMON_PASSWORD"
    case .run: "SEQUENCE"
    case .repetition: "REPEATED"
    }
  }

  /// Why it is refused, and what to do. The password itself is never said again.
  fileprivate var reason: String {
    switch self {
    case .ownWord:
      "This is mostly your own name, your address or the school's name, which are tried first. Add unrelated words."
    case .commonWord:
      "This is mostly a word found in lists of stolen passwords, which are tried first. Add unrelated words."
    case .run: "This is mostly a row of the alphabet, the numbers or the keyboard. Use a few unrelated words instead."
    case .repetition: "This is mostly the same thing again and again. Use a few unrelated words instead."
    }
  }
}
