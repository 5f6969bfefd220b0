import Directory
import Kernel
import Persistence

/// The copies of messages that people have: their inboxes.
struct InboxStore: Sendable {
  /// More new messages than this are not counted.
  static let mostCounted = 100

  func page(
    of reader: ID<AnyEntity>, _ filter: InboxFilter, _ request: PageRequest, at now: Instant, in tx: any Connection
  ) throws -> Page<InboxLine> {
    var conditions: [SQL] = ["c.reader_id = \(reader)", "c.hidden_at IS NULL"]
    if !filter.hasExpired { conditions.append("(c.expires_at IS NULL OR c.expires_at > \(now))") }
    if filter.isUnreadOnly { conditions.append("c.read_at IS NULL") }
    if let after = request.after {
      let place = try tx.first(
        "SELECT published_at FROM messages_copy WHERE message_id = \(after) AND reader_id = \(reader) LIMIT 1"
      ) { row -> Instant in try row.next() }
      guard let place else { return Page(items: [], next: nil) }
      conditions.append("(c.published_at, c.message_id) < (\(place), \(after))")
    }
    let rows: [InboxLine] = try tx.all(
      """
      SELECT \(columns("substr(m.body, 1, 240)")) WHERE \(SQL.all(conditions))
      ORDER BY c.published_at DESC, c.message_id DESC LIMIT \(request.limit + 1) OFFSET \(request.offset)
      """, InboxLine.init)
    return Page(fetched: rows, limit: request.limit) { $0.id.retyped() }
  }

  /// One message of an inbox, hidden or expired or not.
  func find(_ message: MessageID, of reader: ID<AnyEntity>, in tx: any Connection) throws -> InboxLine? {
    try tx.first(
      """
      SELECT \(columns("m.body")) WHERE c.message_id = \(message) AND c.reader_id = \(reader) LIMIT 1
      """, InboxLine.init)
  }

  func unread(of reader: ID<AnyEntity>, at now: Instant, in tx: any Connection) throws -> Int {
    try tx.count(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM messages_copy WHERE reader_id = \(reader) AND read_at IS NULL AND hidden_at IS NULL
          AND (expires_at IS NULL OR expires_at > \(now))
        LIMIT \(Self.mostCounted)) AS fresh
      """)
  }

  /// Marks one message, or all, as read; says how many were new.
  func read(_ message: MessageID?, of reader: ID<AnyEntity>, at now: Instant, in tx: any Connection) throws -> Int {
    let which: SQL = message.map { "message_id = \($0)" } ?? .empty
    return try tx.run(
      """
      UPDATE messages_copy SET read_at = \(now)
      WHERE \(SQL.all(["reader_id = \(reader)", "read_at IS NULL", which]))
      """)
  }

  /// Takes a message out of an inbox, or puts it back; says whether there is one.
  func hide(
    _ message: MessageID, of reader: ID<AnyEntity>, at moment: Instant?, in tx: any Connection
  ) throws -> Bool {
    try tx.run(
      """
      UPDATE messages_copy SET hidden_at = \(moment) WHERE message_id = \(message) AND reader_id = \(reader)
      """) == 1
  }

  /// The names of children whom a reader may see today, of those that messages are about.
  func names(
    of children: [StudentID], seenBy person: PersonID, on day: SchoolDate, in tx: any Connection
  ) throws -> [StudentID: String] {
    guard !children.isEmpty else { return [:] }
    var names: [StudentID: String] = [:]
    try tx.each(
      """
      SELECT s.id, s.display_name FROM directory_student_live AS s
      WHERE s.id IN \(list: Set(children).sorted())
        AND s.id IN (\(DirectoryModule.childrenSeen(by: person, on: day)))
      """
    ) { row in names[try row.next()] = try row.next() }
    return names
  }

  private func columns(_ text: SQL) -> SQL {
    """
    m.id, m.subject, \(text), m.priority, author.name, org.name, c.published_at, c.expires_at, c.read_at, c.about
    FROM messages_copy AS c JOIN messages_message_live AS m ON m.id = c.message_id
    LEFT JOIN accounts_account_live AS author ON author.id = m.author_id
    LEFT JOIN directory_org_live AS org ON org.id = m.org_id
    """
  }
}

extension InboxLine {
  fileprivate init(row: inout RowReader) throws {
    id = try row.next()
    subject = try row.next()
    text = try row.next()
    priority = try row.next()
    author = try row.next()
    org = try row.next()
    publishedAt = try row.next()
    expiresAt = try row.next()
    readAt = try row.next()
    about = try JSON(parsing: row.next() as String).array?.compactMap { $0.string.flatMap(StudentID.init) } ?? []
    children = []
  }
}
