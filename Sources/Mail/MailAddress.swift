/// An address that mail can be sent to, and the name beside it.
///
/// ASCII only: an address in other letters needs SMTPUTF8 (RFC 6531) on every server of its way, and a domain in other
/// letters is written in its ASCII form, `xn--…`.
public struct MailAddress: Sendable, Hashable {
  /// The address: `ada@school.example`.
  public let text: String
  /// The name beside it.
  public let name: String?

  /// Reads an address; nil when it is none, or when the address or the name would reach beyond its own header line.
  public init?(_ text: String, name: String? = nil) {
    guard Self.isAddress(text), (name ?? "").unicodeScalars.allSatisfy({ !HeaderText.isControl($0) }) else {
      return nil
    }
    self.text = text
    self.name = name?.isEmpty == true ? nil : name
  }

  /// What follows the `@`.
  public var domain: String { String(text[text.index(after: text.lastIndex(of: "@") ?? text.startIndex)...]) }

  /// A `dot-atom@domain` of RFC 5321, at most 254 bytes. The quoted and commented forms of RFC 5322 are not taken:
  /// no mailbox of this century needs them, and half of all injections are made of them.
  private static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].count), !parts[1].isEmpty else {
      return false
    }
    return isDotted(parts[0], of: atom) && isDotted(parts[1], of: domainLetters)
  }

  private static func isDotted(_ part: Substring.UTF8View, of letters: Set<UInt8>) -> Bool {
    part.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word.allSatisfy(letters.contains)
    }
  }

  private static let domainLetters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-".utf8)
  private static let atom = domainLetters.union("!#$%&'*+/=?^_`{|}~".utf8)
}
