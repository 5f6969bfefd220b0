import Persistence
import Synchronization

/// Writes down what came of jobs, many in one transaction: while one is on its way to the disk the next gathers.
///
/// There is no task of its own: whoever comes while nobody writes does so, for itself and for all that come meanwhile.
/// Guards who waits with a lock.
final class Settler: Sendable {
  private typealias Waiting = (statement: SQL, done: CheckedContinuation<Void, any Error>)

  private struct Line {
    var waiting: [Waiting] = []
    /// How many have said that they come and do not stand in line yet.
    var announced = 0
    var isLed = false

    /// Those whose turn it is; nil when nobody is left, and with that the line is led no more.
    mutating func next(_ count: Int, atLeast own: Bool) -> [Waiting]? {
      let batch = Array(waiting.prefix(count))
      waiting.removeFirst(batch.count)
      isLed = own || !batch.isEmpty || announced > 0
      return isLed ? batch : nil
    }
  }

  /// Statements in one transaction, so that none grows without bound.
  private static let most = 200
  private let database: any Database
  private let line = Mutex(Line())

  init(_ database: any Database) { self.database = database }

  /// Returns when the statement is written and safe.
  func write(_ statement: SQL) async throws {
    let leads = line.withLock { line in
      if line.isLed { line.announced += 1 }
      defer { line.isLed = true }
      return !line.isLed
    }
    if leads { return try await lead(with: statement) }
    try await withCheckedThrowingContinuation { done in
      line.withLock { line in
        line.announced -= 1
        line.waiting.append((statement, done))
      }
    }
  }

  private func lead(with statement: SQL) async throws {
    var own: SQL? = statement
    var outcome: Result<Void, any Error> = .success(())
    while let batch = line.withLock({ $0.next(Self.most, atLeast: own != nil) }) {
      let statements = [own].compactMap { $0 } + batch.map(\.statement)
      if statements.isEmpty {
        await Task.yield()  // Somebody is on the way, and there in a moment.
        continue
      }
      let written = await write(statements)
      if own != nil { outcome = written }
      own = nil
      for one in batch { one.done.resume(with: written) }
    }
    try outcome.get()
  }

  private func write(_ statements: [SQL]) async -> Result<Void, any Error> {
    do {
      return .success(try await database.write(.readCommitted) { tx in try tx.runAll(statements) })
    } catch {
      return .failure(error)
    }
  }
}
