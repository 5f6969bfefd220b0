public import Kernel
import Persistence
public import Record
public import Rights

/// Puts regular work in line when it comes due, once on however many nodes, and knows what came of each run.
///
/// The ledger owes: a run that came due while the machine was off is made up for as its schedule says, also over the
/// two nights in which clocks change. Call `look()` every second or so, on every node.
public struct JobScheduler: Sendable {
  let queue: JobQueue
  let record: Record
  let regular: [RegularJob]
  let zone: Zone
  let zones: @Sendable (String) -> Zone?
  private let store = ScheduleStore()

  /// The schedules of an installation; `regular` are those it begins with, in `zone` until somebody says otherwise.
  public init(
    _ queue: JobQueue, record: Record, regular: [RegularJob], zone: Zone, zones: @escaping @Sendable (String) -> Zone?
  ) {
    (self.queue, self.record, self.regular, self.zone, self.zones) = (queue, record, regular, zone, zones)
  }

  /// Makes the schedules that are not there yet.
  public func prepare() async throws {
    let now = queue.clock.now()
    try await queue.database.write { tx in
      let known = try store.keys(in: tx)
      for job in regular where !known.contains(job.key) {
        let schedule = JobSchedule(
          id: .new(at: now), version: 1, key: job.key, kind: job.kind, cron: job.cron, zone: nil, missed: job.missed,
          isOn: true)
        try record.insert(schedule, into: JobSchedule.table, Change(by: .system("schedules"), at: now), in: tx)
      }
    }
  }

  /// Puts in line what is owed now; returns how many jobs that were.
  @discardableResult
  public func look() async throws -> Int {
    let now = queue.clock.now()
    var count = 0
    for (schedule, plan) in try await queue.database.read({ tx in try store.due(at: now, in: tx) }) {
      count += try await deal(with: schedule, plan, at: now)
    }
    if count > 0 { queue.wake() }
    return count
  }

  /// All schedules by name, where they stand.
  public func lines(by actor: Actor) async throws -> [ScheduleLine] {
    _ = try actor.require(.manageSchedules)
    return try await queue.database.read { tx in try store.lines(in: tx) }
  }

  /// One schedule, with the newest entries of its ledger, at most 100.
  public func schedule(
    _ id: ID<JobSchedule.Identity>, by actor: Actor
  ) async throws -> (schedule: JobSchedule, runs: [PlannedRun]) {
    _ = try actor.require(.manageSchedules)
    return try await queue.database.read { tx in
      guard let schedule = try store.find(id, in: tx) else { throw Problem.notFound("schedule") }
      return (schedule, try store.runs(of: id, limit: 100, in: tx))
    }
  }

  /// Saves a schedule over the version its editor saw. What came due before this moment is not owed any more.
  public func change(
    _ id: ID<JobSchedule.Identity>, version: Int, _ draft: ScheduleDraft, by actor: Actor
  ) async throws -> JobSchedule {
    _ = try actor.require(.manageSchedules)
    let draft = try draft.checked(zones)
    let now = queue.clock.now()
    let saved = try await queue.database.write { tx in
      guard var schedule = try store.find(id, in: tx) else { throw Problem.notFound("schedule") }
      (schedule.cron, schedule.zone, schedule.missed) = (draft.cron, draft.zone, draft.missed)
      (schedule.isOn, schedule.version) = (draft.isOn, version)
      schedule.version = try record.update(schedule, in: JobSchedule.table, Change(by: actor, at: now), in: tx)
      return schedule
    }
    try await look()
    return saved
  }

  /// Puts the work of a schedule in line now, besides its times.
  public func runNow(_ id: ID<JobSchedule.Identity>, by actor: Actor) async throws -> Enqueued {
    _ = try actor.require(.manageSchedules)
    let now = queue.clock.now()
    let enqueued = try await queue.database.write { tx in
      guard let schedule = try store.find(id, in: tx) else { throw Problem.notFound("schedule") }
      return try queue.enqueue(order(schedule, dueAt: now, missed: 0, isEach: false), by: actor, in: tx)
    }
    queue.wake()
    return enqueued
  }

