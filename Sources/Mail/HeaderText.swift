import Foundation

/// Text as headers of a mail carry it: ASCII, in short lines, and never a line end of the writer's own.
enum HeaderText {
  /// How long a line may be (RFC 5322 §2.1.1 says 78, RFC 2047 §2 says 76 for lines with encoded words).
  private static let lineLimit = 76
  /// How many bytes go into one encoded word: 52 characters in base64 and 12 around them leave room for the header's
  /// name on the first line.
  private static let wordLimit = 39

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// A header line for free text, such as the subject, with its end.
  static func line(_ name: String, _ text: String) -> String {
    isPlain(text) ? folded("\(name): \(text)") : "\(name): \(encoded(text))\r\n"
  }

  /// A header line for an address and the name beside it, with its end.
  static func line(_ name: String, _ address: MailAddress) -> String {
    guard let phrase = address.name else { return "\(name): \(address.text)\r\n" }
    let quoted = phrase.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    // On a line of its own the address is never pushed over the limit by the name.
    return "\(name): \(isPlain(phrase) ? "\"\(quoted)\"" : encoded(phrase))\r\n <\(address.text)>\r\n"
  }

  /// A parameter of a header that names a file: quoted when it is plain, otherwise percent-encoded (RFC 2231 §4).
  static func fileName(_ name: String) -> String {
    if isPlain(name), !name.contains(where: { "\"\\".contains($0) }), name.utf8.count <= 60 {
      return "filename=\"\(name)\""
    }
    let letters = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    return "filename*=utf-8''\(name.addingPercentEncoding(withAllowedCharacters: letters) ?? "file")"
  }

  /// Printable ASCII that nobody could take for an encoded word.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
      && text.split(separator: " ").allSatisfy { $0.utf8.count < lineLimit - 12 }
  }

  /// Encoded words (RFC 2047), each a whole number of characters, one to a line.
  private static func encoded(_ text: String) -> String {
    var words: [String] = [""]
    for scalar in text.unicodeScalars {
      if (words.last ?? "").utf8.count + UTF8.width(scalar) > wordLimit { words.append("") }
      words[words.count - 1].unicodeScalars.append(scalar)
    }
    return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  /// A plain line, broken at blanks where it is too long.
  private static func folded(_ line: String) -> String {
    var lines: [Substring] = []
    var rest = Substring(line)
    while rest.utf8.count > lineLimit,
      let end = rest.prefix(lineLimit).dropFirst().lastIndex(of: " "), rest[..<end].contains(where: { $0 != " " })
    {
      lines.append(rest[..<end])
      rest = rest[end...]
    }
    return (lines + [rest]).joined(separator: "\r\n") + "\r\n"
  }
}
