public import Kernel

/// A message as it stands in somebody's inbox.
public struct InboxLine: Sendable, Equatable {
  /// The message.
  public let id: MessageID
  /// What it is about.
  public let subject: String
  /// The text, or its beginning in a list.
  public let text: String
  /// How much it presses.
  public let priority: MessagePriority
  /// Who wrote it; nil for the system itself.
  public let author: String?
  /// On behalf of which organisation.
  public let org: String?
  /// When it came.
  public let publishedAt: Instant
  /// From when it is no longer among the news.
  public let expiresAt: Instant?
  /// When it was read; nil while it is new.
  public internal(set) var readAt: Instant?
  /// The children it is about, as far as the reader may see them today.
  public internal(set) var children: [String]
  let about: [StudentID]

  /// Whether it has been read.
  public var isRead: Bool { readAt != nil }
}

/// Which part of an inbox is wanted.
public struct InboxFilter: Sendable, Equatable {
  /// Only what is new.
  public var isUnreadOnly: Bool
  /// Also what has expired.
  public var hasExpired: Bool

  /// All that is current, unless said otherwise.
  public init(isUnreadOnly: Bool = false, hasExpired: Bool = false) {
    self.isUnreadOnly = isUnreadOnly
    self.hasExpired = hasExpired
  }
}

/// By which channels somebody wants messages beside the inbox. Urgent ones come all the same.
public struct ChannelChoices: Sendable, Equatable {
  /// Whether by mail.
  public var byMail: Bool
  /// Whether by text message.
  public var bySMS: Bool

  /// Both, unless somebody chose otherwise.
  public init(byMail: Bool = true, bySMS: Bool = true) {
    self.byMail = byMail
    self.bySMS = bySMS
  }
}
