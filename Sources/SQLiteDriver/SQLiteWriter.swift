import Persistence

/// One caller's write, waiting for the writer.
struct SQLiteWrite: Sendable {
  /// What came of one attempt; the caller is told once the commit is known.
  struct Outcome {
    let succeeded: Bool
    /// Answers the caller: with the outcome, or with the commit's failure.
    let tell: (_ commitFailure: (any Error)?) -> Void
  }

  /// Runs outside of any transaction, with the writer to itself: checkpoints and pragmas.
  let isApart: Bool
  /// Makes one attempt. It may be called again, when what it shared a transaction with did not reach the disk.
  let attempt: @Sendable (SQLiteConnection) -> Outcome
  /// Answers a caller whose turn does not come.
  let refuse: @Sendable (any Error) -> Void
}

/// Commits many callers' writes together, because a commit waits for the disk and waiting once is enough.
///
/// Each write has a savepoint of its own, so one that throws takes nothing of its neighbours with it. Nobody is
/// answered before the commit: not even those who threw, as they may have seen a neighbour that then did not last.
struct SQLiteWriter {
  /// So many callers share a commit at most,
  static let batchSize = 128
  /// and nobody is let in after so long.
  static let batchTime = Duration.milliseconds(20)

  let connection: SQLiteConnection
  let line: WaitingLine<SQLiteWrite>

  /// Serves the line until it is closed and empty.
  func work() {
    while let write = line.next() {
      if write.isApart { write.attempt(connection).tell(nil) } else { commitTogether(startingWith: write) }
    }
  }

  private func commitTogether(startingWith first: SQLiteWrite) {
    var writes: [SQLiteWrite] = []
    var outcomes: [SQLiteWrite.Outcome] = []
    do {
      try connection.command("BEGIN IMMEDIATE")
      let end = ContinuousClock.now.advanced(by: Self.batchTime)
      var next: SQLiteWrite? = first
      while let write = next {
        writes.append(write)
        outcomes.append(try attempt(write))
        guard writes.count < Self.batchSize, ContinuousClock.now < end else { break }
        next = line.nextIfAny { !$0.isApart }
      }
      try connection.command("COMMIT")
      for outcome in outcomes { outcome.tell(nil) }
    } catch {
      connection.rollBack()
      guard !writes.isEmpty else { return first.refuse(error) }
      for write in writes { commitAlone(write) }
    }
  }

  /// One write in its savepoint. Throws only when the transaction around it is lost.
  private func attempt(_ write: SQLiteWrite) throws -> SQLiteWrite.Outcome {
    try connection.command("SAVEPOINT caller")
    let outcome = write.attempt(connection)
    guard connection.isInTransaction else { throw DatabaseProblem.unavailable("SQLite gave up a transaction") }
    if !outcome.succeeded { try connection.command("ROLLBACK TO caller") }
    try connection.command("RELEASE caller")
    return outcome
  }

  private func commitAlone(_ write: SQLiteWrite) {
    do {
      try connection.command("BEGIN IMMEDIATE")
    } catch {
      connection.rollBack()
      return write.refuse(error)
    }
    let outcome = write.attempt(connection)
    guard outcome.succeeded else {
      connection.rollBack()
      return outcome.tell(nil)
    }
    do {
      try connection.command("COMMIT")
      outcome.tell(nil)
    } catch {
      connection.rollBack()
      outcome.tell(error)
    }
  }
}
