import Kernel
import Persistence

// What has to be done every now and then.
extension OutboxService {
  /// How old a letter may be to go by itself once there is a server: older ones would only puzzle their readers.
  static let freshness = Duration.seconds(3 * 86_400)

  /// Puts letters in line that should be there and are not: those from before there was a server, and those whose job
  /// was lost. Safe to call at any time, on several nodes.
  @discardableResult
  public func release() async throws -> Int {
    let channels = transports.channels
    guard !channels.isEmpty else { return 0 }
    let now = clock.now()
    let count = try await database.write { tx in
      let overlooked = try letters.overlooked(
        channels, since: now.adding(.zero - Self.freshness), before: now.adding(.seconds(-600)), in: tx)
      for (id, attempts) in overlooked {
        try letters.plan(id, at: now, in: tx)
        try enqueue(id, attempt: attempts + 1, at: now, in: tx)
      }
      return overlooked.count
    }
    if count > 0 { wake() }
    return count
  }

  /// Removes letters that are old enough, and secrets that are good for nothing any more; answers how many rows.
  @discardableResult
  public func forget() async throws -> Int {
    let now = clock.now()
    let old = now.adding(.seconds(-Letter.keptDays * 86_400))
    var removed = try await database.write(.readCommitted) { tx in try letters.forgetSecrets(before: now, in: tx) }
    while true {
      let some = try await database.write(.readCommitted) { tx in try letters.forget(before: old, in: tx) }
      removed += some
      if some == 0 { return removed }
    }
  }

  /// Whether mail goes out: nil without a server, false when a letter has waited for longer than a quarter of an hour.
  public func isMoving() async throws -> Bool? {
    let channels = transports.channels
    guard !channels.isEmpty else { return nil }
    let oldest = try await database.read { tx in try letters.oldestPending(channels, in: tx) }
    return oldest.map { $0 > clock.now().adding(.seconds(-900)) } ?? true
  }
}
