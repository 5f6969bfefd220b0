public import Kernel
import Persistence
public import Rights

/// How the line of jobs is, for whoever runs the installation.
public struct JobStanding: Sendable, Equatable {
  /// Jobs that could begin now and have not.
  public let waiting: Int
  /// Since when the oldest of them could have begun.
  public let waitingSince: Instant?
  /// Jobs that a worker has.
  public let running: Int
  /// Jobs whose worker has fallen silent and that nobody took back.
  public let silent: Int
  /// Jobs that are for later, or pause after a fault.
  public let later: Int
  /// Dead letters: jobs that failed for good and are still kept.
  public let failed: Int
  /// Those of them that failed within the last day.
  public let failedToday: Int
  /// Jobs whose worker's process died three times.
  public let quarantined: Int
}

extension JobQueue {
  /// How long a job that could begin may wait before something is wrong.
  public static let patience = Duration.seconds(600)

  /// Whether the line moves: nothing that could begin has waited for ten minutes. Quick, for probes.
  public func isMoving() async throws -> Bool {
    let then = clock.now().adding(.zero - Self.patience)
    return try await database.read { tx in
      try !tx.exists("SELECT 1 FROM jobs_job WHERE state = 'waiting' AND run_after <= \(then) LIMIT 1")
    }
  }

  /// How the line is now: all of it, or for `actor` as far as that person may know of jobs.
  public func standing(for actor: Actor? = nil) async throws -> JobStanding {
    let now = clock.now()
    // Without a condition that names columns the counts come from an index alone.
    let visible: SQL = actor.map { $0.reach(.manageJobs)?.isEverywhere == true ? "TRUE" : $0.visibleJobs } ?? "TRUE"
    return try await database.read { tx in
      func count(_ condition: SQL) throws -> Int {
        try tx.count("SELECT COUNT(*) FROM jobs_job WHERE \(condition) AND \(visible)")
      }
      let waiting = try tx.first(
        """
        SELECT COUNT(*), MIN(run_after) FROM jobs_job WHERE state = 'waiting' AND run_after <= \(now) AND \(visible)
        """
      ) { row -> (Int, Instant?) in (try row.next(), try row.next()) }
      return JobStanding(
        waiting: waiting?.0 ?? 0, waitingSince: waiting?.1, running: try count("state = 'running'"),
        silent: try count("state = 'running' AND lease_until <= \(now)"),
        later: try count("state = 'waiting' AND run_after > \(now)"), failed: try count("state = 'failed'"),
        failedToday: try count("state = 'failed' AND finished_at >= \(now.adding(.seconds(-86_400)))"),
        quarantined: try count("state = 'quarantined'"))
    }
  }
}
