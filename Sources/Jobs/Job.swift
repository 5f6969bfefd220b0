public import Kernel
public import Persistence

/// A piece of work that outlives a request, as it stands.
public struct Job: Sendable, Equatable {
  /// The job.
  public let id: JobID
  /// What is to be done, such as `import.commit`; a `JobHandler` of that kind does it.
  public let kind: String
  /// At which organisation.
  public let org: OrgID?
  /// Who asked for it; nil for the system itself.
  public let account: AccountID?
  /// Where it stands.
  public let state: JobState
  /// How often it was begun.
  public let attempts: Int
  /// How many of these attempts ended with a fault, since it was last asked for.
  public let failures: Int
  /// How many ended with the death of the worker's process.
  public let deaths: Int
  /// How often the same was asked for while this was in line, and was not put there again.
  public let skips: Int
  /// How far it is.
  public let progress: JobProgress
  /// Whether somebody asked for it to end.
  public let isCancelAsked: Bool
  /// What came of it, once done.
  public let result: JSON?
  /// Why it failed, or why the last attempt did: `code`, `title` and `detail`.
  public let problem: JSON?
  /// Goes up with every change: whoever saw a revision asks for what is newer.
  public let revision: Int
  /// When it was asked for.
  public let createdAt: Instant
  /// Not before this moment: later than now for one that pauses after a fault.
  public let runAfter: Instant
  /// When it was first begun.
  public let startedAt: Instant?
  /// When it was done, failed or was cancelled.
  public let finishedAt: Instant?
}

/// How far a job is.
public struct JobProgress: Sendable, Equatable {
  /// Pieces done.
  public var done: Int
  /// Pieces in all, once that is known.
  public var total: Int?
  /// What it is at, in words that a person reads.
  public var step: String?

  /// So many pieces done of so many.
  public init(done: Int = 0, total: Int? = nil, step: String? = nil) {
    self.done = done
    self.total = total
    self.step = step
  }
}

extension Job: RowDecodable {
  public static let columns: SQL = """
    id, kind, org_id, account_id, state, attempts, failures, deaths, skips, progress_done, progress_total, step,
    cancel_asked_at, result, problem, revision, created_at, run_after, started_at, finished_at
    """

  public init(row: inout RowReader) throws {
    id = try row.next()
    kind = try row.next()
    org = try row.next()
    account = try row.next()
    state = try row.next()
    attempts = try row.next()
    failures = try row.next()
    deaths = try row.next()
    skips = try row.next()
    progress = JobProgress(done: try row.next(), total: try row.next(), step: try row.next())
    let cancelAskedAt: Instant? = try row.next()
    isCancelAsked = cancelAskedAt != nil
    result = try (row.next() as String?).map { try JSON(parsing: $0) }
    problem = try (row.next() as String?).map { try JSON(parsing: $0) }
    revision = try row.next()
    createdAt = try row.next()
    runAfter = try row.next()
    startedAt = try row.next()
    finishedAt = try row.next()
  }
}
