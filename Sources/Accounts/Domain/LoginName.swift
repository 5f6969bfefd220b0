import Foundation
public import Kernel

/// What a person types to say who they are: an e-mail address or a user name, both in one namespace without case.
///
/// An address has an `@` and a user name has none, so neither can be mistaken for the other.
public struct LoginName: Sendable, Equatable {
  /// Which of the two it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// An address, `local@domain`.
    case email
    /// A word, such as a student number.
    case userName = "user_name"
  }

  /// Which of the two it is.
  public let kind: Kind
  /// As it was typed.
  public let text: String

  /// The form in which names are compared.
  public var folded: String { Self.folded(text) }

  /// The longest name, in bytes: that of an e-mail address (RFC 5321 §4.5.3.1).
  public static let maximum = 254

  init(kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }

  /// Reads a name of one kind; notes what is wrong with it.
  public static func read(
    _ text: String, as kind: Kind, at pointer: String, _ validation: inout Validation
  ) -> LoginName? {
    let name = Text.normalized(text)
    guard name.utf8.count <= maximum else {
      validation.fail(pointer, "TOO_LONG", "Shorten the name to \(maximum) characters.")
      return nil
    }
    switch kind {
    case .email:
      if isAddress(name) { return LoginName(kind: kind, text: name) }
      validation.fail(pointer, "BAD_EMAIL", "Enter an address such as ada@school.example.")
    case .userName:
      if isWord(name) { return LoginName(kind: kind, text: name) }
      validation.fail(
        pointer, "BAD_USER_NAME", "Use 2 to 64 letters and digits; a dot, a hyphen or a low line may stand between.")
    }
    return nil
  }

  /// Lower case in compatibility form (NFKC). Accents stay: José and Jose are two people.
  public static func folded(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 }
      ? Text.normalized(text).lowercased()
      : Text.normalized(text).precomposedStringWithCompatibilityMapping.lowercased()
        .precomposedStringWithCompatibilityMapping
  }

  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[0].utf8.count <= 64 && !parts[1].isEmpty
      && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".") && Text.isPlain(text)
      && !text.contains { $0.isWhitespace || "<>(),;:\\\"[]".contains($0) }
  }

  private static func isWord(_ text: String) -> Bool {
    guard (2...64).contains(text.count), let first = text.first, let last = text.last else { return false }
    func isSolid(_ character: Character) -> Bool { character.isLetter || character.isNumber }
    return isSolid(first) && isSolid(last) && text.allSatisfy { isSolid($0) || ".-_".contains($0) }
  }
}
