import Jobs
import Kernel
import Persistence
import Rights
import Synchronization
import TestSupport
import Testing

@Suite struct `Workers that are killed, stopped or thought dead` {
  /// A worker that falls silent in the middle: it neither looks nor renews, as after SIGSTOP.
  static let silent = WorkerSettings(
    width: 1, heartbeat: .seconds(3600), poll: .milliseconds(20), watch: .seconds(3600))

  @Test(arguments: TestDatabase.engines)
  func `one thought dead cannot act any more, and the job is done once`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let gate = Gate()
      let refused = Mutex(false)
      let sleeper = JobHandler("count") { run in
        try await run.write(progress: JobProgress(done: 1)) { tx in try Workshop.addPiece(1, run, in: tx) }
        await gate.passDeaf()
        do {
          try await run.write { tx in try Workshop.addPiece(2, run, in: tx) }
        } catch JobStop.leaseLost {
          refused.withLock { $0 = true }
          #expect(run.stop == .leaseLost)
          throw JobStop.leaseLost
        }
        return .string("by the sleeper")
      }
      let other = JobHandler("count") { run in
        #expect(run.job.progress.done == 1)
        #expect(run.job.attempts == 2)
        try await run.write { tx in try Workshop.addPiece(2, run, in: tx) }
        return .string("by the other")
      }
      try await shop.working(shop.worker(Self.silent, sleeper)) {
        try await gate.waitForArrival()
        shop.clock.advance(by: .milliseconds(29_900))
        try await shop.working(shop.worker(Workshop.brisk, other)) {
          try await Task.sleep(for: .milliseconds(150))
          #expect(try await shop.job(id, in: .running).attempts == 1)
          shop.clock.advance(by: .milliseconds(200))
          #expect(try await shop.job(id).result == .string("by the other"))
        }
        gate.open()
        for _ in 0..<3000 where !refused.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(shop.events.troubles == [])
      #expect(refused.withLock { $0 })
      #expect(try await shop.pieces() == [1, 2])
      #expect(try await shop.job(id).result == .string("by the other"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a job whose worker dies three times is set aside until somebody asks for it`(engine: TestDatabase.Engine)
    async throws
  {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let idle = shop.worker(Workshop.brisk, JobHandler("other") { _ in .null })
      try await shop.working(idle) {
        for attempt in 1...3 {
          try await shop.job(id, in: .waiting)
          // What is left behind by a process that was killed right after it claimed the job.
          let now = shop.clock.now()
          try await database.write { tx in
            try tx.run(
              """
              UPDATE jobs_job SET state = 'running', lease_until = \(now.adding(.seconds(30))),
                lease_token = lease_token + 1, attempts = attempts + 1
              WHERE id = \(id)
              """)
          }
          shop.clock.advance(by: .seconds(31))
          let job = try await shop.job(id, in: attempt < 3 ? .waiting : .quarantined)
          #expect(job.attempts == attempt && job.deaths == attempt && job.failures == 0)
        }
      }
      let job = try await shop.job(id)
      #expect(job.state == .quarantined)
      #expect(job.problem?["code"]?.string == "JOB_WORKER_DIED")
      #expect(try await shop.queue.standing().quarantined == 1)
      #expect(try await shop.queue.retry(id, by: Workshop.ada).deaths == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a living worker keeps its job however long it takes`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let gate = Gate()
      let handler = JobHandler("count") { _ in
        try await gate.pass()
        return .null
      }
      var settings = Workshop.brisk
      settings.heartbeat = .milliseconds(10)
      try await shop.working(shop.worker(settings, handler), shop.worker(settings, handler)) {
        try await gate.waitForArrival()
        for _ in 0..<8 {
          shop.clock.advance(by: .seconds(20))
          let renewed = shop.clock.now().adding(.seconds(30))
          for _ in 0..<3000 {
            let lease = try await database.read { tx in
              try tx.first("SELECT lease_until FROM jobs_job WHERE id = \(id)") { row -> Instant? in try row.next() }
            }
            if lease == renewed { break }
            try await Task.sleep(for: .milliseconds(10))
          }
        }
        gate.open()
        try await shop.job(id)
      }
      let job = try await shop.job(id)
      #expect(job.state == .done)
      #expect(job.attempts == 1)
      #expect(gate.arrived == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a graceful stop hands the job back at once, though the handler hears nothing`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let gate = Gate()
      let deaf = JobHandler("count") { run in
        try await run.write(progress: JobProgress(done: 1, total: 2)) { tx in try Workshop.addPiece(1, run, in: tx) }
        await gate.passDeaf()
        try await run.write { tx in try Workshop.addPiece(2, run, in: tx) }
        return .string("too late")
      }
      let worker = shop.worker(Self.silent, deaf)
      try await shop.working(worker) {
        try await gate.waitForArrival()
        worker.stop()
        let job = try await shop.job(id, in: .waiting)
        #expect(job.state == .waiting)
        #expect(job.attempts == 0)
        #expect(job.progress == JobProgress(done: 1, total: 2))
        gate.open()
      }
      #expect(try await shop.pieces() == [1])
      #expect(try await shop.job(id, in: .waiting).state == .waiting)
      let next = JobHandler("count") { run in .int(run.job.progress.done) }
      try await shop.working(shop.worker(Workshop.brisk, next)) { try await shop.job(id) }
      #expect(try await shop.job(id).result == .int(1))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a cancelled worker hands back as well`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let gate = Gate()
      let handler = JobHandler("count") { _ in
        try await gate.pass()
        return .null
      }
      let worker = shop.worker(Workshop.brisk, handler)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await worker.run() }
        try await gate.waitForArrival()
        group.cancelAll()
      }
      let job = try await shop.job(id, in: .waiting)
      #expect(job.state == .waiting)
      #expect(job.attempts == 0)
    }
  }
}

