import Audiences
import Kernel
import Web

/// A message as the API shows it to its author.
struct MessageJSON: Sendable {
  var id: MessageID
  var version: Int
  var state: Message.State
  var audience: String
  var audienceWords: String
  var subject: String
  var text: String
  var priority: MessagePriority
  var byMail: Bool
  var bySMS: Bool
  var publishAt: Instant?
  var expiresAt: Instant?
  var sentAt: Instant?
  var author: AccountID?
  var authorName: String?
  var org: OrgID?
  var people: Int

  static let shape = Shape("Message", sample: MessageJSON(.sample)) { visit, it in
    visit("id", &it.id, .id(), "The message's identifier.")
    visit("version", &it.version, .version, "How often it was saved.")
    visit("state", &it.state, .word, "Where it stands.")
    visit("audience", &it.audience, .line(240), "For whom, as GET /messages/audiences spells it.")
    visit("audienceWords", &it.audienceWords, .made, "For whom, in words.")
    visit("subject", &it.subject, .line(MessageContent.subjectLimit), "What it is about.")
    visit("text", &it.text, .text(MessageContent.textLimit), "Plain text.")
    visit("priority", &it.priority, .word, "How much it presses; urgent ones go to those who chose no mail as well.")
    visit("byMail", &it.byMail, .bool, "Whether it goes by mail as well.")
    visit("bySms", &it.bySMS, .bool, "Whether a text message tells of it: subject and link, never the text.")
    visit("publishAt", &it.publishAt, .instant, "When it is, or was, to be delivered.")
    visit("expiresAt", &it.expiresAt, .instant, "From when it is no longer among the news.")
    visit("sentAt", &it.sentAt, .instant, "When its delivery was over.")
    visit("authorId", &it.author, .id(), "The account that wrote it; null for the system itself.")
    visit("authorName", &it.authorName, .made, "The name of that account.")
    visit("orgId", &it.org, .id(), "The organisation it goes on behalf of.")
    visit("people", &it.people, .count, "How many it has come to.")
  }

  init(_ line: SentLine) {
    let message = line.message
    id = message.id
    version = message.version
    state = message.state
    audience = message.content.audience.description
    audienceWords = line.audience
    subject = message.content.subject
    text = message.content.text
    priority = message.content.priority
    byMail = message.content.byMail
    bySMS = message.content.bySMS
    publishAt = message.publishAt
    expiresAt = message.content.expiresAt
    sentAt = message.sentAt
    author = message.author
    authorName = line.author
    org = message.org
    people = line.people
  }
}

extension SentLine {
  fileprivate static let sample = SentLine(
    message: Message(
      id: sampleID(1), author: sampleID(2), org: sampleID(3),
      content: MessageContent(
        audience: .guardiansOfSection(sampleID(4)), subject: "Trip on Friday",
        text: "We leave at 8:15. Please bring a raincoat."), state: .sent, publishAt: sampleMoment,
      sentAt: sampleMoment),
    audience: "Guardians of 7A", author: "Amara Okafor", people: 24)
}

/// A message to be written.
struct NewMessageJSON: Sendable {
  var audience: String
  var subject: String
  var text: String
  var priority: MessagePriority?
  var byMail: Bool?
  var bySMS: Bool?
  var publishAt: Instant?
  var expiresAt: Instant?
  var send: Bool?

  static let shape = Shape(
    "NewMessage",
    sample: NewMessageJSON(
      audience: MessageJSON.shape.sample.audience, subject: "Trip on Friday",
      text: "We leave at 8:15. Please bring a raincoat.", priority: .normal, byMail: true, bySMS: false, publishAt: nil,
      expiresAt: nil, send: true)
  ) { visit, it in
    visit("audience", &it.audience, .line(240), "For whom, as GET /messages/audiences spells it.")
    visit("subject", &it.subject, .line(MessageContent.subjectLimit), "What it is about.")
    visit("text", &it.text, .text(MessageContent.textLimit), "Plain text.")
    visit("priority", &it.priority, .word, "How much it presses; normal when nobody says.")
    visit("byMail", &it.byMail, .bool, "Whether it goes by mail as well.")
    visit("bySms", &it.bySMS, .bool, "Whether a text message tells of it.")
    visit("publishAt", &it.publishAt, .instant, "Not before this moment.")
    visit("expiresAt", &it.expiresAt, .instant, "From when it is no longer among the news.")
    visit("send", &it.send, .bool, "Whether it is sent at once, or at its time; otherwise it stays a draft.")
  }

  var content: MessageContent {
    get throws(Problem) {
      MessageContent(
        audience: try Audience(asked: audience), subject: subject, text: text, priority: priority ?? .normal,
        byMail: byMail ?? false, bySMS: bySMS ?? false, publishAt: publishAt, expiresAt: expiresAt)
    }
  }
}

/// What changes of a draft.
struct MessagePatchJSON: Sendable {
  var audience: Patch<String> = .keep
  var subject: Patch<String> = .keep
  var text: Patch<String> = .keep
  var priority: Patch<MessagePriority> = .keep
  var byMail: Patch<Bool> = .keep
  var bySMS: Patch<Bool> = .keep
  var publishAt: Patch<Instant> = .keep
  var expiresAt: Patch<Instant> = .keep

  static let shape = Shape("MessagePatch", sample: MessagePatchJSON(subject: .set("Trip on Thursday"))) { visit, it in
    visit("audience", &it.audience, .line(240), nullable: false, "For whom.")
    visit("subject", &it.subject, .line(MessageContent.subjectLimit), nullable: false, "What it is about.")
    visit("text", &it.text, .text(MessageContent.textLimit), nullable: false, "Plain text.")
    visit("priority", &it.priority, .word, nullable: false, "How much it presses.")
    visit("byMail", &it.byMail, .bool, nullable: false, "Whether it goes by mail as well.")
    visit("bySms", &it.bySMS, .bool, nullable: false, "Whether a text message tells of it.")
    visit("publishAt", &it.publishAt, .instant, "Not before this moment.")
    visit("expiresAt", &it.expiresAt, .instant, "From when it is no longer among the news.")
  }

  func applied(to old: MessageContent) throws(Problem) -> MessageContent {
    MessageContent(
      audience: audience.isGiven ? try Audience(asked: audience.applied(to: "")) : old.audience,
      subject: subject.applied(to: old.subject), text: text.applied(to: old.text),
      priority: priority.applied(to: old.priority), byMail: byMail.applied(to: old.byMail),
      bySMS: bySMS.applied(to: old.bySMS), publishAt: publishAt.applied(to: old.publishAt),
      expiresAt: expiresAt.applied(to: old.expiresAt))
  }
}

extension Audience {
  /// Reads what a client wrote; refuses what names no audience.
  init(asked text: String) throws(Problem) {
    guard let audience = Audience(text) else {
      throw .invalid([
        .init(
          pointer: "/audience", code: "UNKNOWN_WORD", detail: "Choose an audience, spelt as the list of them does.")
      ])
    }
    self = audience
  }
}
