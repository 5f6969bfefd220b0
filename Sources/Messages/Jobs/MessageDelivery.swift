import Audiences
public import Jobs
public import Kernel
import Outbox
import Persistence
import Rights

extension MessagesService {
  /// The kind of its jobs.
  public static let jobKind = "messages.deliver"

  /// Which message a job of ours delivered, for the link to it.
  public static func message(of job: Job) -> MessageID? { job.result?["messageId"]?.string.flatMap(MessageID.init) }

  /// Does the jobs.
  public var handler: JobHandler {
    JobHandler(Self.jobKind) { run in
      guard let id = run.payload["message"]?.string.flatMap(MessageID.init), let version = run.payload["version"]?.int
      else { throw Bug("a job that delivers does not say what") }
      return try await deliver(id, version: version, run)
    }
  }

  /// Readers in one transaction.
  private static let step = 200

  /// What came of one step.
  private struct Step: Sendable {
    var members: [AudienceMember] = []
    var isMore = false
  }

  /// Goes through the audience as it is now, step by step in the order of its keys. Each step gives copies, writes the
  /// log and puts letters into the outbox, all in one transaction: a step is done whole or not at all, and whoever
  /// begins again goes on behind the last copy.
  private func deliver(_ id: MessageID, version: Int, _ run: JobRun) async throws -> JSON {
    guard let message = try await begin(id, version: version, run) else {
      return .object([("messageId", .string(id.description)), ("delivered", .bool(false))])
    }
    let now = clock.now()
    let publishedAt = message.publishAt ?? now
    let total = try await database.read { tx in
      try audiences.count(of: message.content.audience, on: zone.date(at: now), in: tx)
    }
    var done = run.job.progress.done
    while true {
      try run.checkStop()
      let sender = try await sender(of: message)
      let step = try await run.write(
        progress: JobProgress(done: done, total: total, step: "Delivering"), .readCommitted
      ) { tx in try deliverStep(message, from: sender, publishedAt: publishedAt, by: run.actor, in: tx) }
      bell.ring(step.members.compactMap { $0.account.map(Self.topic) })
      if message.content.channels.count > 1 { outbox.wake() }
      done += step.members.count
      try await run.report(JobProgress(done: done, total: max(total, done), step: "Delivering"))
      guard step.isMore else { break }
    }
    let tally = try await run.write { tx in
      var sent = try messages.require(id, in: tx)
      if sent.state == .sending {
        sent.state = .sent
        sent.sentAt = clock.now()
        _ = try save(sent, by: run.actor, at: clock.now(), in: tx)
      }
      return try deliveries.tally(of: id, in: tx)
    }
    return .object([("messageId", .string(id.description)), ("people", .int(tally.people))])
  }

  /// Marks the message as being delivered: from here on it cannot be withdrawn. Nil when it was, or when it was sent
  /// anew by another job. Whoever may no longer write to the audience delivers nothing.
  private func begin(_ id: MessageID, version: Int, _ run: JobRun) async throws -> Message? {
    let now = clock.now()
    return try await run.write { tx in
      guard var message = try messages.find(id, in: tx) else { return nil }
      if message.state == .sending { return message }
      guard message.state == .queued, message.version == version else { return nil }
      try requireReach(to: message.content.audience, by: run.actor, at: now, in: tx)
      message.state = .sending
      return try save(message, by: run.actor, at: now, in: tx)
    }
  }

  private func deliverStep(
    _ message: Message, from sender: Sender, publishedAt: Instant, by actor: Actor, in tx: any Connection
  ) throws -> Step {
    let now = clock.now()
    let last = try deliveries.last(of: message.id, in: tx)
    let members = try audiences.members(
      of: message.content.audience, on: zone.date(at: now), after: last, limit: Self.step, in: tx)
    let fresh = try deliveries.insert(members, of: message, publishedAt: publishedAt, in: tx)
    let contacts = try contacts.contacts(of: members, in: tx)
    var entries: [DeliveryStore.Entry] = []
    for member in members {
      guard let key = member.key, fresh.contains(key) else { continue }
      entries.append(.init(reader: key, channel: .inbox, state: .delivered))
      for channel in message.content.channels where channel != .inbox {
        entries.append(
          try post(
            message, to: member, key, contacts[key] ?? .init(), by: channel, from: sender, actor: actor, in: tx))
      }
    }
    try deliveries.log(entries, of: message.id, at: now, in: tx)
    return Step(members: members, isMore: members.count == Self.step)
  }

  /// Whose words they are, as letters say it.
  private struct Sender: Sendable {
    let name: String
    let school: String
  }

  private func sender(of message: Message) async throws -> Sender {
    try await database.read { tx in
      let school = try messages.name(of: message.org, in: tx) ?? "Homeroom"
      return Sender(name: try messages.name(of: message.author, in: tx) ?? school, school: school)
    }
  }

  /// Puts a mail or text message into the outbox, or says why not.
  private func post(
    _ message: Message, to member: AudienceMember, _ key: ID<AnyEntity>, _ contact: ContactStore.Contact,
    by channel: MessageChannel, from sender: Sender, actor: Actor, in tx: any Connection
  ) throws -> DeliveryStore.Entry {
    func skipped(_ reason: Delivery.Reason) -> DeliveryStore.Entry {
      .init(reader: key, channel: channel, state: .skipped, reason: reason)
    }
    let isMail = channel == .mail
    let isWanted = isMail ? contact.choices.byMail : contact.choices.bySMS
    guard isWanted || message.content.priority == .urgent else { return skipped(.unwanted) }
    guard let address = isMail ? contact.mail : contact.number else { return skipped(.noAddress) }
    let link = "\(publicURL)/messages/\(message.id)"
    let content: LetterContent =
      isMail
      ? .template(
        "message",
        values: [
          "subject": message.content.subject, "text": message.content.text, "sender": sender.name,
          "school": sender.school, "link": link,
        ])
      : .words(subject: "", text: "\(sender.school): \(message.content.subject) \(link)")
    let letter = NewLetter(
      isMail ? .mail : .sms, to: address, name: contact.name, content, language: contact.language,
      account: member.account, org: message.org, key: "message:\(message.id):\(key):\(channel.rawValue)")
    do {
      let id = try outbox.add(letter, by: actor, in: tx)
      return .init(reader: key, channel: channel, state: .handed, letter: id)
    } catch let problem as Problem where problem.kind == .invalid {
      return skipped(.badAddress)
    }
  }
}
