import Kernel
import Mail
public import Persistence

/// The only place beside the migration that names `outbox_letter` and `outbox_file`.
struct LetterStore: Sendable {
  /// Which letters a reader may know of.
  enum Sight: Sendable {
    case all
    case of(AccountID)

    var condition: SQL {
      switch self {
      case .all: "TRUE"
      case .of(let account): "l.asked_by = \(account)"
      }
    }
  }

  /// Writes a letter down; false when there is one with its key.
  func insert(
    _ letter: Letter, key: String?, secret: [UInt8]?, files: [LetterFile], in tx: any Connection
  ) throws -> Bool {
    let count = try tx.run(
      """
      INSERT INTO outbox_letter (id, channel, template, recipient, name, subject, body, language, secret, account_id,
        org_id, asked_by, key, state, attempts, is_handed, created_at, next_at, until)
      VALUES (\(letter.id), \(letter.channel), \(letter.template), \(letter.recipient), \(letter.name),
        \(letter.subject), \(letter.text), \(letter.language), \(secret), \(letter.account), \(letter.org),
        \(letter.askedBy), \(key), \(letter.state), 0, FALSE, \(letter.createdAt), \(letter.nextAt), \(letter.until))
      ON CONFLICT DO NOTHING
      """)
    guard count == 1 else { return false }
    for (position, file) in files.enumerated() {
      try tx.run(
        """
        INSERT INTO outbox_file (letter_id, position, name, media_type, bytes)
        VALUES (\(letter.id), \(position), \(file.name), \(file.mediaType), \(file.bytes))
        """)
    }
    return true
  }

  func find(_ id: LetterID, in sight: Sight = .all, tx: any Connection) throws -> Letter? {
    try tx.first("SELECT \(Letter.columns) FROM outbox_letter AS l WHERE l.id = \(id) AND \(sight.condition)")
  }

  func find(key: String, in tx: any Connection) throws -> LetterID? {
    try tx.first("SELECT id FROM outbox_letter WHERE key = \(key)") { row in try row.next() }
  }

  func files(of id: LetterID, in tx: any Connection) throws -> [LetterFile] {
    try tx.all(
      "SELECT name, media_type, bytes FROM outbox_file WHERE letter_id = \(id) ORDER BY position LIMIT 100"
    ) { row in LetterFile(name: try row.next(), mediaType: try row.next(), bytes: try row.next()) }
  }

  func secret(of id: LetterID, in tx: any Connection) throws -> [UInt8]? {
    try tx.first("SELECT secret FROM outbox_letter WHERE id = \(id)") { row in try row.next() as [UInt8]? } ?? nil
  }

  /// Letters in a state or in all, newest first.
  func page(
    _ state: LetterState?, _ page: PageRequest, in sight: Sight, tx: any Connection
  ) throws -> Page<Letter> {
    let conditions = SQL.all([
      sight.condition, state.map { "l.state = \($0)" } ?? .empty, page.after.map { "l.id < \($0)" } ?? .empty,
    ])
    let rows: [Letter] = try tx.all(
      """
      SELECT \(Letter.columns) FROM outbox_letter AS l WHERE \(conditions)
      ORDER BY l.id DESC LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """)
    return Page(fetched: rows, limit: page.limit) { $0.id.retyped() }
  }

