import Audiences
import Directory
public import Jobs
public import Kernel
public import Outbox
public import Persistence
public import Record
public import Rights

/// Writes messages to audiences, delivers them, and keeps everybody's inbox.
///
/// Who may address whom is asked when a message is saved, when it is sent, and once more when it is delivered, with the
/// rights of that moment. Everyone signed in has an inbox, and only his or her own.
public struct MessagesService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let zone: Zone
  let queue: JobQueue
  let outbox: OutboxService
  let bell: LiveBell
  let publicURL: String
  let messages = MessageStore()
  let inboxes = InboxStore()
  let deliveries = DeliveryStore()
  let contacts = ContactStore()
  /// Letters of the school go to guardians who may see the child and may get letters.
  let audiences = AudienceStore(guardiansWhoMay: [.see, .write])

  /// Messages on a database; mails and text messages go through `outbox`, and `bell` wakes those who wait for news.
  public init(
    database: any Database, record: Record, clock: any WallClock, zone: Zone, queue: JobQueue, outbox: OutboxService,
    bell: LiveBell, publicURL: String
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.zone = zone
    self.queue = queue
    self.outbox = outbox
    self.bell = bell
    self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
  }

  // MARK: Writing

  /// A new draft.
  public func write(_ content: MessageContent, by actor: Actor) async throws -> Message {
    let content = try content.checked()
    let now = clock.now()
    return try await database.write { tx in try write(content, by: actor, at: now, in: tx) }
  }

  /// A new message on its way at once, or at its time.
  public func send(_ content: MessageContent, by actor: Actor) async throws -> Message {
    let content = try content.checked()
    let now = clock.now()
    let message = try await database.write { tx in
      try enqueue(try write(content, by: actor, at: now, in: tx), by: actor, at: now, in: tx)
    }
    queue.wake()
    return message
  }

  /// Saves one's own draft over the version one saw; a withdrawn message becomes a draft again.
  public func edit(
    _ id: MessageID, version: Int, _ content: MessageContent, by actor: Actor
  ) async throws -> Message {
    let content = try content.checked()
    let now = clock.now()
    return try await database.write { tx in
      var message = try requireOwn(id, version: version, by: actor, in: tx)
      try requireReach(to: content.audience, by: actor, at: now, in: tx)
      try message.rewrite(content)
      message.org = try messages.org(of: content.audience, in: tx)
      return try save(message, by: actor, at: now, in: tx)
    }
  }

  /// Sends one's own draft, at once or at its time.
  public func send(_ id: MessageID, version: Int, by actor: Actor) async throws -> Message {
    let now = clock.now()
    let message = try await database.write { tx in
      try enqueue(try requireOwn(id, version: version, by: actor, in: tx), by: actor, at: now, in: tx)
    }
    queue.wake()
    return message
  }

  /// Takes a message back before its delivery begins.
  public func withdraw(_ id: MessageID, version: Int, by actor: Actor) async throws -> Message {
    let now = clock.now()
    return try await database.write { tx in
      var message = try require(id, by: actor, in: tx)
      message.version = version
      try message.withdraw()
      return try save(message, by: actor, at: now, in: tx)
    }
  }

  // MARK: Inside

  /// A message of one's own; whoever may write to the whole installation has everybody's.
  func require(_ id: MessageID, by actor: Actor, in tx: any Connection) throws -> Message {
    let reach = try actor.require(.sendMessages)
    let message = try messages.require(id, in: tx)
    guard reach.isEverywhere || (message.author != nil && message.author == actor.account) else {
      throw Problem.notFound("message")
    }
    return message
  }

  private func requireOwn(
    _ id: MessageID, version: Int, by actor: Actor, in tx: any Connection
  ) throws -> Message {
    var message = try require(id, by: actor, in: tx)
    guard message.author == actor.account else { throw Problem.forbidden(Permission.sendMessages.name) }
    message.version = version
    return message
  }

  /// An audience beyond one's reach looks as one that is not there.
  func requireReach(to audience: Audience, by actor: Actor, at now: Instant, in tx: any Connection) throws {
    let reach = try actor.require(.sendMessages)
    guard
      try audiences.reach(reach, of: actor, includes: audience, at: now, on: zone.date(at: now), in: tx)
    else { throw Problem.notFound("audience") }
    try audiences.check(audience, in: tx)
  }

  private func write(
    _ content: MessageContent, by actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> Message {
    try requireReach(to: content.audience, by: actor, at: now, in: tx)
    let message = Message(
      id: .new(at: now), author: actor.account, org: try messages.org(of: content.audience, in: tx), content: content,
      publishAt: content.publishAt)
    try record.insert(message, into: Message.table, Change(by: actor, at: now, org: message.org), in: tx)
    return message
  }

  private func enqueue(
    _ draft: Message, by actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> Message {
    var message = draft
    try requireReach(to: message.content.audience, by: actor, at: now, in: tx)
    guard try audiences.count(of: message.content.audience, on: zone.date(at: now), in: tx) > 0 else {
      throw MessagesProblem.nobody
    }
    try message.queue(at: now)
    message = try save(message, by: actor, at: now, in: tx)
    // The version is part of the key: a message that was withdrawn and sent again has a job of its own.
    let order = JobOrder(
      Self.jobKind, .object([("message", .string(message.id.description)), ("version", .int(message.version))]),
      org: message.org, priority: message.content.priority == .urgent ? 1 : 0, runAfter: message.publishAt,
      attemptLimit: 8, uniqueKey: "\(Self.jobKind):\(message.id):\(message.version)")
    try queue.enqueue(order, by: actor, in: tx)
    return message
  }

  func save(_ message: Message, by actor: Actor, at now: Instant, in tx: any Connection) throws -> Message {
    var saved = message
    saved.version = try record.update(message, in: Message.table, Change(by: actor, at: now, org: message.org), in: tx)
    return saved
  }
}
