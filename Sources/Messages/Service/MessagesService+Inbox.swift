public import Kernel
import Persistence
public import Rights

extension MessagesService {
  /// What has to do with an actor's inbox is told under this topic.
  public static func topic(of account: AccountID) -> String { "inbox:\(account)" }

  /// One's inbox, newest first.
  public func inbox(
    _ filter: InboxFilter = InboxFilter(), _ page: PageRequest = PageRequest(), of actor: Actor
  ) async throws -> Page<InboxLine> {
    guard let reader = actor.reader else { return Page(items: [], next: nil) }
    let now = clock.now()
    return try await database.read { tx in
      let page = try inboxes.page(of: reader, filter, page, at: now, in: tx)
      let names = try names(in: page.items, seenBy: actor, at: now, in: tx)
      return page.map { line in named(line, names) }
    }
  }

  /// One message of one's inbox, whole; also one that has expired or was put away.
  public func received(_ id: MessageID, by actor: Actor) async throws -> InboxLine {
    let now = clock.now()
    return try await database.read { tx in
      guard let reader = actor.reader, let line = try inboxes.find(id, of: reader, in: tx) else {
        throw Problem.notFound("message")
      }
      return named(line, try names(in: [line], seenBy: actor, at: now, in: tx))
    }
  }

  /// How many new messages one has; counted to 100.
  public func unreadCount(of actor: Actor) async throws -> Int {
    guard let reader = actor.reader else { return 0 }
    let now = clock.now()
    return try await database.read { tx in try inboxes.unread(of: reader, at: now, in: tx) }
  }

  /// Marks a message as read and gives it.
  public func read(_ id: MessageID, by actor: Actor) async throws -> InboxLine {
    var line = try await received(id, by: actor)
    guard !line.isRead, let reader = actor.reader else { return line }
    let now = clock.now()
    try await database.write(.readCommitted) { tx in _ = try inboxes.read(id, of: reader, at: now, in: tx) }
    line.readAt = now
    ring(actor)
    return line
  }

  /// Marks all one's messages as read; says how many were new.
  public func readAll(by actor: Actor) async throws -> Int {
    guard let reader = actor.reader else { return 0 }
    let now = clock.now()
    let count = try await database.write(.readCommitted) { tx in
      try inboxes.read(nil, of: reader, at: now, in: tx)
    }
    if count > 0 { ring(actor) }
    return count
  }

  /// Puts a message out of one's inbox. It is one's own copy: nobody else's is touched.
  public func hide(_ id: MessageID, by actor: Actor) async throws { try await hide(id, at: clock.now(), by: actor) }

  /// Brings back what was put away.
  public func show(_ id: MessageID, by actor: Actor) async throws { try await hide(id, at: nil, by: actor) }

  /// By which channels one wants messages.
  public func channelChoices(of actor: Actor) async throws -> ChannelChoices {
    guard let reader = actor.reader else { return ChannelChoices() }
    return try await database.read { tx in try contacts.choices(of: reader, in: tx) }
  }

  /// Chooses by which channels one wants messages.
  @discardableResult
  public func choose(_ choices: ChannelChoices, by actor: Actor) async throws -> ChannelChoices {
    guard let reader = actor.reader else { throw Problem.notFound("inbox") }
    let now = clock.now()
    try await database.write { tx in try contacts.save(choices, of: reader, at: now, in: tx) }
    return choices
  }

  private func hide(_ id: MessageID, at moment: Instant?, by actor: Actor) async throws {
    guard let reader = actor.reader else { throw Problem.notFound("message") }
    try await database.write(.readCommitted) { tx in
      guard try inboxes.hide(id, of: reader, at: moment, in: tx) else { throw Problem.notFound("message") }
    }
    ring(actor)
  }

  private func ring(_ actor: Actor) {
    if let account = actor.account { bell.ring([Self.topic(of: account)]) }
  }

  private func names(
    in lines: [InboxLine], seenBy actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> [StudentID: String] {
    guard let person = actor.person else { return [:] }
    return try inboxes.names(of: lines.flatMap(\.about), seenBy: person, on: zone.date(at: now), in: tx)
  }

  private func named(_ line: InboxLine, _ names: [StudentID: String]) -> InboxLine {
    var line = line
    line.children = line.about.compactMap { names[$0] }
    return line
  }
}

extension Actor {
  /// Whose inbox an actor has: the person's, or the account's where there is no person.
  var reader: ID<AnyEntity>? { person?.retyped() ?? account?.retyped() }
}
