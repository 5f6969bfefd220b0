import Kernel
import Persistence
import Rights
import Synchronization
import TestSupport
import Testing

@testable import Jobs

@Suite struct `Doing jobs` {
  @Test(arguments: TestDatabase.engines)
  func `a job is done with the rights of who asked, and its result is kept`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order("count", .object([("n", .int(2))]))
      let handler = JobHandler("count") { run in
        #expect(run.actor.account == Workshop.ada.account)
        #expect(run.actor.request == run.job.id.description)
        for number in 0..<(run.payload["n"]?.int ?? 0) {
          try await run.write(progress: JobProgress(done: number + 1, total: 2, step: "Counting")) { tx in
            try Workshop.addPiece(number, run, in: tx)
          }
        }
        return .string("counted")
      }
      try await shop.working(shop.worker(Workshop.brisk, handler)) { try await shop.job(id) }
      let job = try await shop.job(id)
      #expect(job.state == .done)
      #expect(job.result == .string("counted"))
      #expect(job.problem == nil)
      #expect(job.progress == JobProgress(done: 2, total: 2, step: "Counting"))
      #expect(job.attempts == 1)
      #expect(job.startedAt == shop.clock.now())
      #expect(job.finishedAt == shop.clock.now())
      #expect(try await shop.pieces() == [0, 1])
      #expect(shop.events.troubles == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `many workers on one table do each job once`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      try await database.write { tx in
        for number in 0..<60 { try shop.queue.enqueue(JobOrder("count", .int(number)), by: Workshop.ada, in: tx) }
      }
      let handler = JobHandler("count") { run in
        try await run.write { tx in try Workshop.addPiece(run.payload.int ?? -1, run, in: tx) }
        return .null
      }
      // Queues of their own, as if each worker were a process of its own.
      let workers = (0..<4).map { _ in
        Worker(
          JobQueue(database: database, clock: shop.clock), handlers: [handler],
          settings: WorkerSettings(width: 3, poll: .milliseconds(20)), actorOf: { _ in Workshop.ada },
          onEvent: { [events = shop.events] in events.add($0) })
      }
      try await shop.working(workers[0], workers[1], workers[2], workers[3]) {
        for _ in 0..<3000 {
          if try await shop.queue.page([.done], PageRequest(limit: 200), by: Workshop.ada).items.count == 60 { break }
          try await Task.sleep(for: .milliseconds(10))
        }
      }
      #expect(try await shop.pieces() == Array(0..<60))
      let jobs = try await shop.queue.page([], PageRequest(limit: 200), by: Workshop.ada).items
      #expect(jobs.allSatisfy { $0.state == .done && $0.attempts == 1 })
      #expect(shop.events.troubles == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `higher priority goes first, then the older; what is for later waits`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let later = shop.clock.now().adding(.seconds(60))
      let orders = [
        JobOrder("count", .int(1)), JobOrder("count", .int(2), priority: 5),
        JobOrder("count", .int(3), priority: 9, runAfter: later), JobOrder("count", .int(4)),
        JobOrder("unknown", .int(5), priority: 10),
      ]
      for order in orders {
        shop.clock.advance(by: .milliseconds(1))
        try await shop.queue.enqueue(order, by: Workshop.ada)
      }
      let order = Mutex<[Int]>([])
      let handler = JobHandler("count") { run in
        order.withLock { $0.append(run.payload.int ?? -1) }
        return .null
      }
      var settings = Workshop.brisk
      settings.width = 1
      try await shop.working(shop.worker(settings, handler)) {
        for _ in 0..<3000 where shop.events.ends.count < 3 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(order.withLock { $0 } == [2, 1, 4])
        shop.clock.set(later)
        for _ in 0..<3000 where shop.events.ends.count < 4 { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(order.withLock { $0 } == [2, 1, 4, 3])
      #expect(try await shop.queue.page([.waiting], by: Workshop.ada).items.map(\.kind) == ["unknown"])
    }
  }

  @Test func `of a kind no more are done at once than it may have`() async throws {
    try await TestDatabase.Engine.sqlite.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let (narrow, wide) = (Gate(), Gate())
      // Jobs of one moment have no order, and four wide ones may not come before two narrow ones.
      for _ in 0..<4 { _ = try await shop.order("narrow") }
      shop.clock.advance(by: .milliseconds(5))
      for _ in 0..<4 { _ = try await shop.order("wide") }
      let handlers = [("narrow", narrow), ("wide", wide)].map { kind, gate in
        JobHandler(kind) { _ in
          try await gate.pass()
          return .null
        }
      }
      var settings = Workshop.brisk
      (settings.width, settings.widths) = (5, ["narrow": 2])
      try await shop.working(shop.worker(settings, handlers[0], handlers[1])) {
        for _ in 0..<3000 where wide.arrived < 3 || narrow.arrived < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(wide.arrived == 3 && narrow.arrived == 2)
        wide.open()
        for _ in 0..<3000 where wide.arrived < 4 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(narrow.arrived == 2)
        narrow.open()
        for _ in 0..<3000 where shop.events.ends.count < 8 { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(shop.events.ends == [JobState](repeating: .done, count: 8))
    }
  }

  @Test func `a worker of the same process begins at once when it is woken`() async throws {
    try await TestDatabase.Engine.sqlite.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let handler = JobHandler("count") { _ in .null }
      try await shop.working(shop.worker(WorkerSettings(poll: .seconds(3600)), handler)) {
        try await Task.sleep(for: .milliseconds(100))
        let id = try await shop.order()
        #expect(try await shop.job(id).state == .done)
      }
    }
  }
}

