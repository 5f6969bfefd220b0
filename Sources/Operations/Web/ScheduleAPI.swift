import Jobs
import Kernel
import Web

/// Schedules as JSON.
struct ScheduleAPI: Sendable {
  let queue: JobQueue
  let scheduler: JobScheduler

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/schedules", "Lists what is done again and again, by name, with its next and its last run.",
        .needs(.manageSchedules), answer: .many(ScheduleJSON.shape), handler: list),
      Endpoint(
        .get, "/api/v1/schedules/{id}", "One schedule.", .needs(.manageSchedules), answer: .one(ScheduleJSON.shape),
        handler: show),
      Endpoint(
        .patch, "/api/v1/schedules/{id}", "Changes a schedule. What came due before is not owed any more.",
        .needs(.manageSchedules), input: .patch(SchedulePatchJSON.shape), answer: .one(ScheduleJSON.shape),
        needsVersion: true, handler: change),
      Endpoint(
        .get, "/api/v1/schedules/{id}/runs", "The newest hundred runs of a schedule, and what became of each.",
        .needs(.manageSchedules), answer: .many(PlannedRunJSON.shape), handler: runs),
      Endpoint(
        .post, "/api/v1/schedules/{id}/runs", "Puts the work in line now, besides its times.", .needs(.manageSchedules),
        answer: .one(JobJSON.shape), status: 202, handler: run),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let lines = try await scheduler.lines(by: call.actor)
    return .many(Page(items: lines.map { ScheduleJSON($0) }, next: nil), ScheduleJSON.shape, limit: PageRequest.maximum)
  }

  private func show(_ call: Call) async throws -> Reply {
    let id: ID<JobSchedule.Identity> = try call.id("id")
    guard let line = try await scheduler.lines(by: call.actor).first(where: { $0.schedule.id == id }) else {
      throw Problem.notFound("schedule")
    }
    return .one(ScheduleJSON(line), ScheduleJSON.shape, version: line.schedule.version)
  }

  private func change(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let patch = try call.json(SchedulePatchJSON.shape)
    let schedule = try await scheduler.schedule(try call.id("id"), by: actor).schedule
    let saved = try await scheduler.change(
      schedule.id, version: try call.version(), patch.applied(to: schedule), by: actor)
    return .one(ScheduleJSON(saved), ScheduleJSON.shape, version: saved.version)
  }

  private func runs(_ call: Call) async throws -> Reply {
    let runs = try await scheduler.schedule(try call.id("id"), by: call.actor).runs
    return .many(Page(items: runs.map { PlannedRunJSON($0) }, next: nil), PlannedRunJSON.shape, limit: 100)
  }

  private func run(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let enqueued = try await scheduler.runNow(try call.id("id"), by: actor)
    let job = try await queue.find(enqueued.id, by: actor)
    return .one(JobJSON(job), JobJSON.shape, version: job.revision, status: 202)
  }
}
