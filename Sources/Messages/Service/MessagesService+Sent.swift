public import Audiences
public import Kernel
import Outbox
import Persistence
public import Rights

extension MessagesService {
  /// One's own messages, newest first; everybody's for whoever may write to the whole installation and asks for them.
  public func sent(
    _ state: Message.State? = nil, fromAnyone: Bool = false, _ page: PageRequest = PageRequest(), by actor: Actor
  ) async throws -> Page<SentLine> {
    let reach = try actor.require(.sendMessages)
    guard let author = actor.account ?? (reach.isEverywhere ? nil : AccountID(high: 0, low: 0)) else {
      return try await lines(of: nil, state, page)
    }
    return try await lines(of: fromAnyone && reach.isEverywhere ? nil : author, state, page)
  }

  /// One's own message with its audience in words.
  public func message(_ id: MessageID, by actor: Actor) async throws -> SentLine {
    try await database.read { tx in
      let message = try require(id, by: actor, in: tx)
      return SentLine(
        message: message, audience: try audiences.words(for: message.content.audience, in: tx),
        author: try messages.name(of: message.author, in: tx),
        people: try deliveries.tally(of: id, in: tx).people)
    }
  }

  /// How a message fared, in numbers.
  public func tally(of id: MessageID, by actor: Actor) async throws -> DeliveryTally {
    try await database.read { tx in
      _ = try require(id, by: actor, in: tx)
      return try deliveries.tally(of: id, in: tx)
    }
  }

  /// To whom a message went, and to whom not and why; of letters how they stand now.
  public func deliveries(
    of id: MessageID, _ channel: MessageChannel? = nil, skippedOnly: Bool = false,
    _ page: PageRequest = PageRequest(), by actor: Actor
  ) async throws -> Page<Delivery> {
    try await database.read { tx in
      _ = try require(id, by: actor, in: tx)
      let page = try deliveries.page(of: id, channel, skippedOnly: skippedOnly, page, in: tx)
      let states = try outbox.states(of: page.items.compactMap(\.letter), in: tx)
      return page.map { delivery in
        var delivery = delivery
        delivery.letterState = delivery.letter.flatMap { states[$0] }
        return delivery
      }
    }
  }

  /// How many an audience has at this moment, and by which channels.
  public func count(
    _ audience: Audience, _ priority: MessagePriority = .normal, by actor: Actor
  ) async throws -> AudienceCount {
    let now = clock.now()
    return try await database.read { tx in
      try requireReach(to: audience, by: actor, at: now, in: tx)
      let readers = audiences.readers(of: audience, on: zone.date(at: now))
      return try contacts.count(readers, isUrgent: priority == .urgent, in: tx)
    }
  }

  /// Whom an actor may write to.
  public func choices(for actor: Actor) async throws -> AudienceChoices {
    let reach = try actor.require(.sendMessages)
    let now = clock.now()
    return try await database.read { tx in
      try audiences.choices(within: reach, of: actor, at: now, on: zone.date(at: now), in: tx)
    }
  }

  /// Whether somebody may write to an audience, which need not have anybody in it.
  public func mayWrite(to audience: Audience, by actor: Actor) async throws -> Bool {
    guard actor.has(.sendMessages) else { return false }
    let now = clock.now()
    return try await database.read { tx in
      do {
        try requireReach(to: audience, by: actor, at: now, in: tx)
        return true
      } catch is Problem {
        return false
      }
    }
  }

  /// What an audience is called.
  public func words(for audience: Audience, by actor: Actor) async throws -> String {
    let now = clock.now()
    return try await database.read { tx in
      try requireReach(to: audience, by: actor, at: now, in: tx)
      return try audiences.words(for: audience, in: tx)
    }
  }

  private func lines(
    of author: AccountID?, _ state: Message.State?, _ page: PageRequest
  ) async throws -> Page<SentLine> {
    try await database.read { tx in
      let page = try messages.page(of: author, state, page, in: tx)
      let words = try audiences.words(for: Set(page.items.map(\.message.content.audience)), in: tx)
      return page.map { line in
        SentLine(
          message: line.message, audience: words[line.message.content.audience] ?? "", author: line.author,
          people: line.people)
      }
    }
  }
}
