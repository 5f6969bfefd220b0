import Foundation
import Synchronization

/// A few threads for work that keeps a processor busy, and a line of limited length before them.
///
/// The threads of Swift's own pool must not be held up for 70 ms, so these are ours; they end when this does.
final class BoundedThreads: Sendable {
  private let line: WaitingLine
  private let threads: Int

  /// `threads` threads; at most `waiting` callers in line, each for about `patience`, else `busy` is thrown.
  init(threads: Int, waiting: Int, patience: Duration, busy: any Error) {
    let threads = max(threads, 1)
    let line = WaitingLine(limit: waiting, patience: patience, busy: busy)
    for number in 1...threads {
      let thread = Thread { line.serve() }
      thread.name = "hashing-\(number)"
      thread.start()
    }
    self.line = line
    self.threads = threads
  }

  deinit { line.close(threads) }

  /// How many callers stand in line.
  var waiting: Int { line.length }

  /// Does `work` on one of the threads and answers its value.
  ///
  /// Whoever is cancelled while in line leaves it with a `CancellationError`; work once begun is finished.
  func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try Task.checkCancellation()
    let ticket = line.newTicket()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
        line.join(
          Caller(
            ticket: ticket, since: ContinuousClock.now,
            serve: { continuation.resume(with: Result(catching: work)) },
            refuse: { continuation.resume(throwing: $0) }))
      }
    } onCancel: {
      line.leave(ticket)
    }
  }
}

private struct Caller: Sendable {
  let ticket: UInt64
  let since: ContinuousClock.Instant
  let serve: @Sendable () -> Void
  let refuse: @Sendable (any Error) -> Void
}

/// Who waits, first come first served. Every caller that joins rings the bell once; a thread sleeps until it rings.
private final class WaitingLine: Sendable {
  private struct State {
    var callers: [Caller] = []
    var lastTicket: UInt64 = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)
  private let limit: Int
  private let patience: Duration
  private let busy: any Error

  init(limit: Int, patience: Duration, busy: any Error) {
    self.limit = limit
    self.patience = patience
    self.busy = busy
  }

  var length: Int { state.withLock { $0.callers.count } }

  func newTicket() -> UInt64 {
    state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
  }

  func join(_ caller: Caller) {
    let joined = state.withLock { state in
      guard state.callers.count < limit else { return false }
      state.callers.append(caller)
      return true
    }
    if joined { bell.signal() } else { caller.refuse(busy) }
  }

  func leave(_ ticket: UInt64) {
    let caller = state.withLock { state in
      state.callers.firstIndex { $0.ticket == ticket }.map { state.callers.remove(at: $0) }
    }
    caller?.refuse(CancellationError())
  }

  /// The life of a thread.
  func serve() {
    while true {
      bell.wait()
      let (caller, isClosed) = state.withLock { state in
        (state.callers.isEmpty ? nil : state.callers.removeFirst(), state.isClosed)
      }
      if let caller {
        if ContinuousClock.now - caller.since > patience { caller.refuse(busy) } else { caller.serve() }
      } else if isClosed {
        return
      }
    }
  }

  /// Sends the threads home. Nobody waits any more: a waiting caller keeps the pool alive.
  func close(_ threads: Int) {
    state.withLock { $0.isClosed = true }
    for _ in 1...threads { bell.signal() }
  }
}
