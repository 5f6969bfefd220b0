public import Jobs
public import Kernel
import Persistence
import Record
public import Rights

/// Writes imports and takes them back in the background, with progress, so that no request waits and no restart of the
/// program stops one halfway.
public struct ImportJobs: Sendable {
  let imports: ImportService
  let queue: JobQueue

  /// Imports as jobs of `queue`.
  public init(_ imports: ImportService, queue: JobQueue) {
    self.imports = imports
    self.queue = queue
  }

  /// Begins to write a checked import, or goes on with one whose job was given up; answers the job.
  public func apply(_ id: ImportID, mode: RosterImport.Mode? = nil, by actor: Actor) async throws -> JobID {
    let importing = try await imports.find(id, by: actor)
    if importing.state == .applying {
      if let job = importing.job, try await isUnderWay(job) { return job }
    } else {
      guard importing.state == .checked else { throw ImportProblem.wrongState(importing.state) }
    }
    let chosen = mode ?? importing.mode
    if chosen == .allOrNothing, importing.position == 0, importing.counts.errors > 0 {
      throw ImportProblem.hasErrors(importing.counts.errorRows)
    }
    return try await enqueue(importing, "apply", by: actor) { ($0.state, $0.mode) = (.applying, chosen) }
  }

  /// Begins to take an import back; answers the job.
  public func undo(_ id: ImportID, by actor: Actor) async throws -> JobID {
    let importing = try await imports.find(id, by: actor)
    if importing.state == .undoing, let job = importing.job, try await isUnderWay(job) { return job }
    try imports.requireUndoable(importing)
    return try await enqueue(importing, "undo", by: actor) { $0.state = .undoing }
  }

  /// Does these jobs.
  public var handler: JobHandler {
    let imports = imports
    return JobHandler("import") { run in
      guard let id = (run.payload["import"]?.string).flatMap(ImportID.init) else {
        throw Bug("a job of an import names none")
      }
      if run.payload["do"]?.string == "undo" { return try await Self.takeBack(id, run, imports) }
      return try await Self.write(id, run, imports)
    }
  }

  /// Jobs belong to whoever asked for them, and anyone who may see the import may know whether one is under way.
  private func isUnderWay(_ job: JobID) async throws -> Bool {
    do {
      return try await !queue.find(job, by: .system("imports")).state.isOver
    } catch let problem as Problem where problem.kind == .notFound {
      return false
    }
  }

  private func enqueue(
    _ importing: RosterImport, _ what: String, by actor: Actor,
    _ edit: @escaping @Sendable (inout RosterImport) -> Void
  ) async throws -> JobID {
    // The key says which way: a job whose import is done may still be finishing when it is to be undone already.
    let order = JobOrder(
      "import", .object([("import", .string(importing.id.description)), ("do", .string(what))]), org: importing.school,
      uniqueKey: "import:\(importing.id):\(what)")
    let (store, queue) = (imports.store, queue)
    let job = try await imports.database.write { tx in
      guard var now = try store.find(importing.id, where: "TRUE", in: tx), now.revision == importing.revision else {
        throw ImportProblem.wrongState(.applying)
      }
      let job = try queue.enqueue(order, by: actor, in: tx)
      edit(&now)
      now.job = job.id
      try store.save(now, in: tx)
      return job.id
    }
    queue.wake()
    return job
  }

  private static func write(_ id: ImportID, _ run: JobRun, _ imports: ImportService) async throws -> JSON {
    let before = try await imports.find(id, by: run.actor)
    if before.state == .done { return result(before) }  // The job was begun again after its last step.
    let desk = ImportDesk(
      write: { done, body in
        _ = try await run.write(progress: JobProgress(done: done, step: "Writing the roster")) { tx in try body(tx) }
      }, checkStop: { try run.checkStop() })
    return result(try await imports.apply(id, by: run.actor, at: desk))
  }

  private static func takeBack(_ id: ImportID, _ run: JobRun, _ imports: ImportService) async throws -> JSON {
    let outcome = try await imports.undo(id, by: run.actor) { outcome in
      try run.checkStop()
      try await run.report(
        JobProgress(
          done: outcome.undone + outcome.leftCount, total: outcome.total, step: "Taking the import back"))
    }
    return .object([
      ("importId", .string(id.description)), ("undone", .int(outcome.undone)), ("left", .int(outcome.leftCount)),
    ])
  }

  private static func result(_ done: RosterImport) -> JSON {
    .object([
      ("importId", .string(done.id.description)), ("state", .string(done.state.rawValue)), ("counts", done.counts.json),
    ])
  }
}
