import Jobs
import Kernel
import Web

/// A schedule as JSON.
struct ScheduleJSON: Sendable {
  var id: ID<JobSchedule.Identity>
  var key: String
  var kind: String
  var cron: String
  var zone: String?
  var missed: MissedRuns
  var isOn: Bool
  var nextAt: Instant?
  var lastDueAt: Instant?
  var lastJob: JobID?
  var version: Int

  static let shape = Shape(
    "Schedule",
    sample: ScheduleJSON(
      id: sampleID(1), key: "care", kind: "care", cron: "17 * * * *", zone: "Africa/Monrovia", missed: .once,
      isOn: true, nextAt: sampleMoment, lastDueAt: sampleMoment, lastJob: sampleID(2), version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The schedule's identifier.")
    visit("key", &it.key, .made, "Its name for ever.")
    visit("kind", &it.kind, .made, "The kind of job it puts in line.")
    visit("cron", &it.cron, .line(200), "When: minute, hour, day of the month, month, day of the week.")
    visit("zone", &it.zone, .line(60), "The time zone of these times; null for the installation's.")
    visit("missed", &it.missed, .word, "What is done about runs that came due while nobody was there.")
    visit("isOn", &it.isOn, .bool, "Whether it goes at all.")
    visit("nextAt", &it.nextAt, .instant, "When it comes due next.")
    visit("lastDueAt", &it.lastDueAt, .instant, "When it came due last.")
    visit("lastJobId", &it.lastJob, .id(), "The job that does or did that run; null when it was passed over.")
    visit("version", &it.version, .version, "How often it was saved.")
  }
}

extension ScheduleJSON {
  init(_ line: ScheduleLine) {
    self.init(line.schedule, next: line.next, last: line.last)
  }

  init(_ schedule: JobSchedule, next: Instant? = nil, last: PlannedRun? = nil) {
    self.init(
      id: schedule.id, key: schedule.key, kind: schedule.kind, cron: schedule.cron, zone: schedule.zone,
      missed: schedule.missed, isOn: schedule.isOn, nextAt: next, lastDueAt: last?.dueAt, lastJob: last?.job,
      version: schedule.version)
  }
}

/// What changes about a schedule.
struct SchedulePatchJSON: Sendable {
  var cron = Patch<String>.keep
  var zone = Patch<String>.keep
  var missed = Patch<MissedRuns>.keep
  var isOn = Patch<Bool>.keep

  static let shape = Shape("SchedulePatch", sample: SchedulePatchJSON(cron: .set("0 2 * * *"))) { visit, it in
    visit(
      "cron", &it.cron, .line(200), nullable: false, "When: minute, hour, day of the month, month, day of the week.")
    visit("zone", &it.zone, .line(60), "The time zone of these times; null for the installation's.")
    visit("missed", &it.missed, .word, nullable: false, "What is done about missed runs.")
    visit("isOn", &it.isOn, .bool, nullable: false, "Off, it owes nothing of what comes due.")
  }

  func applied(to schedule: JobSchedule) -> ScheduleDraft {
    ScheduleDraft(
      cron: cron.applied(to: schedule.cron), zone: zone.applied(to: schedule.zone),
      missed: missed.applied(to: schedule.missed), isOn: isOn.applied(to: schedule.isOn))
  }
}

/// A run in the ledger as JSON.
struct PlannedRunJSON: Sendable {
  var dueAt: Instant
  var missed: Int
  var job: JobID?
  var skipped: String?
  var notedAt: Instant

  static let shape = Shape(
    "PlannedRun",
    sample: PlannedRunJSON(dueAt: sampleMoment, missed: 2, job: sampleID(2), skipped: nil, notedAt: sampleMoment)
  ) { visit, it in
    visit("dueAt", &it.dueAt, .instant, "When it came due.")
    visit("missed", &it.missed, .count, "How many runs before it, missed while nobody was there, it stands for.")
    visit("jobId", &it.job, .id(), "The job that does it; null when it was passed over.")
    visit("skipped", &it.skipped, .made, "Why it was passed over.")
    visit("notedAt", &it.notedAt, .instant, "When the ledger noted it.")
  }
}

extension PlannedRunJSON {
  init(_ run: PlannedRun) {
    self.init(dueAt: run.dueAt, missed: run.missed, job: run.job, skipped: run.skipped, notedAt: run.notedAt)
  }
}
