public import Kernel
import Persistence
public import Rights

/// A job that does nothing but arrive: sent through the line to see that the line moves, how fast, and that nothing in
/// it is lost or done twice.
public struct Canary: Sendable {
  /// The kind of its jobs.
  public static let kind = "jobs.canary"
  /// The most that are sent at once.
  public static let most = 1000

  /// How long one takes.
  public struct Flight: Sendable, Equatable {
    /// How many pieces of work it stands for; each leaves a trace. 0 to 10,000.
    public var pieces: Int
    /// The pause before each piece, in milliseconds, to 10,000.
    public var pause: Int

    /// So many pieces with a pause before each.
    public init(pieces: Int = 1, pause: Int = 0) {
      self.pieces = min(max(pieces, 0), 10_000)
      self.pause = min(max(pause, 0), 10_000)
    }
  }

  private let queue: JobQueue

  /// The canary of a line.
  public init(_ queue: JobQueue) { self.queue = queue }

  /// Leaves a trace of each piece in one transaction with how far it is: begun again, it goes on behind the last.
  public static func handler(clock: any WallClock) -> JobHandler {
    JobHandler(kind) { run in
      let flight = Flight(pieces: run.payload["pieces"]?.int ?? 1, pause: run.payload["pause"]?.int ?? 0)
      for piece in run.job.progress.done..<flight.pieces {
        // Being cancelled ends the sleep; then it sees why it is to end.
        if flight.pause > 0 { try? await Task.sleep(for: .milliseconds(flight.pause)) }
        try run.checkStop()
        _ = try await run.write(progress: JobProgress(done: piece + 1, total: flight.pieces), .readCommitted) { tx in
          try tx.run(
            """
            INSERT INTO jobs_canary (job_id, piece, arrived_at) VALUES (\(run.job.id), \(piece), \(clock.now()))
            """)
        }
      }
      return .null
    }
  }

  /// Sends some, all in one transaction; at most a thousand. For whoever manages schedules.
  public func send(_ count: Int, _ flight: Flight = Flight(), by actor: Actor) async throws -> [JobID] {
    _ = try actor.require(.manageSchedules)
    let order = JobOrder(
      Self.kind, .object([("pieces", .int(flight.pieces)), ("pause", .int(flight.pause))]))
    let ids = try await queue.database.write { tx in
      try (0..<min(max(count, 1), Self.most)).map { _ in try queue.enqueue(order, by: actor, in: tx).id }
    }
    queue.wake()
    return ids
  }

  /// Sends one ahead of all others and waits for it; nil when it has not arrived within `patience`, and then it is
  /// taken back.
  public func time(patience: Duration = .seconds(5)) async throws -> Duration? {
    let begun = ContinuousClock.now
    let system = Actor.system("canary")
    let id = try await queue.enqueue(JobOrder(Self.kind, .null, priority: 100), by: system).id
    while begun.duration(to: .now) < patience {
      if try await queue.find(id, by: system).state == .done { return begun.duration(to: .now) }
      try await Task.sleep(for: .milliseconds(5))
    }
    try await queue.cancel(id, by: system)
    return nil
  }
}
