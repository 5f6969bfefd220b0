import Dispatch
import Synchronization

/// One caller's command, waiting for the connection.
struct RedisCall: Sendable {
  let command: RedisCommand
  let resume: @Sendable (Result<RedisValue, RedisFault>) -> Void
}

/// The line before the connection, which is open only while there is one: a circuit breaker.
///
/// Whether it is open and who waits in it are guarded by one lock, so nobody comes in after it was shut and waits for a
/// server that is not there.
final class RedisLine: Sendable {
  private struct State {
    var fault: RedisFault? = .away("it has not been asked yet")
    var isClosed = false
    var isAsleep = false
    var calls: [RedisCall] = []
    var losses = 0
  }

  static let limit = 10_000
  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)

  /// Why the line is shut; nil while it is open.
  var fault: RedisFault? { state.withLock { $0.fault } }

  /// How often an open line had to be shut.
  var losses: Int { state.withLock { $0.losses } }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Lets a call in, or answers why not.
  func add(_ call: RedisCall) -> RedisFault? {
    let (fault, wakes) = state.withLock { state -> (RedisFault?, Bool) in
      if let fault = state.fault { return (fault, false) }
      if state.calls.count >= Self.limit { return (.crowded, false) }
      state.calls.append(call)
      defer { state.isAsleep = false }
      return (nil, state.isAsleep)
    }
    if wakes { bell.signal() }
    return fault
  }

  /// Those who wait, as many as go at once; waits for the first of them. Nil once the line is closed.
  func next(most: Int) -> [RedisCall]? {
    while true {
      let (calls, isClosed) = state.withLock { state -> ([RedisCall], Bool) in
        let calls = Array(state.calls.prefix(most))
        state.calls.removeFirst(calls.count)
        state.isAsleep = calls.isEmpty && !state.isClosed
        return (calls, state.isClosed)
      }
      if isClosed && calls.isEmpty { return nil }
      if !calls.isEmpty { return calls }
      bell.wait()
    }
  }

  /// There is a connection: callers may come.
  func open() { state.withLock { $0.fault = $0.isClosed ? $0.fault : nil } }

  /// There is none any more, for this reason; answers those who waited, and says whether there was one before.
  @discardableResult
  func shut(because fault: RedisFault) -> Bool {
    let (calls, wasOpen) = state.withLock { state in
      let wasOpen = state.fault == nil
      if wasOpen { state.losses += 1 }
      state.fault = fault
      defer { state.calls = [] }
      return (state.calls, wasOpen)
    }
    for call in calls { call.resume(.failure(fault)) }
    return wasOpen
  }

  /// Lets nobody in any more, and wakes the thread, which then ends.
  func close() {
    state.withLock { state in
      state.isClosed = true
      state.fault = .away("it is not asked any more")
      state.isAsleep = false
    }
    bell.signal()
  }

  /// Sleeps, unless the line is closed meanwhile.
  func pause(_ duration: Duration) {
    guard !isClosed else { return }
    _ = bell.wait(timeout: .now() + .microseconds(Int(duration / .microseconds(1))))
  }
}
