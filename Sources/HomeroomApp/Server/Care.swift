import Accounts
import Directory
import Interop
import Jobs
import Kernel
import Logging
import Persistence
import Record
import ServiceLifecycle

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
}

extension Wiring {
  /// The chores of this installation. The guide to running it lists them with their times.
  var care: Care {
    let (clock, accounts, imports, jobs) = (ground.clock, accounts, imports, jobs)
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
    ])
  }
}

/// Takes care every hour until the program stops, the first time at once.
struct CareService: Service {
  let care: Care
  let logger: Logger
  var pause = Duration.seconds(3600)

  func run() async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await care.round { chore, error in logger.error("care of \(chore) failed: \(type(of: error))") }
        try? await Task.sleep(for: pause)  // Being cancelled ends the sleep, and the loop.
      }
    }
  }
}
