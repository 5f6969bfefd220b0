import Jobs
import Kernel
import Persistence
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import Operations

extension Library {
  /// A job of Ben's, as a worker has brought it so far: the worker itself is tested with the jobs.
  func job(_ state: JobState = .waiting, done: Int = 0, of total: Int? = nil) async throws -> JobID {
    let id = try await queue.enqueue(JobOrder("sort", .null, org: Self.here), by: Self.ben).id
    try await bring(id, to: state, done: done, of: total)
    return id
  }

  func bring(_ id: JobID, to state: JobState, done: Int, of total: Int? = nil) async throws {
    let lease = state == .running ? clock.now().adding(.seconds(30)) : nil
    let end = state.isOver ? clock.now() : nil
    try await database.write { tx in
      try tx.run(
        """
        UPDATE jobs_job SET state = \(state), progress_done = \(done), progress_total = \(total), step = 'Fiction',
          started_at = \(Self.monday), finished_at = \(end), lease_until = \(lease), revision = revision + 1
        WHERE id = \(id)
        """)
    }
  }
}

@Suite struct `Pages of jobs` {
  @Test func `tell how far a job is, how fast, and how long it takes yet`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.running, done: 600, of: 2400)
      library.clock.advance(by: .seconds(60))
      let page = await library.pipeline().get("/jobs/\(id)", as: "ben")
      #expect(page.status == 200)
      #expect(page.text.contains("Sorting of books"))
      #expect(page.text.contains("600 of 2400, 10 a second, about 3 minutes left"))
      #expect(page.text.contains("data-events=\"/api/v1/jobs/\(id)/events\""))
      #expect(page.text.contains("action=\"/jobs/\(id)/cancellation\""))
      #expect(page.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"))
      #expect(page.text.contains("<bdi>Ben</bdi>"))
    }
  }

  @Test func `lead to the result and no longer reload once the job is done`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.done, done: 3, of: 3)
      let page = await library.pipeline().get("/jobs/\(id)", as: "ben")
      #expect(page.text.contains("href=\"/books\""))
      #expect(!page.text.contains("http-equiv=\"refresh\""))
      #expect(!page.text.contains("/cancellation"))
    }
  }

  @Test func `tell in words what came of a job, and leave the rest to the page of the result`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.done, done: 3, of: 3)
      try await database.write { tx in
        let result = #"{"left":2,"counts":{"sorted":1}}"#
        try tx.run("UPDATE jobs_job SET result = \(result) WHERE id = \(id)")
      }
      let page = await library.pipeline().get("/jobs/\(id)", as: "ben")
      #expect(page.text.contains("<dt>Left</dt><dd>2</dd>"))
      #expect(!page.text.contains("Counts"))
    }
  }

  @Test func `show nobody another's jobs`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job()
      let pipeline = library.pipeline()
      for address in ["/jobs/\(id)", "/api/v1/jobs/\(id)", "/api/v1/jobs/\(id)/events"] {
        #expect(await pipeline.get(address, as: "cora").status == 404)
        #expect(await pipeline.get(address, as: "ben").status == 200)
      }
      #expect(await pipeline.post("/jobs/\(id)/cancellation", as: "cora").status == 404)
      #expect(await pipeline.get("/api/v1/jobs", as: "cora").json["data"]?.array?.isEmpty == true)
      #expect(await pipeline.get("/api/v1/jobs", as: "ben").json["data"]?.array?.count == 1)
      #expect(await pipeline.get("/jobs", as: "ben").text.contains("href=\"/jobs/\(id)\""))
    }
  }

  @Test func `list by state, and know no state but the five`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      _ = try await library.job()
      let failed = try await library.job(.failed)
      let pipeline = library.pipeline()
      let found = await pipeline.get("/api/v1/jobs?state=failed", as: "ben").json["data"]?.array ?? []
      #expect(found.map { $0["id"]?.string } == [failed.description])
      #expect(await pipeline.get("/api/v1/jobs?state=lost", as: "ben").status == 422)
    }
  }

  @Test func `cancel a job by form, by POST and by DELETE`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let pipeline = library.pipeline()
      let first = try await library.job()
      #expect(await pipeline.post("/jobs/\(first)/cancellation", as: "ben").location == "/jobs/\(first)")
      #expect(try await library.queue.find(first, by: Library.ben).state == .cancelled)
      let second = try await library.job(.running)
      let asked = await pipeline.send("POST", "/api/v1/jobs/\(second)/cancellation", as: "ben")
      #expect(asked.json["data"]?["state"]?.string == "running")
      #expect(asked.json["data"]?["cancelAsked"]?.bool == true)
      let third = try await library.job()
      let cancelled = await pipeline.send("DELETE", "/api/v1/jobs/\(third)", as: "ben")
      #expect(cancelled.json["data"]?["state"]?.string == "cancelled")
    }
  }
}

