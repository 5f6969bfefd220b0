import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@testable import Outbox

@Suite struct TemplateTests {
  @Test(arguments: LetterLanguage.all.map(\.tag))
  func `every template has words in every language we bring, with what it needs`(language: String) throws {
    let words = try #require(LetterLanguage.all.first { $0.tag == language }).words
    #expect(Set(words.keys) == Set(LetterTemplate.all.map(\.key)))
    for template in LetterTemplate.all {
      let words = try #require(words[template.key])
      let used = Set(words.placeholders)
      #expect(used.isSubset(of: template.placeholders.map(\.name)), "\(template.key) in \(language)")
      if template.hasSecret { #expect(words.text.contains("\n\n{{link}}"), "\(template.key) in \(language)") }
      #expect(words.subject.count <= 100)
    }
  }

  @Test(arguments: [
    ("fr-CA", "Bonjour"), ("FR", "Bonjour"), ("zh-Hant", "您好"), ("zh-TW", "您好"), ("ar", "مرحبًا"), ("sw", "Hello"),
  ])
  func `a reader gets the language that comes nearest`(language: String, word: String) {
    #expect(LetterLanguage.words("password-reset", in: language)?.text.contains(word) == true)
  }

  @Test func `what a value says is not filled in again`() {
    let words = LetterWords(subject: "{{ name }}", text: "{{name}} {{missing}} {{text}}")
    let filled = words.filled(["name": "{{text}}", "text": "b"], in: "en")
    #expect(filled == LetterWords(subject: "{{text}}", text: "{{text}}  b"))
  }

  @Test func `what is filled into Arabic keeps its own order`() {
    let words = LetterWords(subject: "حتى {{until}}", text: "{{link}}")
    let filled = words.filled(["until": "2026-11-21 09:29", "link": "https://x.example"], in: "ar")
    #expect(filled == LetterWords(subject: "حتى \u{2068}2026-11-21 09:29\u{2069}", text: "https://x.example"))
  }

  @Test(arguments: TestDatabase.engines)
  func `a school's own words are used, over the version one saw, and ours again after them`(
    engine: TestDatabase.Engine
  ) async throws {
    try await PostOffice.with(engine) { office in
      let service = office.service
      let keeper = PostOffice.keeper
      let own = LetterWords(subject: "New password, {{name}}", text: "Here:\n\n{{link}}")
      let saved = try await service.save(own, as: "password-reset", in: "sw", version: nil, by: keeper)
      #expect(saved.version == 1)
      let problem = await #expect(throws: Problem.self) {
        try await service.save(own, as: "password-reset", in: "sw", version: nil, by: keeper)
      }
      #expect(problem?.kind == .stale)
      let better = LetterWords(subject: "Better", text: "{{link}}")
      #expect(try await service.save(better, as: "password-reset", in: "sw", version: 1, by: keeper).version == 2)
      let id = try await office.add(
        NewLetter(
          .mail, to: "ada@example.org",
          .template("password-reset", values: ["name": "Ada"], secret: "https://x.example"),
          language: "sw"))
      #expect(try await office.letter(id).subject == "Better")
      _ = try await service.dropWords("password-reset", in: "sw", by: keeper)
      #expect(try await service.template("password-reset", in: "sw", by: keeper).version == nil)
      await #expect(throws: Problem.notFound("template")) {
        try await service.dropWords("password-reset", in: "sw", by: keeper)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `words that would not do are refused`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      let bad: [(LetterWords, String)] = [
        (LetterWords(subject: "a", text: "no link"), "LINK_MISSING"),
        (LetterWords(subject: "a", text: "{{link}} {{nmae}}"), "UNKNOWN_PLACEHOLDER"),
        (LetterWords(subject: "", text: "{{link}}"), "REQUIRED"),
        (LetterWords(subject: "a\nb", text: "{{link}}"), "BAD_CHARACTER"),
        (LetterWords(subject: "{{link}}", text: "{{link}}"), "LINK_MISSING"),
      ]
      for (words, code) in bad {
        let problem = await #expect(throws: Problem.self) {
          try await office.service.save(words, as: "password-reset", in: "en", version: nil, by: PostOffice.keeper)
        }
        #expect(problem?.errors.map(\.code) == [code])
        #expect(throws: Problem.self) { try office.service.preview(words, of: "password-reset", in: "en") }
      }
      await #expect(throws: Problem.notFound("template")) {
        try await office.service.template("nothing", in: "en", by: PostOffice.keeper)
      }
      await #expect(throws: Problem.notFound("template")) {
        try await office.service.template("test", in: "no tag", by: PostOffice.keeper)
      }
      await #expect(throws: Problem.self) {
        try await office.service.template("test", in: "en", by: PostOffice.writer)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a preview fills in examples`(engine: TestDatabase.Engine) async throws {
    try await PostOffice.with(engine) { office in
      let lines = try await office.service.templateLines(by: PostOffice.keeper)
      #expect(lines.count == LetterTemplate.all.count * LetterLanguage.all.count)
      for line in lines {
        let preview = try office.service.preview(line.words, of: line.template.key, in: line.language)
        #expect(!preview.subject.isEmpty && !preview.text.contains("{{"))
        #expect(preview.html.contains("lang=\"\(line.language)\""))
      }
    }
  }
}
