import Persistence

extension JobQueue {
  /// Where PostgreSQL tells that there is a job in line.
  public static let channel: StaticString = "homeroom_jobs"
}

extension JobStore {
  /// What keeps two claims apart: a row that another worker is just claiming is passed over instead of waited for.
  static let postgresSkipping: SQL = "FOR UPDATE SKIP LOCKED"

  /// Wakes the workers of every process once the transaction is committed; several calls in one are one.
  static func ring(in tx: any Connection) throws {
    guard tx.dialect == .postgres else { return }
    try tx.run("SELECT pg_notify(\(JobQueue.channel.description), '')")
  }
}
