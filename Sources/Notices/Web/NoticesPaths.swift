public import Kernel
public import Markup

/// The addresses of notices.
public enum NoticesPaths {
  /// The board.
  public static let board: Path = "/notices"
  /// What the reader wrote.
  public static let mine: Path = "/notices/mine"
  /// What waits for the reader's decision.
  public static let review: Path = "/notices/review"
  /// Everything the reader may decide about.
  public static let all: Path = "/notices/all"
  /// The form for a new notice.
  static let new: Path = "/notices/new"

  /// A notice.
  public static func notice(_ id: NoticeID) -> Path { "/notices/\(id)" }
  /// The form of a notice.
  static func editing(_ id: NoticeID) -> Path { "/notices/\(id)/edit" }
  /// Where the forms of its steps go.
  static func status(_ id: NoticeID) -> Path { "/notices/\(id)/status" }
  static func api(_ id: NoticeID) -> Path { "/api/v1/notices/\(id)" }
}
