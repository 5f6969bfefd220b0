import Audiences
import Kernel
import Persistence
import Rights

/// Reads notices: the board of a reader, an author's own, and what approvers have before them.
struct NoticeStore: Sendable {
  let audiences: AudienceStore

  /// A notice, whoever asks; the rules say who may have it.
  func find(_ id: NoticeID, in tx: any Connection) throws -> Notice? {
    try tx.first("SELECT \(Notice.columns) FROM notices_notice_live AS notice WHERE notice.id = \(id)")
  }

  /// What is on a reader's board, the pinned first, then the newest; after the notice of the page before, if any.
  func board(_ page: PageRequest, for keys: AudienceKeys, at now: Instant, in tx: any Connection) throws -> [Notice] {
    try tx.all(boardQuery(page, for: keys, at: now))
  }

  /// The query of the board; its plan is looked at by tests.
  func boardQuery(_ page: PageRequest, for keys: AudienceKeys, at now: Instant) -> SQL {
    let after: SQL =
      page.after.map {
        """
        (notice.is_pinned, notice.shown_from, notice.id) < (
          SELECT last.is_pinned, last.shown_from, last.id FROM notices_notice_live AS last WHERE last.id = \($0))
        """
      } ?? .empty
    return """
      SELECT \(Notice.columns) FROM notices_notice_live AS notice
      WHERE \(SQL.all([Self.isShown(at: now), audiences.reaches(keys, "notice"), after]))
      ORDER BY notice.is_pinned DESC, notice.shown_from DESC, notice.id DESC
      LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """
  }

  /// Whether a notice is on a reader's board.
  func isOnBoard(_ id: NoticeID, of keys: AudienceKeys, at now: Instant, in tx: any Connection) throws -> Bool {
    let condition = SQL.all(["notice.id = \(id)", Self.isShown(at: now), audiences.reaches(keys, "notice")])
    return try tx.exists("SELECT 1 FROM notices_notice_live AS notice WHERE \(condition) LIMIT 1")
  }

  /// Those an account wrote, the newest first.
  func written(
    by author: AccountID, _ state: NoticeState?, _ page: PageRequest, in tx: any Connection
  ) throws -> [Notice] {
    try newest(["notice.author_id = \(author)", state.map { "notice.state = \($0)" } ?? .empty], page, in: tx)
  }

  /// Those that approvers of some organisations find, the newest first: all but others' drafts.
  func all(
    _ state: NoticeState?, within reach: Reach, _ page: PageRequest, in tx: any Connection
  ) throws -> [Notice] {
    let state: SQL = state.map { "notice.state = \($0)" } ?? "notice.state <> 'draft'"
    return try newest(["notice.state <> 'draft'", state, Self.condition(reach)], page, in: tx)
  }

  /// Those on which somebody has to decide, the oldest first.
  func pending(
    _ page: PageRequest, within reach: Reach, for account: AccountID?, in tx: any Connection
  ) throws -> [Notice] {
    try tx.all(pendingQuery(page, within: reach, for: account))
  }

  /// The query of those; its plan is looked at by tests.
  func pendingQuery(_ page: PageRequest, within reach: Reach, for account: AccountID?) -> SQL {
    let after: SQL = page.after.map { "notice.id > \($0)" } ?? .empty
    return """
      SELECT \(Notice.columns) FROM notices_notice_live AS notice
      WHERE \(SQL.all([Self.isPending(within: reach, for: account), after]))
      ORDER BY notice.id LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """
  }

  /// How many those are, counted to `limit`.
  func pendingCount(
    within reach: Reach, for account: AccountID?, upTo limit: Int, in tx: any Connection
  ) throws -> Int {
    try tx.count(
      """
      SELECT COUNT(*) FROM (SELECT 1 FROM notices_notice_live AS notice
        WHERE \(Self.isPending(within: reach, for: account)) LIMIT \(limit)) AS pending
      """)
  }

  /// Where an audience belongs: whose approvers decide about what it gets. Nil for the whole installation.
  func home(of audience: Audience, in tx: any Connection) throws -> OrgID? {
    switch audience {
    case .section(let section), .guardiansOfSection(let section):
      return try tx.first("SELECT school_id FROM academics_section_live WHERE id = \(section)") { row -> OrgID in
        try row.next()
      }
    default: return audience.org
    }
  }

  private func newest(_ conditions: [SQL], _ page: PageRequest, in tx: any Connection) throws -> [Notice] {
    let before: SQL = page.after.map { "notice.id < \($0)" } ?? .empty
    return try tx.all(
      """
      SELECT \(Notice.columns) FROM notices_notice_live AS notice WHERE \(SQL.all(conditions + [before]))
      ORDER BY notice.id DESC LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """)
  }

  private static func isShown(at now: Instant) -> SQL {
    """
    notice.state = 'approved' AND notice.shown_from <= \(now)
    AND (notice.expires_at IS NULL OR notice.expires_at > \(now))
    """
  }

  /// Whoever decides everywhere may decide about a notice of his or her own as well.
  private static func isPending(within reach: Reach, for account: AccountID?) -> SQL {
    let others: SQL =
      reach.isEverywhere ? .empty : account.map { "notice.author_id IS NULL OR notice.author_id <> \($0)" } ?? .empty
    return SQL.all(["notice.state IN ('review', 'deletion_asked')", condition(reach), others])
  }

  private static func condition(_ reach: Reach) -> SQL {
    reach.isEverywhere ? .empty : "notice.org_id IN \(list: reach.orgs.sorted())"
  }
}