@Suite struct `Ending a job and saying how far it is` {
  @Test(arguments: TestDatabase.engines)
  func `a waiting job ends at once, one that is over stays as it is`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let job = try await shop.queue.cancel(id, by: Workshop.ada)
      #expect(job.state == .cancelled)
      #expect(job.finishedAt == shop.clock.now())
      #expect(try await shop.queue.cancel(id, by: Workshop.ada) == job)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a running handler hears that it is to end, and what it did stays`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let gate = Gate()
      let handler = JobHandler("count") { run in
        try await run.write { tx in try Workshop.addPiece(1, run, in: tx) }
        do { try await gate.pass() } catch { try run.checkStop() }
        Issue.record("it was not told to end")
        return .null
      }
      try await shop.working(shop.worker(Workshop.brisk, handler)) {
        try await gate.waitForArrival()
        let asked = try await shop.queue.cancel(id, by: Workshop.ada)
        #expect(asked.isCancelAsked)
        let job = try await shop.job(id)
        #expect(job.state == .cancelled)
      }
      #expect(try await shop.pieces() == [1])
      #expect(shop.events.ends == [.cancelled])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `progress is written four times a second at most, and the last word is not lost`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let handler = JobHandler("count") { run in
        for number in 1...500 { try await run.report(JobProgress(done: number, total: 500, step: "Counting")) }
        return .null
      }
      let begun = ContinuousClock.now
      try await shop.working(shop.worker(WorkerSettings(poll: .milliseconds(20)), handler)) { try await shop.job(id) }
      let seconds = begun.duration(to: .now) / .seconds(1)
      let job = try await shop.job(id)
      #expect(job.progress == JobProgress(done: 500, total: 500, step: "Counting"))
      // Put in line, claimed and done are three revisions; the rest are progress.
      #expect(Double(job.revision - 3) <= 1 + 4 * seconds + 1)
      #expect(job.revision >= 4)
    }
  }

  @Test func `what was said last is written while the job goes on`() async throws {
    try await TestDatabase.Engine.sqlite.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let gate = Gate()
      let handler = JobHandler("count") { run in
        for number in 1...10 { try await run.report(JobProgress(done: number)) }
        try await gate.pass()
        return .null
      }
      try await shop.working(shop.worker(Workshop.brisk, handler)) {
        try await gate.waitForArrival()
        for _ in 0..<3000 {
          if try await shop.job(id, in: .running).progress.done == 10 { break }
          try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await shop.job(id, in: .running).progress.done == 10)
        gate.open()
        try await shop.job(id)
      }
    }
  }
}
