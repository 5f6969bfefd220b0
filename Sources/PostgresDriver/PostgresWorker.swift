import Foundation
import Kernel
import Persistence

/// One caller's transaction, waiting for a connection.
struct PostgresJob: Sendable {
  let since = ContinuousClock.now
  let run: @Sendable (PostgresWorker) -> Void
  /// Answers a caller whose turn does not come.
  let refuse: @Sendable (any Error) -> Void
}

/// A thread's connection, made when it is needed and again when it was lost, and the rules for trying again.
final class PostgresWorker {
  /// How long a write tries again that others are in the way of, and how long a lost server is waited for.
  static let patience = Duration.seconds(5)

  private let words: [(name: String, value: String)]
  private var connection: PostgresConnection?
  /// Whether the server was there last time: one that has been away for long is not waited for by every caller.
  private var isHopeful = true

  init(_ words: [(name: String, value: String)]) { self.words = words }

  /// Runs `body` on one consistent state; once more when the connection turns out to be lost.
  func read<Value>(_ body: (any Connection) throws -> Value) throws -> Value {
    var isSecond = false
    while true {
      let connection = try connected()
      connection.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", isReadOnly: true)
      let outcome = connection.outcome(of: body)
      let fault = connection.fault
      leave(connection, with: fault == nil ? "COMMIT" : "ROLLBACK", after: fault)
      if let fault, fault.isLost || fault.isStale || fault.isConflict, !isSecond {
        isSecond = true
        continue
      }
      return try outcome.get()
    }
  }

  /// Runs `body` until it could be committed, or fails for another reason than being in somebody's way, or time is up.
  func write<Value>(_ isolation: Isolation, _ body: (any Connection) throws -> Value) throws -> Value {
    let end = ContinuousClock.now.advanced(by: Self.patience)
    let level = isolation == .serializable ? "SERIALIZABLE" : "READ COMMITTED"
    var attempts = 0
    while true {
      let connection = try connected()
      connection.begin("BEGIN ISOLATION LEVEL " + level, isReadOnly: false)
      let outcome = connection.outcome(of: body)
      if let fault = connection.fault {
        leave(connection, with: "ROLLBACK", after: fault)
        guard fault.isConflict || fault.isLost || fault.isStale, ContinuousClock.now < end else {
          return try outcome.get()
        }
      } else {
        switch outcome {
        case .failure(let error):
          leave(connection, with: "ROLLBACK", after: nil)
          throw error
        case .success(let value):
          if try isCommitted(connection, until: end) { return value }
        }
      }
      attempts += 1
      pause(attempts)
    }
  }

  /// True when it is durable, false when it is surely undone and worth another attempt. When the connection went while
  /// the server was committing nobody can say; the caller is told so and nothing is repeated.
  private func isCommitted(_ connection: PostgresConnection, until end: ContinuousClock.Instant) throws -> Bool {
    do throws(PostgresFault) {
      try connection.commit()
      return true
    } catch {
      guard !error.isLost else {
        self.connection = nil
        throw DatabaseProblem.unavailable("the connection went during a commit; whether it was saved is not known")
      }
      guard error.isConflict, ContinuousClock.now < end else { throw error.error(isReadOnly: false) }
      return false
    }
  }

  /// Ends the transaction. A connection that is lost, or whose statements are stale, is not used again.
  private func leave(_ connection: PostgresConnection, with text: String, after fault: PostgresFault?) {
    if let fault, fault.isLost || fault.isStale { return self.connection = nil }
    if !connection.end(with: text) { self.connection = nil }
  }

  private func connected() throws -> PostgresConnection {
    if let connection { return connection }
    let end = ContinuousClock.now.advanced(by: Self.patience)
    var attempts = 0
    while true {
      do throws(PostgresFault) {
        let connection = try PostgresConnection(words)
        self.connection = connection
        isHopeful = true
        return connection
      } catch {
        // 3D000: no such database; 28…: not let in. Waiting cures neither, but libpq tells them only in words.
        guard isHopeful, ContinuousClock.now < end, error.isLost, error.mayPass else {
          isHopeful = false
          throw error.error(isReadOnly: false)
        }
      }
      attempts += 1
      pause(attempts + 3)
    }
  }

  /// Waits a little, longer each time, and never in step with others: 2 ms to 100 ms.
  private func pause(_ attempts: Int) {
    let longest = min(0.1, 0.002 * Double(1 << min(attempts, 6)))
    Thread.sleep(forTimeInterval: Double.random(in: longest / 2...longest))
  }
}

extension PostgresFault {
  /// Whether a refused connection may be accepted soon: the server starts, stops, or is not there yet.
  fileprivate var mayPass: Bool {
    [
      "refused", "starting up", "shutting down", "No such file", "closed the connection", "recovery", "timeout",
      "reset",
    ]
    .contains { message.contains($0) }
  }
}
