public import Audiences
public import Kernel
public import Persistence
public import Record
public import Rights

/// The board and the life of notices, for people who may read, write or approve them.
///
/// What a person may not see is not there: hidden and missing both throw `NOT_FOUND`. Every step is one transaction
/// with its history. The rules are `NoticeStanding`'s.
public struct NoticesService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let zone: Zone
  let audiences: AudienceStore
  let store: NoticeStore
  private let names: @Sendable (Set<AccountID>) async throws -> [AccountID: String]

  /// A service on a database. `zone` says which day it is; `audiences` who is meant; `names` what accounts are called.
  public init(
    database: any Database, record: Record, clock: any WallClock, zone: Zone, audiences: AudienceStore,
    names: @escaping @Sendable (Set<AccountID>) async throws -> [AccountID: String]
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.zone = zone
    self.audiences = audiences
    store = NoticeStore(audiences: audiences)
    self.names = names
  }

  /// What is on the actor's board, the pinned first, then the newest.
  public func board(_ page: PageRequest = PageRequest(), actor: Actor) async throws -> Page<NoticeLine> {
    try await lines(page) { tx in
      let now = clock.now()
      return try store.board(page, for: keys(of: actor, at: now, in: tx), at: now, in: tx)
    }
  }

  /// The first few of the actor's board as they are: two queries, for pages that show much else.
  public func newest(_ count: Int, actor: Actor) async throws -> [Notice] {
    let now = clock.now()
    return try await database.read { tx in
      let page = PageRequest(limit: count)
      return Array(try store.board(page, for: keys(of: actor, at: now, in: tx), at: now, in: tx).prefix(count))
    }
  }

  /// Those the actor wrote, the newest first, in one state or in any.
  public func own(
    _ state: NoticeState? = nil, _ page: PageRequest = PageRequest(), actor: Actor
  ) async throws -> Page<NoticeLine> {
    _ = try actor.require(.writeNotices)
    guard let account = actor.account else { return Page(items: [], next: nil) }
    return try await lines(page) { tx in try store.written(by: account, state, page, in: tx) }
  }

  /// Those on which the actor may have to decide, the oldest first.
  public func pending(_ page: PageRequest = PageRequest(), actor: Actor) async throws -> Page<NoticeLine> {
    let reach = try actor.require(.approveNotices)
    return try await lines(page) { tx in try store.pending(page, within: reach, for: actor.account, in: tx) }
  }

  /// How many those are, counted to a hundred; nil for somebody who does not approve.
  public func pendingCount(actor: Actor) async throws -> Int? {
    guard let reach = actor.reach(.approveNotices), reach.coversSomeOrg else { return nil }
    return try await database.read { tx in
      try store.pendingCount(within: reach, for: actor.account, upTo: 100, in: tx)
    }
  }

  /// Those the actor may decide about now or later, or did, the newest first: all of their schools but others' drafts.
  public func all(
    _ state: NoticeState? = nil, _ page: PageRequest = PageRequest(), actor: Actor
  ) async throws -> Page<NoticeLine> {
    let reach = try actor.require(.approveNotices)
    return try await lines(page) { tx in try store.all(state, within: reach, page, in: tx) }
  }

  /// A notice with what the actor may do to it, and its story for those who take part in it.
  public func notice(_ id: NoticeID, actor: Actor) async throws -> NoticeDetail {
    let now = clock.now()
    let found = try await database.read { tx in
      let (notice, part) = try require(id, actor, at: now, in: tx)
      let takesPart = notice.standing.isSeen(by: part)
      let story =
        takesPart
        ? try History().versions(of: id.retyped(), kind: Notice.table.kind, limit: NoticeDetail.longestStory, in: tx)
        : []
      let steps = takesPart ? notice.standing.steps(for: part) : []
      return (notice, try audiences.words(for: notice.audience, in: tx), steps, story)
    }
    let (notice, words, steps, story) = found
    let names = try await names(Set([notice.author, notice.reviewer].compactMap { $0 } + story.compactMap(\.actor)))
    return NoticeDetail(
      line: NoticeLine(notice: notice, audience: words, author: Self.name(notice.author, names)),
      reviewer: notice.reviewer.map { Self.name($0, names) }, steps: steps,
      story: try story.map { try Self.event($0, of: notice, names) })
  }

  /// The audiences the actor may write to.
  public func choices(actor: Actor) async throws -> AudienceChoices {
    let reach = try actor.require(.writeNotices)
    let now = clock.now()
    return try await database.read { tx in
      try audiences.choices(within: reach, of: actor, at: now, on: zone.date(at: now), in: tx)
    }
  }
}

