import Accounts
import Directory
import Interop
import Jobs
import Kernel
import Logging
import Outbox
import Persistence
import Record
import Synchronization

/// What has to be done every now and then, all of it in one place: secrets are rotated, and what was promised to be
/// forgotten is. Several nodes may do it at once; each chore is right whoever does it, and however often.
struct Care: Sendable {
  /// One thing to do.
  struct Chore: Sendable {
    let name: String
    /// Answers how many rows it removed.
    let run: @Sendable () async throws -> Int
  }

  let chores: [Chore]

  /// Does every chore once and answers what each removed. One that fails is told of, and keeps no other from its turn.
  @discardableResult
  func round(onFailure: @Sendable (_ chore: String, any Error) -> Void) async -> [String: Int] {
    var removed: [String: Int] = [:]
    for chore in chores where !Task.isCancelled {
      do { removed[chore.name] = try await chore.run() } catch { onFailure(chore.name, error) }
    }
    return removed
  }

  /// The kind of the job that does a round.
  static let kind = "care"

  /// Does a round as a job; one in which a chore failed is done again after a pause.
  func handler(_ logger: Logger) -> JobHandler {
    JobHandler(Self.kind) { _ in
      let failed = Mutex<[any Error]>([])
      let removed = await round { chore, error in
        logger.error("care of \(chore) failed: \(type(of: error))")
        failed.withLock { $0.append(error) }
      }
      if let first = failed.withLock({ $0.first }) { throw first }
      return .object(removed.sorted { $0.key < $1.key }.map { ($0.key, .int($0.value)) })
    }
  }
}

extension Wiring {
  /// The chores of this installation. The guide to running it lists them with their times.
  var care: Care {
    let (clock, accounts, imports, jobs) = (ground.clock, accounts, imports, jobs)
    let outbox = outbox
    let keys = Idempotency(database: ground.database)
    let bin = RecycleBin(database: ground.database, tables: Self.tables)
    return Care(chores: [
      .init(name: "signing keys") {
        try await accounts.prepare()
        return 0
      },
      .init(name: "request keys") { try await keys.forget(now: clock.now()) },
      .init(name: "sessions") { try await accounts.tidy() },
      .init(name: "import files") {
        var removed = 0
        while case let some = try await imports.forgetOldFiles(), some > 0 { removed += some }
        return removed
      },
      .init(name: "recycle bin") {
        try await bin.purge(
          before: clock.now().adding(.seconds(-RecycleBin.keptDays * 86_400)),
          forgetting: { kind, ids, tx in try Roster.forget(kind, ids, in: tx) })
      },
      .init(name: "jobs") { try await jobs.forget() },
      .init(name: "letters") {
        try await outbox.release()
        return try await outbox.forget()
      },
    ])
  }
}
