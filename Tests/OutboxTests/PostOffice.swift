import Jobs
import Kernel
import Mail
import Persistence
import Record
import Rights
import Synchronization
import TestSupport

@testable import Outbox

/// An outbox on a test database, a worker that sends, and a server that a test scripts.
struct PostOffice: Sendable {
  static let migrations = Record.migrations + JobsModule.migrations + OutboxModule.migrations
  static let writer = Actor(
    account: .new(at: Instant(milliseconds: 1)), name: "Ada", reaches: [.sendMail: .everywhere])
  static let keeper = Actor(
    account: .new(at: Instant(milliseconds: 2)), name: "Ben", reaches: [.viewMail: .everywhere, .editMail: .everywhere])
  static let nobody = Actor(account: .new(at: Instant(milliseconds: 3)), name: "Eve", reaches: [:])

  let database: any Database
  let clock = TestClock()
  let server = ScriptedServer()
  let queue: JobQueue
  let service: OutboxService

  init(_ database: any Database, hasServer: Bool = true) throws {
    self.database = database
    queue = JobQueue(database: database, clock: clock)
    service = try Self.service(database, clock, queue, hasServer ? server : nil)
  }

  static func with(
    _ engine: TestDatabase.Engine, hasServer: Bool = true, _ body: (PostOffice) async throws -> Void
  ) async throws {
    try await engine.with(migrations) { database in
      try await body(try PostOffice(database, hasServer: hasServer))
    }
  }

  static func service(
    _ database: any Database, _ clock: TestClock, _ queue: JobQueue, _ server: ScriptedServer?
  ) throws -> OutboxService {
    guard let from = MailAddress("office@school.example") else { throw Bug("no address") }
    var mail: (from: MailAddress, send: Transports.SendMail)?
    var text: Transports.SendText?
    if let server {
      mail = (from, { message, beforeEnd in try await server.take(message.id, message.text, beforeEnd) })
      text = { id, _, words, beforeEnd in try await server.take(id, words, beforeEnd) }
    }
    return OutboxService(
      database: database, record: Record(), clock: clock, queue: queue,
      transports: Transports(mail: mail, text: text),
      seal: LetterSeal(
        seal: { text, letter in Array("\(letter):\(text)".utf8.reversed()) },
        open: { sealed, _ in
          String(decoding: sealed.reversed(), as: UTF8.self).split(separator: ":", maxSplits: 1)[1].description
        }),
      site: "school.example")
  }

  static func note(_ text: String = "We leave at nine.", key: String? = nil) -> NewLetter {
    NewLetter(.mail, to: "ada@example.org", .words(subject: "Museum", text: text), key: key)
  }

  @discardableResult
  func add(_ letter: NewLetter, by actor: Actor = writer) async throws -> LetterID {
    try await database.write { tx in try service.add(letter, by: actor, in: tx) }
  }

  func letter(_ id: LetterID) async throws -> Letter { try await service.find(id, by: Self.keeper) }

  /// Lets a worker send what is due, until `count` jobs have ended.
  func send(_ count: Int = 1, with service: OutboxService? = nil) async throws {
    let ends = Mutex(0)
    let worker = Worker(
      queue, handlers: [(service ?? self.service).handler],
      settings: WorkerSettings(poll: .milliseconds(20), watch: .milliseconds(20)),
      actorOf: { _ in .system("test") },
      onEvent: { event in if case .ended = event { ends.withLock { $0 += 1 } } })
    await withTaskGroup { group in
      group.addTask { await worker.run() }
      for _ in 0..<1000 where ends.withLock({ $0 }) < count {
        try? await Task.sleep(for: .milliseconds(10))  // Nobody cancels this.
      }
      worker.stop()
      await group.waitForAll()
    }
  }
}

/// A mail server that does as it is told: what it says to each mail in turn, and `taken` after that.
final class ScriptedServer: Sendable {
  /// What it does with a mail.
  enum Act: Sendable {
    case answer(Delivery)
    /// Breaks before the end of the mail.
    case breakBefore(Delivery)
    /// Keeps it, and the program dies before it hears of it.
    case keepAndDie
    /// The program dies before the end of the mail.
    case die
  }

  struct Death: Error {}

  private let state = Mutex<(script: [Act], kept: [(id: String, text: String)])>(([], []))

  func will(_ acts: Act...) { state.withLock { $0.script += acts } }

  var kept: [(id: String, text: String)] { state.withLock { $0.kept } }

  func take(
    _ id: String, _ text: String, _ beforeEnd: @Sendable () async throws -> Void
  ) async throws -> Delivery {
    let act = state.withLock { state in
      state.script.isEmpty ? .answer(.taken(words: "250 OK")) : state.script.removeFirst()
    }
    switch act {
    case .die: throw Death()
    case .breakBefore(let delivery): return delivery
    case .keepAndDie:
      try await beforeEnd()
      state.withLock { $0.kept.append((id, text)) }
      throw Death()
    case .answer(let delivery):
      try await beforeEnd()
      if case .taken = delivery { state.withLock { $0.kept.append((id, text)) } }
      return delivery
    }
  }
}
