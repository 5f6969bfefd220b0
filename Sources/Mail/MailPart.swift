import Foundation

/// A part of a mail: its own headers, an empty line, and what is in it.
struct MailPart {
  let text: String

  private init(_ headers: [String], _ content: String) {
    text = headers.joined(separator: "\r\n") + "\r\n\r\n" + content
  }

  /// Text of a kind, as it is where every server lets it pass, and in base64 otherwise.
  static func text(_ text: String, _ kind: String) -> MailPart {
    var text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    if !text.hasSuffix("\n") { text += "\n" }
    let lines = text.replacing("\n", with: "\r\n")
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 && $0 != 0 }
    let isShort = text.split(separator: "\n").allSatisfy { $0.utf8.count <= 900 }
    let headers = ["Content-Type: text/\(kind); charset=utf-8"]
    return isPlain && isShort
      ? MailPart(headers + ["Content-Transfer-Encoding: 7bit"], lines)
      : MailPart(headers + ["Content-Transfer-Encoding: base64"], base64(Array(lines.utf8)))
  }

  static func file(_ file: MailAttachment) -> MailPart {
    MailPart(
      [
        "Content-Type: \(file.mediaType)", "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment;\r\n \(HeaderText.fileName(file.name))",
      ], base64(file.bytes))
  }

  static func several(_ kind: String, _ parts: [MailPart], boundary: String) -> MailPart {
    let whole = parts.map { "--\(boundary)\r\n\($0.text)\r\n" }.joined() + "--\(boundary)--\r\n"
    return MailPart(["Content-Type: multipart/\(kind);\r\n boundary=\"\(boundary)\""], whole)
  }

  /// Lines of 76 characters (RFC 2045 §6.8).
  private static func base64(_ bytes: [UInt8]) -> String {
    let text = Data(bytes).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    return text + "\r\n"
  }
}
