import Audiences
import Kernel
public import Persistence
public import Record

extension Message: RecordedRow, RowDecodable {
  /// Messages, with their history.
  public static let table = RecordedTable<Message>(
    "message", "messages_message",
    columns: [.id("author_id", \.author), .id("org_id", \.org)] + AudienceColumns.recorded { $0.content.audience } + [
      .text("subject", \.content.subject), .text("body", \.content.text),
      .text("priority", \.content.priority.rawValue), .bool("by_mail", \.content.byMail),
      .bool("by_sms", \.content.bySMS), .text("state", \.state.rawValue), .instant("publish_at", \.publishAt),
      .instant("expires_at", \.content.expiresAt), .instant("sent_at", \.sentAt),
    ])

  /// The columns as rows are read, from `m`.
  public static let columns: SQL = """
    m.id, m.version, m.author_id, m.org_id, \(AudienceColumns.all(of: "m")), m.subject, m.body, m.priority, m.by_mail,
    m.by_sms, m.state, m.publish_at, m.expires_at, m.sent_at
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    id = try row.next()
    version = try row.next()
    author = try row.next()
    org = try row.next()
    content = MessageContent(
      audience: try Audience(row: &row), subject: try row.next(), text: try row.next(), priority: try row.next(),
      byMail: try row.next(), bySMS: try row.next())
    state = try row.next()
    publishAt = try row.next()
    content.publishAt = publishAt
    content.expiresAt = try row.next()
    sentAt = try row.next()
  }
}

extension MessagePriority: SQLBindable {}
extension MessageChannel: SQLBindable {}
extension Message.State: SQLBindable {}
extension Delivery.State: SQLBindable {}
extension Delivery.Reason: SQLBindable {}