@Suite struct `Jobs that fail` {
  struct Hiccup: Error {}

  @Test(arguments: TestDatabase.engines)
  func `what may pass is tried again after a pause, as often as allowed`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let handler = JobHandler("count") { run in throw Hiccup() }
      try await shop.working(shop.worker(Workshop.brisk, handler)) {
        for attempt in 1...2 {
          for _ in 0..<3000 where shop.events.ends.count < attempt { try await Task.sleep(for: .milliseconds(10)) }
          let job = try await shop.job(id, in: .waiting)
          #expect(job.attempts == attempt)
          #expect(job.problem?["code"]?.string == "INTERNAL")
          shop.clock.advance(by: .seconds(attempt == 1 ? 10 : 40))
        }
        let job = try await shop.job(id)
        #expect(job.state == .failed)
        #expect(job.attempts == 3)
        #expect(job.finishedAt == shop.clock.now())
      }
      #expect(shop.events.ends == [.waiting, .waiting, .failed])
    }
  }

  @Test func `pauses differ, so that what failed together does not come back together`() {
    let settings = WorkerSettings(firstPause: .seconds(10))
    let pauses = Set((0..<50).map { _ in settings.pause(after: 1) })
    #expect(pauses.count > 10)
    #expect(pauses.allSatisfy { (Duration.seconds(8)...Duration.seconds(12)).contains($0) })
    #expect(settings.pause(after: 9) <= .seconds(3600 * 1.2))
  }

  @Test(arguments: TestDatabase.engines)
  func `a dead letter is tried again when somebody asks`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let isMended = Mutex(false)
      let handler = JobHandler("count") { _ in
        guard isMended.withLock({ $0 }) else { throw Problem.notFound("section") }
        return .null
      }
      let order = JobOrder("count", .null, uniqueKey: "k")
      let id = try await shop.queue.enqueue(order, by: Workshop.ada).id
      try await shop.working(shop.worker(Workshop.brisk, handler)) { try await shop.job(id) }
      #expect(try await shop.job(id).state == .failed)
      await #expect(throws: Problem.notFound("job")) { try await shop.queue.retry(id, by: Workshop.ben) }
      isMended.withLock { $0 = true }
      #expect(try await shop.queue.retry(id, by: Workshop.ada).failures == 0)
      try await shop.working(shop.worker(Workshop.brisk, handler)) { try await shop.job(id) }
      #expect(try await shop.job(id).state == .done)
      let done = await #expect(throws: Problem.self) { try await shop.queue.retry(id, by: Workshop.ada) }
      #expect(done?.code == "JOB_NOT_RETRYABLE")
      // Of one key only one is in line, also by this way in.
      let cancelled = try await shop.queue.enqueue(order, by: Workshop.ada).id
      try await shop.queue.cancel(cancelled, by: Workshop.ada)
      let other = try await shop.queue.enqueue(order, by: Workshop.ada).id
      let refused = await #expect(throws: Problem.self) { try await shop.queue.retry(cancelled, by: Workshop.ada) }
      #expect(refused?.code == "JOB_IN_LINE")
      try await shop.queue.cancel(other, by: Workshop.ada)
      #expect(try await shop.queue.retry(cancelled, by: Workshop.ada).state == .waiting)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one that pauses after a fault goes at once when it is asked for`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let handler = JobHandler("count") { run in
        if run.job.attempts == 1 { throw Hiccup() }
        return .null
      }
      try await shop.working(shop.worker(Workshop.brisk, handler)) {
        for _ in 0..<3000 where shop.events.ends.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try await shop.job(id, in: .waiting).runAfter > shop.clock.now())
        try await shop.queue.retry(id, by: Workshop.ada)
        #expect(try await shop.job(id).state == .done)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what a person has to change first fails at once, with its reason`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let handler = JobHandler("count") { _ in throw Problem.notFound("section") }
      try await shop.working(shop.worker(Workshop.brisk, handler)) { try await shop.job(id) }
      let job = try await shop.job(id)
      #expect(job.state == .failed)
      #expect(job.attempts == 1)
      #expect(job.problem?["code"]?.string == "NOT_FOUND")
    }
  }

  @Test func `a job of somebody whose rights are gone does nothing`() async throws {
    try await TestDatabase.Engine.sqlite.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.queue.enqueue(JobOrder("count", .null), by: Workshop.ben).id
      let handler = JobHandler("count") { run in
        Issue.record("it was begun")
        return .null
      }
      try await shop.working(shop.worker(Workshop.brisk, handler)) { try await shop.job(id) }
      let job = try await shop.job(id)
      #expect(job.state == .failed)
      #expect(job.problem?["code"]?.string == "FORBIDDEN")
    }
  }
}
