public import Jobs
public import Kernel
import Record

extension BulkChanges {
  /// The kind of its jobs.
  public static let jobKind = "students.change"

  /// Which edit a job of ours did, for the link to its result.
  public static func change(of job: Job) -> BulkChangeID? { job.result?["changeId"]?.string.flatMap(BulkChangeID.init) }

  /// Does the jobs.
  public var handler: JobHandler {
    JobHandler(Self.jobKind) { run in
      guard let id = run.payload["change"]?.string.flatMap(BulkChangeID.init) else {
        throw Bug("a job that changes students does not say which change")
      }
      if run.payload["do"]?.string == "undo" { return try await takeBack(id, run) }
      return try await goThrough(id, run)
    }
  }

  private func goThrough(_ id: BulkChangeID, _ run: JobRun) async throws -> JSON {
    while true {
      try run.checkStop()
      let change = try await run.write { tx in try goOn(id, by: run.actor, in: tx) }
      try await run.report(JobProgress(done: change.seen, total: change.total, step: "Changing students"))
      guard change.state == .changing else {
        return .object([
          ("changeId", .string(id.description)), ("changed", .int(change.changed)),
          ("unchanged", .int(change.unchanged)), ("leftAlone", .int(change.refused)),
        ])
      }
    }
  }

  private func takeBack(_ id: BulkChangeID, _ run: JobRun) async throws -> JSON {
    let change = try await takeBack(id, by: run.actor) { outcome in
      try run.checkStop()
      try await run.report(
        JobProgress(
          done: outcome.undone + outcome.leftCount, total: outcome.total, step: "Taking the change back"))
    }
    return .object([("changeId", .string(id.description)), ("leftAlone", .int(change.left))])
  }
}
