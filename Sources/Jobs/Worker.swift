public import Kernel
import Persistence
public import Rights
import Synchronization

/// Does jobs, several at a time, until it is told to end. Runs inside `serve`, or alone beside others.
///
/// `run()` goes into a `ServiceGroup`, whose graceful shutdown calls `stop()`: what is being done is handed back at
/// once and goes on elsewhere. A worker runs once. Guards the list of what it is doing with a lock.
public final class Worker: Sendable {
  private let queue: JobQueue
  private let handlers: [String: JobHandler]
  private let settings: WorkerSettings
  private let actorOf: @Sendable (AccountID) async throws -> Actor
  private let onEvent: @Sendable (WorkerEvent) -> Void
  private let store: JobStore
  private let settler: Settler
  private let occasions: AsyncStream<Void>
  private let occasion: AsyncStream<Void>.Continuation
  private let doing = Mutex(Doing())

  private struct Doing {
    /// Hands that are busy, by the kind of job; a job counts from before its run is there.
    var busy: [String: Int] = [:]
    /// By who holds what: a job can come back to a worker that has not ended with it yet.
    var runs: [JobStore.Hold: JobRun] = [:]
    var isEnding = false

    /// The kinds for which hands are free, and how many jobs may be taken: one at a time where a kind has a width of
    /// its own, for nobody knows beforehand which kinds come.
    func free(of kinds: some Sequence<String>, _ settings: WorkerSettings) -> (kinds: [String], limit: Int) {
      let hands = settings.width - busy.values.reduce(0, +)
      guard !isEnding, hands > 0 else { return ([], 0) }
      let kinds = kinds.filter { busy[$0, default: 0] < settings.widths[$0] ?? settings.width }.sorted()
      return (kinds, kinds.contains { settings.widths[$0] != nil } ? 1 : hands)
    }
  }

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
    settler = Settler(queue.database)
    (occasions, occasion) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Does jobs until `stop()` is called or the task is cancelled; either way what was begun is handed back first.
  public func run() async {
    queue.bell.add(occasion, for: self)
    defer { queue.bell.remove(self) }
    await withDiscardingTaskGroup { group in
      group.addTask { await self.tick() }
      for await _ in occasions {
        while case let claimed = await next(), !claimed.isEmpty {
          for jobs in Dictionary(grouping: claimed, by: \.0.job.account).values {
            group.addTask { await self.perform(jobs) }
          }
        }
      }
      await self.handBackAll()
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

  /// The next jobs, as many as there are and hands are free.
  private func next() async -> [(JobStore.Claimed, JobHandler)] {
    let (kinds, limit) = doing.withLock { $0.free(of: handlers.keys, settings) }
    guard !kinds.isEmpty, !Task.isCancelled else { return [] }
    do {
      let now = queue.clock.now()
      let claimed = try await queue.database.write(.readCommitted) { [store] tx in
        try store.claim(kinds, limit: limit, at: now, in: tx)
      }
      doing.withLock { doing in
        for one in claimed { doing.busy[one.job.kind, default: 0] += 1 }
      }
      return claimed.compactMap { one in handlers[one.job.kind].map { (one, $0) } }
    } catch {
      onEvent(.trouble(error))
      return []
    }
  }

  /// An attempt at each of some jobs that one person asked for and that were taken together: the rights are loaded
  /// once for all of them.
  private func perform(_ jobs: [(JobStore.Claimed, JobHandler)]) async {
    let asker = await asker(of: jobs.first?.0.job.account)
    guard jobs.count > 1 else {
      for (claimed, handler) in jobs { await perform(claimed, handler, for: asker) }
      return
    }
    await withDiscardingTaskGroup { group in
      for (claimed, handler) in jobs { group.addTask { await self.perform(claimed, handler, for: asker) } }
    }
  }

  /// One attempt at a job, from its beginning to its end in the table. Where there is no asker nothing is done.
  private func perform(
    _ claimed: JobStore.Claimed, _ handler: JobHandler, for asker: Result<Actor?, any Error>
  ) async {
    let job = claimed.job
    let system = Actor.system(job.kind)
    // Of a job that is refused only the end is written, by the worker itself.
    let actor = ((try? asker.get()) ?? system).during(request: job.id.description)
    let run = JobRun(claimed, actor: actor, store, queue.database, queue.clock)
    let isEnding = doing.withLock { doing in
      doing.runs[run.hold] = run
      return doing.isEnding
    }
    if isEnding { await handBack(run) }
    onEvent(.began(job.id, kind: job.kind, attempt: job.attempts))
    let outcome = await outcome(of: run) {
      _ = try asker.get()
      return try await handler.run(run)
    }
    await settle(run, outcome, limit: claimed.attemptLimit)
    doing.withLock { doing in
      doing.runs[run.hold] = nil
      doing.busy[job.kind, default: 0] -= 1
    }
    occasion.yield()
  }

  /// Whoever asked for jobs, with the rights of now; nil for the system itself, and a fault where the rights cannot be
  /// had.
  private func asker(of account: AccountID?) async -> Result<Actor?, any Error> {
    guard let account else { return .success(nil) }
    do { return .success(try await actorOf(account)) } catch { return .failure(error) }
  }

  /// Runs the handler beside a look at the lease each second; cancels it when it is to end, and waits until it has.
  private func outcome(
    of run: JobRun, _ work: @escaping @Sendable () async throws -> JSON
  ) async -> Result<JSON, any Error> {
    await withTaskGroup(of: Result<JSON, any Error>?.self) { group in
      group.addTask {
        do { return .success(try await work()) } catch { return .failure(error) }
      }
      group.addTask {
        await self.watch(run)
        return nil
      }
      group.addTask {
        await run.untilAsked()
        return nil
      }
      var outcome: Result<JSON, any Error> = .failure(CancellationError())
      for await result in group {
        if let result { outcome = result }
        group.cancelAll()
      }
      return outcome
    }
  }

  /// Keeps the lease, writes late progress, and sees whether the job is to end.
  private func watch(_ run: JobRun) async {
    var renewedAt = ContinuousClock.now
    while true {
      try? await Task.sleep(for: settings.watch)  // Being cancelled ends the sleep; the guard ends the loop.
      guard !Task.isCancelled else { return }
      do {
        try await run.writeProgress()
        if renewedAt.duration(to: .now) >= settings.heartbeat {
          try await run.renew()
          renewedAt = .now
        }
        try await run.look()
      } catch {
        onEvent(.trouble(error))
      }
    }
  }

  /// Writes down what came of an attempt, unless the job is not this worker's any more.
  private func settle(_ run: JobRun, _ outcome: Result<JSON, any Error>, limit: Int) async {
    let (hold, progress, now) = (run.hold, run.progress, queue.clock.now())
    let job = run.job
    do {
      switch (outcome, run.stop) {
      case (.failure, .leaseLost), (.failure, .workerEnds):
        onEvent(.ended(job.id, kind: job.kind, .waiting, nil))
      case (.failure, nil) where Task.isCancelled:
        await handBack(run)
        onEvent(.ended(job.id, kind: job.kind, .waiting, nil))
      case (.failure, .cancelAsked):
        try await settler.write(store.finish(hold, .cancelled, progress, at: now))
        onEvent(.ended(job.id, kind: job.kind, .cancelled, nil))
      case (.failure(let error), nil):
        let problem = JobProblem(error)
        let goesOn = JobProblem.mayPass(error) && job.failures + 1 < limit
        let later = now.adding(settings.pause(after: job.failures + 1))
        try await settler.write(
          goesOn
            ? store.pause(hold, after: problem, progress, until: later)
            : store.finish(hold, .failed, problem: problem, progress, at: now))
        onEvent(.ended(job.id, kind: job.kind, goesOn ? .waiting : .failed, error))
      case (.success(let result), _):
        try await settler.write(store.finish(hold, .done, result: result, progress, at: now))
        onEvent(.ended(job.id, kind: job.kind, .done, nil))
      }
    } catch {
      onEvent(.trouble(error))  // The lease runs out, and the job goes on then.
    }
  }

  private func handBackAll() async {
    let runs = doing.withLock { doing in
      doing.isEnding = true
      return Array(doing.runs.values)
    }
    for run in runs { await handBack(run) }
  }

  /// The job goes back before the handler has ended: from here on the fence keeps the handler from doing anything.
  private func handBack(_ run: JobRun) async {
    let (hold, progress) = (run.hold, run.progress)
    do {
      try await queue.database.write(.readCommitted) { [store] tx in
        _ = try store.handBack(hold, progress, in: tx)
      }
    } catch {
      onEvent(.trouble(error))  // The lease runs out instead.
    }
    run.ask(for: .workerEnds)
  }
}
