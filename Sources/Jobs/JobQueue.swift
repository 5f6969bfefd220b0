public import Kernel
public import Persistence
public import Rights
import Synchronization

/// The jobs of an installation: puts them in line, tells how they stand, and ends them.
///
/// A job is a row in the same database, put there in the caller's transaction: it is there exactly when what it belongs
/// to is. Handlers may be begun more than once, so they do their work in pieces through `JobRun.write`.
public struct JobQueue: Sendable {
  /// The most bytes a payload has as JSON.
  public static let payloadLimit = 64 * 1024

  let database: any Database
  let clock: any WallClock
  let bell: JobBell
  private let store = JobStore(lease: .zero)

  /// The jobs in a database. Workers of the same process are woken through the same value, or copies of it.
  public init(database: any Database, clock: any WallClock) {
    self.database = database
    self.clock = clock
    bell = JobBell()
  }

  /// Puts a job in line as part of the caller's transaction. Call `wake()` after it is committed; otherwise a worker
  /// finds the job within a second.
  ///
  /// With a `uniqueKey` that a waiting or running job has already, nothing is added: that job is the answer, with the
  /// reason, and counts how often it was asked for.
  @discardableResult
  public func enqueue(_ order: JobOrder, by actor: Actor, in tx: any Connection) throws -> Enqueued {
    guard order.payload.text.utf8.count <= Self.payloadLimit else {
      throw Problem(
        .tooLarge, code: "JOB_TOO_LARGE", title: "Too large",
        detail: "What this work needs to know is larger than \(Self.payloadLimit / 1024) KiB. Choose fewer at once.")
    }
    let now = clock.now()
    let id = JobID.new(at: now)
    if try store.insert(order, id, by: actor.account, at: now, in: tx) {
      try JobStore.ring(in: tx)
      return Enqueued(id: id, skipped: nil)
    }
    guard let key = order.uniqueKey, let other = try store.skip(uniqueKey: key, in: tx) else {
      throw Bug("a job was neither put in line nor found there")
    }
    return other
  }

  /// Puts a job in line in a transaction of its own, and wakes a worker.
  @discardableResult
  public func enqueue(_ order: JobOrder, by actor: Actor) async throws -> Enqueued {
    let enqueued = try await database.write { tx in try enqueue(order, by: actor, in: tx) }
    wake()
    return enqueued
  }

  /// Makes the workers of this process look at once: after the transaction of `enqueue` is committed.
  public func wake() { bell.ring() }

  /// A job of one's own, or any with `jobs.manage` where that reaches; `NOT_FOUND` otherwise.
  public func find(_ id: JobID, by actor: Actor) async throws -> Job {
    guard let job = try await database.read({ tx in try store.find(id, visible: actor.visibleJobs, in: tx) }) else {
      throw Problem.notFound("job")
    }
    return job
  }

  /// The job if it changed since `revision`, or nil when it did not: what an event stream sends when it goes on.
  public func find(_ id: JobID, newerThan revision: Int, by actor: Actor) async throws -> Job? {
    let job = try await find(id, by: actor)
    return job.revision > revision ? job : nil
  }

  /// One's own jobs and those `jobs.manage` opens, newest first, in some states or in all.
  public func page(_ states: [JobState] = [], _ page: PageRequest = PageRequest(), by actor: Actor) async throws
    -> Page<Job>
  {
    try await database.read { tx in try store.page(states, page, visible: actor.visibleJobs, in: tx) }
  }

  /// Asks for a job to end: one that waits ends at once, one that runs as soon as it can. What it did stays done. A job
  /// that is over stays as it is.
  @discardableResult
  public func cancel(_ id: JobID, by actor: Actor) async throws -> Job {
    let now = clock.now()
    return try await database.write { tx in
      guard try store.find(id, visible: actor.visibleJobs, in: tx) != nil else { throw Problem.notFound("job") }
      try store.cancel(id, at: now, in: tx)
      guard let job = try store.find(id, visible: "TRUE", in: tx) else { throw Bug("a job vanished") }
      return job
    }
  }

  /// Has a job tried again that failed, was quarantined or was cancelled; one that pauses after a fault goes at once.
  ///
  /// Throws `JOB_NOT_RETRYABLE` for one that runs or is done, and `JOB_IN_LINE` when another with its key is.
  @discardableResult
  public func retry(_ id: JobID, by actor: Actor) async throws -> Job {
    let now = clock.now()
    let job = try await database.write { tx in
      guard let job = try store.find(id, visible: actor.visibleJobs, in: tx) else { throw Problem.notFound("job") }
      guard try !store.isKeyTaken(id, in: tx) else { throw Problem.jobInLine }
      guard try store.retry(id, at: now, in: tx) else { throw Problem.notRetryable(job.state) }
      try JobStore.ring(in: tx)
      guard let job = try store.find(id, visible: "TRUE", in: tx) else { throw Bug("a job vanished") }
      return job
    }
    wake()
    return job
  }

  /// The job each time it changes, from the first revision after `revision`; ends with the job. Asks the database every
  /// `pause`, for the worker may be in another process; every listener costs one read of one row each time.
  public func changes(
    of id: JobID, since revision: Int = 0, every pause: Duration = .milliseconds(500), by actor: Actor
  ) -> AsyncThrowingStream<Job, any Error> {
    let seen = Mutex<(revision: Int, isOver: Bool)>((revision, false))
    return AsyncThrowingStream {
      guard !seen.withLock({ $0.isOver }) else { return nil }
      while true {
        let job = try await find(id, by: actor)
        let isNews = seen.withLock { seen in
          let isNews = job.revision > seen.revision
          seen = (max(seen.revision, job.revision), job.state.isOver)
          return isNews
        }
        if isNews { return job }
        if job.state.isOver { return nil }
        try await Task.sleep(for: pause)
      }
    }
  }
}

extension Actor {
  /// Which jobs the person may know of.
  var visibleJobs: SQL {
    let reach = reach(.manageJobs)
    return SQL.any([
      account.map { "account_id = \($0)" } ?? .empty,
      reach?.isEverywhere == true ? "TRUE" : .empty,
      reach.flatMap { $0.orgs.isEmpty ? nil : "org_id IN \(list: $0.orgs.sorted())" } ?? .empty,
    ])
  }
}
