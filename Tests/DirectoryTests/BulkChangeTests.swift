import Directory
import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Editing many students` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `all change together, and those that are so already are told apart`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let a = try await world.enrol("A", "A", grade: "9").student.id
      let b = try await world.enrol("B", "B", grade: "10").student.id
      #expect(try await world.figures([a, b, a], .grade(" 10 ")) == [1, 1, 0])
      #expect(try await world.figures([a, b], .status(.graduated, reason: nil)) == [2, 0, 0])
      #expect(try await world.figures([a, b], .delete(reason: nil)) == [2, 0, 0])
      #expect(try await world.names() == [])
    }
  }

  @Test(arguments: engines) func `one refusal undoes them all`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let a = try await world.enrol("A", "A").student.id
      let b = try await world.enrol("B", "B")
      _ = try await world.directory.changeStatus(
        of: b.student.id, to: .graduated, because: nil, seen: 1, by: world.office)
      #expect(
        await code { _ = try await world.figures([a, b.student.id], .status(.onLeave, reason: nil)) }
          == "STATUS_REFUSED")
      #expect(try await world.names(StudentFilter(status: .onLeave)) == [])
      #expect(await code { _ = try await world.figures([a, .new(at: world.clock.now())], .grade("3")) } == "NOT_FOUND")
      #expect(try await world.names(StudentFilter(grade: "3")) == [])
      #expect(await code { _ = try await world.figures([], .grade("3")) } == "VALIDATION_ERROR")
      #expect(
        await code { _ = try await world.figures([a], .status(.withdrawn, reason: " ")) } == "VALIDATION_ERROR")
    }
  }

  @Test(arguments: engines) func `two hundred are done at once, one more is a job that goes on where it stopped`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.fill(201) { index in ("A", "B\(index)") }
      let ids = try await world.directory.studentIDs(StudentFilter(), limit: 500, for: world.office)
      let few = try await world.changes.make(.grade("7"), to: .these(Array(ids.dropFirst())), by: world.office)
      #expect(few.state == .done && few.changed == 200 && few.job == nil)
      let all = try await world.changes.make(.grade("7"), to: .all(StudentFilter()), by: world.office)
      #expect(all.state == .changing && all.changed == 0 && all.total == 201)
      #expect(await code { _ = try await world.changes.undo(all.id, by: world.office) } == "CHANGE_UNDER_WAY")
      let job = try await world.work(try require(all.job))
      #expect(job.state == .done && job.progress.done == 201)
      #expect(BulkChanges.change(of: job) == all.id)
      let done = try await world.changes.find(all.id, by: world.office)
      #expect(done.state == .done && done.changed == 1 && done.unchanged == 200 && done.undoUntil != nil)
      #expect(try await world.directory.countStudents(StudentFilter(grade: "7"), for: world.office) == .exactly(201))
      #expect(try await world.count("directory_bulk_student") == 0)
    }
  }

  @Test(arguments: engines) func `a job leaves alone whom the change is not for, and says why`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.fill(201) { index in ("A", "B\(index)") }
      let gone = try await world.enrol("Gone", "Graduate")
      _ = try await world.directory.changeStatus(
        of: gone.student.id, to: .graduated, because: nil, seen: 1, by: world.office)
      let lost = try await world.enrol("Lost", "Later")
      let change = try await world.changes.make(
        .status(.onLeave, reason: nil), to: .all(StudentFilter()), by: world.office)
      _ = try await world.directory.delete(lost.student.id, by: world.office)
      try await world.work(try require(change.job))
      let done = try await world.changes.find(change.id, by: world.office)
      #expect(done.changed == 201 && done.refused == 2)
      #expect(Set(done.refusals.map(\.code)) == ["STATUS_REFUSED", "NOT_FOUND"])
      #expect(Set(done.refusals.map(\.student)) == [gone.student.id, lost.student.id])
    }
  }

  @Test(arguments: engines) func `is taken back as a whole, but for what was changed since`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.fill(202) { index in ("A", "B\(index)") }
      let before = try await world.dump()
      for edit in [BulkEdit.grade(nil), .status(.graduated, reason: "Done"), .delete(reason: nil)] {
        let change = try await world.changes.make(edit, to: .all(StudentFilter()), by: world.office)
        try await world.work(try require(change.job))
        #expect(try await world.dump() != before)
        let undoing = try await world.changes.undo(change.id, by: world.office)
        #expect(undoing.state == .undoing)
        try await world.work(try require(undoing.job))
        #expect(try await world.changes.find(change.id, by: world.office).state == .undone)
        #expect(try await world.dump() == before)
        #expect(await code { _ = try await world.changes.undo(change.id, by: world.office) } == "CHANGE_UNDONE")
      }
      let some = Array(try await world.directory.studentIDs(StudentFilter(), limit: 3, for: world.office))
      let few = try await world.changes.make(.grade("1"), to: .these(some), by: world.office)
      try await world.figures([some[0]], .grade("2"))
      let undone = try await world.changes.undo(few.id, by: world.office)
      #expect(undone.state == .undone && undone.left == 1)
      #expect(try await world.directory.student(some[0], for: world.office).student.grade == "2")
      #expect(try await world.directory.student(some[1], for: world.office).student.grade == "8")
    }
  }

  @Test(arguments: engines) func `is nobody else's business, and cannot be taken back for ever`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Lee").student.id
      let far = try await world.enrol("Far", "Away", at: world.alder.id).student.id
      let clerk = world.actor(DirectoryModule.permissions, at: world.maple.id)
      let colleague = world.actor(DirectoryModule.permissions, at: world.maple.id)
      let reader = world.actor([.viewStudents], at: world.maple.id)
      #expect(
        await code { _ = try await world.changes.make(.grade("1"), to: .these([ada]), by: reader) } == "FORBIDDEN")
      #expect(
        await code { _ = try await world.changes.make(.grade("1"), to: .these([ada, far]), by: clerk) } == "NOT_FOUND")
      let mine = try await world.changes.make(.grade("1"), to: .all(StudentFilter()), by: clerk)
      #expect(mine.total == 1 && mine.schools == [world.maple.id])
      #expect(await code { _ = try await world.changes.find(mine.id, by: colleague) } == "NOT_FOUND")
      #expect(try await world.changes.find(mine.id, by: world.office).id == mine.id)
      let moved = Actor(
        account: try require(clerk.account), name: "moved on", reaches: [.editStudents: Reach(orgs: [world.alder.id])])
      #expect(await code { _ = try await world.changes.undo(mine.id, by: moved) } == "FORBIDDEN")
      world.clock.advance(by: .seconds(31 * 86_400))
      #expect(await code { _ = try await world.changes.undo(mine.id, by: clerk) } == "UNDO_TOO_LATE")
    }
  }
}

extension World {
  /// What came of an edit: changed, unchanged, refused.
  @discardableResult
  func figures(_ ids: [StudentID], _ edit: BulkEdit) async throws -> [Int] {
    let change = try await changes.make(edit, to: .these(ids), by: office)
    return [change.changed, change.unchanged, change.refused]
  }

  /// All that people edited, as text.
  func dump() async throws -> CanonicalDump {
    try await database.read { tx in try CanonicalDump.write(DirectoryModule.tables, in: tx) }
  }

  /// Lets a worker work until a job is over.
  @discardableResult
  func work(_ id: JobID) async throws -> Job {
    let office = office
    let worker = Worker(
      queue, handlers: [changes.handler],
      settings: WorkerSettings(poll: .milliseconds(20), watch: .milliseconds(20), firstPause: .seconds(10)),
      actorOf: { _ in office })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await worker.run() }
      defer { worker.stop() }
      for _ in 0..<2000 {
        let job = try await queue.find(id, by: office)
        if job.state.isOver { return job }
        try await Task.sleep(for: .milliseconds(10))
      }
      return try await queue.find(id, by: office)
    }
  }
}
