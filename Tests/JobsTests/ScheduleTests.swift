import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Work that is done again and again` {
  static let head = Actor(
    account: .new(at: Instant(milliseconds: 0)), name: "Head", reaches: [.manageSchedules: .everywhere])

  /// A shop whose clock stands at six in the morning, with one schedule that comes due every hour.
  struct House {
    let shop: Workshop
    let scheduler: JobScheduler

    init(_ database: any Database, missed: MissedRuns = .once) throws {
      shop = Workshop(database)
      shop.clock.set(try #require(Instant("2026-11-21T06:00:00Z")))
      scheduler = JobScheduler(
        shop.queue, record: Record(), regular: [RegularJob("sweep", kind: "count", cron: "30 * * * *", missed: missed)],
        zone: .utc, zones: { $0 == "UTC" ? .utc : nil })
    }

    /// The schedule, after it was begun.
    func begin() async throws -> JobSchedule {
      try await scheduler.prepare()
      #expect(try await scheduler.look() == 0)
      return try #require(try await scheduler.lines(by: head).first).schedule
    }

    func go(to text: String) throws { shop.clock.set(try #require(Instant(text))) }

    func jobs() async throws -> Int { try await shop.queue.page(by: .system("test")).items.count }

    /// Does all that is in line.
    func finish() async throws {
      let handler = JobHandler("count") { _ in .null }
      let jobs = try await shop.queue.page([.waiting], by: .system("test")).items
      try await shop.working(shop.worker(Workshop.brisk, handler)) {
        for job in jobs { try await shop.job(job.id) }
      }
    }
  }

  static func with(
    _ engine: TestDatabase.Engine, missed: MissedRuns = .once, _ body: (House) async throws -> Void
  ) async throws {
    try await engine.with(Record.migrations + Workshop.migrations) { database in
      try await body(try House(database, missed: missed))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `it is put in line when it comes due, once, however many look`(engine: TestDatabase.Engine) async throws {
    try await Self.with(engine) { house in
      let schedule = try await house.begin()
      #expect(try await house.scheduler.lines(by: Self.head).first?.next == Instant("2026-11-21T06:30:00Z"))
      try house.go(to: "2026-11-21T06:29:59Z")
      #expect(try await house.scheduler.look() == 0)
      try house.go(to: "2026-11-21T06:30:00Z")
      let counts = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 { group.addTask { try await house.scheduler.look() } }
        return try await group.reduce(0, +)
      }
      #expect(counts == 1)
      #expect(try await house.jobs() == 1)
      let runs = try await house.scheduler.schedule(schedule.id, by: Self.head).runs
      #expect(runs.map(\.dueAt) == [Instant("2026-11-21T06:30:00Z")])
      #expect(runs.first?.job != nil && runs.first?.missed == 0)
      #expect(try await house.scheduler.lines(by: Self.head).first?.next == Instant("2026-11-21T07:30:00Z"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what came due while the machine was off is made up for once, or each`(
    engine: TestDatabase.Engine
  ) async throws {
    for (missed, jobs) in [(MissedRuns.once, 1), (.each, 5)] {
      try await Self.with(engine, missed: missed) { house in
        let schedule = try await house.begin()
        try house.go(to: "2026-11-21T11:00:00Z")
        #expect(try await house.scheduler.look() == jobs)
        let runs = try await house.scheduler.schedule(schedule.id, by: Self.head).runs
        #expect(runs.count == jobs)
        #expect(runs.first?.dueAt == Instant("2026-11-21T10:30:00Z"))
        #expect(runs.first?.missed == 5 - jobs)
        #expect(try await house.scheduler.look() == 0)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a run is passed over, with the reason, while the one before it waits`(engine: TestDatabase.Engine) async throws
  {
    try await Self.with(engine) { house in
      let schedule = try await house.begin()
      try house.go(to: "2026-11-21T06:30:00Z")
      #expect(try await house.scheduler.look() == 1)
      try house.go(to: "2026-11-21T07:30:00Z")
      #expect(try await house.scheduler.look() == 0)
      let runs = try await house.scheduler.schedule(schedule.id, by: Self.head).runs
      #expect(runs.map { $0.job == nil } == [true, false])
      #expect(runs.first?.skipped == "The run before it still waited when this one came due.")
      try await house.finish()
      try house.go(to: "2026-11-21T08:30:00Z")
      #expect(try await house.scheduler.look() == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a change begins anew, and what is off owes nothing`(engine: TestDatabase.Engine) async throws {
    try await Self.with(engine) { house in
      let schedule = try await house.begin()
      var draft = ScheduleDraft(schedule)
      draft.isOn = false
      let off = try await house.scheduler.change(schedule.id, version: 1, draft, by: Self.head)
      try house.go(to: "2026-11-21T09:00:00Z")
      #expect(try await house.scheduler.look() == 0)
      #expect(try await house.scheduler.lines(by: Self.head).first?.next == nil)
      draft.isOn = true
      draft.cron = "0 * * * *"
      let on = try await house.scheduler.change(schedule.id, version: off.version, draft, by: Self.head)
      #expect(on.version == 3)
      #expect(try await house.jobs() == 0)
      try house.go(to: "2026-11-21T10:00:00Z")
      #expect(try await house.scheduler.look() == 1)
      let stale = await #expect(throws: Problem.self) {
        try await house.scheduler.change(schedule.id, version: 1, draft, by: Self.head)
      }
      #expect(stale?.code == "VERSION_STALE")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `times and zones that are none are refused together`(engine: TestDatabase.Engine) async throws {
    try await Self.with(engine) { house in
      let schedule = try await house.begin()
      let draft = ScheduleDraft(cron: "61 * * * *", zone: "Nowhere/Else", missed: .once, isOn: true)
      let problem = await #expect(throws: Problem.self) {
        try await house.scheduler.change(schedule.id, version: 1, draft, by: Self.head)
      }
      #expect(problem?.errors.map(\.pointer) == ["/cron", "/zone"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a clock set back by an hour makes nothing due twice, one set back by a year does not stop it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await Self.with(engine) { house in
      _ = try await house.begin()
      try house.go(to: "2026-11-21T07:30:00Z")
      #expect(try await house.scheduler.look() == 1)
      try await house.finish()
      try house.go(to: "2026-11-21T06:31:00Z")
      #expect(try await house.scheduler.look() == 0)
      try house.go(to: "2026-11-21T07:30:00Z")
      #expect(try await house.scheduler.look() == 0)
      try house.go(to: "2027-11-21T07:30:00Z")
      #expect(try await house.scheduler.look() == 1)
      try await house.finish()
      try house.go(to: "2026-11-21T08:00:00Z")
      #expect(try await house.scheduler.look() == 0)
      try house.go(to: "2026-11-21T08:30:00Z")
      #expect(try await house.scheduler.look() == 1)
    }
  }

  @Test func `schedules are for whoever has the right to them`() async throws {
    try await Self.with(.sqlite) { house in
      let schedule = try await house.begin()
      let local = Actor(
        account: .new(at: Instant(milliseconds: 0)), name: "L",
        reaches: [.manageJobs: Reach(orgs: [Workshop.school])])
      for actor in [Workshop.ada, local] {
        await #expect(throws: Problem.self) { try await house.scheduler.lines(by: actor) }
        await #expect(throws: Problem.self) { try await house.scheduler.runNow(schedule.id, by: actor) }
        await #expect(throws: Problem.self) {
          try await house.scheduler.change(schedule.id, version: 1, ScheduleDraft(schedule), by: actor)
        }
      }
      #expect(try await house.scheduler.runNow(schedule.id, by: Self.head).isNew)
      #expect(try await !house.scheduler.runNow(schedule.id, by: Self.head).isNew)
    }
  }
}

@Suite struct `The canary` {
  @Test(arguments: TestDatabase.engines)
  func `is timed on its way through, and taken back where nobody works`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      #expect(try await Canary(shop.queue).time(patience: .milliseconds(30)) == nil)
      #expect(try await shop.queue.page(by: .system("test")).items.map(\.state) == [.cancelled])
      try await shop.working(shop.worker(Workshop.brisk, Canary.handler(clock: shop.clock))) {
        let time = try await Canary(shop.queue).time(patience: .seconds(30))
        #expect(try #require(time) < .seconds(30))
      }
      let arrived = try await database.read { tx in try tx.count("SELECT COUNT(*) FROM jobs_canary") }
      #expect(arrived == 1)
    }
  }
}
