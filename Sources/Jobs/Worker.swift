public import Kernel
import Persistence
public import Rights
import Synchronization

/// Does jobs, several at a time, until it is told to end. Runs inside `serve`, or alone beside others.
///
/// `run()` goes into a `ServiceGroup`, whose graceful shutdown calls `stop()`: what is being done is handed back at once
/// and goes on elsewhere. A worker runs once. Guards the list of what it is doing with a lock.
public final class Worker: Sendable {
  private let queue: JobQueue
  private let handlers: [String: JobHandler]
  private let settings: WorkerSettings
  private let actorOf: @Sendable (AccountID) async throws -> Actor
  private let onEvent: @Sendable (WorkerEvent) -> Void
  private let store: JobStore
  private let occasions: AsyncStream<Void>
  private let occasion: AsyncStream<Void>.Continuation
  private let doing = Mutex<(runs: [JobID: JobRun], isEnding: Bool)>(([:], false))

  /// A worker for the kinds of `handlers`. `actorOf` loads the rights of whoever asked for a job, as of now: a right
  /// that was taken away meanwhile is gone for the job too.
  public init(
    _ queue: JobQueue, handlers: [JobHandler], settings: WorkerSettings = WorkerSettings(),
    actorOf: @escaping @Sendable (AccountID) async throws -> Actor,
    onEvent: @escaping @Sendable (WorkerEvent) -> Void = { _ in }
  ) {
    precondition(Set(handlers.map(\.kind)).count == handlers.count, "two handlers do the same kind of job")
    self.queue = queue
    self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
    self.settings = settings
    self.actorOf = actorOf
    self.onEvent = onEvent
    store = JobStore(lease: settings.lease)
    (occasions, occasion) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Does jobs until `stop()` is called or the task is cancelled; either way what was begun is handed back first.
  public func run() async {
    queue.bell.add(occasion, for: self)
    defer { queue.bell.remove(self) }
    await withDiscardingTaskGroup { group in
      group.addTask { await self.tick() }
      for await _ in occasions {
        while let (run, handler) = await next() {
          group.addTask { await self.perform(run, handler) }
        }
      }
      await handBackAll()
      group.cancelAll()
    }
  }

  /// Takes nothing new, hands back what is being done and lets `run()` return. May be called from any thread.
  public func stop() {
    doing.withLock { $0.isEnding = true }
    occasion.finish()
  }

  /// Looks around again and again, and gives back to the line what other workers left lying.
  private func tick() async {
    while !Task.isCancelled {
      do {
        let now = queue.clock.now()
        try await queue.database.write(.readCommitted) { [store] tx in try store.sweep(at: now, in: tx) }
      } catch {
        onEvent(.trouble(error))
      }
      occasion.yield()
      try? await Task.sleep(for: settings.poll)  // Being cancelled ends the sleep and the loop.
    }
  }

  /// The next job, if there is one and a hand is free.
  private func next() async -> (JobRun, JobHandler)? {
    let isFree = doing.withLock { $0.runs.count < settings.width && !$0.isEnding }
    guard isFree, !Task.isCancelled else { return nil }
    do {
      let now = queue.clock.now()
      let kinds = handlers.keys.sorted()
      let claimed = try await queue.database.write(.readCommitted) { [store] tx in
        try store.claim(kinds, at: now, in: tx)
      }
      guard let claimed, let handler = handlers[claimed.job.kind] else { return nil }
      return (await begin(claimed), handler)
    } catch {
      onEvent(.trouble(error))
      return nil
    }
  }

  private func begin(_ claimed: JobStore.Claimed) async -> JobRun {
    let job = claimed.job
    let system = Actor.system(job.kind).during(request: job.id.description)
    let run: JobRun
    do {
      let actor = try await job.account.asyncMap(actorOf)?.during(request: job.id.description) ?? system
      run = JobRun(claimed, actor: actor, failure: nil, store, queue.database, queue.clock)
    } catch {
      run = JobRun(claimed, actor: system, failure: error, store, queue.database, queue.clock)
    }
    doing.withLock { $0.runs[job.id] = run }
    onEvent(.began(job.id, kind: job.kind, attempt: job.attempts))
    return run
  }
}
