public import Jobs
public import Kernel
import Mail
public import Persistence
public import Record
public import Rights

/// What leaves the house: mails and text messages, each written down in its sender's transaction and sent by a job.
///
/// Nothing is lost: a letter is there exactly when what it tells of is. Nothing goes twice: before the mark by which a
/// server knows that it has all, it is written down that the letter is about to be handed over; where no answer
/// follows, nobody but a person sends it again.
public struct OutboxService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let queue: JobQueue
  let transports: Transports
  let seal: LetterSeal
  /// The name of the installation in letters: where its pages are.
  let site: String
  let letters = LetterStore()
  let templates = TemplateStore()

  /// The outbox of an installation; `site` is the host of its public address.
  public init(
    database: any Database, record: Record, clock: any WallClock, queue: JobQueue, transports: Transports,
    seal: LetterSeal, site: String
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.queue = queue
    self.transports = transports
    self.seal = seal
    self.site = site
  }

  /// The largest text, in characters.
  public static let textLimit = 20_000
  /// The most bytes all files of a letter have together.
  public static let fileLimit = 12_000_000

  /// How some letters stand, for the slice that had them sent; those that were cleared away are missing.
  public func states(of ids: [LetterID], in tx: any Connection) throws -> [LetterID: LetterState] {
    try letters.states(of: ids, in: tx)
  }

  /// Writes a letter down as part of the caller's transaction, to be sent once that is committed; answers which it is.
  /// Call `wake()` afterwards. With a `key` that was used before nothing is added, and the earlier letter is the
  /// answer.
  ///
  /// Throws `VALIDATION_ERROR` for an address that is none, and for a line break in a subject or a name.
  @discardableResult
  public func add(_ new: NewLetter, by actor: Actor, in tx: any Connection) throws -> LetterID {
    let now = clock.now()
    let id = LetterID.new(at: now)
    let (letter, secret) = try letter(new, id, by: actor, at: now, in: tx)
    let sealed = secret.map { seal.seal($0, id) }
    guard try letters.insert(letter, key: new.key, secret: sealed, files: new.attachments, in: tx) else {
      guard let key = new.key, let earlier = try letters.find(key: key, in: tx) else {
        throw Bug("a letter was neither written down nor found")
      }
      return earlier
    }
    if letter.nextAt != nil { try enqueue(id, attempt: 1, at: now, in: tx) }
    return id
  }

  /// Whether mail can be sent to an address at all.
  public static func canMail(_ address: String) -> Bool { MailAddress(address) != nil }

  /// Has letters sent at once: after the transaction of `add` is committed.
  public func wake() { queue.wake() }

  /// Puts one try at a letter in line.
  func enqueue(_ id: LetterID, attempt: Int, at due: Instant, in tx: any Connection) throws {
    try queue.enqueue(
      JobOrder(
        Self.jobKind, .object([("letter", .string("\(id)"))]), runAfter: due, uniqueKey: "letter:\(id):\(attempt)"),
      by: .system("outbox"), in: tx)
  }

  /// The letter as it will be kept, all faults of it told together, and the secret that goes with it.
  private func letter(
    _ new: NewLetter, _ id: LetterID, by actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> (Letter, secret: String?) {
    var validation = Validation()
    let recipient = LetterAddress.read(new.recipient, for: new.channel, at: "/recipient", &validation)
    let name = validation.optionalLine(new.name, at: "/name", "the name")
    let (words, secret) = try words(of: new, in: tx)
    let subject =
      new.channel == .sms ? "" : validation.line(words.subject, at: "/subject", "the subject")
    let text = validation.optionalText(words.text, at: "/message", "the message", max: Self.textLimit)
    validation.check(text != nil, "/message", "REQUIRED", "Enter the message.")
    validation.check(
      new.attachments.reduce(0) { $0 + $1.bytes.count } <= Self.fileLimit, "/attachments", "TOO_LARGE",
      "The files have more than \(Self.fileLimit / 1_000_000) MB together.")
    try validation.finish()
    let template: String? = if case .template(let key, _, _) = new.content { key } else { nil }
    let letter = Letter(
      id: id, channel: new.channel, template: template, recipient: recipient, name: name, subject: subject,
      text: text ?? "", language: new.language, account: new.account, org: new.org, askedBy: actor.account,
      state: .pending, attempts: 0, isHanded: false, words: nil, createdAt: now,
      nextAt: transports.channels.contains(new.channel) ? now : nil, sentAt: nil, until: new.until,
      hasSecret: secret != nil, fileCount: new.attachments.count)
    return (letter, secret)
  }

  private func words(of new: NewLetter, in tx: any Connection) throws -> (LetterWords, secret: String?) {
    let isMarked = { (text: String) in text.contains(Letter.secretMark) }
    switch new.content {
    case .words(let subject, let text):
      guard !isMarked(subject + text) else {
        throw Problem.invalid([
          .init(pointer: "/message", code: "BAD_CHARACTER", detail: "Remove the mark for pictures from the text.")
        ])
      }
      return (LetterWords(subject: subject, text: text), nil)
    case .template(let key, var values, let secret):
      guard let template = LetterTemplate.find(key) else { throw Bug("there is no template \(key)") }
      // What people wrote cannot stand for the link, whatever they wrote.
      values = values.mapValues { $0.replacing(Letter.secretMark, with: "") }
      values["site"] = site
      if secret != nil { values["link"] = Letter.secretMark }
      let words = try templates.words(template, in: new.language, tx)
      return (words.filled(values, in: new.language), secret)
    }
  }
}
