import Kernel
import Persistence
import Rights
import TestSupport
import Testing

@testable import Jobs

@Suite struct `Putting jobs in line` {
  struct Regret: Error {}

  @Test(arguments: TestDatabase.engines)
  func `a job is there exactly when its transaction is`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      await #expect(throws: Regret.self) {
        try await database.write { tx in
          try shop.queue.enqueue(JobOrder("count", .null), by: Workshop.ada, in: tx)
          throw Regret()
        }
      }
      #expect(try await shop.queue.page(by: Workshop.ada).items.isEmpty)
      let enqueued = try await database.write { tx in
        try shop.queue.enqueue(
          JobOrder("count", .object([("n", .int(3))]), org: Workshop.school), by: Workshop.ada, in: tx)
      }
      let job = try await shop.queue.find(enqueued.id, by: Workshop.ada)
      #expect(job.state == .waiting)
      #expect(job.kind == "count")
      #expect(job.org == Workshop.school)
      #expect(job.account == Workshop.ada.account)
      #expect(job.createdAt == shop.clock.now())
      #expect(job.revision == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of one key only one job waits or runs`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let first = try await shop.queue.enqueue(JobOrder("count", .null, uniqueKey: "k"), by: Workshop.ada)
      let second = try await shop.queue.enqueue(JobOrder("count", .null, uniqueKey: "k"), by: Workshop.ada)
      let other = try await shop.queue.enqueue(JobOrder("count", .null, uniqueKey: "l"), by: Workshop.ada)
      #expect(first.isNew)
      #expect(second.id == first.id)
      #expect(second.skipped?.state == .waiting && second.skipped?.since == shop.clock.now())
      #expect(try await shop.queue.find(first.id, by: Workshop.ada).skips == 1)
      #expect(other.isNew)
      try await shop.queue.cancel(first.id, by: Workshop.ada)
      #expect(try await shop.queue.enqueue(JobOrder("count", .null, uniqueKey: "k"), by: Workshop.ada).isNew)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a line in which something has waited for ten minutes does not move`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      #expect(try await shop.queue.isMoving())
      let id = try await shop.order()
      shop.clock.advance(by: .seconds(599))
      #expect(try await shop.queue.isMoving())
      shop.clock.advance(by: .seconds(1))
      #expect(try await !shop.queue.isMoving())
      #expect(try await shop.queue.standing().waiting == 1)
      try await shop.queue.cancel(id, by: Workshop.ada)
      #expect(try await shop.queue.isMoving())
    }
  }

  @Test func `what a job needs to know has a limit`() async throws {
    try await TestDatabase.Engine.sqlite.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let fits = JSON.string(String(repeating: "a", count: JobQueue.payloadLimit - 2))
      let large = JSON.string(String(repeating: "a", count: JobQueue.payloadLimit - 1))
      _ = try await shop.order("count", fits)
      let problem = await #expect(throws: Problem.self) { try await shop.order("count", large) }
      #expect(problem?.code == "JOB_TOO_LARGE")
    }
  }
}

@Suite struct `Seeing jobs` {
  @Test(arguments: TestDatabase.engines)
  func `one sees one's own, and others' only with the right, where it reaches`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let account = AccountID.new(at: shop.clock.now())
      func manager(_ reach: Reach) -> Actor { Actor(account: account, name: "Cy", reaches: [.manageJobs: reach]) }
      let here = manager(Reach(orgs: [Workshop.school]))
      let elsewhere = manager(Reach(orgs: [.new(at: shop.clock.now())]))
      for actor in [Workshop.ada, here, manager(.everywhere), .system("test")] {
        #expect(try await shop.queue.find(id, by: actor).id == id)
        #expect(try await shop.queue.page(by: actor).items.map(\.id) == [id])
        #expect(try await shop.queue.standing(for: actor).waiting == 1)
      }
      for actor in [Workshop.ben, elsewhere, Actor(account: nil, name: "?", reaches: [:])] {
        await #expect(throws: Problem.notFound("job")) { try await shop.queue.find(id, by: actor) }
        await #expect(throws: Problem.notFound("job")) { try await shop.queue.cancel(id, by: actor) }
        #expect(try await shop.queue.page(by: actor).items.isEmpty)
        #expect(try await shop.queue.standing(for: actor).waiting == 0)
      }
      #expect(try await shop.queue.find(id, by: Workshop.ada).state == .waiting)
      #expect(try await shop.queue.cancel(id, by: here).state == .cancelled)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a list shows some states, newest first, page by page`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      var ids: [JobID] = []
      for _ in 0..<5 {
        shop.clock.advance(by: .milliseconds(5))
        ids.append(try await shop.order())
      }
      try await shop.queue.cancel(ids[1], by: Workshop.ada)
      #expect(try await shop.queue.page([.cancelled], by: Workshop.ada).items.map(\.id) == [ids[1]])
      let first = try await shop.queue.page([.waiting], PageRequest(limit: 3), by: Workshop.ada)
      #expect(first.items.map(\.id) == [ids[4], ids[3], ids[2]])
      let second = try await shop.queue.page([.waiting], PageRequest(limit: 3, after: first.next), by: Workshop.ada)
      #expect(second.items.map(\.id) == [ids[0]])
      #expect(second.next == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who saw a revision is told what is newer, until the job is over`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Workshop.migrations) { database in
      let shop = Workshop(database)
      let id = try await shop.order()
      let seen = try await shop.queue.find(id, by: Workshop.ada).revision
      #expect(try await shop.queue.find(id, newerThan: seen, by: Workshop.ada) == nil)
      #expect(try await shop.queue.find(id, newerThan: seen - 1, by: Workshop.ada)?.id == id)
      let handler = JobHandler("count") { run in
        for number in 1...3 { try await run.write(progress: JobProgress(done: number, total: 3)) { _ in } }
        return .null
      }
      try await shop.working(shop.worker(Workshop.brisk, handler)) {
        var revisions: [Int] = []
        var last: JobState?
        for try await job in shop.queue.changes(of: id, since: seen, every: .milliseconds(1), by: Workshop.ada) {
          revisions.append(job.revision)
          last = job.state
        }
        #expect(revisions == revisions.sorted())
        #expect(Set(revisions).count == revisions.count)
        #expect(revisions.allSatisfy { $0 > seen })
        #expect(last == .done)
      }
      let over = try await shop.queue.find(id, by: Workshop.ada).revision
      for try await _ in shop.queue.changes(of: id, since: over, by: Workshop.ada) { Issue.record("nothing is newer") }
    }
  }
}

