import Jobs
public import Kernel
import Persistence
public import Rights

extension Permission {
  /// See all letters that leave the house, send them again, and test the way out.
  public static let viewMail = Permission("mail.view", "See the outbox, and send its letters again", scopes: [.all])
  /// Change what the program's own letters say.
  public static let editMail = Permission("mail.edit", "Change the templates of letters", scopes: [.all])
  /// Have a mail or text message of one's own words sent to any address.
  public static let sendMail = Permission("mail.send", "Send a mail or text message to any address")
}

// What people do with the outbox. Whoever may send sees their own letters; all of them takes `mail.view`.
extension OutboxService {
  /// Has a letter of somebody's own words sent; answers it as it stands.
  public func send(_ letter: NewLetter, by actor: Actor) async throws -> Letter {
    _ = try actor.require(.sendMail)
    let sent = try await database.write { tx in
      let id = try add(letter, by: actor, in: tx)
      guard let letter = try letters.find(id, tx: tx) else { throw Bug("a letter vanished") }
      return letter
    }
    wake()
    return sent
  }

  /// Letters in a state or in all, newest first.
  public func page(
    _ state: LetterState? = nil, _ page: PageRequest = PageRequest(), by actor: Actor
  ) async throws -> Page<Letter> {
    let sight = try sight(of: actor)
    return try await database.read { tx in try letters.page(state, page, in: sight, tx: tx) }
  }

  /// One letter.
  public func find(_ id: LetterID, by actor: Actor) async throws -> Letter {
    let sight = try sight(of: actor)
    guard let letter = try await database.read({ tx in try letters.find(id, in: sight, tx: tx) }) else {
      throw Problem.notFound("letter")
    }
    return letter
  }

  /// The secret link of a letter that cannot be sent for want of a server, so that somebody hands it over: for
  /// `mayRecover`, who could have made it as well. Nil for everybody else, and once there is a server.
  public func link(in letter: Letter, mayRecover: Bool, by actor: Actor) async throws -> String? {
    guard mayRecover, letter.hasSecret, letter.state == .pending, !transports.channels.contains(letter.channel),
      letter.until.map({ $0 > clock.now() }) ?? true
    else { return nil }
    _ = try actor.require(.viewMail)
    guard let sealed = try await database.read({ tx in try letters.secret(of: letter.id, in: tx) }) else { return nil }
    return try seal.open(sealed, letter.id)
  }

  /// How many letters stand how.
  public func counts(by actor: Actor) async throws -> [LetterState: Int] {
    _ = try actor.require(.viewMail)
    return try await database.read { tx in try letters.counts(in: tx) }
  }

  /// Has a letter tried again now: one that failed, is in doubt, or waits.
  ///
  /// Throws `LETTER_SENT` for one the server took, `LETTER_TOO_LATE` for one whose link is dead, and `NO_TRANSPORT`
  /// where there is nothing to send with.
  @discardableResult
  public func resend(_ id: LetterID, by actor: Actor) async throws -> Letter {
    let sight = try sight(of: actor)
    let now = clock.now()
    let letter = try await database.write { tx in
      guard let letter = try letters.find(id, in: sight, tx: tx) else { throw Problem.notFound("letter") }
      guard letter.state != .sent, !letter.isHanded else { throw Problem.notResendable(letter.state) }
      if let until = letter.until, until <= now { throw Problem.tooLate }
      guard transports.channels.contains(letter.channel) else { throw Problem.noTransport(letter.channel) }
      try letters.reopen(id, at: now, in: tx)
      // A try that is planned for later keeps its job; whichever comes first finds the letter, the other leaves it.
      try queue.enqueue(
        .init(Self.jobKind, .object([("letter", .string("\(id)"))]), priority: 1, uniqueKey: "letter:\(id):now"),
        by: .system("outbox"), in: tx)
      guard let reopened = try letters.find(id, tx: tx) else { throw Bug("a letter vanished") }
      return reopened
    }
    wake()
    return letter
  }

  /// Has all failed letters tried again that still make sense; answers how many.
  public func resendFailed(by actor: Actor) async throws -> Int {
    _ = try actor.require(.viewMail)
    var count = 0
    var request = PageRequest(limit: PageRequest.maximum)
    while true {
      let page = try await page(.failed, request, by: actor)
      for letter in page.items {
        do {
          try await resend(letter.id, by: actor)
          count += 1
        } catch let problem as Problem where problem.kind == .conflict {
          continue  // Its time is over; the list still tells.
        }
      }
      guard let next = page.next else { return count }
      request = PageRequest(limit: PageRequest.maximum, after: next)
    }
  }

  private func sight(of actor: Actor) throws(Problem) -> LetterStore.Sight {
    if actor.has(.viewMail) { return .all }
    _ = try actor.require(.sendMail)
    guard let account = actor.account else { throw .forbidden(Permission.viewMail.name) }
    return .of(account)
  }
}
