import Foundation
import Kernel
import Testing

@testable import Mail

@Suite struct MailMessageTests {
  static let moment = Instant("2026-11-21T20:16:05Z") ?? Instant(milliseconds: 0)

  static func message(
    subject: String = "Museum", text: String = "We leave at nine.", name: String? = "Ada", html: String? = nil,
    attachments: [MailAttachment] = []
  ) throws -> MailMessage {
    MailMessage(
      id: "0193-4f2a@school.example", date: moment,
      from: try #require(MailAddress("office@school.example", name: "Oak Hill")),
      to: try #require(MailAddress("ada@example.org", name: name)), subject: subject, text: text, html: html,
      language: "en", attachments: attachments)
  }

  static func lines(_ message: MailMessage) throws -> [String] {
    String(decoding: try message.bytes(), as: UTF8.self).components(separatedBy: "\r\n")
  }

  @Test func `a plain mail reads as RFC 5322 has it`() throws {
    #expect(
      try Self.lines(try Self.message()) == [
        "Date: Sat, 21 Nov 2026 20:16:05 +0000", "From: \"Oak Hill\"", " <office@school.example>", "To: \"Ada\"",
        " <ada@example.org>", "Subject: Museum", "Message-ID: <0193-4f2a@school.example>", "MIME-Version: 1.0",
        "Auto-Submitted: auto-generated", "Content-Language: en", "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 7bit", "", "We leave at nine.", "",
      ])
  }

  @Test(arguments: [
    ("2026-11-21T00:00:00Z", "Sat, 21 Nov 2026 00:00:00 +0000"),
    ("1970-01-01T00:00:01Z", "Thu, 01 Jan 1970 00:00:01 +0000"),
    ("2028-02-29T23:59:59Z", "Tue, 29 Feb 2028 23:59:59 +0000"),
  ])
  func `dates name the day of the week`(moment: String, words: String) throws {
    #expect(MailMessage.dateText(try #require(Instant(moment))) == words)
  }

  @Test(arguments: [
    "Größe", "مرحبا بكم في مدرستنا، نلتقي صباح يوم الجمعة أمام المتحف", "星期五參觀博物館，請攜帶外套，九點在校門口集合",
    "👩‍🏫 " + String(repeating: "é", count: 150), "a =?utf-8?B?QQ==?= b",
  ])
  func `a subject in any script is short lines of ASCII that say the same`(subject: String) throws {
    let lines = try Self.lines(try Self.message(subject: subject))
    let first = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
    let rest = lines[(first + 1)...].prefix { $0.hasPrefix(" ") }
    let header = [lines[first]] + rest
    #expect(header.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { (0x20..<0x7F).contains($0) } })
    let words = header.flatMap { $0.replacing("Subject: ", with: "").split(separator: " ") }
    let decoded = words.map { word in
      let inner = word.dropFirst(10).dropLast(2)  // =?utf-8?B? and ?=
      return Data(base64Encoded: String(inner)).map { String(decoding: $0, as: UTF8.self) } ?? "no base64"
    }
    #expect(decoded.joined() == subject)
  }

  @Test func `a long plain subject is folded at its blanks`() throws {
    let subject = String(repeating: "museum ", count: 30) + "end"
    let lines = try Self.lines(try Self.message(subject: subject))
    let first = try #require(lines.firstIndex { $0.hasPrefix("Subject: ") })
    let header = [lines[first]] + lines[(first + 1)...].prefix { $0.hasPrefix(" ") }
    #expect(header.count > 2)
    #expect(header.allSatisfy { $0.utf8.count <= 76 })
    #expect(header.joined() == "Subject: " + subject)
  }

  @Test(arguments: ["a\r\nBcc: x@y.example", "a\nb", "a\u{0}b", "a\u{85}b"])
  func `a header of somebody's own is refused`(text: String) throws {
    let message = try Self.message(subject: text)
    #expect(throws: MailFault.lineBreakInHeader) { try message.bytes() }
    #expect(MailAddress("ada@example.org", name: text) == nil)
    #expect(MailAddress("ada@example.org\(text.dropFirst())") == nil)
    let file = MailAttachment(name: text, mediaType: "text/plain", bytes: [])
    let carrier = try Self.message(attachments: [file])
    #expect(throws: MailFault.lineBreakInHeader) { try carrier.bytes() }
  }

  @Test(arguments: [
    "ada", "@example.org", "ada@", "a b@example.org", "ada@exam ple.org", "ada@@example.org", "<ada@example.org>",
    "ada@example.org,eve@example.org", "\"a b\"@example.org", "größe@example.org", "ada@größe.example", ".a@b.c",
    "a..b@c.d", "a@b..c", "a@.b", String(repeating: "a", count: 65) + "@b.c",
  ])
  func `what is no address is none`(text: String) { #expect(MailAddress(text) == nil) }

  @Test(arguments: ["ada@example.org", "a.b+c@x-y.example", "o'neill@school.example", "a@localhost", "_@b.c"])
  func `what is an address is one`(text: String) { #expect(MailAddress(text)?.text == text) }

  @Test func `quotes in a name stay in the name`() throws {
    let lines = try Self.lines(try Self.message(name: "Ada \"the\\best\" Byron"))
    #expect(lines.contains("To: \"Ada \\\"the\\\\best\\\" Byron\""))
  }

  @Test func `text and page are alternatives, and files stand beside them`() throws {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    let file = MailAttachment(name: "成績單.pdf", mediaType: "application/pdf", bytes: bytes)
    let text = String(
      decoding: try Self.message(text: "Größe", html: "<p>Größe</p>", attachments: [file]).bytes(), as: UTF8.self)
    let kinds = text.matches(of: /Content-Type: ([a-z\/]+)/).map { String($0.output.1) }
    #expect(kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"])
    #expect(text.contains("filename*=utf-8''%E6%88%90%E7%B8%BE%E5%96%AE.pdf"))
    #expect(text.contains(Data(bytes).base64EncodedString().prefix(76)))
    #expect(text.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 998 && !$0.contains("\n") })
    #expect(text.contains(Data("Größe\r\n".utf8).base64EncodedString()))
  }

  @Test func `lone line ends of either kind become pairs`() throws {
    let text = String(decoding: try Self.message(text: "a\nb\r\nc\rd").bytes(), as: UTF8.self)
    #expect(text.hasSuffix("\r\n\r\na\r\nb\r\nc\r\nd\r\n"))
  }

  @Test func `a mail larger than servers take is refused here`() throws {
    let file = MailAttachment(name: "a", mediaType: "text/plain", bytes: [UInt8](repeating: 7, count: 15_000_000))
    let message = try Self.message(attachments: [file])
    #expect(throws: MailFault.tooLarge) { try message.bytes() }
  }
}
