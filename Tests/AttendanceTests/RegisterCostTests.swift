import Academics
import Attendance
import Kernel
import Persistence
import Record
import TestSupport
import Testing

@Suite struct `What a register costs` {
  func services(of school: School, on database: any Persistence.Database) -> (AcademicsService, AttendanceService) {
    let academics = AcademicsService(
      database: database, record: Record(), clock: school.clock, scope: school.scope)
    return (
      academics,
      AttendanceService(
        database: database, record: Record(), clock: school.clock, academics: academics, zones: { _ in .utc })
    )
  }

  @Test(arguments: TestDatabase.engines)
  func `a page is 8 queries and a save 20 statements, whatever the size`(engine: TestDatabase.Engine) async throws {
    for size in [3, 40] {
      try await School.with(engine, students: size) { school in
        let section = try await school.section()
        try await school.take(school.key(section, daysAgo: 1), reason: "first", by: school.office)
        let counter = QueryCounter(school.database)
        let (_, attendance) = services(of: school, on: counter)
        let key = school.key(section)
        _ = try await attendance.register(key, actor: school.amara)
        #expect(counter.count <= 8)
        let before = counter.count
        let entries = school.students.map { MarkEntry(student: $0, letter: "A") }
        let saved = try await attendance.takeRegister(
          RegisterTaking(entries, submits: true), for: key, actor: school.amara)
        #expect(saved.written == size)
        #expect(counter.count - before <= 20)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `no table is read from end to end`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      try await school.take(school.key(section, daysAgo: 1), reason: "first", by: school.office)
      let recorder = StatementRecorder(school.database)
      let (academics, attendance) = services(of: school, on: recorder)
      let key = school.key(section)
      _ = try await attendance.takeRegister(RegisterTaking(submits: true), for: key, actor: school.amara)
      _ = try await attendance.register(key, actor: school.amara)
      _ = try await attendance.attendance(of: section.id, actor: school.amara)
      _ = try await attendance.attendance(of: school.students[0], actor: school.grace)
      _ = try await attendance.marks(of: school.students[0], actor: school.grace)
      _ = try await attendance.day(key.date, DayFilter(isMissing: true), actor: school.office)
      _ = try await attendance.day(key.date, DayFilter(), actor: school.office)
      _ = try await attendance.summary(of: key.date, actor: school.office)
      _ = try await academics.section(section.id, actor: school.amara)
      _ = try await academics.roster(of: section.id, actor: school.amara)
      _ = try await academics.sections(of: school.students[0], actor: school.amara)
      _ = try await academics.sections(actor: school.office)
      let plans = try await recorder.takePlans()
      #expect(plans.count > 20)
      for (query, plan) in plans {
        // Codes are a handful, and so is what a subquery has already found.
        let scans = plan.split(separator: "\n").filter { line in
          (line.contains("SCAN ") || line.contains("Seq Scan on"))
            && !["attendance_code", "SCAN recent", "SCAN constant row", "SCAN found"]
              .contains { line.contains($0) }
        }
        #expect(scans.isEmpty, "\(query)\n\(plan)")
      }
    }
  }

  @Test func `a whole school's day is counted in the index alone`() async throws {
    try await School.with(.sqlite) { school in
      let recorder = StatementRecorder(school.database)
      let (_, attendance) = services(of: school, on: recorder)
      _ = try await attendance.summary(of: school.today, actor: school.office)
      let plans = try await recorder.takePlans().map(\.plan).filter { $0.contains("attendance_mark") }
      #expect(plans.count == 3)
      #expect(plans.prefix(2).allSatisfy { $0.contains("USING COVERING INDEX attendance_mark_count") })
    }
  }
}
