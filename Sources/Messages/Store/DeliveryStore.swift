import Audiences
import Kernel
import Persistence

/// Who got what by which channel.
struct DeliveryStore: Sendable {
  /// The last reader of a message who has a copy: where its delivery goes on.
  func last(of message: MessageID, in tx: any Connection) throws -> ID<AnyEntity>? {
    try tx.first(
      "SELECT reader_id FROM messages_copy WHERE message_id = \(message) ORDER BY reader_id DESC LIMIT 1"
    ) { row in try row.next() }
  }

  /// Gives copies to readers who have none; answers whom they are.
  func insert(
    _ members: [AudienceMember], of message: Message, publishedAt: Instant, in tx: any Connection
  ) throws -> Set<ID<AnyEntity>> {
    guard !members.isEmpty else { return [] }
    var values: [SQLValue] = []
    for member in members {
      guard let key = member.key else { throw Bug("a member of an audience is nobody") }
      values += [message.id.sqlValue, key.sqlValue, member.person?.sqlValue ?? .null]
      values += [
        member.account?.sqlValue ?? .null, .text(JSON.array(member.about.map { .string($0.description) }).text),
      ]
      values += [publishedAt.sqlValue, message.content.expiresAt?.sqlValue ?? .null]
    }
    return Set(
      try tx.all(
        """
        INSERT INTO messages_copy (message_id, reader_id, person_id, account_id, about, published_at, expires_at)
        VALUES \(rows: values, of: 7) ON CONFLICT (message_id, reader_id) DO NOTHING RETURNING reader_id
        """
      ) { row in try row.next() })
  }

  /// One line of the log.
  struct Entry: Sendable {
    let reader: ID<AnyEntity>
    let channel: MessageChannel
    let state: Delivery.State
    var reason: Delivery.Reason?
    var letter: LetterID?
  }

  func log(_ entries: [Entry], of message: MessageID, at now: Instant, in tx: any Connection) throws {
    guard !entries.isEmpty else { return }
    var values: [SQLValue] = []
    for entry in entries {
      values += [message.sqlValue, entry.reader.sqlValue, entry.channel.sqlValue, entry.state.sqlValue]
      values += [entry.reason?.sqlValue ?? .null, entry.letter?.sqlValue ?? .null, now.sqlValue]
    }
    try tx.run(
      """
      INSERT INTO messages_delivery (message_id, reader_id, channel, state, reason, letter_id, at)
      VALUES \(rows: values, of: 7)
      """)
  }

  func tally(of message: MessageID, in tx: any Connection) throws -> DeliveryTally {
    var counts: [MessageChannel: (reached: Int, skipped: Int)] = [:]
    try tx.each(
      """
      SELECT channel, state, count(*) FROM messages_delivery WHERE message_id = \(message) GROUP BY channel, state
      """
    ) { row in
      let (channel, state, count): (MessageChannel, Delivery.State, Int) =
        (try row.next(), try row.next(), try row.next())
      if state == .skipped {
        counts[channel, default: (0, 0)].skipped += count
      } else {
        counts[channel, default: (0, 0)].reached += count
      }
    }
    let read = try tx.count(
      "SELECT count(*) FROM messages_copy WHERE message_id = \(message) AND read_at IS NOT NULL")
    return DeliveryTally(
      people: counts[.inbox]?.reached ?? 0, read: read,
      lines: MessageChannel.allCases.compactMap { channel in
        counts[channel].map { .init(channel: channel, reached: $0.reached, skipped: $0.skipped) }
      })
  }

  /// The log of a channel, or of all, in the order of readers and channels. The cursor names a reader: a page holds
  /// all channels of a reader, or none.
  func page(
    of message: MessageID, _ channel: MessageChannel?, skippedOnly: Bool, _ request: PageRequest,
    in tx: any Connection
  ) throws -> Page<Delivery> {
    var conditions: [SQL] = ["d.message_id = \(message)"]
    if let channel { conditions.append("d.channel = \(channel)") }
    if skippedOnly { conditions.append("d.state = 'skipped'") }
    if let after = request.after { conditions.append("d.reader_id > \(after)") }
    let readers: [ID<AnyEntity>] = try tx.all(
      """
      SELECT DISTINCT d.reader_id FROM messages_delivery AS d WHERE \(SQL.all(conditions))
      ORDER BY d.reader_id LIMIT \(request.limit + 1) OFFSET \(request.offset)
      """
    ) { row in try row.next() }
    let shown = Array(readers.prefix(request.limit))
    guard !shown.isEmpty else { return Page(items: [], next: nil) }
    let rows = try tx.all(
      """
      SELECT d.reader_id, COALESCE(person.display_name, account.name, ''), d.channel, d.state, d.reason, d.letter_id,
        d.at
      FROM messages_delivery AS d LEFT JOIN directory_person_live AS person ON person.id = d.reader_id
      LEFT JOIN accounts_account_live AS account ON account.id = d.reader_id
      WHERE \(SQL.all(conditions)) AND d.reader_id IN \(list: shown) ORDER BY d.reader_id, d.channel
      """
    ) { row in
      Delivery(
        reader: try row.next(), name: try row.next(), channel: try row.next(), state: try row.next(),
        reason: try row.next(), letter: try row.next(), at: try row.next())
    }
    return Page(items: rows, next: readers.count > request.limit ? shown.last : nil)
  }
}

extension AudienceMember {
  /// What the member is known by: the person, or the account that is nobody's.
  var key: ID<AnyEntity>? { person?.retyped() ?? account?.retyped() }
}
