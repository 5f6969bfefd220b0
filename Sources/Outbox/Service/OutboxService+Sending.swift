public import Jobs
import Kernel
import Mail
import Persistence

// One try at one letter, as a job. The job may be begun again at any point; the letter knows how far it came.
extension OutboxService {
  /// The kind of the job that tries to send one letter.
  public static let jobKind = "outbox.send"

  /// Sends letters.
  public var handler: JobHandler {
    JobHandler(Self.jobKind) { run in
      guard let id = run.payload["letter"]?.string.flatMap(LetterID.init) else { throw Bug("a job names no letter") }
      let state = try await send(id, run)
      return .object([("state", .string(state.rawValue))])
    }
  }

  /// What there is to do about a letter.
  private enum Turn: Sendable {
    case send(Letter, secret: [UInt8]?, files: [LetterFile])
    case leave(LetterState)
  }

  private func send(_ id: LetterID, _ run: JobRun) async throws -> LetterState {
    let now = clock.now()
    let turn = try await run.write { tx in try take(id, at: now, in: tx) }
    guard case .send(let letter, let secret, let files) = turn else { return try await state(of: id) }
    do {
      let delivery = try await handOver(letter, secret, files) {
        try await run.write { tx in
          guard try letters.hand(id, attempt: letter.attempts, in: tx) else { throw Overtaken() }
        }
      }
      // What came of it is written down whoever has the job by now: it is the truth.
      return try await settle(letter, delivery)
    } catch is Overtaken {
      return try await state(of: id)
    }
  }

  /// Meanwhile somebody had the letter tried again: that try sends it, and this one is broken off.
  private struct Overtaken: Error {}

  private func state(of id: LetterID) async throws -> LetterState {
    try await database.read { tx in try letters.find(id, tx: tx)?.state ?? .failed }
  }

  /// Takes a letter for a try, unless it has been dealt with. One that a try before had handed over without hearing an
  /// answer may have arrived: that is for a person to say.
  private func take(_ id: LetterID, at now: Instant, in tx: any Connection) throws -> Turn {
    guard let letter = try letters.find(id, tx: tx), letter.state == .pending else { return .leave(.sent) }
    func settle(_ state: LetterState, _ words: String) throws -> Turn {
      try letters.settle(id, attempt: letter.attempts, state, words: words, at: now, in: tx)
      return .leave(state)
    }
    if letter.isHanded {
      return try settle(.doubtful, "The program ended after handing it over and before the answer came.")
    }
    if let until = letter.until, until <= now {
      return try settle(.failed, "It could not be sent before its link stopped working.")
    }
    guard transports.channels.contains(letter.channel) else { return .leave(.pending) }
    try letters.begin(id, in: tx)
    guard let begun = try letters.find(id, tx: tx) else { throw Bug("a letter vanished") }
    return .send(begun, secret: try letters.secret(of: id, in: tx), files: try letters.files(of: id, in: tx))
  }

  private func handOver(
    _ letter: Letter, _ secret: [UInt8]?, _ files: [LetterFile], beforeEnd: @escaping @Sendable () async throws -> Void
  ) async throws -> Delivery {
    do {
      let link = try secret.map { try seal.open($0, letter.id) }
      let text = letter.text.replacing(Letter.secretMark, with: link ?? "")
      if letter.channel == .sms {
        guard let send = transports.text else { return .putOff(words: "There is no gateway.") }
        return try await send("\(letter.id)", letter.recipient, text, beforeEnd)
      }
      guard let mail = transports.mail, let to = MailAddress(letter.recipient, name: letter.name) else {
        return .refused(words: "The address cannot be used.")
      }
      let page = LetterPage(subject: letter.subject, text: text, language: letter.language)
      let message = MailMessage(
        id: "\(letter.id)@\(mail.from.domain)", date: letter.createdAt, from: mail.from, to: to,
        subject: letter.subject, text: text, html: page.document,
        language: letter.language, attachments: files)
      return try await mail.send(message, beforeEnd)
    } catch let fault as MailFault {
      return .refused(words: fault == .tooLarge ? "The mail is too large." : "A header has a line break in it.")
    }
  }

  private func settle(_ letter: Letter, _ delivery: Delivery) async throws -> LetterState {
    let now = clock.now()
    let (id, attempt) = (letter.id, letter.attempts)
    let words = String(delivery.words.prefix(500))
    let (state, next) = Self.outcome(of: delivery, attempt: attempt, at: now)
    return try await database.write { tx in
      if let next {
        if try letters.putOff(id, attempt: attempt, words: words, until: next, in: tx) {
          try enqueue(id, attempt: attempt + 1, at: next, in: tx)
        }
      } else {
        try letters.settle(id, attempt: attempt, state, words: words, at: now, in: tx)
      }
      return state
    }
  }

  /// How a letter stands after a try, and when the next is.
  static func outcome(of delivery: Delivery, attempt: Int, at now: Instant) -> (LetterState, next: Instant?) {
    switch delivery {
    case .taken: (.sent, nil)
    case .refused: (.failed, nil)
    case .unknown: (.doubtful, nil)
    case .putOff:
      Letter.pause(after: attempt).map { (.pending, now.adding($0)) } ?? (.failed, nil)
    }
  }
}
