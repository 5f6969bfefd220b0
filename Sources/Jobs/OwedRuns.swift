public import Kernel
public import Persistence

/// What is done about runs that came due while nobody was there.
public enum MissedRuns: String, Sendable, CaseIterable, SQLBindable {
  /// One run stands for all of them.
  case once
  /// Each is made up for, in order.
  case each
}

/// What a schedule owes at a moment, worked out from nothing but times: whoever carries it out keeps `plannedThrough`
/// in the same transaction as the runs, and so no due moment is lost or dealt with twice.
///
/// When the clock stands before `plannedThrough`, nothing is owed until it gets there again. When it stands more than
/// `clockTolerance` before it, it was wrong then: planning begins anew from now, so that no schedule sleeps for a year.
/// What was dealt with under the wrong clock may then be dealt with again.
public struct OwedRuns: Sendable, Equatable {
  /// One run, and what it stands for.
  public struct Run: Sendable, Equatable {
    /// The moment it was due.
    public let dueAt: Instant
    /// How many earlier due moments it stands for; `mostCounted` means that many or more.
    public let missed: Int

    /// A run that was due at a moment and stands for so many earlier ones.
    public init(dueAt: Instant, missed: Int = 0) {
      self.dueAt = dueAt
      self.missed = missed
    }
  }

  /// The most runs that are owed in one go; the rest is owed at the next look.
  public static let most = 100
  /// The most due moments that are counted as missed.
  public static let mostCounted = 1000
  /// How far a clock may go back and still be believed to have been right before.
  public static let clockTolerance = Duration.seconds(24 * 3600)

  /// The runs owed, in order.
  public let runs: [Run]
  /// All due moments up to and including this one are dealt with, once the runs are. It may stay where it was when
  /// there are no runs and planning did not begin anew.
  public let plannedThrough: Instant
  /// The first due moment after `plannedThrough`; in the past when there were more than `most`. Nil as in
  /// `CronExpression.next(after:in:)`.
  public let next: Instant?
  /// Whether the clock had gone so far back that planning begins from now.
  public let beganAnew: Bool

  /// What is owed at `now`, when all due moments up to and including `plannedThrough` are dealt with.
  public init(
    of cron: CronExpression, in zone: Zone, missed policy: MissedRuns, plannedThrough: Instant, at now: Instant
  ) {
    beganAnew = now.adding(Self.clockTolerance) < plannedThrough
    if beganAnew || now <= plannedThrough {
      runs = []
      self.plannedThrough = beganAnew ? now : plannedThrough
      next = cron.next(after: self.plannedThrough, in: zone)
      return
    }
    switch policy {
    case .each:
      var dueAt = cron.next(after: plannedThrough, in: zone)
      var runs: [Run] = []
      while let due = dueAt, due <= now, runs.count < Self.most {
        runs.append(Run(dueAt: due))
        dueAt = cron.next(after: due, in: zone)
      }
      self.runs = runs
      // Where the last one stands with more to come, the look ends there.
      self.plannedThrough = dueAt.map { $0 <= now } == true ? runs.last?.dueAt ?? plannedThrough : now
      next = dueAt
    case .once:
      runs = Self.latest(of: cron, in: zone, after: plannedThrough, upTo: now).map { [$0] } ?? []
      self.plannedThrough = now
      next = cron.next(after: now, in: zone)
    }
  }

  private static func latest(
    of cron: CronExpression, in zone: Zone, after start: Instant, upTo now: Instant
  ) -> Run? {
    guard let last = cron.previous(atOrBefore: now, in: zone), last > start else { return nil }
    var missed = 0
    var dueAt = cron.next(after: start, in: zone)
    while let due = dueAt, due < last, missed < mostCounted {
      missed += 1
      dueAt = cron.next(after: due, in: zone)
    }
    return Run(dueAt: last, missed: missed)
  }
}
