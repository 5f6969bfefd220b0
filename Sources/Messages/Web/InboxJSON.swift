import Audiences
import Kernel
import Outbox
import Web

/// A message as the API shows it to a reader.
struct InboxJSON: Sendable {
  var id: MessageID
  var subject: String
  var text: String
  var priority: MessagePriority
  var author: String?
  var org: String?
  var publishedAt: Instant
  var expiresAt: Instant?
  var readAt: Instant?
  var children: [String]

  static let shape = Shape(
    "InboxMessage",
    sample: InboxJSON(
      id: sampleID(1), subject: "Trip on Friday", text: "We leave at 8:15. Please bring a raincoat.",
      priority: .normal, author: "Amara Okafor", org: "Maple Street School", publishedAt: sampleMoment,
      expiresAt: nil, readAt: nil, children: ["Kofi Mensah"])
  ) { visit, it in
    visit("id", &it.id, .id(), "The message's identifier.")
    visit("subject", &it.subject, .made, "What it is about.")
    visit("text", &it.text, .text(MessageContent.textLimit), "Plain text; in a list only its beginning.")
    visit("priority", &it.priority, .word, "How much it presses.")
    visit("author", &it.author, .made, "Who wrote it; null for the system itself.")
    visit("org", &it.org, .made, "The organisation it goes on behalf of.")
    visit("publishedAt", &it.publishedAt, .instant, "When it came.")
    visit("expiresAt", &it.expiresAt, .instant, "From when it is no longer among the news.")
    visit("readAt", &it.readAt, .instant, "When it was read; null while it is new.")
    visit("children", &it.children, .list(of: .made, max: 100), "The children it is about, as far as one may see them.")
  }

  init(
    id: MessageID, subject: String, text: String, priority: MessagePriority, author: String?, org: String?,
    publishedAt: Instant, expiresAt: Instant?, readAt: Instant?, children: [String]
  ) {
    self.id = id
    self.subject = subject
    self.text = text
    self.priority = priority
    self.author = author
    self.org = org
    self.publishedAt = publishedAt
    self.expiresAt = expiresAt
    self.readAt = readAt
    self.children = children
  }

  init(_ line: InboxLine) {
    self.init(
      id: line.id, subject: line.subject, text: line.text, priority: line.priority, author: line.author, org: line.org,
      publishedAt: line.publishedAt, expiresAt: line.expiresAt, readAt: line.readAt, children: line.children)
  }
}

/// A number of new messages.
struct UnreadJSON: Sendable {
  var unread: Int

  static let shape = Shape("Unread", sample: UnreadJSON(unread: 2)) { visit, it in
    visit("unread", &it.unread, .count, "How many new messages there are, counted to 100.")
  }
}

/// How many messages were marked as read.
struct ReadJSON: Sendable {
  var read: Int

  static let shape = Shape("ReadMessages", sample: ReadJSON(read: 2)) { visit, it in
    visit("read", &it.read, .count, "How many messages were new until now.")
  }
}

/// By which channels somebody wants messages.
struct ChannelChoicesJSON: Sendable {
  var byMail: Bool
  var bySMS: Bool

  static let shape = Shape("ChannelChoices", sample: ChannelChoicesJSON(byMail: true, bySMS: false)) { visit, it in
    visit("byMail", &it.byMail, .bool, "Whether messages come by mail; urgent ones do in any case.")
    visit("bySms", &it.bySMS, .bool, "Whether text messages tell of messages; of urgent ones they do in any case.")
  }

  init(byMail: Bool, bySMS: Bool) {
    self.byMail = byMail
    self.bySMS = bySMS
  }

  init(_ choices: ChannelChoices) { self.init(byMail: choices.byMail, bySMS: choices.bySMS) }
}

/// One line of the log of deliveries.
struct DeliveryJSON: Sendable {
  var reader: ID<AnyEntity>
  var name: String
  var channel: MessageChannel
  var state: Delivery.State
  var reason: Delivery.Reason?
  var letter: LetterID?
  var letterState: LetterState?
  var at: Instant

  static let shape = Shape(
    "MessageDelivery",
    sample: DeliveryJSON(
      Delivery(
        reader: sampleID(5), name: "Ama Mensah", channel: .mail, state: .skipped, reason: .unwanted, letter: nil,
        at: sampleMoment))
  ) { visit, it in
    visit("readerId", &it.reader, .id(), "The person, or the account that is nobody's.")
    visit("name", &it.name, .made, "Whose name pages show.")
    visit("channel", &it.channel, .word, "By which way.")
    visit("state", &it.state, .word, "What became of it; handed means to the outbox, which sends it.")
    visit("reason", &it.reason, .word, "Why it was skipped.")
    visit("letterId", &it.letter, .id(), "The letter in the outbox.")
    visit("letterState", &it.letterState, .word, "How that letter stands; null once it was cleared away.")
    visit("at", &it.at, .instant, "When.")
  }

  init(_ delivery: Delivery) {
    reader = delivery.reader
    name = delivery.name
    channel = delivery.channel
    state = delivery.state
    reason = delivery.reason
    letter = delivery.letter
    letterState = delivery.letterState
    at = delivery.at
  }
}

/// How many an audience has.
struct AudienceCountJSON: Sendable {
  var people: Int
  var accounts: Int
  var mail: Int
  var sms: Int

  static let shape = Shape(
    "AudienceCount", sample: AudienceCountJSON(AudienceCount(people: 24, accounts: 20, mail: 22, sms: 9))
  ) { visit, it in
    visit("people", &it.people, .count, "People, and accounts that are nobody's.")
    visit("accounts", &it.accounts, .count, "Those who can sign in and read it in Homeroom.")
    visit("mail", &it.mail, .count, "Those who get it by mail, if that is ticked.")
    visit("sms", &it.sms, .count, "Those who get a text message, if that is ticked.")
  }

  init(_ count: AudienceCount) {
    people = count.people
    accounts = count.accounts
    mail = count.mail
    sms = count.sms
  }
}

/// An audience that somebody may write to.
struct AudienceChoiceJSON: Sendable {
  var audience: String
  var words: String
  var group: String

  static let shape = Shape(
    "AudienceChoice",
    sample: AudienceChoiceJSON(
      audience: MessageJSON.shape.sample.audience, words: "Guardians of 7A", group: "Guardians of a section")
  ) { visit, it in
    visit("audience", &it.audience, .made, "What to write as the audience of a message.")
    visit("words", &it.words, .made, "Whom it means.")
    visit("group", &it.group, .made, "What it has in common with others.")
  }
}
