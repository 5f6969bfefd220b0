import Academics
import Attendance
import Directory
import Jobs
import Kernel
import Persistence
import Record
import Rights
import Synchronization
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import HomeroomApp

@Suite struct `Taking care` {
  @Test(arguments: TestDatabase.engines)
  func `a deleted student takes everything along, and brings it back`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let clock = TestClock(World.now)
      let world = try await World.on(database, clock: clock)
      try await world.takeRegister()
      let before = try await world.dump()
      let deletion = try await world.wiring.directory.delete(world.here.student, because: nil, by: .system("test"))
      #expect(try await world.count("attendance_mark_live") == 0)
      #expect(try await world.lost() == [])
      let bin = RecycleBin(database: database, tables: Wiring.tables)
      try await bin.restore(deletion, within: .everywhere, Change(by: .system("test"), at: clock.now()))
      #expect(try await world.dump() == before)
      #expect(try await world.count("attendance_mark_live") == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a person whom registers, sections or accounts name stays one`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      try await world.takeRegister()
      _ = try await world.wiring.directory.delete(world.here.staff, by: .system("test"))
      #expect(try await world.lost() == [])
      let teacher = try await database.read { tx in
        try tx.exists("SELECT 1 FROM directory_person_live WHERE id = \(world.here.teacher)")
      }
      #expect(teacher)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `forgets what is promised to be forgotten, when its time has come`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let clock = TestClock(World.now)
      let world = try await World.on(database, clock: clock)
      try await world.takeRegister()
      let student = world.here.student
      _ = try await world.wiring.directory.delete(student, because: nil, by: .system("test"))
      let job = try await world.wiring.jobs.enqueue(JobOrder("nothing", .null), by: .system("test")).id
      try await world.wiring.jobs.cancel(job, by: .system("test"))
      clock.advance(by: .seconds(29 * 86_400))
      #expect(await world.care() == [:])
      #expect(try await world.count("directory_student") == 3)

      clock.advance(by: .seconds(2 * 86_400))
      let removed = await world.care()
      #expect(removed["jobs"] == 1)
      // Of the student: the person, the time at school, the guardian's part, the enrolment and the mark as well; and of
      // the student of another school who was deleted all but the mark.
      #expect(removed["recycle bin"] == 11)
      #expect(try await world.count("directory_student") == 1)
      #expect(try await world.count("attendance_mark") == 0)
      #expect(try await world.count("directory_word WHERE word = 'stu'") == 1)
      #expect(try await world.count("record_deletion") == 0)
      #expect(try await world.count("record_version WHERE kind = 'student' AND payload <> '{}'") == 1)
      #expect(await world.care() == [:])
      #expect(await world.send("GET", "/audit", as: "administrator").status == 200)
      #expect(await world.send("GET", "/trash", as: "administrator").status == 200)
    }
  }

  @Test func `goes on when one chore fails`() async {
    let care = Care(chores: [
      .init(name: "first") { throw Problem.notFound("broom") }, .init(name: "second") { 7 },
    ])
    let failed = FailedChores()
    #expect(await care.round { chore, _ in failed.add(chore) } == ["second": 7])
    #expect(failed.names == ["first"])
  }
}

@Suite struct `What is taken back keeps to the rules` {
  @Test(arguments: TestDatabase.engines)
  func `a seat that somebody else has is not given back`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database, clock: TestClock(World.now))
      let (academics, here, office) = (world.wiring.academics, world.here, Actor.system("test"))
      let other = try await world.wiring.directory.enrol(
        NewStudent(school: here.org, person: PersonDetails(givenName: "Ola", familyName: "Other")), by: office)
      try await database.write { tx in
        try tx.run("UPDATE academics_section SET capacity = 1 WHERE id = \(here.section)")
      }
      let dropped = try await academics.drop(here.enrolment, version: 1, reason: nil, actor: office)
      let seat = try await academics.enrol(other.student.id, in: here.section, actor: office)
      let drop = try await world.newestEntry(of: dropped.id.retyped())
      let before = try await world.dump()
      #expect(await world.code("POST", "/api/v1/audit/\(drop)/undo") == "SECTION_FULL")
      #expect(try await world.dump() == before)

      try await academics.deleteEnrolment(seat.id, version: seat.version, actor: office)
      #expect(await world.code("POST", "/api/v1/audit/\(drop)/undo") == "")
      let deletion = try await database.read { tx in
        try tx.first("SELECT id FROM record_deletion WHERE root_id = \(seat.id)") { row -> DeletionID in
          try row.next()
        }
      }
      let bin = try #require(deletion)
      #expect(await world.code("POST", "/api/v1/deletions/\(bin)/restoration") == "SECTION_FULL")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a mark is not undone once the register is locked`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let clock = TestClock(World.now)
      let world = try await World.on(database, clock: clock)
      try await world.takeRegister()
      let mark = try await database.read { tx in
        try tx.first("SELECT id FROM attendance_mark_live LIMIT 1") { row -> ID<AnyEntity> in try row.next() }
      }
      let entry = try await world.newestEntry(of: try #require(mark))
      clock.advance(by: .seconds(86_400))
      #expect(await world.code("POST", "/api/v1/audit/\(entry)/undo") == "ATTENDANCE_LOCKED")
      #expect(try await world.count("attendance_mark_live") == 1)
      clock.set(World.now)
      #expect(await world.code("POST", "/api/v1/audit/\(entry)/undo") == "")
      #expect(try await world.count("attendance_mark_live") == 0)
    }
  }
}

/// The chores that failed.
private final class FailedChores: Sendable {
  private let all = Mutex<[String]>([])
  var names: [String] { all.withLock { $0 } }
  func add(_ name: String) { all.withLock { $0.append(name) } }
}

extension World {
  /// Submits today's register of the first school, as its teacher.
  fileprivate func takeRegister() async throws {
    let teacher = try #require(people["teacher"]?.actor)
    _ = try await wiring.attendance.takeRegister(
      RegisterTaking(submits: true), for: RegisterKey(section: here.section, date: Self.now.utcDate), actor: teacher)
  }

  fileprivate func care() async -> [String: Int] {
    await wiring.care.round { chore, error in Issue.record("\(chore): \(error)") }.filter { $0.value > 0 }
  }

  fileprivate func count(_ table: SQL) async throws -> Int {
    try await database.read { tx in try tx.count("SELECT COUNT(*) FROM \(table)") }
  }

  fileprivate func lost() async throws -> [LostReference] {
    try await database.read { tx in try LostReference.find(among: Wiring.tables, in: tx) }
  }

  fileprivate func dump() async throws -> CanonicalDump {
    try await database.read { tx in try CanonicalDump.write(Wiring.tables, in: tx) }
  }

  fileprivate func newestEntry(of object: ID<AnyEntity>) async throws -> AuditID {
    let id = try await database.read { tx in
      try tx.first("SELECT id FROM record_audit WHERE object_id = \(object) ORDER BY version DESC LIMIT 1") {
        row -> AuditID in try row.next()
      }
    }
    return try #require(id)
  }

  /// The code of the problem that the administrator is answered with; "" for none.
  fileprivate func code(_ method: String, _ target: String) async -> String {
    let answer = await send(method, target, as: "administrator")
    return answer.status < 400 ? "" : answer.json["code"]?.string ?? "\(answer.status)"
  }
}
