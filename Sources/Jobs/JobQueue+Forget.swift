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
    let well = now.adding(.seconds(-Self.keptDays * 86_400))
    let failed = now.adding(.seconds(-Self.keptDaysFailed * 86_400))
    return try await database.write(.readCommitted) { tx in
      try tx.run(
        """
        DELETE FROM jobs_job WHERE (state IN ('done', 'cancelled') AND finished_at < \(well))
          OR (state = 'failed' AND finished_at < \(failed))
        """)
    }
  }
}
