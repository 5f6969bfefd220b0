import Foundation
import Kernel
import Mail
import Web

/// A letter as JSON.
struct LetterJSON: Sendable {
  var id: LetterID
  var channel: LetterChannel
  var template: String?
  var recipient: String
  var name: String?
  var subject: String
  var text: String
  var language: String
  var state: LetterState
  var attempts: Int
  var words: String?
  var files: Int
  var createdAt: Instant
  var nextAt: Instant?
  var sentAt: Instant?

  static let shape = Shape(
    "Letter",
    sample: LetterJSON(
      id: sampleID(1), channel: .mail, template: nil, recipient: "ada@school.example", name: "Ada Lovelace",
      subject: "Museum on Friday", text: "We leave at nine.", language: "en", state: .sent, attempts: 1,
      words: "250 2.0.0 Ok", files: 0, createdAt: sampleMoment, nextAt: nil, sentAt: sampleMoment)
  ) { visit, it in
    visit("id", &it.id, .id(), "The letter's identifier.")
    visit("channel", &it.channel, .word, "How it goes.")
    visit("template", &it.template, .made, "The template it was made from; null for words of somebody's own.")
    visit("recipient", &it.recipient, .made, "The mail address or telephone number it goes to.")
    visit("name", &it.name, .made, "The name beside the address.")
    visit("subject", &it.subject, .made, "One line; empty for a text message.")
    visit("text", &it.text, .made, "What it says; a secret link is left out.")
    visit("language", &it.language, .made, "The language it is written in.")
    visit("state", &it.state, .word, "How it stands.")
    visit("attempts", &it.attempts, .count, "How often it was tried.")
    visit("words", &it.words, .made, "The server's last words, or what kept them from being heard.")
    visit("files", &it.files, .count, "How many files go with it.")
    visit("createdAt", &it.createdAt, .instant, "When it was written.")
    visit("nextAt", &it.nextAt, .instant, "When it is tried next; null when nothing is planned.")
    visit("sentAt", &it.sentAt, .instant, "When the server took it.")
  }
}

extension LetterJSON {
  init(_ letter: Letter) {
    self.init(
      id: letter.id, channel: letter.channel, template: letter.template, recipient: letter.recipient,
      name: letter.name, subject: letter.subject, text: letter.shownText(link: nil), language: letter.language,
      state: letter.state, attempts: letter.attempts, words: letter.words, files: letter.fileCount,
      createdAt: letter.createdAt, nextAt: letter.nextAt, sentAt: letter.sentAt)
  }
}

/// A mail to be sent, in the words of the runbooks.
struct NewMailJSON: Sendable {
  var recipient: String
  var subject: String
  var message: String
  var attachments: [FileJSON]?

  static let shape = Shape(
    "NewMail",
    sample: NewMailJSON(
      recipient: "ada@school.example", subject: "Museum on Friday", message: "We leave at nine.",
      attachments: [FileJSON.shape.sample])
  ) { visit, it in
    visit("recipient", &it.recipient, .line(254), "One mail address.")
    visit("subject", &it.subject, .line(200), "One line.")
    visit("message", &it.message, .text(OutboxService.textLimit), "The text, in plain lines.")
    visit(
      "attachments", &it.attachments, .list(of: .object(FileJSON.shape), max: 20),
      "Files that go with it; the whole request has at most 1 MB.")
  }

  /// The letter; throws where a file is not in base64.
  var letter: NewLetter {
    get throws(Problem) {
      var validation = Validation()
      let files = (attachments ?? []).enumerated().map { $1.file(at: "/attachments/\($0)", &validation) }
      try validation.finish()
      return NewLetter(.mail, to: recipient, .words(subject: subject, text: message), attachments: files)
    }
  }
}

/// A file that goes with a mail.
struct FileJSON: Sendable {
  var name: String
  var mediaType: String
  var content: String

