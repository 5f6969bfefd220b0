import Kernel
import Persistence

/// The only place that names `jobs_job`, beside its migration and the counting and forgetting in `JobQueue`.
///
/// A job that runs belongs to whoever holds its lease token, a number that goes up each time the job changes hands.
/// Every statement of a worker names the token it was given, so one that was thought dead, and is not, changes nothing.
struct JobStore: Sendable {
  /// How long a job belongs to a worker that says nothing.
  let lease: Duration

  /// A job as a worker gets it.
  struct Claimed: Sendable {
    let job: Job
    let payload: JSON
    let token: Int
    let attemptLimit: Int
  }

  func insert(_ order: JobOrder, _ id: JobID, by account: AccountID?, at now: Instant, in tx: any Connection) throws
    -> Bool
  {
    try tx.exists(
      """
      INSERT INTO jobs_job (id, kind, payload, org_id, account_id, state, priority, run_after, attempts, failures,
        deaths, skips, attempt_limit, lease_token, progress_done, unique_key, revision, created_at)
      VALUES (\(id), \(order.kind), \(order.payload.text), \(order.org), \(account), 'waiting', \(order.priority),
        \(order.runAfter ?? now), 0, 0, 0, 0, \(order.attemptLimit), 0, 0, \(order.uniqueKey), 1, \(now))
      ON CONFLICT DO NOTHING RETURNING id
      """)
  }

  /// The job in line that has this key, which notes that it was asked for once more.
  func skip(uniqueKey: String, in tx: any Connection) throws -> Enqueued? {
    try tx.first(
      """
      UPDATE jobs_job SET skips = skips + 1, revision = revision + 1
      WHERE unique_key = \(uniqueKey) AND state IN ('waiting', 'running')
      RETURNING id, state, COALESCE(started_at, created_at)
      """
    ) { row in Enqueued(id: try row.next(), skipped: .init(state: try row.next(), since: try row.next())) }
  }

  func find(_ id: JobID, visible: SQL, in tx: any Connection) throws -> Job? {
    try tx.first("SELECT \(Job.columns) FROM jobs_job WHERE id = \(id) AND \(visible)")
  }

  func page(_ states: [JobState], _ page: PageRequest, visible: SQL, in tx: any Connection) throws -> Page<Job> {
    let wanted = SQL.all([
      visible, states.isEmpty ? .empty : "state IN \(list: states)", page.after.map { "id < \($0)" } ?? .empty,
    ])
    let rows: [Job] = try tx.all(
      """
      SELECT \(Job.columns) FROM jobs_job WHERE \(wanted)
      ORDER BY id DESC LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """)
    return Page(fetched: rows, limit: page.limit) { $0.id.retyped() }
  }

  /// Ends a job that waits, and asks the worker of one that runs to end it.
  func cancel(_ id: JobID, at now: Instant, in tx: any Connection) throws {
    try tx.run(
      """
      UPDATE jobs_job SET state = 'cancelled', cancel_asked_at = \(now), finished_at = \(now), revision = revision + 1
      WHERE id = \(id) AND state = 'waiting'
      """)
    try tx.run(
      """
      UPDATE jobs_job SET cancel_asked_at = \(now), revision = revision + 1
      WHERE id = \(id) AND state = 'running' AND cancel_asked_at IS NULL
      """)
  }

  /// Whether another job with the same key is in line.
  func isKeyTaken(_ id: JobID, in tx: any Connection) throws -> Bool {
    try tx.exists(
      """
      SELECT 1 FROM jobs_job AS other JOIN jobs_job AS job ON job.id = \(id) AND other.unique_key = job.unique_key
      WHERE other.state IN ('waiting', 'running') AND other.id <> job.id LIMIT 1
      """)
  }

  /// Puts a job that failed, died or was cancelled back in line, as if it had just been asked for; one that pauses
  /// after a fault need not wait any longer. False where it stands otherwise.
  func retry(_ id: JobID, at now: Instant, in tx: any Connection) throws -> Bool {
    try tx.run(
      """
      UPDATE jobs_job SET state = 'waiting', run_after = \(now), failures = 0, deaths = 0, cancel_asked_at = NULL,
        finished_at = NULL, revision = revision + 1
      WHERE id = \(id) AND state IN ('waiting', 'failed', 'quarantined', 'cancelled')
      """) == 1
  }

  /// Takes the jobs whose turn it is, at most `limit`, in one statement. Nothing else may follow in the transaction.
  func claim(_ kinds: [String], limit: Int, at now: Instant, in tx: any Connection) throws -> [Claimed] {
    try Self.keepToTheLine(in: tx)
    return try tx.all(
      """
      UPDATE jobs_job SET state = 'running', lease_until = \(now.adding(lease)), lease_token = lease_token + 1,
        attempts = attempts + 1, started_at = COALESCE(started_at, \(now)), revision = revision + 1
      WHERE id IN (\(turn(kinds, limit: limit, at: now, in: tx)))
      RETURNING lease_token, attempt_limit, payload, \(Job.columns)
      """
    ) { row in
      let token: Int = try row.next()
      let limit: Int = try row.next()
      let payload = try JSON(parsing: row.next())
      return Claimed(job: try Job(row: &row), payload: payload, token: token, attemptLimit: limit)
    }
  }

  /// Whose turn it is.
  func turn(_ kinds: [String], limit: Int, at now: Instant, in tx: any Connection) -> SQL {
    """
    SELECT id FROM jobs_job \(Self.sqliteTurn(tx))
    WHERE state = 'waiting' AND run_after <= \(now) AND kind IN \(list: kinds)
    ORDER BY priority DESC, run_after, id LIMIT \(limit) \(Self.sqliteSkipping(tx) ?? Self.postgresSkipping)
    """
  }

  /// After so many deaths of its worker a job is left to people: whatever kills its worker each time must not go on.
  static let deathLimit = 3

  /// Jobs whose workers fell silent wait again, unless they were to end anyway or killed too many. One that a frozen
  /// worker still has locked keeps no other from being freed.
  func sweep(at now: Instant, in tx: any Connection) throws {
    let skipping = Self.sqliteSkipping(tx) ?? Self.postgresSkipping
    let silent: SQL = """
      id IN (SELECT id FROM jobs_job WHERE state = 'running' AND lease_until <= \(now) \(skipping))
      """
    try tx.run(
      """
      UPDATE jobs_job SET state = 'cancelled', lease_until = NULL, lease_token = lease_token + 1, finished_at = \(now),
        revision = revision + 1
      WHERE \(silent) AND cancel_asked_at IS NOT NULL
      """)
    try tx.run(
      """
      UPDATE jobs_job SET state = 'quarantined', lease_until = NULL, lease_token = lease_token + 1,
        finished_at = \(now), deaths = deaths + 1, problem = \(JobProblem.workerDied.json.text), revision = revision + 1
      WHERE \(silent) AND deaths + 1 >= \(Self.deathLimit)
      """)
    try tx.run(
      """
      UPDATE jobs_job SET state = 'waiting', lease_until = NULL, lease_token = lease_token + 1, deaths = deaths + 1,
        revision = revision + 1
      WHERE \(silent)
      """)
  }
}
