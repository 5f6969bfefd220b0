public import Jobs
public import Kernel

/// What can be wrong with work, accounts and settings.
extension DoctorCheck {
  /// Whether jobs get done: warns when one has waited for ten minutes, or its worker fell silent.
  public static func jobs(_ queue: JobQueue, clock: any WallClock) -> DoctorCheck {
    DoctorCheck("jobs.line", "Jobs get done") {
      let standing = try await queue.standing()
      let now = clock.now()
      if standing.silent > 0 {
        return .warning(
          "\(standing.silent) jobs belong to a worker that has fallen silent.",
          cure: "A running homeroom takes them back by itself within a second. Is one running?")
      }
      if let since = standing.waitingSince, since < now.adding(.zero - JobQueue.patience) {
        return .warning(
          "\(standing.waiting) jobs wait, the oldest since \(since).",
          cure: "Start homeroom serve, or raise WORKER_CONCURRENCY if one runs already.")
      }
      if standing.quarantined > 0 {
        return .warning(
          "\(standing.quarantined) jobs are in quarantine: the program died in the middle of them three times.",
          cure: "Look into the log of that time, then have them tried again at /jobs?state=quarantined.")
      }
      if standing.failedToday > 0 {
        return .warning(
          "\(standing.failedToday) jobs failed within a day.", cure: "Their pages at /jobs?state=failed say why.")
      }
      return .well("\(standing.waiting) wait, \(standing.running) run.")
    }
  }

  /// Whether everybody who can sign in may do something there.
  public static func accounts(withoutRole count: @escaping @Sendable () async throws -> Int) -> DoctorCheck {
    DoctorCheck("accounts.roles", "Every account has a role") {
      let count = try await count()
      guard count > 0 else { return .well("Nobody signs in to an empty house.") }
      return .warning(
        count == 1 ? "One account has no role." : "\(count) accounts have no role.",
        cure: "Give them one at /admin/accounts, or switch them off.")
    }
  }

  /// What the settings have that is allowed and yet worth a second look.
  public static func settings(_ concerns: [(what: String, cure: String)]) -> DoctorCheck {
    DoctorCheck("settings.values", "The settings") {
      guard let first = concerns.first else { return .well("Read, and nothing is strange about them.") }
      return .warning(
        concerns.map(\.what).joined(separator: " "),
        cure: concerns.count == 1 ? first.cure : concerns.map(\.cure).joined(separator: " "))
    }
  }
}