  static let shape = Shape(
    "MailFile", sample: FileJSON(name: "menu.txt", mediaType: "text/plain", content: "U291cA==")
  ) { visit, it in
    visit("name", &it.name, .line(200), "Its name.")
    visit("mediaType", &it.mediaType, .line(100), "Its media type, such as application/pdf.")
    visit("content", &it.content, .secret(1_000_000), "What is in it, in base64.")
  }

  func file(at pointer: String, _ validation: inout Validation) -> LetterFile {
    validation.check(
      mediaType.wholeMatch(of: /[a-z]+\/[a-z0-9][a-z0-9.+-]*/) != nil, "\(pointer)/mediaType", "BAD_MEDIA_TYPE",
      "Give a media type such as application/pdf.")
    let bytes = Data(base64Encoded: content)
    validation.check(bytes != nil, "\(pointer)/content", "BAD_BASE64", "Give the file in base64.")
    return LetterFile(name: name, mediaType: mediaType, bytes: Array(bytes ?? Data()))
  }
}

/// A text message to be sent.
struct NewTextJSON: Sendable {
  var recipient: String
  var message: String

  static let shape = Shape("NewText", sample: NewTextJSON(recipient: "+231771234567", message: "We leave at nine.")) {
    visit, it in
    visit("recipient", &it.recipient, .line(40), "A telephone number with its country.")
    visit("message", &it.message, .text(1000), "The text.")
  }
}

/// What came of all letters of a kind being tried again.
struct ResentJSON: Sendable {
  var count: Int

  static let shape = Shape("Resent", sample: ResentJSON(count: 3)) { visit, it in
    visit("count", &it.count, .count, "How many are tried again.")
  }
}

/// A template in one language as JSON.
struct TemplateJSON: Sendable {
  var key: String
  var language: String
  var title: String
  var subject: String
  var text: String
  var placeholders: [String]
  var isOwn: Bool
  var version: Int

  static let shape = Shape(
    "LetterTemplate",
    sample: TemplateJSON(
      key: "password-reset", language: "en", title: "Link for a forgotten password", subject: "Choose a new password",
      text: "Hello {{name}},\n\n{{link}}", placeholders: ["site", "name", "until", "link"], isOwn: true, version: 2)
  ) { visit, it in
    visit("key", &it.key, .made, "Its name for ever.")
    visit("language", &it.language, .made, "The language, as a BCP 47 tag.")
    visit("title", &it.title, .made, "What it is for.")
    visit("subject", &it.subject, .line(200), "One line, with placeholders.")
    visit("text", &it.text, .text(5000), "Paragraphs, with placeholders.")
    visit("placeholders", &it.placeholders, .list(of: .line(60), max: 20), "What may be filled in.")
    visit("isOwn", &it.isOwn, .bool, "Whether these are the school's own words, and not the ones we bring.")
    visit("version", &it.version, .version, "1 for the words we bring, and more each time the school saved its own.")
  }
}

extension TemplateJSON {
  init(_ line: TemplateLine) {
    self.init(
      key: line.template.key, language: line.language, title: line.template.title, subject: line.words.subject,
      text: line.words.text, placeholders: line.template.placeholders.map(\.name), isOwn: line.version != nil,
      version: line.revision)
  }
}

/// What a template is to say.
struct TemplateWordsJSON: Sendable {
  var subject: String
  var text: String

  static let shape = Shape(
    "LetterTemplateWords",
    sample: TemplateWordsJSON(subject: "Choose a new password", text: "Hello {{name}},\n\n{{link}}")
  ) { visit, it in
    visit("subject", &it.subject, .line(200), "One line, with placeholders.")
    visit("text", &it.text, .text(5000), "Paragraphs, with placeholders.")
  }
}

/// How a template would read.
struct LetterPreviewJSON: Sendable {
  var subject: String
  var text: String
  var html: String

  static let shape = Shape(
    "LetterPreview", sample: LetterPreviewJSON(subject: "Choose a new password", text: "Hello Ada,", html: "<p>…</p>")
  ) { visit, it in
    visit("subject", &it.subject, .made, "One line.")
    visit("text", &it.text, .made, "The text.")
    visit("html", &it.html, .made, "The same as a page.")
  }
}
