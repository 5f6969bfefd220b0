import Jobs
import Kernel
import Web

/// Jobs as JSON, and their news as they come.
struct JobAPI: Sendable {
  let queue: JobQueue
  var pace = JobEvents.Pace()
  var seats = StreamSeats(500)
  let isStopping: @Sendable () -> Bool

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/jobs", "Lists your jobs, and those you may manage, newest first.", .signedIn,
        query: Endpoint.listQuery.filter { $0.name != "count" } + [JobPages.stateParameter],
        answer: .many(JobJSON.shape), handler: list),
      Endpoint(.get, "/api/v1/jobs/{id}", "One job.", .signedIn, answer: .one(JobJSON.shape), handler: show),
      Endpoint(
        .delete, "/api/v1/jobs/{id}", "Asks for a job to end; what it did stays done.", .signedIn,
        answer: .one(JobJSON.shape), handler: cancel),
      Endpoint(
        .post, "/api/v1/jobs/{id}/cancellation", "Asks for a job to end; what it did stays done.", .signedIn,
        answer: .one(JobJSON.shape), handler: cancel),
      Endpoint(
        .post, "/api/v1/jobs/{id}/retry",
        "Has a job tried again that failed, was set aside or was cancelled; one that pauses goes at once.", .signedIn,
        answer: .one(JobJSON.shape), handler: retry),
      Endpoint(
        .get, "/api/v1/job-stats", "How the line of jobs is, as far as one may know of it.", .needs(.manageJobs),
        answer: .one(JobStatsJSON.shape), handler: stats),
      Endpoint(
        .get, "/api/v1/jobs/{id}/events",
        "The news of a job as server-sent events: progress, then done. Takes Last-Event-ID.", .signedIn,
        answer: .file("text/event-stream"), handler: events),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let page = try await queue.page(JobPages.states(call), call.page, by: call.actor)
    return .many(page.map { JobJSON($0) }, JobJSON.shape, limit: call.page.limit)
  }

  private func show(_ call: Call) async throws -> Reply {
    reply(try await queue.find(try call.id("id"), by: call.actor))
  }

  private func cancel(_ call: Call) async throws -> Reply {
    reply(try await queue.cancel(try call.id("id"), by: call.actor))
  }

  private func retry(_ call: Call) async throws -> Reply {
    reply(try await queue.retry(try call.id("id"), by: call.actor))
  }

  private func stats(_ call: Call) async throws -> Reply {
    .one(JobStatsJSON(try await queue.standing(for: call.actor)), JobStatsJSON.shape)
  }

  private func reply(_ job: Job) -> Reply { .one(JobJSON(job), JobJSON.shape, version: job.revision) }

  private func events(_ call: Call) async throws -> Reply {
    let id: JobID = try call.id("id")
    let actor = try call.actor
    _ = try await queue.find(id, by: actor)  // refuses before the stream begins
    let seen = call.incoming.headers["last-event-id"].flatMap { Int($0) } ?? 0
    return JobEvents(
      of: id, after: seen, queue, by: actor, pace: pace, seat: try seats.take(), isStopping: isStopping
    ).reply
  }
}
