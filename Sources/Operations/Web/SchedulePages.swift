import Jobs
import Kernel
import Markup
import Web

/// What is done again and again: the list, and the page of each schedule with its ledger.
struct SchedulePages: Sendable {
  let scheduler: JobScheduler
  let kinds: [String: JobWords]
  let zone: Zone

  var endpoints: [Endpoint] {
    [
      .page("/jobs/schedules", "What is done again and again.", .needs(.manageSchedules), list),
      .page(
        "/jobs/schedules/{id}", "A schedule: its times, and what became of its runs.", .needs(.manageSchedules), show),
      .form("/jobs/schedules/{id}", "Saves a schedule.", .needs(.manageSchedules), save),
      .form("/jobs/schedules/{id}/runs", "Puts the work in line now.", .needs(.manageSchedules), run),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let lines = try await scheduler.lines(by: call.actor)
    return try call.page(
      "Schedules", within: OperationsPaths.jobs,
      breadcrumbs: [Crumb("Jobs", path: OperationsPaths.jobs), Crumb("Schedules")]
    ) { ScheduleListView(lines: lines, titles: kinds.mapValues(\.title), words: MomentWords(zone: zone)) }
  }

  private func show(_ call: Call) async throws -> Reply {
    let found = try await scheduler.schedule(try call.id("id"), by: call.actor)
    return try page(found.schedule, ScheduleDraft(found.schedule), found.runs, call)
  }

  private func save(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let form = try call.form()
    let found = try await scheduler.schedule(try call.id("id"), by: actor)
    let draft = ScheduleDraft(
      cron: form.text("cron"), zone: form.filled("zone"), missed: MissedRuns(rawValue: form.text("missed")) ?? .once,
      isOn: form.text("isOn") != "off")
    do {
      _ = try await scheduler.change(found.schedule.id, version: Int(form.text("version")) ?? 0, draft, by: actor)
      return .seeOther(OperationsPaths.schedule(found.schedule.id), flash: "Saved.")
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(
        OperationsPaths.schedule(found.schedule.id),
        flash: "Somebody changed this schedule meanwhile. It is shown as it is now; say again what you want.")
    } catch let error as any ProblemConvertible where error.problem.kind == .invalid {
      return try page(found.schedule, draft, found.runs, call, problem: error.problem)
    }
  }

  private func run(_ call: Call) async throws -> Reply {
    let enqueued = try await scheduler.runNow(try call.id("id"), by: call.actor)
    return .seeOther(
      OperationsPaths.job(enqueued.id), flash: enqueued.isNew ? nil : "It was in line already: this is that run.")
  }

  private func page(
    _ schedule: JobSchedule, _ draft: ScheduleDraft, _ runs: [PlannedRun], _ call: Call, problem: Problem? = nil
  ) throws -> Reply {
    let title = kinds[schedule.kind]?.title ?? schedule.kind
    return try call.page(
      title, within: OperationsPaths.jobs, status: problem == nil ? 200 : 422,
      breadcrumbs: [
        Crumb("Jobs", path: OperationsPaths.jobs), Crumb("Schedules", path: OperationsPaths.schedules), Crumb(title),
      ], hasErrors: problem != nil
    ) {
      ScheduleView(
        schedule: schedule, draft: draft, title: title, runs: runs, faults: problem?.errors ?? [],
        installationZone: zone.name, words: MomentWords(zone: zone))
    }
  }
}
