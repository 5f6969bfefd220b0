public import Kernel

/// What is to be done: the kind of job and all it needs to know.
public struct JobOrder: Sendable {
  /// Which handler does it.
  public var kind: String
  /// What the handler needs to know, at most 64 KiB; identifiers rather than records.
  public var payload: JSON
  /// At which organisation.
  public var org: OrgID?
  /// Higher goes first; 0 is usual.
  public var priority: Int
  /// Not before this moment; nil for as soon as possible.
  public var runAfter: Instant?
  /// How often it may fail, for reasons that may pass, before it is left to people.
  public var attemptLimit: Int
  /// Of the jobs with one key only one waits or runs at a time.
  public var uniqueKey: String?

  /// An order for a job.
  public init(
    _ kind: String, _ payload: JSON, org: OrgID? = nil, priority: Int = 0, runAfter: Instant? = nil,
    attemptLimit: Int = 3, uniqueKey: String? = nil
  ) {
    self.kind = kind
    self.payload = payload
    self.org = org
    self.priority = priority
    self.runAfter = runAfter
    self.attemptLimit = max(1, attemptLimit)
    self.uniqueKey = uniqueKey
  }
}

/// A job in line.
public struct Enqueued: Sendable, Equatable {
  /// The job.
  public let id: JobID
  /// Why nothing was added; nil when the job is new.
  public let skipped: Skip?

  /// A job with the same unique key was there already: this is that one.
  public struct Skip: Sendable, Equatable {
    /// Whether it waits or runs.
    public let state: JobState
    /// Since when.
    public let since: Instant
  }

  /// False when a job with the same unique key was there already.
  public var isNew: Bool { skipped == nil }
}
