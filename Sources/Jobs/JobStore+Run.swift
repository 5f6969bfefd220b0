import Kernel
import Persistence

/// What the worker that holds a job does with it. None of it does anything when the job is not this worker's any more.
extension JobStore {
  /// Who holds which job: the fence around every one of these statements.
  struct Hold: Sendable, Hashable {
    let id: JobID
    let token: Int

    var condition: SQL { "id = \(id) AND lease_token = \(token) AND state = 'running'" }
  }

  /// Renews the lease, and writes how far the job is.
  func renew(_ hold: Hold, _ progress: JobProgress?, at now: Instant, in tx: any Connection) throws -> Bool {
    let news: SQL =
      progress.map { ", \(Self.assignments($0)), revision = revision + 1" } ?? .empty
    return try tx.run(
      "UPDATE jobs_job SET lease_until = \(now.adding(lease))\(news) WHERE \(hold.condition)") == 1
  }

  /// Whether somebody asked for an end; nil when the job is not this worker's any more.
  func isCancelAsked(_ hold: Hold, in tx: any Connection) throws -> Bool? {
    try tx.first("SELECT cancel_asked_at FROM jobs_job WHERE \(hold.condition)") { row in
      let at: Instant? = try row.next()
      return at != nil
    }
  }

  /// The end of a job, in one of the states in which it is over.
  func finish(
    _ hold: Hold, _ state: JobState, result: JSON? = nil, problem: JobProblem? = nil, _ progress: JobProgress,
    at now: Instant
  ) -> SQL {
    """
    UPDATE jobs_job SET state = \(state), lease_until = NULL, result = \(result?.text),
      problem = \(problem?.json.text), failures = failures + \(state == .failed ? 1 : 0), finished_at = \(now),
      \(Self.assignments(progress)), revision = revision + 1
    WHERE \(hold.condition)
    """
  }

  /// After a failure that may pass: the job waits for another attempt.
  func pause(_ hold: Hold, after problem: JobProblem, _ progress: JobProgress, until later: Instant) -> SQL {
    """
    UPDATE jobs_job SET state = 'waiting', lease_until = NULL, run_after = \(later), problem = \(problem.json.text),
      failures = failures + 1, \(Self.assignments(progress)), revision = revision + 1
    WHERE \(hold.condition)
    """
  }

  /// Gives the job back unfinished, as if it had not been begun: the worker ends, the job did nothing wrong.
  func handBack(_ hold: Hold, _ progress: JobProgress, in tx: any Connection) throws -> Bool {
    try tx.run(
      """
      UPDATE jobs_job SET state = 'waiting', lease_until = NULL, lease_token = lease_token + 1, attempts = attempts - 1,
        \(Self.assignments(progress)), revision = revision + 1
      WHERE \(hold.condition)
      """) == 1
  }

  private static func assignments(_ progress: JobProgress) -> SQL {
    "progress_done = \(progress.done), progress_total = \(progress.total), step = \(progress.step)"
  }
}
