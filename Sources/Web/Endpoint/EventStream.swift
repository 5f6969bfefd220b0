public import Kernel
import Synchronization

/// News as server-sent events (WHATWG HTML, section 9.2), made piece by piece as the client takes them.
///
/// Whoever makes one says how to look for news, and how to wait until it may be worth looking again. While nothing
/// happens a comment keeps proxies from hanging up. A stream ends after a while, and the browser comes back: whoever
/// was signed out meanwhile does not. Guards where it is with a lock.
public final class EventStream: Sendable {
  /// How a stream behaves in time.
  public struct Pace: Sendable {
    /// How often is looked for news, at least.
    public var look: Duration
    /// How long nothing may be sent.
    public var heartbeat: Duration
    /// How long a stream lasts.
    public var longest: Duration

    /// A pace; five minutes a stream, unless said otherwise.
    public init(
      look: Duration = .milliseconds(500), heartbeat: Duration = .seconds(15), longest: Duration = .seconds(300)
    ) {
      self.look = look
      self.heartbeat = heartbeat
      self.longest = longest
    }
  }

  /// What is new.
  public struct News: Sendable {
    let bytes: [UInt8]
    let isLast: Bool

    /// An event of a name with its data; after the last one the stream ends.
    public init(_ name: String, id: String? = nil, data: String, isLast: Bool = false) {
      bytes = Array(((id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data)\n\n").utf8)
      self.isLast = isLast
    }
  }

  private struct State {
    var isGreeted = false
    var isOver = false
  }

  private let pace: Pace
  private let seat: StreamSeats.Seat
  private let isStopping: @Sendable () -> Bool
  private let wait: @Sendable (Duration) async throws -> Void
  private let look: @Sendable () async throws -> News?
  private let begun = ContinuousClock.now
  private let state = Mutex(State())

  /// A stream of what `look` finds; `wait` returns when it is time to look again, after the given time at the latest.
  public init(
    _ pace: Pace, seat: StreamSeats.Seat, isStopping: @escaping @Sendable () -> Bool,
    wait: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    look: @escaping @Sendable () async throws -> News?
  ) {
    self.pace = pace
    self.seat = seat
    self.isStopping = isStopping
    self.wait = wait
    self.look = look
  }

  /// The answer that brings it to a browser, held back by no proxy.
  public var reply: Reply {
    Reply(
      headers: [
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"), ("X-Accel-Buffering", "no"),
      ], body: .stream(AsyncThrowingStream { try await self.next() }))
  }

  /// The next piece; nil at the end.
  public func next() async throws -> [UInt8]? {
    let isFirst = state.withLock { state in
      defer { state.isGreeted = true }
      return !state.isGreeted
    }
    if isFirst { return Array("retry: 2000\n\n".utf8) }
    guard !state.withLock({ $0.isOver }) else { return nil }
    let silentSince = ContinuousClock.now
    while !isStopping(), begun.duration(to: .now) < pace.longest {
      if let news = try await look() {
        if news.isLast { state.withLock { $0.isOver = true } }
        return news.bytes
      }
      if silentSince.duration(to: .now) >= pace.heartbeat { return Array(": still here\n\n".utf8) }
      try await wait(pace.look)
    }
    return nil
  }
}

/// How many may listen to streams of one kind at once; each costs a look into the database now and then.
public final class StreamSeats: Sendable {
  /// One listener's seat, given back when its stream goes.
  public final class Seat: Sendable {
    private let seats: StreamSeats

    fileprivate init(_ seats: StreamSeats) { self.seats = seats }

    deinit { seats.taken.withLock { $0 -= 1 } }
  }

  private let limit: Int
  /// Guards the count of seats taken.
  fileprivate let taken = Mutex(0)

  /// So many seats.
  public init(_ limit: Int) { self.limit = limit }

  /// A seat, held as long as somebody keeps it. Throws `TOO_MANY_STREAMS` when all are taken.
  public func take() throws(Problem) -> Seat {
    let isFree = taken.withLock { taken in
      guard taken < limit else { return false }
      taken += 1
      return true
    }
    guard isFree else {
      throw Problem(
        .unavailable(retryAfter: 30), code: "TOO_MANY_STREAMS", title: "Too many listeners",
        detail: "Too many browsers listen at this moment. Ask every few seconds instead.")
    }
    return Seat(self)
  }
}
