import Directory
import Jobs
public import Kernel
import Persistence
public import Record
public import Rights

extension ImportService {
  /// A desk whose transactions are those of the database itself: for commands, and for lists of a few rows.
  public var desk: ImportDesk { desk { _ in } }

  /// The same, telling how many records are dealt with after each transaction.
  public func desk(_ progress: @escaping @Sendable (Int) -> Void) -> ImportDesk {
    let database = database
    return ImportDesk { done, body in
      try await database.write { tx in try body(tx) }
      progress(done)
    }
  }

  /// Writes a checked import, or goes on with one that was stopped. `source` is its roster when its files are not kept.
  ///
  /// When all or nothing was asked for and a row has an error, or a file cannot be read on, everything written so far
  /// is taken back. Written twice, the same file changes nothing.
  public func apply(
    _ id: ImportID, from source: RosterSource? = nil, by actor: Actor, at desk: ImportDesk
  ) async throws -> RosterImport {
    var importing = try await begin(id, by: actor)
    do {
      let roster: RosterSource
      if let source { roster = source } else { roster = try self.source(of: importing, await files(of: id)) }
      importing = try await run(importing, roster, by: actor).apply(importing, by: actor, at: desk)
      importing.state = .done
    } catch let problem as ImportProblem {
      try await takeBack(id, by: actor)
      return try await fail(id, problem.problem)
    } catch let problem as RosterProblem {
      try await takeBack(id, by: actor)
      return try await fail(id, problem.problem)
    } catch JobStop.cancelAsked {
      _ = try await fail(
        id,
        Problem(
          .conflict, code: "CANCELLED", title: "Cancelled",
          detail: "The import was stopped. What was written until then stays; undo the import to take it back."))
      throw JobStop.cancelAsked
    }
    importing.finishedAt = clock.now()
    let done = importing
    try await desk.write(done.position) { tx in try store.save(done, in: tx) }
    return try await find(id, by: actor)
  }

  /// Takes a written import back. Rows that were changed or used since are left alone and told of in the outcome.
  ///
  /// Throws `UNDO_TOO_LATE` after 30 days. Stopped anywhere and begun again, it goes on.
  public func undo(
    _ id: ImportID, by actor: Actor, progress: @Sendable (UndoOutcome) async throws -> Void = { _ in }
  ) async throws -> UndoOutcome {
    let importing = try await find(id, by: actor)
    try requireUndoable(importing)
    try await change(id) { $0.state = .undoing }
    let outcome = try await takeBack(id, by: actor, progress: progress)
    let note =
      outcome.leftCount == 0
      ? nil : "\(outcome.leftCount) rows were changed or used since and were left as they are."
    try await change(id) {
      ($0.state, $0.finishedAt, $0.problem) = (.undone, clock.now(), note)
    }
    return outcome
  }

  // MARK: Inside

  func requireUndoable(_ importing: RosterImport) throws {
    let isWritten = importing.state == .done || importing.state == .undoing || importing.state == .failed
    guard isWritten, let finishedAt = importing.finishedAt else { throw ImportProblem.wrongState(importing.state) }
    guard clock.now() <= finishedAt.adding(.seconds(RosterImport.undoDays * 86_400)) else {
      throw ImportProblem.tooLate
    }
  }

  private func begin(_ id: ImportID, by actor: Actor) async throws -> RosterImport {
    let visible = try Self.visible(to: actor)
    return try await database.write { tx in
      guard var importing = try store.find(id, where: visible, in: tx) else { throw Problem.notFound("import") }
      guard importing.state == .checked || importing.state == .applying else {
        throw ImportProblem.wrongState(importing.state)
      }
      if importing.position == 0 {
        if importing.mode == .allOrNothing, importing.counts.errors > 0 {
          throw ImportProblem.hasErrors(importing.counts.errorRows)
        }
        // What was found by the check is found again, as things are now.
        importing.counts = ImportCounts()
        try store.forgetFindings(of: id, in: tx)
      }
      importing.state = .applying
      try store.save(importing, in: tx)
      return importing
    }
  }

  /// Undoes what was written, whatever the state says.
  @discardableResult
  private func takeBack(
    _ id: ImportID, by actor: Actor, progress: @Sendable (UndoOutcome) async throws -> Void = { _ in }
  ) async throws -> UndoOutcome {
    let fileName = try await database.read { tx in try store.find(id, where: "TRUE", in: tx)?.fileName ?? "" }
    let outcome = try await Undo(database: database, record: record, tables: tables).undo(
      everythingOf: id.retyped(), called: "Undo of import \(fileName)", Change(by: actor, at: clock.now()),
      progress: progress)
    // Names of what is left alone are kept: a later import finds those rows by them. Names of rows in the recycle bin
    // harm nobody, but with nothing left they can all go.
    if outcome.leftCount == 0 {
      try await database.write { tx in try Roster(record: record).forgetNames(broughtBy: id, in: tx) }
    }
    return outcome
  }

  private func fail(_ id: ImportID, _ problem: Problem) async throws -> RosterImport {
    try await change(id) {
      ($0.state, $0.finishedAt, $0.problem) = (.failed, clock.now(), "\(problem.title). \(problem.detail)")
    }
  }

  /// Changes what is kept about an import.
  @discardableResult
  func change(_ id: ImportID, _ edit: @escaping @Sendable (inout RosterImport) -> Void) async throws -> RosterImport {
    try await database.write { tx in
      guard var importing = try store.find(id, where: "TRUE", in: tx) else { throw Problem.notFound("import") }
      edit(&importing)
      try store.save(importing, in: tx)
      return importing
    }
  }
}
