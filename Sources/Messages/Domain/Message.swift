public import Audiences
public import Kernel

/// Something written to an audience. Who that is in the end is worked out when it is delivered.
public struct Message: Sendable, Equatable {
  /// What it identifies.
  public let id: MessageID
  /// How often it has been saved.
  public var version: Int
  /// Who wrote it; nil for the system itself.
  public let author: AccountID?
  /// The organisation on whose behalf it goes, where there is one.
  public var org: OrgID?
  /// What it says, and to whom.
  public var content: MessageContent
  /// Where it stands.
  public var state: State
  /// When it is, or was, to be delivered; nil for a draft without a time, which goes as soon as it is sent.
  public var publishAt: Instant?
  /// When its delivery was over.
  public var sentAt: Instant?

  /// Where a message stands.
  public enum State: String, Sendable, CaseIterable {
    /// Being written.
    case draft
    /// Waits for its time.
    case queued
    /// Being delivered.
    case sending
    /// Delivered.
    case sent
    /// Taken back before its time.
    case withdrawn
  }

  /// A message; new ones are version 1.
  public init(
    id: MessageID, version: Int = 1, author: AccountID?, org: OrgID?, content: MessageContent, state: State = .draft,
    publishAt: Instant? = nil, sentAt: Instant? = nil
  ) {
    self.id = id
    self.version = version
    self.author = author
    self.org = org
    self.content = content
    self.state = state
    self.publishAt = publishAt
    self.sentAt = sentAt
  }

  /// Saved with other content: a draft again, also when it was withdrawn.
  public mutating func rewrite(_ content: MessageContent) throws(MessagesProblem) {
    guard state == .draft || state == .withdrawn else { throw .onItsWay(state) }
    self.content = content
    state = .draft
    publishAt = content.publishAt
  }

  /// Put in line for its time, or for now.
  public mutating func queue(at now: Instant) throws(MessagesProblem) {
    guard state == .draft else { throw .onItsWay(state) }
    let time = max(content.publishAt ?? now, now)
    if let expiresAt = content.expiresAt, expiresAt <= time { throw .expiredAlready }
    publishAt = time
    state = .queued
  }

  /// Taken back: possible until delivery begins.
  public mutating func withdraw() throws(MessagesProblem) {
    guard state == .draft || state == .queued else { throw .onItsWay(state) }
    state = .withdrawn
  }
}

/// How much a message presses.
public enum MessagePriority: String, Sendable, CaseIterable {
  /// Good to know.
  case low
  /// The usual one.
  case normal
  /// Wants to be read soon.
  case high
  /// Must not wait: goes by the ticked channels even to those who chose to get nothing there.
  case urgent

  /// The priority as people read it.
  public var title: String {
    switch self {
    case .low: "For information"
    case .normal: "Normal"
    case .high: "Important"
    case .urgent: "Urgent"
    }
  }
}

/// What somebody writes: the words, to whom, how and when.
public struct MessageContent: Sendable, Equatable {
  /// For whom.
  public var audience: Audience
  /// What it is about, in a line of at most 200 characters.
  public var subject: String
  /// Plain text of at most 10,000 characters.
  public var text: String
  /// How much it presses.
  public var priority: MessagePriority
  /// Whether it goes by mail as well as into the inbox.
  public var byMail: Bool
  /// Whether a text message tells of it: the subject and a link, never the text.
  public var bySMS: Bool
  /// Not before this moment; nil for as soon as it is sent.
  public var publishAt: Instant?
  /// From this moment on it is no longer among the news.
  public var expiresAt: Instant?

  /// The most characters of a subject.
  public static let subjectLimit = 200
  /// The most characters of a text.
  public static let textLimit = 10_000

  /// A message as written.
  public init(
    audience: Audience, subject: String, text: String, priority: MessagePriority = .normal, byMail: Bool = false,
    bySMS: Bool = false, publishAt: Instant? = nil, expiresAt: Instant? = nil
  ) {
    self.audience = audience
    self.subject = subject
    self.text = text
    self.priority = priority
    self.byMail = byMail
    self.bySMS = bySMS
    self.publishAt = publishAt
    self.expiresAt = expiresAt
  }

  /// The same, trimmed and in NFC; throws every fault at once.
  public func checked() throws(Problem) -> MessageContent {
    var validation = Validation()
    var checked = self
    checked.subject = validation.line(subject, at: "/subject", "the subject", max: Self.subjectLimit)
    let text = validation.optionalText(text, at: "/text", "the text", max: Self.textLimit)
    if text == nil, !validation.errors.contains(where: { $0.pointer == "/text" }) {
      validation.fail("/text", "REQUIRED", "Write what you have to say.")
    }
    checked.text = (text ?? "").replacing("\r\n", with: "\n")
    if let publishAt, let expiresAt {
      validation.check(
        publishAt < expiresAt, "/expiresAt", "BEFORE_START", "Choose an end that is later than the beginning.")
    }
    try validation.finish()
    return checked
  }

  /// The channels it goes by.
  public var channels: [MessageChannel] {
    [.inbox] + (byMail ? [.mail] : []) + (bySMS ? [.sms] : [])
  }
}

/// A way by which a message comes to somebody.
public enum MessageChannel: String, Sendable, CaseIterable {
  /// The inbox in Homeroom: always.
  case inbox
  /// Mail.
  case mail
  /// A text message.
  case sms

  /// The channel in a word.
  public var title: String {
    switch self {
    case .inbox: "Inbox"
    case .mail: "Mail"
    case .sms: "Text message"
    }
  }
}
