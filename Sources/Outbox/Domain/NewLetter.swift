public import Kernel
public import Mail

/// A mail or text message to be sent.
public struct NewLetter: Sendable {
  /// How it goes.
  public var channel: LetterChannel
  /// The mail address or telephone number it goes to.
  public var recipient: String
  /// The name beside the address.
  public var name: String?
  /// What it says.
  public var content: LetterContent
  /// The language it is written in, as a BCP 47 tag: chooses the template and the direction of writing.
  public var language: String
  /// The account it is for, where it is for one.
  public var account: AccountID?
  /// The organisation on whose behalf it goes.
  public var org: OrgID?
  /// Files that go with a mail.
  public var attachments: [LetterFile]
  /// After this moment it is not sent any more: the link in it would be dead.
  public var until: Instant?
  /// Of the letters with one key only the first is taken: what a job wants sent goes once, however often it is begun.
  public var key: String?

  /// A letter of the given parts.
  public init(
    _ channel: LetterChannel, to recipient: String, name: String? = nil, _ content: LetterContent,
    language: String = "en", account: AccountID? = nil, org: OrgID? = nil, attachments: [LetterFile] = [],
    until: Instant? = nil, key: String? = nil
  ) {
    self.channel = channel
    self.recipient = recipient
    self.name = name
    self.content = content
    self.language = language
    self.account = account
    self.org = org
    self.attachments = attachments
    self.until = until
    self.key = key
  }
}

/// How a letter goes.
public enum LetterChannel: String, Sendable, CaseIterable {
  /// By mail (SMTP).
  case mail
  /// As a text message, through the gateway of the settings.
  case sms
}

/// What a letter says.
public enum LetterContent: Sendable, Equatable {
  /// These words. A text message has no subject.
  case words(subject: String, text: String)
  /// The school's template of this key, filled in with `values` by name.
  ///
  /// `secret` is the address of a link that proves who its reader is: it is kept sealed, shown to nobody who could not
  /// have made it, and forgotten once the letter is sent.
  case template(String, values: [String: String], secret: String? = nil)
}

/// How a letter stands.
public enum LetterState: String, Sendable, CaseIterable {
  /// It waits for its turn, for another try, or for settings to send it with.
  case pending
  /// The server has taken it.
  case sent
  /// The server refuses it, or too many tries came to nothing.
  case failed
  /// It was handed over whole, and no answer came: it may have arrived or not. Nobody but a person sends it again.
  case doubtful
}

/// A file that goes with a mail.
public typealias LetterFile = MailAttachment
