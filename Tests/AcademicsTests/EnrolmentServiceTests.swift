import Academics
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Enrolling` {
  @Test(arguments: TestDatabase.engines)
  func `of twenty who ask for the last seat at once one gets it`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine, students: 20) { school in
      let section = try await school.section(capacity: 1)
      let answers = try await withThrowingTaskGroup(of: String.self) { group in
        for student in school.students {
          group.addTask {
            await code { try await school.academics.enrol(student, in: section.id, actor: school.office) } ?? "in"
          }
        }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(answers.filter { $0 == "in" }.count == 1)
      #expect(answers.filter { $0 == "SECTION_FULL" }.count == 19)
      #expect(try await school.academics.section(section.id, actor: school.office).enrolled == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a second enrolment is refused, and coming back makes a new row`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let student = school.students[0]
      let first = try await school.academics.enrol(
        student, in: section.id, from: school.today.adding(days: -5), actor: school.office)
      #expect(
        await code { try await school.academics.enrol(student, in: section.id, actor: school.office) }
          == "ALREADY_ENROLLED")
      let dropped = try await school.academics.drop(first.id, version: 1, reason: "moved away", actor: school.office)
      #expect(dropped.status == .dropped)
      #expect(dropped.lastOn == school.today)
      #expect(
        await code { try await school.academics.drop(first.id, version: 1, reason: nil, actor: school.office) }
          == "VERSION_STALE")
      #expect(
        await code { try await school.academics.complete(first.id, version: 2, actor: school.office) }
          == "NOT_ENROLLED")
      let second = try await school.academics.enrol(student, in: section.id, actor: school.office)
      #expect(second.id != first.id)
      let history = try await school.academics.roster(of: section.id, former: true, actor: school.office)
      #expect(history.map(\.enrolment.status) == [.dropped, .enrolled])
      #expect(history[0].enrolment.reason == "moved away")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `closed terms, other schools and second homerooms are refused`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let closed = try await school.academics.createSection(
        SectionDraft(kind: .homeroom, code: "OLD", title: "Last year", periods: [school.closedTerm]),
        at: school.school, actor: school.office)
      let enrol = { (student: StudentID, section: SectionID, actor: Actor) in
        await code { try await school.academics.enrol(student, in: section, actor: actor) }
      }
      #expect(await enrol(school.students[0], closed.id, school.office) == "TERM_CLOSED")
      let homeroom = try await school.section(code: "HR-1", kind: .homeroom)
      let other = try await school.section(code: "HR-2", kind: .homeroom)
      #expect(await enrol(school.students[0], homeroom.id, school.office) == nil)
      #expect(await enrol(school.students[0], other.id, school.office) == "ALREADY_IN_HOMEROOM")
      #expect(await enrol(school.stranger, homeroom.id, school.office) == "NOT_FOUND")
      #expect(await enrol(school.stranger, homeroom.id, .system("test")) == "OTHER_SCHOOL")
      #expect(await enrol(school.students[1], homeroom.id, school.officeElsewhere) == "NOT_FOUND")
      #expect(await enrol(school.students[1], homeroom.id, school.amara) == "FORBIDDEN")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the database itself keeps one seat and one homeroom a student`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let homeroom = try await school.section(code: "HR-1", kind: .homeroom)
      let other = try await school.section(code: "HR-2", kind: .homeroom)
      let intake = TeachingIntake(record: Record())
      let change = Change(by: .system("test"), at: school.clock.now(), org: school.school)
      let row = { (section: Section) in
        Enrolment(
          id: .new(at: school.clock.now()), section: section.id, student: school.students[0], kind: .homeroom,
          firstOn: school.today)
      }
      let insert = { (rows: [Enrolment]) in
        var batch = TeachingIntake.Batch()
        batch.enrolments = rows
        let ready = batch
        try await school.database.write { tx in try intake.insert(ready, change, in: tx) }
      }
      await #expect(throws: DatabaseProblem.self) { try await insert([row(homeroom), row(homeroom)]) }
      await #expect(throws: DatabaseProblem.self) { try await insert([row(homeroom), row(other)]) }
      try await insert([row(homeroom)])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `many are enrolled all or none, or as far as seats go`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine, students: 5) { school in
      let section = try await school.section(capacity: 4)
      let none = try await school.academics.enrol(
        school.students, in: section.id, mode: .allOrNothing, actor: school.office)
      #expect(none.enrolled.isEmpty)
      #expect(none.refused.map(\.problem.code) == ["SECTION_FULL"])
      #expect(try await school.academics.section(section.id, actor: school.office).enrolled == 0)
      let some = try await school.academics.enrol(
        school.students, in: section.id, mode: .bestEffort, actor: school.office)
      #expect(some.enrolled.count == 4)
      #expect(some.refused.map(\.student) == [school.students[4]])
      let tooMany = Array(repeating: school.students[0], count: 201)
      #expect(
        await code {
          try await school.academics.enrol(tooMany, in: section.id, mode: .bestEffort, actor: school.office)
        } == "TOO_MANY")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a deleted enrolment frees the seat`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section(capacity: 1)
      let mistake = try await school.academics.enrol(school.students[0], in: section.id, actor: school.office)
      try await school.academics.deleteEnrolment(mistake.id, version: 1, actor: school.office)
      _ = try await school.academics.enrol(school.students[1], in: section.id, actor: school.office)
      #expect(await code { try await school.academics.enrolment(mistake.id, actor: school.office) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `every enrolment leaves an audit entry and its first version`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let outcome = try await school.academics.enrol(
        school.students, in: section.id, mode: .allOrNothing, actor: school.office)
      let ids = outcome.enrolled.map(\.id)
      let entries = try await school.database.read { tx in
        try tx.count(
          """
          SELECT COUNT(*) FROM record_audit JOIN record_version ON record_version.audit_id = record_audit.id
          WHERE object_id IN \(list: ids) AND action = 'created' AND org_id = \(school.school)
          """)
      }
      #expect(entries == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a batch comes in in one go, is changed in one go and refuses what is stale`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine, students: 120) { school in
      let section = try await school.section()
      let intake = TeachingIntake(record: Record())
      let change = Change(by: .system("import"), at: school.clock.now(), org: school.school)
      let batch = {
        var batch = TeachingIntake.Batch()
        batch.enrolments = school.students.map {
          Enrolment(
            id: .new(at: school.clock.now()), section: section.id, student: $0, kind: .scheduled,
            firstOn: school.today)
        }
        return batch
      }()
      try await school.database.write { tx in try intake.insert(batch, change, in: tx) }
      var ended = TeachingIntake.Batch()
      ended.enrolments = try batch.enrolments.map { try $0.completed(lastOn: school.today) }
      let changes = ended
      try await school.database.write { tx in try intake.update(changes, change, in: tx) }
      let found = try await school.database.read { tx in try intake.enrolments(of: school.students, in: tx) }
      #expect(found.count == 120)
      #expect(found.allSatisfy { $0.version == 2 && $0.status == .completed })
      #expect(
        await code {
          try await school.database.write { tx in try intake.update(changes, change, in: tx) }
        } == "VERSION_STALE")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a deleted section comes back with exactly what went with it`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let enrolled = try await school.academics.enrol(
        school.students, in: section.id, mode: .allOrNothing, actor: school.office)
      try await school.academics.deleteEnrolment(enrolled.enrolled[0].id, version: 1, actor: school.office)
      try await school.academics.deleteSection(section.id, version: 1, actor: school.office)
      let bin = RecycleBin(database: school.database, tables: AcademicsModule.tables + DirectoryModule.tables)
      let reach = Reach(orgs: [school.school])
      let deletion = try #require(try await bin.page(within: reach).items.first { $0.root == section.id.retyped() })
      try await bin.restore(deletion.id, within: reach, Change(by: school.office, at: school.clock.now()))
      let detail = try await school.academics.section(section.id, actor: school.amara)
      #expect(detail.enrolled == 2)
      #expect(detail.terms.map(\.id) == [school.term])
      #expect(detail.staff.map(\.name) == ["Amara Okafor"])
      #expect(detail.section.version == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a student who is deleted leaves the seat`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section(capacity: 1)
      _ = try await school.academics.enrol(school.students[0], in: section.id, actor: school.office)
      let change = Change(by: school.office, at: school.clock.now(), org: school.school)
      try await school.database.write { tx in
        let deletion = try Record().beginDeletion(
          of: school.students[0].retyped(), kind: "student", label: "S1000", change, in: tx)
        try AcademicsService.deleteEnrolments(
          of: school.students[0], as: deletion, change, record: Record(), in: tx)
      }
      _ = try await school.academics.enrol(school.students[1], in: section.id, actor: school.office)
      #expect(try await school.academics.roster(of: section.id, actor: school.office).map(\.number) == ["S1001"])
    }
  }
}
