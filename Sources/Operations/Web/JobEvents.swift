import Jobs
import Kernel
import Rights
import Synchronization
import Web

/// The news of one job as server-sent events (WHATWG HTML, section 9.2), made piece by piece as the client takes them.
///
/// `progress` at each change and `done` at the end, each with the job as data and its revision as id; a browser that
/// comes back with `Last-Event-ID` goes on from there. While nothing happens a comment keeps proxies from hanging up.
/// A stream ends after a while, and the browser comes back: whoever was signed out meanwhile does not. Guards what was
/// sent with a lock.
final class JobEvents: Sendable {
  /// How a stream behaves in time.
  struct Pace: Sendable {
    /// How often the job is looked at.
    var look = Duration.milliseconds(500)
    /// How long nothing may be sent.
    var heartbeat = Duration.seconds(15)
    /// How long a stream lasts.
    var longest = Duration.seconds(300)
  }

  private struct State {
    var revision: Int
    var isGreeted = false
    var isOver = false
  }

  private let job: JobID
  private let queue: JobQueue
  private let actor: Actor
  private let pace: Pace
  private let isStopping: @Sendable () -> Bool
  private let seat: StreamSeats.Seat
  private let begun = ContinuousClock.now
  private let state: Mutex<State>

  init(
    of job: JobID, after revision: Int, _ queue: JobQueue, by actor: Actor, pace: Pace, seat: StreamSeats.Seat,
    isStopping: @escaping @Sendable () -> Bool
  ) {
    self.job = job
    self.queue = queue
    self.actor = actor
    self.pace = pace
    self.seat = seat
    self.isStopping = isStopping
    state = Mutex(State(revision: revision))
  }

  /// The answer's body.
  var body: Outgoing.Body { .stream(AsyncThrowingStream { try await self.next() }) }

  /// The next piece; nil at the end.
  func next() async throws -> [UInt8]? {
    let isFirst = state.withLock { state in
      defer { state.isGreeted = true }
      return !state.isGreeted
    }
    if isFirst { return Array("retry: 2000\n\n".utf8) }
    guard !state.withLock({ $0.isOver }) else { return nil }
    let silentSince = ContinuousClock.now
    while !isStopping(), begun.duration(to: .now) < pace.longest {
      let job = try await queue.find(job, by: actor)
      let isNews = state.withLock { state in
        let isNews = job.revision > state.revision || job.state.isOver
        state.revision = max(state.revision, job.revision)
        state.isOver = job.state.isOver
        return isNews
      }
      if isNews { return event(job) }
      if silentSince.duration(to: .now) >= pace.heartbeat { return Array(": still here\n\n".utf8) }
      try await Task.sleep(for: pace.look)
    }
    return nil
  }

  private func event(_ job: Job) -> [UInt8] {
    let name = job.state.isOver ? "done" : "progress"
    let text = "id: \(job.revision)\nevent: \(name)\ndata: \(JobJSON.shape.text(of: JobJSON(job)))\n\n"
    return Array(text.utf8)
  }
}

/// How many may listen at once; each costs two reads of one row a second.
final class StreamSeats: Sendable {
  /// One listener's seat, given back when its stream goes.
  final class Seat: Sendable {
    private let seats: StreamSeats

    fileprivate init(_ seats: StreamSeats) { self.seats = seats }

    deinit { seats.taken.withLock { $0 -= 1 } }
  }

  private let limit: Int
  /// Guards the count of seats taken.
  fileprivate let taken = Mutex(0)

  init(_ limit: Int) { self.limit = limit }

  func take() throws(Problem) -> Seat {
    let isFree = taken.withLock { taken in
      guard taken < limit else { return false }
      taken += 1
      return true
    }
    guard isFree else {
      throw Problem(
        .unavailable(retryAfter: 30), code: "TOO_MANY_STREAMS", title: "Too many listeners",
        detail: "Too many browsers listen at this moment. Ask for the job itself instead, every few seconds.")
    }
    return Seat(self)
  }
}
