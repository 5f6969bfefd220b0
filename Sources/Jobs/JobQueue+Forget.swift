import Kernel
import Persistence

extension JobQueue {
  /// For how many days a job that is over can be looked at.
  public static let keptDays = 30
  /// For how many days one that failed can be: somebody may have to find out why.
  public static let keptDaysFailed = 90

  /// Removes jobs that have been over for long enough; returns how many.
  @discardableResult
  public func forget() async throws -> Int {
    let now = clock.now()
    let yesterday = now.adding(.seconds(-86_400))
    let well = now.adding(.seconds(-Self.keptDays * 86_400))
    let failed = now.adding(.seconds(-Self.keptDaysFailed * 86_400))
    return try await database.write(.readCommitted) { tx in
      try tx.run("DELETE FROM jobs_canary WHERE arrived_at < \(yesterday)")
      try tx.run("DELETE FROM jobs_job WHERE kind = \(Canary.kind) AND state = 'done' AND finished_at < \(yesterday)")
      _ = try ScheduleStore().forgetRuns(before: failed, in: tx)
      return try tx.run(
        """
        DELETE FROM jobs_job WHERE (state IN ('done', 'cancelled') AND finished_at < \(well))
          OR (state IN ('failed', 'quarantined') AND finished_at < \(failed))
        """)
    }
  }
}