  func counts(in tx: any Connection) throws -> [LetterState: Int] {
    let rows: [(LetterState, Int)] = try tx.all("SELECT state, COUNT(*) FROM outbox_letter GROUP BY state") { row in
      (try row.next(), try row.next())
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// How some letters stand; those that were cleared away are missing.
  func states(of ids: [LetterID], in tx: any Connection) throws -> [LetterID: LetterState] {
    let rows: [(LetterID, LetterState)] = try tx.all(
      "SELECT id, state FROM outbox_letter WHERE id IN \(list: ids)"
    ) { row in (try row.next(), try row.next()) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  // MARK: One try

  func begin(_ id: LetterID, in tx: any Connection) throws {
    try tx.run("UPDATE outbox_letter SET attempts = attempts + 1, is_handed = FALSE WHERE id = \(id)")
  }

  /// From here on only the receiver knows. False when a later try has begun, which is the one to send it.
  func hand(_ id: LetterID, attempt: Int, in tx: any Connection) throws -> Bool {
    try tx.run("UPDATE outbox_letter SET is_handed = TRUE WHERE id = \(id) AND attempts = \(attempt)") == 1
  }

  /// What came of a try, if no later one has begun; the truth about a doubtful one may come late. Whoever asked for the
  /// secret has it now, or can use it no more, so it goes.
  @discardableResult
  func settle(
    _ id: LetterID, attempt: Int, _ state: LetterState, words: String, at now: Instant, in tx: any Connection
  ) throws -> Bool {
    let sentAt: Instant? = state == .sent ? now : nil
    let forgets = state == .sent
    return try tx.run(
      """
      UPDATE outbox_letter SET state = \(state), words = \(words), is_handed = FALSE, next_at = NULL,
        sent_at = \(sentAt), secret = CASE WHEN \(forgets) THEN NULL ELSE secret END
      WHERE id = \(id) AND attempts = \(attempt) AND state IN ('pending', 'doubtful')
      """) == 1
  }

  func putOff(
    _ id: LetterID, attempt: Int, words: String, until next: Instant, in tx: any Connection
  ) throws -> Bool {
    try tx.run(
      """
      UPDATE outbox_letter SET words = \(words), is_handed = FALSE, next_at = \(next)
      WHERE id = \(id) AND attempts = \(attempt) AND state = 'pending'
      """) == 1
  }

  /// Puts a letter back in line; its tries are counted on, so that each has a number of its own.
  func reopen(_ id: LetterID, at now: Instant, in tx: any Connection) throws {
    try tx.run(
      "UPDATE outbox_letter SET state = 'pending', is_handed = FALSE, next_at = \(now) WHERE id = \(id)")
  }

  /// Letters written since `since` that should have gone before `before`, or were never planned: a job of theirs was
  /// lost, or there was nothing to send with when they came.
  func overlooked(
    _ channels: [LetterChannel], since: Instant, before: Instant, in tx: any Connection
  ) throws -> [(id: LetterID, attempts: Int)] {
    try tx.all(
      """
      SELECT id, attempts FROM outbox_letter
      WHERE state = 'pending' AND channel IN \(list: channels) AND created_at > \(since)
        AND (next_at IS NULL OR next_at < \(before))
      ORDER BY id LIMIT 500
      """
    ) { row in (try row.next(), try row.next()) }
  }

  func plan(_ id: LetterID, at next: Instant, in tx: any Connection) throws {
    try tx.run("UPDATE outbox_letter SET next_at = \(next) WHERE id = \(id)")
  }

  /// When the letter was written that has waited longest although it could have gone.
  func oldestPending(_ channels: [LetterChannel], in tx: any Connection) throws -> Instant? {
    try tx.first(
      """
      SELECT MIN(created_at) FROM outbox_letter
      WHERE state = 'pending' AND next_at IS NOT NULL AND channel IN \(list: channels)
      """
    ) { row in try row.next() as Instant? } ?? nil
  }

  // MARK: Forgetting

  func forget(before: Instant, in tx: any Connection) throws -> Int {
    try tx.run(
      """
      DELETE FROM outbox_letter
      WHERE id IN (SELECT id FROM outbox_letter WHERE created_at < \(before) ORDER BY id LIMIT 1000)
      """)
  }

  func forgetSecrets(before now: Instant, in tx: any Connection) throws -> Int {
    try tx.run("UPDATE outbox_letter SET secret = NULL WHERE secret IS NOT NULL AND until < \(now)")
  }
}

extension LetterChannel: SQLBindable {}
extension LetterState: SQLBindable {}

extension Letter: RowDecodable {
  /// The columns as rows are read, from `l`.
  public static let columns: SQL = """
    l.id, l.channel, l.template, l.recipient, l.name, l.subject, l.body, l.language, l.account_id, l.org_id, l.asked_by,
    l.state, l.attempts, l.is_handed, l.words, l.created_at, l.next_at, l.sent_at, l.until, l.secret IS NOT NULL,
    (SELECT COUNT(*) FROM outbox_file AS f WHERE f.letter_id = l.id)
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), channel: try row.next(), template: try row.next(), recipient: try row.next(),
      name: try row.next(), subject: try row.next(), text: try row.next(), language: try row.next(),
      account: try row.next(), org: try row.next(), askedBy: try row.next(), state: try row.next(),
      attempts: try row.next(), isHanded: try row.next(), words: try row.next(), createdAt: try row.next(),
      nextAt: try row.next(), sentAt: try row.next(), until: try row.next(), hasSecret: try row.next(),
      fileCount: try row.next())
  }
}
