public import Kernel
public import Persistence
public import Rights
import Synchronization

/// One attempt at a job: what its handler knows, and the only way in which it acts.
public final class JobRun: Sendable {
  /// Progress is written at most once in this time.
  static let progressPause = Duration.milliseconds(250)

  /// The job as it was when this attempt began; `job.progress` is where the attempt before got to.
  public let job: Job
  /// What the order said.
  public let payload: JSON
  /// Who asked for it, with the rights of now; the audit names the job as the request.
  public let actor: Actor

  private let database: any Database
  private let clock: any WallClock
  private let store: JobStore
  private let state: Mutex<State>
  private let stopped: AsyncStream<Void>
  private let stopSign: AsyncStream<Void>.Continuation
  let hold: JobStore.Hold

  private struct State {
    var progress: JobProgress
    var writtenAt: ContinuousClock.Instant?
    var isUnwritten = false
    var stop: JobStop?
  }

  init(_ claimed: JobStore.Claimed, actor: Actor, _ store: JobStore, _ database: any Database, _ clock: any WallClock) {
    job = claimed.job
    payload = claimed.payload
    self.actor = actor
    self.store = store
    self.database = database
    self.clock = clock
    hold = JobStore.Hold(id: claimed.job.id, token: claimed.token)
    state = Mutex(State(progress: claimed.job.progress))
    (stopped, stopSign) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Changes something, in one transaction with the proof that the job is still this worker's; renews the lease.
  ///
  /// Throws `JobStop.leaseLost`, and nothing is changed, when the job went to another worker. With `progress` the new
  /// mark is part of the same transaction: whoever goes on later knows exactly what was done. `.readCommitted` is
  /// enough for what only adds rows of its own.
  public func write<Value: Sendable>(
    progress: JobProgress? = nil, _ isolation: Isolation = .serializable,
    _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    let (store, hold, now) = (store, hold, clock.now())
    do {
      let value = try await database.write(isolation) { tx in
        guard try store.renew(hold, progress, at: now, in: tx) else { throw JobStop.leaseLost }
        return try body(tx)
      }
      if let progress { state.withLock { ($0.progress, $0.isUnwritten) = (progress, false) } }
      return value
    } catch JobStop.leaseLost {
      ask(for: .leaseLost)
      throw JobStop.leaseLost
    }
  }

  /// Says how far the job is. Written at most four times a second; the last word is never lost.
  public func report(_ progress: JobProgress) async throws {
    let isDue = state.withLock { state in
      let now = ContinuousClock.now
      state.progress = progress
      state.isUnwritten = true
      if let last = state.writtenAt, last.duration(to: now) < Self.progressPause { return false }
      state.writtenAt = now
      return true
    }
    if isDue { try await writeProgress() }
  }

  /// Throws `JobStop` when the job is to end: between two pieces of work.
  public func checkStop() throws(JobStop) {
    if let stop { throw stop }
  }

  /// Why the job is to end, if it is.
  public var stop: JobStop? { state.withLock { $0.stop } }

  /// How far the job is, as last said.
  var progress: JobProgress { state.withLock { $0.progress } }

  /// Writes what was said and not written yet, if anything.
  func writeProgress() async throws {
    let unwritten = state.withLock { state in
      defer { state.isUnwritten = false }
      return state.isUnwritten ? state.progress : nil
    }
    if let unwritten { try await renew(unwritten) }
  }

  /// Renews the lease; asks for the end when it is lost.
  func renew(_ progress: JobProgress? = nil) async throws {
    let (store, hold, now) = (store, hold, clock.now())
    let isOurs = try await database.write(.readCommitted) { tx in try store.renew(hold, progress, at: now, in: tx) }
    if !isOurs { ask(for: .leaseLost) }
  }

  /// Sees whether somebody asked for an end, or took the job.
  func look() async throws {
    let (store, hold) = (store, hold)
    switch try await database.read({ tx in try store.isCancelAsked(hold, in: tx) }) {
    case .some(true): ask(for: .cancelAsked)
    case .some(false): return
    case .none: ask(for: .leaseLost)
    }
  }

  /// Asks the handler to end; the first reason counts.
  func ask(for stop: JobStop) {
    state.withLock { if $0.stop == nil { $0.stop = stop } }
    stopSign.finish()
  }

  /// Returns when the handler is to end, or the task is cancelled.
  func untilAsked() async {
    for await _ in stopped {}
  }
}