  // MARK: What is owed

  private func deal(with schedule: JobSchedule, _ plan: ScheduleStore.Plan?, at now: Instant) async throws -> Int {
    let cron = try CronExpression(schedule.cron)
    let zone = schedule.zone.flatMap(zones) ?? zone
    // New, changed or switched on just now: it begins here, and owes nothing from before.
    let begins = plan?.version != schedule.version
    let owed = OwedRuns(
      of: cron, in: zone, missed: schedule.missed, plannedThrough: begins ? now : plan?.through ?? now, at: now)
    return try await queue.database.write { tx in
      let next = ScheduleStore.Plan(version: schedule.version, through: owed.plannedThrough, next: owed.next)
      guard try store.move(schedule.id, from: plan, to: next, in: tx) else { return 0 }
      if owed.beganAnew { try store.forgetRuns(of: schedule.id, after: now, in: tx) }
      guard schedule.isOn, !begins else { return 0 }
      var count = 0
      for run in owed.runs where try put(run, of: schedule, at: now, in: tx) { count += 1 }
      return count
    }
  }

  /// Puts a run in line and into the ledger; false when it is passed over because the one before has not ended.
  private func put(
    _ run: OwedRuns.Run, of schedule: JobSchedule, at now: Instant, in tx: any Connection
  ) throws -> Bool {
    let enqueued = try queue.enqueue(
      order(schedule, dueAt: run.dueAt, missed: run.missed, isEach: schedule.missed == .each), by: .system("schedules"),
      in: tx)
    let reason = enqueued.skipped.map { skip in
      "The run before it \(skip.state == .running ? "still ran" : "still waited") when this one came due."
    }
    let isNoted = try store.note(
      PlannedRun(
        dueAt: run.dueAt, missed: run.missed, job: enqueued.isNew ? enqueued.id : nil, skipped: reason, notedAt: now),
      of: schedule.id, in: tx)
    guard isNoted else { throw Bug("a run of a schedule came due twice") }
    return enqueued.isNew
  }

  private func order(_ schedule: JobSchedule, dueAt: Instant, missed: Int, isEach: Bool) -> JobOrder {
    JobOrder(
      schedule.kind,
      .object([("schedule", .string(schedule.key)), ("dueAt", .string("\(dueAt)")), ("missed", .int(missed))]),
      uniqueKey: "schedule:\(schedule.key)" + (isEach ? ":\(dueAt.milliseconds)" : ""))
  }
}

/// What a person writes about a schedule.
public struct ScheduleDraft: Sendable, Equatable {
  /// When: five fields of crontab(5).
  public var cron: String
  /// The name of a time zone; nil for that of the installation.
  public var zone: String?
  /// What is done about missed runs.
  public var missed: MissedRuns
  /// Whether it goes at all.
  public var isOn: Bool

  /// A draft as written.
  public init(cron: String, zone: String?, missed: MissedRuns, isOn: Bool) {
    (self.cron, self.zone, self.missed, self.isOn) = (cron, zone, missed, isOn)
  }

  /// The draft of a schedule as it stands.
  public init(_ schedule: JobSchedule) {
    self.init(cron: schedule.cron, zone: schedule.zone, missed: schedule.missed, isOn: schedule.isOn)
  }

  /// The draft without stray blanks; throws all its faults together.
  func checked(_ zones: (String) -> Zone?) throws(Problem) -> ScheduleDraft {
    var validation = Validation()
    var draft = self
    draft.cron = validation.line(cron, at: "/cron", "the times", max: 200)
    do {
      _ = try CronExpression(draft.cron)
    } catch {
      for fault in error.errors { validation.check(false, fault.pointer, fault.code, fault.detail) }
    }
    draft.zone = validation.optionalLine(zone, at: "/zone", "the time zone", max: 60)
    validation.check(
      draft.zone.map { zones($0) != nil } ?? true, "/zone", "UNKNOWN_ZONE",
      "Give a name of the time zone database, such as Africa/Nairobi.")
    try validation.finish()
    return draft
  }
}
