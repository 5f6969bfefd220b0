import Audiences
import Kernel
import Persistence

/// Messages as their authors have them.
struct MessageStore: Sendable {
  func find(_ id: MessageID, in tx: any Connection) throws -> Message? {
    try tx.first("SELECT \(Message.columns) FROM messages_message_live AS m WHERE m.id = \(id) LIMIT 1")
  }

  func require(_ id: MessageID, in tx: any Connection) throws -> Message {
    guard let message = try find(id, in: tx) else { throw Problem.notFound("message") }
    return message
  }

  /// An author's messages, or everybody's, newest first.
  func page(
    of author: AccountID?, _ state: Message.State?, _ request: PageRequest, in tx: any Connection
  ) throws -> Page<(message: Message, author: String?, people: Int)> {
    var conditions: [SQL] = []
    if let author { conditions.append("m.author_id = \(author)") }
    if let state { conditions.append("m.state = \(state)") }
    if let after = request.after { conditions.append("m.id < \(after)") }
    let rows = try tx.all(
      """
      SELECT \(Message.columns), author.name,
        (SELECT count(*) FROM messages_copy AS c WHERE c.message_id = m.id)
      FROM messages_message_live AS m LEFT JOIN accounts_account_live AS author ON author.id = m.author_id
      WHERE \(SQL.all(conditions)) ORDER BY m.id DESC LIMIT \(request.limit + 1) OFFSET \(request.offset)
      """
    ) { row in (message: try Message(row: &row), author: try row.next() as String?, people: try row.next() as Int) }
    return Page(fetched: rows, limit: request.limit) { $0.message.id.retyped() }
  }

  func name(of account: AccountID?, in tx: any Connection) throws -> String? {
    guard let account else { return nil }
    return try tx.first("SELECT name FROM accounts_account_live WHERE id = \(account) LIMIT 1") { try $0.next() }
  }

  func name(of org: OrgID?, in tx: any Connection) throws -> String? {
    guard let org else { return nil }
    return try tx.first("SELECT name FROM directory_org_live WHERE id = \(org) LIMIT 1") { try $0.next() }
  }

  /// The organisation that an audience belongs to: its own, or the school of its section.
  func org(of audience: Audience, in tx: any Connection) throws -> OrgID? {
    guard let section = audience.fields.section else { return audience.org }
    return try tx.first("SELECT school_id FROM academics_section_live WHERE id = \(section) LIMIT 1") {
      try $0.next()
    }
  }
}
