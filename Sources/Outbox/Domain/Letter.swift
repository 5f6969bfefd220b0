public import Kernel

/// A mail or text message as it stands in the outbox.
public struct Letter: Sendable, Equatable {
  /// Which it is.
  public let id: LetterID
  /// How it goes.
  public let channel: LetterChannel
  /// The template it was made from; nil for words of somebody's own.
  public let template: String?
  /// Where it goes.
  public let recipient: String
  /// The name beside the address.
  public let name: String?
  /// One line; empty for a text message.
  public let subject: String
  /// What it says, with `Letter.secretMark` where the secret link stands.
  public let text: String
  /// The language it is written in.
  public let language: String
  /// The account it is for.
  public let account: AccountID?
  /// On whose behalf it goes.
  public let org: OrgID?
  /// Who had it sent; nil for the system itself.
  public let askedBy: AccountID?
  /// How it stands.
  public let state: LetterState
  /// How often it was tried.
  public let attempts: Int
  /// Whether the present try has handed it over, and no answer was written down yet.
  public let isHanded: Bool
  /// The server's last words, or what kept them from being heard.
  public let words: String?
  /// When it was written.
  public let createdAt: Instant
  /// When it is tried next; nil when nothing is planned.
  public let nextAt: Instant?
  /// When the server took it.
  public let sentAt: Instant?
  /// After this moment it is not sent any more.
  public let until: Instant?
  /// Whether it still carries a secret link.
  public let hasSecret: Bool
  /// How many files go with it.
  public let fileCount: Int

  /// Stands in the text for the link that only the reader may see. No text of a person's has it.
  public static let secretMark = "\u{FFFC}"

  /// For how many days letters are kept.
  public static let keptDays = 90
  /// The pauses before each further try: a server that is away for a night is back in the morning, and after two days
  /// somebody should know (RFC 5321 §4.5.4.1 asks for tries over days, with growing pauses).
  static let pauses: [Duration] =
    [.seconds(10), .seconds(60), .seconds(300), .seconds(900), .seconds(1800)]
    + Array(repeating: .seconds(3600), count: 4) + Array(repeating: .seconds(4 * 3600), count: 11)

  /// The pause after so many tries; nil when that was the last.
  static func pause(after attempts: Int) -> Duration? {
    pauses.indices.contains(attempts - 1) ? pauses[attempts - 1] : nil
  }
}