/// The queries that run again and again are answered from an index on both engines.
@Suite struct `Plans of the jobs' queries` {
  static let id = JobID.new(at: Instant(milliseconds: 0))

  static let queries: [(sql: SQL, index: String)] = [
    ("SELECT id FROM jobs_job WHERE state = 'running' AND lease_until <= 5", "jobs_job_state"),
    ("SELECT kind FROM jobs_job WHERE account_id = \(id) AND id < \(id) ORDER BY id DESC LIMIT 5", "jobs_job_account"),
    ("SELECT kind FROM jobs_job WHERE state IN ('failed') AND id < \(id) ORDER BY id DESC LIMIT 5", "jobs_job_state"),
  ]

  @Test(arguments: TestDatabase.engines)
  func `whose turn it is stands in the line itself, however many kinds there are`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Workshop.migrations) { database in
      // A line that is there, and that the database has not counted yet.
      let queue = JobQueue(database: database, clock: FixedClock(Instant(milliseconds: 5)))
      try await database.write { tx in
        for _ in 0..<2000 { try queue.enqueue(JobOrder("a", .null), by: .system("test"), in: tx) }
      }
      let plan = try await database.write { tx in
        try JobStore.keepToTheLine(in: tx)
        let turn = JobStore(lease: .zero).turn(
          ["a", "b", "c", "d"], limit: 64, at: Instant(milliseconds: 5), in: tx)
        return try tx.all((engine == .postgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + turn) { row -> String in
          if engine == .sqlite { row.skip(3) }
          return try row.next()
        }
      }.joined(separator: "; ")
      #expect(plan.contains("jobs_job_turn") && !plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
    }
  }

  @Test func `SQLite uses an index and sorts nothing`() async throws {
    try await TestDatabase.Engine.sqlite.with(Workshop.migrations) { database in
      for query in Self.queries {
        let plan = try await database.read { tx in
          try tx.all("EXPLAIN QUERY PLAN " + query.sql) { row -> String in
            row.skip(3)
            return try row.next()
          }
        }.joined(separator: "; ")
        #expect(plan.contains(query.index) && !plan.contains("TEMP B-TREE"), "\(plan)")
      }
    }
  }

  @Test(.enabled(if: TestDatabase.postgresAddress != nil))
  func `PostgreSQL can use an index`() async throws {
    try await TestDatabase.Engine.postgres.with(Workshop.migrations) { database in
      for query in Self.queries {
        let plan = try await database.read { tx in
          // On empty tables a scan is cheapest; forbidden, it stays only where there is no other way.
          try tx.run("SET LOCAL enable_seqscan = off")
          try tx.run("SET LOCAL enable_bitmapscan = off")
          try tx.run("SET LOCAL enable_sort = off")
          return try tx.all("EXPLAIN " + query.sql) { row -> String in try row.next() }
        }.joined(separator: "; ")
        #expect(plan.contains("using jobs_job_") && !plan.contains("Seq Scan") && !plan.contains("Sort"), "\(plan)")
      }
    }
  }
}
