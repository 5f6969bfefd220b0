import Foundation
public import Kernel

/// A mail as it is handed to a server: RFC 5322, with MIME for more than plain ASCII (RFC 2045 to 2047).
///
/// libcurl could put the parts together too, but would read the text while it sends it: here the whole is there before
/// anybody is connected to, so that the moment it leaves the house is one moment, and can be written down.
public struct MailMessage: Sendable {
  /// Names the mail to every server on its way; the same again when it is sent again.
  public var id: String
  /// When it was written.
  public var date: Instant
  /// From whom.
  public var from: MailAddress
  /// To whom: one, so that nobody reads who else got it.
  public var to: MailAddress
  /// One line.
  public var subject: String
  /// The text as plain lines.
  public var text: String
  /// The same as a page.
  public var html: String?
  /// The language of both, as a BCP 47 tag.
  public var language: String?
  /// Files that go with it.
  public var attachments: [MailAttachment]

  /// The largest mail, in bytes as it is sent: what most servers take (RFC 1870 lets them say less).
  public static let limit = 20_000_000

  /// A mail of the given parts. The identity has the form `local@domain`.
  public init(
    id: String, date: Instant, from: MailAddress, to: MailAddress, subject: String, text: String, html: String? = nil,
    language: String? = nil, attachments: [MailAttachment] = []
  ) {
    self.id = id
    self.date = date
    self.from = from
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.language = language
    self.attachments = attachments
  }

  /// The mail as bytes, each line ended by CR LF. Throws `MailFault` when a header would reach beyond its line, or the
  /// whole is too large.
  public func bytes() throws(MailFault) -> [UInt8] {
    let lines = [subject, id, language ?? ""] + attachments.flatMap { [$0.name, $0.mediaType] }
    guard lines.allSatisfy({ $0.unicodeScalars.allSatisfy { !HeaderText.isControl($0) } }) else {
      throw .lineBreakInHeader
    }
    var head = HeaderText.line("Date", Self.dateText(date))
    head += HeaderText.line("From", from) + HeaderText.line("To", to) + HeaderText.line("Subject", subject)
    head += "Message-ID: <\(id)>\r\nMIME-Version: 1.0\r\n"
    // Nobody's holiday notice answers a machine (RFC 3834).
    head += "Auto-Submitted: auto-generated\r\n"
    if let language { head += HeaderText.line("Content-Language", language) }
    let message = head + content.text
    guard message.utf8.count <= Self.limit else { throw .tooLarge }
    return Array(message.utf8)
  }

  private var content: MailPart {
    var content = MailPart.text(text, "plain")
    if let html { content = .several("alternative", [content, .text(html, "html")], boundary: "alt_\(boundary)") }
    guard !attachments.isEmpty else { return content }
    return .several("mixed", [content] + attachments.map(MailPart.file), boundary: "mix_\(boundary)")
  }

  /// What no part has as a line: the identity is random.
  private var boundary: String { String(id.prefix { $0 != "@" }.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }) }

  /// `Sat, 21 Nov 2026 20:16:00 +0000` (RFC 5322 §3.3).
  static func dateText(_ instant: Instant) -> String {
    let day = instant.utcDate
    let clock = instant.description.dropFirst(11).prefix(8)
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((day.days % 7) + 7) % 7]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = day.description.split(separator: "-")
    return "\(weekday), \(parts[2]) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) \(clock) +0000"
  }
}

/// A file that goes with a mail.
public struct MailAttachment: Sendable, Equatable {
  /// Its name.
  public let name: String
  /// Its media type.
  public let mediaType: String
  /// What is in it.
  public let bytes: [UInt8]

  /// A file of the given parts.
  public init(name: String, mediaType: String, bytes: [UInt8]) {
    self.name = name
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// Why there is no mail to send.
public enum MailFault: Error, Sendable, Equatable {
  /// A subject, a name or a type has a line break or another control character in it: a header of somebody's own.
  case lineBreakInHeader
  /// It has more than `MailMessage.limit` bytes.
  case tooLarge
}