@Suite struct `The news of a job` {
  private func events(
    of id: JobID, after revision: Int = 0, _ library: Library, _ pace: JobEvents.Pace, isStopping: Bool = false
  ) throws -> JobEvents {
    JobEvents(
      of: id, after: revision, library.queue, by: Library.ben, pace: pace, seat: try StreamSeats(1).take(),
      isStopping: { isStopping })
  }

  private func words(_ piece: [UInt8]?) -> String { piece.map { String(decoding: $0, as: UTF8.self) } ?? "end" }

  private let brisk = JobEvents.Pace(look: .milliseconds(5), heartbeat: .seconds(5), longest: .seconds(10))

  @Test func `come one by one, each with its revision, until the job is done`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.running, done: 1, of: 3)
      let events = try events(of: id, library, brisk)
      #expect(words(try await events.next()) == "retry: 2000\n\n")
      let first = words(try await events.next())
      #expect(first.hasPrefix("id: 2\nevent: progress\ndata: {\"id\":\"\(id)\""))
      #expect(first.contains("\"done\":1,\"total\":3"))
      #expect(first.hasSuffix("}\n\n"))
      try await library.bring(id, to: .done, done: 3, of: 3)
      #expect(words(try await events.next()).hasPrefix("id: 3\nevent: done\n"))
      #expect(try await events.next() == nil)
    }
  }

  @Test func `go on after the last one that was seen`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.running, done: 1)
      let pace = JobEvents.Pace(look: .milliseconds(5), heartbeat: .milliseconds(20), longest: .seconds(10))
      let events = try events(of: id, after: 2, library, pace)
      _ = try await events.next()
      #expect(words(try await events.next()) == ": still here\n\n")
      try await library.bring(id, to: .running, done: 2)
      #expect(words(try await events.next()).hasPrefix("id: 3\n"))
    }
  }

  @Test func `end when the server stops, and after a while in any case`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.running)
      let stopping = try events(of: id, library, brisk, isStopping: true)
      _ = try await stopping.next()
      #expect(try await stopping.next() == nil)
      let short = try events(of: id, after: 9, library, .init(look: .milliseconds(5), longest: .milliseconds(20)))
      _ = try await short.next()
      #expect(try await short.next() == nil)
    }
  }

  @Test func `reach a browser as an event stream that no proxy holds back`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let library = Library(database)
      let id = try await library.job(.done)
      let answer = await library.pipeline().send(
        "GET", "/api/v1/jobs/\(id)/events", as: "ben", headers: ["accept": "text/event-stream", "last-event-id": "2"])
      #expect(answer["Content-Type"] == "text/event-stream")
      #expect(answer["X-Accel-Buffering"] == "no")
      #expect(answer["Cache-Control"] == "no-store")
      let pieces = try await answer.pieces()
      #expect(pieces.count == 2)
      #expect(pieces.last?.hasPrefix("id: 2\nevent: done\n") == true)
    }
  }

  @Test func `are refused to more listeners than there are seats`() throws {
    let seats = StreamSeats(2)
    var taken: [StreamSeats.Seat] = [try seats.take(), try seats.take()]
    #expect(throws: Problem.self) { try seats.take() }
    taken.removeLast()
    #expect(throws: Never.self) { taken.append(try seats.take()) }
    #expect(taken.count == 2)
  }
}
