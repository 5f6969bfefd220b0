import Jobs
import Kernel
import Persistence
import Rights
import Synchronization
import TestSupport

/// A table that jobs write to, and people who ask for them.
struct Workshop: Sendable {
  static let migrations: [Migration] =
    JobsModule.migrations + [
      Migration(
        "20261121_9999_workshop",
        up: ["CREATE TABLE workshop_piece (number {int} NOT NULL, attempt {int} NOT NULL) {strict}"],
        down: ["DROP TABLE workshop_piece"])
    ]

  let database: any Database
  let clock = TestClock()
  let queue: JobQueue
  let events = EventLog()

  static let school = OrgID.new(at: Instant(milliseconds: 0))
  static let ada = Actor(account: .new(at: Instant(milliseconds: 0)), name: "Ada", reaches: [:])
  static let ben = Actor(account: .new(at: Instant(milliseconds: 0)), name: "Ben", reaches: [:])

  init(_ database: any Database) {
    self.database = database
    queue = JobQueue(database: database, clock: clock)
  }

  /// Quick to look, so that tests need not wait.
  static let brisk = WorkerSettings(
    poll: .milliseconds(20), watch: .milliseconds(20), firstPause: .seconds(10), jitter: 1...1)

  func worker(_ settings: WorkerSettings = brisk, _ handlers: JobHandler...) -> Worker {
    Worker(
      queue, handlers: handlers, settings: settings,
      actorOf: { account in
        guard account == Self.ada.account else { throw Problem.forbidden("sign in") }
        return Self.ada
      }, onEvent: { [events] in events.add($0) })
  }

  /// Lets workers work while `body` runs, then stops them and waits until they have.
  func working(_ workers: Worker..., while body: @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in workers { group.addTask { await worker.run() } }
      let result: Result<Void, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      for worker in workers { worker.stop() }
      try await group.waitForAll()
      try result.get()
    }
  }

  /// The job once it is over, or in `state`; as it is after half a minute at the latest.
  @discardableResult
  func job(_ id: JobID, in state: JobState? = nil) async throws -> Job {
    for _ in 0..<3000 {
      let job = try await queue.find(id, by: .system("test"))
      if let state { if job.state == state { return job } } else if job.state.isOver { return job }
      try await Task.sleep(for: .milliseconds(10))
    }
    return try await queue.find(id, by: .system("test"))
  }

  func order(_ kind: String = "count", _ payload: JSON = .null) async throws -> JobID {
    try await queue.enqueue(JobOrder(kind, payload, org: Self.school), by: Self.ada).id
  }

  func pieces() async throws -> [Int] {
    try await database.read { tx in
      try tx.all("SELECT number FROM workshop_piece ORDER BY number, attempt LIMIT 10000") { row -> Int in
        try row.next()
      }
    }
  }

  static func addPiece(_ number: Int, _ run: JobRun, in tx: any Connection) throws {
    try tx.run("INSERT INTO workshop_piece (number, attempt) VALUES (\(number), \(run.job.attempts))")
  }
}

/// What workers said, in order.
final class EventLog: Sendable {
  private let events = Mutex<[WorkerEvent]>([])

  func add(_ event: WorkerEvent) { events.withLock { $0.append(event) } }

  var troubles: [String] {
    events.withLock { $0.compactMap { if case .trouble(let error) = $0 { "\(error)" } else { nil } } }
  }

  var ends: [JobState] {
    events.withLock { $0.compactMap { if case .ended(_, _, let state, _) = $0 { state } else { nil } } }
  }
}

/// A place where a handler waits until a test lets it go on, and tells that it is there.
final class Gate: Sendable {
  private let state = Mutex<(arrived: Int, isOpen: Bool)>((0, false))

  var arrived: Int { state.withLock { $0.arrived } }

  func open() { state.withLock { $0.isOpen = true } }

  /// Waits for the gate, even when it is cancelled: like a handler that hears nothing.
  func passDeaf() async {
    state.withLock { $0.arrived += 1 }
    while !state.withLock({ $0.isOpen }) {
      try? await Task.sleep(for: .milliseconds(5))  // A deaf handler hears no cancelling.
      await Task.yield()
    }
  }

  /// Waits for the gate; throws when it is cancelled.
  func pass() async throws {
    state.withLock { $0.arrived += 1 }
    while !state.withLock({ $0.isOpen }) { try await Task.sleep(for: .milliseconds(5)) }
  }

  func waitForArrival() async throws {
    for _ in 0..<3000 where arrived == 0 { try await Task.sleep(for: .milliseconds(10)) }
  }
}
