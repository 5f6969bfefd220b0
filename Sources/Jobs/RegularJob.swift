public import Kernel

/// Work that is to be done again and again, as a slice declares it: the schedule that an installation begins with.
public struct RegularJob: Sendable {
  /// Its name for ever, such as `care`; the schedule is known by it.
  public let key: String
  /// The kind of job that is put in line.
  public let kind: String
  /// When, until somebody changes it.
  public let cron: String
  /// What is done about runs that came due while nobody was there, until somebody changes it.
  public let missed: MissedRuns

  /// Work of a kind at the times of `cron`.
  public init(_ key: String, kind: String, cron: String, missed: MissedRuns = .once) {
    self.key = key
    self.kind = kind
    self.cron = cron
    self.missed = missed
  }
}

/// A schedule: what is done when, as it stands in this installation.
public struct JobSchedule: Sendable, Equatable {
  /// What a schedule's identity identifies.
  public enum Identity: Sendable {}

  /// The schedule.
  public let id: ID<Identity>
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// Its name for ever.
  public let key: String
  /// The kind of job that is put in line.
  public let kind: String
  /// When: five fields of crontab(5).
  public var cron: String
  /// In which time zone the times are meant; nil for that of the installation.
  public var zone: String?
  /// What is done about runs that came due while nobody was there.
  public var missed: MissedRuns
  /// Whether it goes at all. What comes due while it does not is not owed.
  public var isOn: Bool
}

/// A schedule, and where it stands.
public struct ScheduleLine: Sendable, Equatable {
  /// The schedule.
  public let schedule: JobSchedule
  /// When it comes due next; nil while it is off.
  public let next: Instant?
  /// The last entry of its ledger.
  public let last: PlannedRun?
}

/// An entry of the ledger: a run that came due, and what became of it. There is one for each, and never two.
public struct PlannedRun: Sendable, Equatable {
  /// When it came due.
  public let dueAt: Instant
  /// How many runs before it, missed while nobody was there, it stands for.
  public let missed: Int
  /// The job that does it; nil when it was passed over.
  public let job: JobID?
  /// Why it was passed over.
  public let skipped: String?
  /// When the ledger noted it.
  public let notedAt: Instant
}
