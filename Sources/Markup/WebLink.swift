/// An address outside this site that is safe to link to: `http`, `https` or `mailto`, nothing else.
///
/// What people write into a field called "Website" goes through here, so a link never runs a script.
public struct WebLink: Hashable, Sendable, CustomStringConvertible {
  /// The address as it is written into the link.
  public let description: String

  /// Checks an address; nil unless the scheme is one of the three, something follows it, all is printable, and it is at
  /// most 2,000 bytes long.
  public init?(_ text: String) {
    guard text.utf8.count <= 2_000, text.unicodeScalars.allSatisfy(Self.mayStand) else { return nil }
    let lower = text.lowercased()
    let scheme = ["https://", "http://", "mailto:"].first { lower.hasPrefix($0) }
    guard let scheme, let next = lower.dropFirst(scheme.count).first else { return nil }
    guard next.isLetter || next.isNumber || next == "[" else { return nil }
    description = text
  }

  /// A mail to this address; nil when it does not look like one.
  public init?(mailTo address: String) {
    guard address.contains("@") else { return nil }
    var text = "mailto:"
    for part in address.split(separator: "@", omittingEmptySubsequences: false) {
      if text != "mailto:" { text += "@" }
      text.append(percentEncoding: String(part))
    }
    self.init(text)
  }

  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x20 && scalar.value != 0x7F && scalar != "\\" && !scalar.properties.isWhitespace
  }
}
