import Audiences
import Kernel
public import Persistence
public import Record

extension Notice: RecordedRow, RowDecodable {
  /// Notices, with their history.
  public static let table = RecordedTable<Notice>(
    "notice", "notices_notice",
    columns: [.id("org_id", \.org), .text("title", \.title), .text("text", \.text)]
      + AudienceColumns.recorded(\.audience) + [
        .bool("is_pinned", \.isPinned), .instant("publish_at", \.publishAt), .instant("expires_at", \.expiresAt),
        .id("author_id", \.author), .text("state", \.state.rawValue),
        .text("state_before", { $0.stateBefore?.rawValue }),
        .instant("sent_at", \.sentAt), .id("reviewer_id", \.reviewer), .instant("decided_at", \.decidedAt),
        .instant("shown_from", \.shownFrom), .text("reason", \.reason),
      ])

  /// The columns as rows are read, from `notice`.
  public static let columns: SQL = """
    notice.id, notice.version, notice.org_id, notice.title, notice.text, \(AudienceColumns.all(of: "notice")),
    notice.is_pinned, notice.publish_at, notice.expires_at, notice.author_id, notice.state, notice.state_before,
    notice.sent_at, notice.reviewer_id, notice.decided_at, notice.shown_from, notice.reason
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), org: try row.next(), title: try row.next(), text: try row.next(),
      audience: try Audience(row: &row), isPinned: try row.next(), publishAt: try row.next(),
      expiresAt: try row.next(), author: try row.next(), state: try row.next(), stateBefore: try row.next(),
      sentAt: try row.next(), reviewer: try row.next(), decidedAt: try row.next(), shownFrom: try row.next(),
      reason: try row.next())
  }
}

extension NoticeState: SQLBindable {}
