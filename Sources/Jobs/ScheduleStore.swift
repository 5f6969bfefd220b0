import Kernel
import Persistence

/// The only place beside migration and table that names `jobs_schedule`, `jobs_plan` and `jobs_owed`.
///
/// A plan says through which moment a schedule has been dealt with, and for which version of it that was worked out.
/// Whoever moves it on names the moment it was at, so of two nodes one does, and the other finds nothing to do.
struct ScheduleStore: Sendable {
  /// How far a schedule has been dealt with.
  struct Plan: Sendable {
    let version: Int
    let through: Instant
    let next: Instant?
  }

  func find(_ id: ID<JobSchedule.Identity>, in tx: any Connection) throws -> JobSchedule? {
    try tx.first("SELECT \(JobSchedule.columns) FROM jobs_schedule_live AS s WHERE s.id = \(id)")
  }

  func find(key: String, in tx: any Connection) throws -> JobSchedule? {
    try tx.first("SELECT \(JobSchedule.columns) FROM jobs_schedule_live AS s WHERE s.key = \(key)")
  }

  func keys(in tx: any Connection) throws -> Set<String> {
    Set(try tx.all("SELECT key FROM jobs_schedule_live LIMIT 1000") { row -> String in try row.next() })
  }

  /// All schedules by name, each with its plan and the newest entry of its ledger; there are a handful.
  func lines(in tx: any Connection) throws -> [ScheduleLine] {
    try tx.all(
      """
      SELECT \(JobSchedule.columns), p.next_at, \(PlannedRun.columns)
      FROM jobs_schedule_live AS s
      LEFT JOIN jobs_plan AS p ON p.schedule_id = s.id
      LEFT JOIN jobs_owed AS r ON r.schedule_id = s.id
        AND r.due_at = (SELECT MAX(due_at) FROM jobs_owed WHERE schedule_id = s.id)
      ORDER BY s.key LIMIT 1000
      """
    ) { row in
      let schedule = try JobSchedule(row: &row)
      let next: Instant? = try row.next()
      let due: Instant? = try row.next()
      guard let due else { return ScheduleLine(schedule: schedule, next: schedule.isOn ? next : nil, last: nil) }
      let last = PlannedRun(
        dueAt: due, missed: try row.next(), job: try row.next(), skipped: try row.next(), notedAt: try row.next())
      return ScheduleLine(schedule: schedule, next: schedule.isOn ? next : nil, last: last)
    }
  }

  /// The ledger of a schedule, newest first.
  func runs(of id: ID<JobSchedule.Identity>, limit: Int, in tx: any Connection) throws -> [PlannedRun] {
    try tx.all(
      """
      SELECT \(PlannedRun.columns) FROM jobs_owed AS r WHERE r.schedule_id = \(id)
      ORDER BY r.due_at DESC LIMIT \(limit)
      """)
  }

  /// Schedules about which there is something to do: a run is due, the schedule was changed, or the clock was set back
  /// by more than a day.
  func due(at now: Instant, in tx: any Connection) throws -> [(JobSchedule, Plan?)] {
    try tx.all(
      """
      SELECT \(JobSchedule.columns), p.version, p.through, p.next_at
      FROM jobs_schedule_live AS s LEFT JOIN jobs_plan AS p ON p.schedule_id = s.id
      WHERE p.version IS NULL OR p.version <> s.version
        OR (s.is_on AND (p.next_at <= \(now) OR p.through > \(now.adding(.seconds(86_400)))))
      ORDER BY s.key LIMIT 100
      """
    ) { row in
      let schedule = try JobSchedule(row: &row)
      let version: Int? = try row.next()
      guard let version else { return (schedule, nil) }
      return (schedule, Plan(version: version, through: try row.next(), next: try row.next()))
    }
  }

  /// Moves the plan on from where it was; false when somebody else has.
  func move(
    _ id: ID<JobSchedule.Identity>, from old: Plan?, to new: Plan, in tx: any Connection
  ) throws -> Bool {
    guard let old else {
      return try tx.run(
        """
        INSERT INTO jobs_plan (schedule_id, version, through, next_at)
        VALUES (\(id), \(new.version), \(new.through), \(new.next)) ON CONFLICT DO NOTHING
        """) == 1
    }
    return try tx.run(
      """
      UPDATE jobs_plan SET version = \(new.version), through = \(new.through), next_at = \(new.next)
      WHERE schedule_id = \(id) AND version = \(old.version) AND through = \(old.through)
      """) == 1
  }

  /// Notes a run; false when it has been noted before.
  func note(
    _ run: PlannedRun, of id: ID<JobSchedule.Identity>, in tx: any Connection
  ) throws -> Bool {
    try tx.run(
      """
      INSERT INTO jobs_owed (schedule_id, due_at, missed, job_id, skipped, noted_at)
      VALUES (\(id), \(run.dueAt), \(run.missed), \(run.job), \(run.skipped), \(run.notedAt)) ON CONFLICT DO NOTHING
      """) == 1
  }

  /// Takes out of the ledger what a wrong clock put into the future.
  func forgetRuns(of id: ID<JobSchedule.Identity>, after now: Instant, in tx: any Connection) throws {
    try tx.run("DELETE FROM jobs_owed WHERE schedule_id = \(id) AND due_at > \(now)")
  }

  /// Removes old entries, but for the newest of each schedule; returns how many.
  func forgetRuns(before: Instant, in tx: any Connection) throws -> Int {
    try tx.run(
      """
      DELETE FROM jobs_owed WHERE noted_at < \(before)
        AND due_at < (SELECT MAX(o.due_at) FROM jobs_owed AS o WHERE o.schedule_id = jobs_owed.schedule_id)
      """)
  }
}
