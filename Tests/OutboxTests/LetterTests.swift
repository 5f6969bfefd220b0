import Foundation
import Kernel
import Mail
import Markup
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Outbox

@Suite struct LetterTests {
  @Test(arguments: TestDatabase.engines)
  func `all that is wrong with a letter is said at once, and nothing is kept`(engine: TestDatabase.Engine) async throws
  {
    try await PostOffice.with(engine) { office in
      let bad = [
        (NewLetter(.mail, to: "ada", .words(subject: "", text: "")), ["/recipient", "/subject", "/message"]),
        (NewLetter(.mail, to: "a@b.c", .words(subject: "a\r\nBcc: x@y.z", text: "hi")), ["/subject"]),
        (NewLetter(.mail, to: "a@b.c\r\nBcc: x@y.z", .words(subject: "a", text: "hi")), ["/recipient"]),
        (NewLetter(.mail, to: "a@b.c", name: "A\nB", .words(subject: "a", text: "hi")), ["/name"]),
        (NewLetter(.sms, to: "077 1234", .words(subject: "", text: "hi")), ["/recipient"]),
        (NewLetter(.mail, to: "a@b.c", .words(subject: "a", text: "\(Letter.secretMark)")), ["/message"]),
        (
          NewLetter(.mail, to: "a@b.c", .words(subject: "a", text: String(repeating: "é", count: 20_001))),
          ["/message", "/message"]
        ),
      ]
      for (letter, pointers) in bad {
        let problem = await #expect(throws: Problem.self) { try await office.add(letter) }
        let found = Set((problem?.errors ?? []).map { $0.pointer })
        #expect(found == Set(pointers))
      }
      let kept = try await office.service.page(by: PostOffice.keeper).items
      #expect(kept.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a secret link stands in no list, is sent, and is forgotten then`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      let link = "https://school.example/recover/abc"
      let id = try await office.add(
        NewLetter(
          .mail, to: "ada@example.org",
          .template("password-reset", values: ["name": "{{link}}\(Letter.secretMark)", "until": "noon"], secret: link),
          until: office.clock.now().adding(.seconds(900))))
      let letter = try await office.letter(id)
      #expect(letter.hasSecret)
      #expect(!letter.shownText(link: nil).contains("recover"))
      #expect(letter.text.components(separatedBy: Letter.secretMark).count == 2)
      #expect(letter.text.contains("Hello {{link}},"))
      // Even whoever could have made the link sees it only where it cannot be sent.
      #expect(try await office.service.link(in: letter, mayRecover: true, by: PostOffice.keeper) == nil)
      try await office.send()
      #expect(office.server.kept.first?.text.contains(link) == true)
      #expect(try await office.letter(id).hasSecret == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `where nothing can be sent, whoever could have made a link may read it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine, hasServer: false) { office in
      let id = try await office.add(
        NewLetter(
          .mail, to: "ada@example.org",
          .template("password-reset", values: ["name": "Ada", "until": "noon"], secret: "https://x.example/1"),
          until: office.clock.now().adding(.seconds(900))))
      let letter = try await office.letter(id)
      let service = office.service
      #expect(try await service.link(in: letter, mayRecover: true, by: PostOffice.keeper) == "https://x.example/1")
      #expect(try await service.link(in: letter, mayRecover: false, by: PostOffice.keeper) == nil)
      await #expect(throws: Problem.self) {
        try await service.link(in: letter, mayRecover: true, by: PostOffice.writer)
      }
      office.clock.advance(by: .seconds(901))
      #expect(try await service.link(in: letter, mayRecover: true, by: PostOffice.keeper) == nil)
      #expect(try await service.forget() == 1)
      #expect(try await office.letter(id).hasSecret == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who may send sees their own letters, who keeps the mail all, and others none`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine) { office in
      let own = try await office.service.send(PostOffice.note("own"), by: PostOffice.writer)
      office.clock.advance(by: .seconds(1))
      let other = try await office.add(PostOffice.note("other"), by: .system("test"))
      #expect(try await office.service.page(by: PostOffice.writer).items.map(\.id) == [own.id])
      #expect(try await office.service.page(by: PostOffice.keeper).items.map(\.id) == [other, own.id])
      await #expect(throws: Problem.notFound("letter")) {
        try await office.service.find(other, by: PostOffice.writer)
      }
      await #expect(throws: Problem.notFound("letter")) {
        try await office.service.resend(other, by: PostOffice.writer)
      }
      await #expect(throws: Problem.self) { try await office.service.page(by: PostOffice.nobody) }
      await #expect(throws: Problem.self) {
        try await office.service.send(PostOffice.note(), by: PostOffice.nobody)
      }
      await #expect(throws: Problem.self) { try await office.service.counts(by: PostOffice.writer) }
      #expect(try await office.service.counts(by: PostOffice.keeper) == [.pending: 2])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what failed can be sent again, all at once as well; what was sent cannot`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine) { office in
      office.server.will(.answer(.refused(words: "550")), .answer(.refused(words: "550")))
      let first = try await office.add(PostOffice.note("a"))
      var short = PostOffice.note("b")
      short.until = office.clock.now().adding(.seconds(60))
      try await office.add(short)
      try await office.send(2)
      office.clock.advance(by: .seconds(61))
      #expect(try await office.service.resendFailed(by: PostOffice.keeper) == 1)
      try await office.send()
      #expect(try await office.letter(first).state == .sent)
      await #expect(throws: Problem.notResendable(.sent)) {
        try await office.service.resend(first, by: PostOffice.keeper)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `letters and their files go after ninety days`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      var letter = PostOffice.note()
      letter.attachments = [MailAttachment(name: "a.txt", mediaType: "text/plain", bytes: [1, 2, 3])]
      let id = try await office.add(letter)
      #expect(try await office.letter(id).fileCount == 1)
      office.clock.advance(by: .seconds(89 * 86_400))
      #expect(try await office.service.forget() == 0)
      office.clock.advance(by: .seconds(2 * 86_400))
      #expect(try await office.service.forget() == 1)
      let files = try await office.database.read { tx in try tx.count("SELECT COUNT(*) FROM outbox_file") }
      #expect(files == 0)
    }
  }

  @Test func `a page of a letter shows its words, its links, and its direction`() {
    let page = LetterPage(
      subject: "<b>", text: "Hello <Ada>,\nbye\n\nhttps://school.example/a?b=c&d\n\njavascript:x", language: "ar")
    let html = page.html.description
    #expect(html.contains("<html lang=\"ar\" dir=\"rtl\">"))
    #expect(html.contains("<p dir=\"auto\">Hello &lt;Ada&gt;,<br>bye</p>"))
    #expect(html.contains("<a href=\"https://school.example/a?b=c&amp;d\">https://school.example/a?b=c&amp;d</a>"))
    #expect(html.contains("<p dir=\"auto\">javascript:x</p>"))
  }
}
