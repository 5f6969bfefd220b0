import Academics
import Accounts
import Audiences
import Directory
import Jobs
import Kernel
import Outbox
import Persistence
import Record
import Rights
import TestSupport
import Web

@testable import Messages

/// Two schools, a section at each, and people of whom some must not hear: their rows are written plainly.
final class School: Sendable {
  static let migrations =
    Record.migrations + JobsModule.migrations + DirectoryModule.migrations + AcademicsModule.migrations
    + AccountsModule.migrations + OutboxModule.migrations + MessagesModule.migrations

  /// Who there is. `left` has left school, `gone` lies in the recycle bin; `denied` may not see the child, `unwritten`
  /// may not get letters, `former` was allowed to until yesterday; `retired` worked here until yesterday, `locked`'s
  /// account is switched off; `root` is an account that is nobody's.
  enum Who: String, CaseIterable {
    case ama, kofi, left, gone, far
    case mother, father, denied, unwritten, former, leftsMother, farsMother
    case teacher, farTeacher, office, retired, locked
    case root
  }

  let database: any Database
  let clock = TestClock()
  let queue: JobQueue
  let service: MessagesService
  let district = OrgID(high: 1, low: 1)
  let maple = OrgID(high: 1, low: 2)
  let alder = OrgID(high: 1, low: 3)
  let section = SectionID(high: 2, low: 1)
  let farSection = SectionID(high: 2, low: 2)
  let teaching = RoleID(high: 3, low: 1)
  let parenting = RoleID(high: 3, low: 2)

  var today: SchoolDate { clock.now().utcDate }

  static func with(_ engine: TestDatabase.Engine, _ body: (School) async throws -> Void) async throws {
    try await engine.with(migrations) { database in
      let school = School(database)
      try await school.build()
      try await body(school)
    }
  }

  private init(_ database: any Database) {
    self.database = database
    queue = JobQueue(database: database, clock: clock)
    let outbox = OutboxService(
      database: database, record: Record(), clock: clock, queue: queue, transports: Transports(),
      seal: LetterSeal(
        seal: { text, _ in Array(text.utf8) }, open: { sealed, _ in String(decoding: sealed, as: UTF8.self) }),
      site: "school.example")
    service = MessagesService(
      database: database, record: Record(), clock: clock, zone: .utc, queue: queue, outbox: outbox, bell: LiveBell(),
      publicURL: "https://school.example/")
  }

  static func person(_ who: Who) -> PersonID { PersonID(high: 9, low: number(who)) }
  static func account(_ who: Who) -> AccountID { AccountID(high: 8, low: number(who)) }
  static func student(_ who: Who) -> StudentID { StudentID(high: 7, low: number(who)) }
  /// What a reader is known by.
  static func key(_ who: Who) -> ID<AnyEntity> {
    who == .root ? account(who).retyped() : person(who).retyped()
  }

  private static func number(_ who: Who) -> UInt64 { UInt64(Who.allCases.firstIndex(of: who) ?? 0) + 1 }

  // MARK: Who may do what

  /// Somebody with a reach of `messages.send`, or none.
  func actor(_ who: Who, _ reach: Reach? = nil) -> Actor {
    Actor(
      account: Self.account(who), person: who == .root ? nil : Self.person(who), name: who.rawValue,
      reaches: reach.map { [.sendMessages: $0] } ?? [:])
  }

  var root: Actor { actor(.root, .everywhere) }
  var office: Actor { actor(.office, Reach(orgs: [maple])) }
  var teacher: Actor { actor(.teacher, Reach(sectionsIn: [maple])) }

  // MARK: What is done

  func content(
    _ audience: Audience, _ subject: String = "Trip on Friday", _ priority: MessagePriority = .normal,
    byMail: Bool = false, bySMS: Bool = false, publishAt: Instant? = nil, expiresAt: Instant? = nil
  ) -> MessageContent {
    MessageContent(
      audience: audience, subject: subject, text: "We leave at 8:15.\n\nBring a raincoat.", priority: priority,
      byMail: byMail, bySMS: bySMS, publishAt: publishAt, expiresAt: expiresAt)
  }

  /// Sends and delivers.
  @discardableResult
  func send(_ content: MessageContent, by actor: Actor? = nil) async throws -> Message {
    let message = try await service.send(content, by: actor ?? root)
    try await work()
    return try await database.read { [service] tx in try service.messages.require(message.id, in: tx) }
  }

  /// Does all jobs whose time has come, with the rights of `rights`.
  func work(_ rights: Actor? = nil) async throws {
    let (root, office, teacher, queue) = (root, office, teacher, queue)
    let worker = Worker(
      queue, handlers: [service.handler],
      settings: WorkerSettings(poll: .milliseconds(5), watch: .milliseconds(20), firstPause: .seconds(10)),
      actorOf: { account in
        if let rights { return rights }
        return [root, office, teacher].first { $0.account == account } ?? office
      })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await worker.run() }
      defer { worker.stop() }
      for _ in 0..<2000 {
        let standing = try await queue.standing()
        if standing.waiting == 0, standing.running == 0 { return }
        try await Task.sleep(for: .milliseconds(5))
      }
      throw Bug("the jobs did not end")
    }
  }

  /// Whose inboxes have a message.
  func readers(of message: MessageID) async throws -> Set<Who> {
    let keys: [ID<AnyEntity>] = try await database.read { tx in
      try tx.all("SELECT reader_id FROM messages_copy WHERE message_id = \(message)") { row in try row.next() }
    }
    return Set(Who.allCases.filter { keys.contains(Self.key($0)) })
  }

  func subjects(of who: Who, _ filter: InboxFilter = InboxFilter()) async throws -> [String] {
    try await service.inbox(filter, of: actor(who)).items.map(\.subject)
  }

  func count(_ table: SQL) async throws -> Int {
    try await database.read { tx in try tx.count("SELECT count(*) FROM \(table)") }
  }
}

/// The code of the problem that `body` throws; nil when it throws none.
func code(_ body: () async throws -> some Any) async -> String? {
  do {
    _ = try await body()
    return nil
  } catch {
    return (error as? any ProblemConvertible)?.problem.code ?? "\(error)"
  }
}
