public import Kernel
import Persistence
import Rights

/// A job that does nothing but arrive: sent through the line to see that the line moves, and how fast.
public struct Canary: Sendable {
  /// The kind of its jobs.
  public static let kind = "jobs.canary"

  private let queue: JobQueue

  /// The canary of a line.
  public init(_ queue: JobQueue) { self.queue = queue }

  /// Notes its arrival, once, however often it is begun.
  public static func handler(clock: any WallClock) -> JobHandler {
    JobHandler(kind) { run in
      if run.job.progress.done == 0 {
        try await run.write(progress: JobProgress(done: 1, total: 1)) { tx in
          _ = try tx.run("INSERT INTO jobs_canary (job_id, arrived_at) VALUES (\(run.job.id), \(clock.now()))")
        }
      }
      return .null
    }
  }

  /// Sends one ahead of all others and waits for it; nil when it has not arrived within `patience`, and then it is
  /// taken back.
  public func send(patience: Duration = .seconds(5)) async throws -> Duration? {
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