extension NoticesService {
  /// The notice and what the actor is to it; `NOT_FOUND` when it is neither theirs to see nor on their board.
  func require(
    _ id: NoticeID, _ actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> (notice: Notice, part: NoticePart) {
    guard let notice = try store.find(id, in: tx) else { throw Problem.notFound("notice") }
    let part = part(of: actor, in: notice)
    if try notice.standing.isSeen(by: part)
      || store.isOnBoard(id, of: keys(of: actor, at: now, in: tx), at: now, in: tx)
    {
      return (notice, part)
    }
    throw Problem.notFound("notice")
  }

  /// What the actor is to a notice.
  func part(of actor: Actor, in notice: Notice) -> NoticePart {
    let approving = actor.reach(.approveNotices)
    let approves = approving.map { reach in notice.org.map(reach.covers) ?? reach.isEverywhere } ?? false
    return NoticePart(
      isAuthor: notice.author != nil && notice.author == actor.account && actor.has(.writeNotices),
      approves: approves, approvesEverywhere: approving?.isEverywhere ?? false)
  }

  private func keys(of actor: Actor, at now: Instant, in tx: any Connection) throws -> AudienceKeys {
    let reader = AudienceReader(person: actor.person, account: actor.account)
    return try audiences.keys(of: reader, on: zone.date(at: now), in: tx)
  }

  /// A page of notices with the words for their audiences and authors.
  private func lines(
    _ page: PageRequest, _ find: @escaping @Sendable (any Connection) throws -> [Notice]
  ) async throws -> Page<NoticeLine> {
    let (notices, words) = try await database.read { tx in
      let notices = Page(fetched: try find(tx), limit: page.limit) { $0.id.retyped() }
      return (notices, try audiences.words(for: Set(notices.items.map(\.audience)), in: tx))
    }
    let names = try await names(Set(notices.items.compactMap(\.author)))
    return notices.map { notice in
      NoticeLine(
        notice: notice, audience: words[notice.audience] ?? notice.audience.words(),
        author: Self.name(notice.author, names))
    }
  }

  static func name(_ account: AccountID?, _ names: [AccountID: String]) -> String {
    guard let account else { return "The school" }
    return names[account] ?? "A former account"
  }

  private static func event(
    _ entry: RecordedVersion, of notice: Notice, _ names: [AccountID: String]
  ) throws -> NoticeEvent {
    NoticeEvent(
      try NoticeDeed(entry), at: entry.at, who: name(entry.actor, names),
      isByAuthor: entry.actor != nil && entry.actor == notice.author,
      reason: entry.action == .restored ? nil : entry.reason)
  }
}

/// A notice as lists show it.
public struct NoticeLine: Sendable, Equatable {
  /// The notice.
  public let notice: Notice
  /// Whom it is for, in words.
  public let audience: String
  /// Who wrote it, by name.
  public let author: String

  /// A notice with words for its audience and author.
  public init(notice: Notice, audience: String, author: String) {
    self.notice = notice
    self.audience = audience
    self.author = author
  }
}

/// A notice as its own page shows it.
public struct NoticeDetail: Sendable, Equatable {
  /// How much of a long life is told.
  public static let longestStory = 100

  /// The notice, with words for its audience and author.
  public let line: NoticeLine
  /// Who approved or rejected it last, by name.
  public let reviewer: String?
  /// What the reader may do to it now.
  public let steps: [NoticeStep]
  /// What was done to it, the newest first; empty for those who only read it.
  public let story: [NoticeEvent]

  /// The notice itself.
  public var notice: Notice { line.notice }
}

extension NoticeDeed {
  /// What a recorded version says was done.
  init(_ entry: RecordedVersion) throws {
    switch entry.action {
    case .created: self = .written
    case .deleted: self = .deleted
    case .restored: self = .restored
    case .changed:
      let state = entry.changes.first { $0.name == "state" }
      let image = try JSON(parsing: entry.image)
      guard let after = image["state"]?.string.flatMap(NoticeState.init) else {
        throw Bug("a version of a notice has no state")
      }
      let before = state?.before.string.flatMap(NoticeState.init) ?? after
      let words: Set = ["title", "text"]
      self.init(from: before, to: after, hasOtherWords: entry.changes.contains { words.contains($0.name) })
    }
  }
}
