import Jobs
import Kernel
import Web

/// How the line of jobs is, as JSON.
struct JobStatsJSON: Sendable {
  var waiting: Int
  var waitingSince: Instant?
  var later: Int
  var running: Int
  var silent: Int
  var failed: Int
  var failedToday: Int
  var quarantined: Int

  static let shape = Shape(
    "JobStats",
    sample: JobStatsJSON(
      waiting: 3, waitingSince: sampleMoment, later: 1, running: 2, silent: 0, failed: 4, failedToday: 1,
      quarantined: 0)
  ) { visit, it in
    visit("waiting", &it.waiting, .count, "Jobs that could begin now and have not.")
    visit("waitingSince", &it.waitingSince, .instant, "Since when the oldest of them could have begun.")
    visit("later", &it.later, .count, "Jobs that are for later, or pause after a fault.")
    visit("running", &it.running, .count, "Jobs that a worker has.")
    visit("silent", &it.silent, .count, "Jobs whose worker has fallen silent and that nobody took back yet.")
    visit("failed", &it.failed, .count, "Dead letters: jobs that failed for good and are still kept.")
    visit("failedToday", &it.failedToday, .count, "Those of them that failed within the last day.")
    visit("quarantined", &it.quarantined, .count, "Jobs whose worker's process died three times.")
  }
}

extension JobStatsJSON {
  init(_ standing: JobStanding) {
    self.init(
      waiting: standing.waiting, waitingSince: standing.waitingSince, later: standing.later,
      running: standing.running, silent: standing.silent, failed: standing.failed,
      failedToday: standing.failedToday, quarantined: standing.quarantined)
  }
}
