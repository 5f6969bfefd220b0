public import Kernel

/// One thing that was done to a notice, for the story of its life.
public struct NoticeEvent: Sendable, Equatable {
  /// What was done.
  public let deed: NoticeDeed
  /// When.
  public let at: Instant
  /// By whom, by name.
  public let who: String
  /// Whether that was the notice's own author.
  public let isByAuthor: Bool
  /// What was said with it.
  public let reason: String?

  /// One thing that was done.
  public init(_ deed: NoticeDeed, at: Instant, who: String, isByAuthor: Bool, reason: String? = nil) {
    self.deed = deed
    self.at = at
    self.who = who
    self.isByAuthor = isByAuthor
    self.reason = reason
  }
}

/// What can have been done to a notice.
public enum NoticeDeed: String, Sendable, CaseIterable {
  /// It was written for the first time.
  case written
  /// It got other words.
  case changed
  /// It got other words on the board, and came off it until they are approved.
  case changedOnBoard = "changed_on_board"
  /// Its approval was asked for.
  case sent
  /// Its author took it back.
  case withdrawn
  /// It was approved.
  case approved
  /// It was sent back.
  case rejected
  /// Its deletion was asked for.
  case deletionAsked = "deletion_asked"
  /// It was not deleted after all.
  case kept
  /// It went to the recycle bin.
  case deleted
  /// It came back from there.
  case restored

  /// What must have been done for a notice to come from one state to another, its words changed or not.
  public init(from before: NoticeState?, to after: NoticeState, hasOtherWords: Bool) {
    self =
      switch (before, after) {
      case (nil, _): .written
      case (.deletionAsked, let after) where after != .deletionAsked: .kept
      case (.approved, .review): .changedOnBoard
      case (let before, let after) where before == after || hasOtherWords: .changed
      case (_, .draft): .withdrawn
      case (_, .review): .sent
      case (_, .approved): .approved
      case (_, .rejected): .rejected
      case (_, .deletionAsked): .deletionAsked
      case (_, .deleted): .deleted
      }
  }
}
