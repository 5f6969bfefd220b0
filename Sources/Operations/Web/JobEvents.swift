import Jobs
import Kernel
import Rights
import Synchronization
import Web

/// The news of one job: `progress` at each change and `done` at the end, each with the job as data and its revision as
/// id; a browser that comes back with `Last-Event-ID` goes on from there.
struct JobEvents: Sendable {
  typealias Pace = EventStream.Pace

  private let stream: EventStream

  init(
    of job: JobID, after revision: Int, _ queue: JobQueue, by actor: Actor, pace: Pace, seat: StreamSeats.Seat,
    isStopping: @escaping @Sendable () -> Bool
  ) {
    let seen = LastSeen(revision)
    stream = EventStream(pace, seat: seat, isStopping: isStopping) {
      let job = try await queue.find(job, by: actor)
      guard seen.isBefore(job.revision) || job.state.isOver else { return nil }
      return EventStream.News(
        job.state.isOver ? "done" : "progress", id: "\(job.revision)", data: JobJSON.shape.text(of: JobJSON(job)),
        isLast: job.state.isOver)
    }
  }

  /// The answer that brings them to a browser.
  var reply: Reply { stream.reply }

  /// The next piece; nil at the end.
  func next() async throws -> [UInt8]? { try await stream.next() }
}

/// The last revision that was sent. Guards it with a lock.
private final class LastSeen: Sendable {
  private let revision: Mutex<Int>

  init(_ revision: Int) { self.revision = Mutex(revision) }

  /// Whether this one is news; if it is, the next one has to be newer still.
  func isBefore(_ newer: Int) -> Bool {
    revision.withLock { revision in
      defer { revision = max(revision, newer) }
      return newer > revision
    }
  }
}
