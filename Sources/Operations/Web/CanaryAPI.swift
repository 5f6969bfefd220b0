import Jobs
import Kernel
import Web

/// Canaries, for measuring and proving the line of jobs from outside.
struct CanaryAPI: Sendable {
  let queue: JobQueue

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/api/v1/job-canaries",
        "Sends jobs that do nothing but arrive, to see that the line of jobs moves and how fast.",
        .needs(.manageSchedules),
        input: .json(CanaryOrderJSON.shape), answer: .one(CanariesJSON.shape), status: 202, handler: send)
    ]
  }

  private func send(_ call: Call) async throws -> Reply {
    let order = try call.json(CanaryOrderJSON.shape)
    let ids = try await Canary(queue).send(
      order.count, Canary.Flight(pieces: order.pieces ?? 1, pause: order.pause ?? 0), by: call.actor)
    return .one(CanariesJSON(ids: ids), CanariesJSON.shape, status: 202)
  }
}

/// Which canaries are sent.
struct CanaryOrderJSON: Sendable {
  var count: Int
  var pieces: Int?
  var pause: Int?

  static let shape = Shape("CanaryOrder", sample: CanaryOrderJSON(count: 1, pieces: 20, pause: 500)) { visit, it in
    visit("count", &it.count, .int(1...Canary.most), "How many.")
    visit("pieces", &it.pieces, .int(0...10_000), "How many pieces of work each stands for; 1 if not said.")
    visit("pause", &it.pause, .int(0...10_000), "Milliseconds before each piece; 0 if not said.")
  }
}

/// The canaries that were sent.
struct CanariesJSON: Sendable {
  var ids: [JobID]

  static let shape = Shape("Canaries", sample: CanariesJSON(ids: [sampleID(1)])) { visit, it in
    visit("ids", &it.ids, .list(of: .id(), max: Canary.most), "Their jobs.")
  }
}
