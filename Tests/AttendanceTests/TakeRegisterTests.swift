import Academics
import Attendance
import Kernel
import Persistence
import Record
import Rights
import Synchronization
import TestSupport
import Testing

@Suite struct `Saving a register` {
  @Test(arguments: TestDatabase.engines)
  func `what is marked is saved, the rest is present, and all of it has a history`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let key = school.key(section)
      let saved = try await school.take(
        key,
        [
          MarkEntry(student: school.students[0], letter: "L", lateMinutes: 12, note: " bus "),
          MarkEntry(student: school.students[1], letter: "A"),
        ], by: school.amara)
      #expect(saved.written == 3)
      #expect(saved.filled == 1)
      #expect(try await school.letters(key) == "LAP")
      let sheet = try await school.attendance.register(key, actor: school.amara)
      #expect(sheet.takenBy == "Amara Okafor")
      #expect(sheet.header?.takenAt == school.clock.now())
      #expect(sheet.lines[0].standing.mark?.lateMinutes == 12)
      #expect(sheet.lines[0].standing.mark?.note == "bus")
      #expect(sheet.lines[0].markedBy == "Amara Okafor")
      #expect(sheet.isWritable)
      let entries = try await school.database.read { tx in
        try tx.count(
          """
          SELECT COUNT(*) FROM record_audit JOIN record_version ON record_version.audit_id = record_audit.id
          WHERE record_audit.kind IN ('mark', 'register') AND org_id = \(school.school)
          """)
      }
      #expect(entries == 4)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one mark at a time is kept before the register is submitted`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      let first = school.students[0]
      try await school.take(key, [MarkEntry(student: first, letter: "A")], submits: false, by: school.amara)
      #expect(try await school.letters(key) == "A--")
      try await school.take(key, [MarkEntry(student: first, letter: nil, seen: 1)], submits: false, by: school.amara)
      #expect(try await school.letters(key) == "---")
      try await school.take(key, by: school.amara)
      #expect(try await school.letters(key) == "PPP")
      let again = try await school.take(key, by: school.amara)
      #expect(again.written == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two teachers at once: all students are marked, each once`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine, students: 20) { school in
      let section = try await school.section()
      _ = try await school.academics.assign(school.colleague, to: section.id, as: .assistant, actor: school.office)
      let key = school.key(section)
      let conflicts = try await withThrowingTaskGroup(of: Int.self) { group in
        for (index, student) in school.students.enumerated() {
          let actor = index.isMultiple(of: 2) ? school.amara : school.ben
          group.addTask {
            try await school.take(key, [MarkEntry(student: student, letter: "A")], submits: false, by: actor)
              .conflicts.count
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(conflicts == 0)
      #expect(try await school.letters(key) == String(repeating: "A", count: 20))
      let heads = try await school.database.read { tx in
        try tx.count("SELECT COUNT(*) FROM attendance_register_live WHERE section_id = \(section.id)")
      }
      #expect(heads == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two who mark one student differently: the first stands, the second hears who and when`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      _ = try await school.academics.assign(school.colleague, to: section.id, as: .assistant, actor: school.office)
      let key = school.key(section)
      let student = school.students[0]
      try await school.take(key, [MarkEntry(student: student, letter: "A")], by: school.amara)
      let first = school.clock.now()
      school.clock.advance(by: .seconds(60))
      let second = try await school.take(
        key,
        [
          MarkEntry(student: student, letter: "L", lateMinutes: 5),
          MarkEntry(student: school.students[1], letter: "E", seen: 1),
        ], by: school.ben)
      #expect(second.written == 1)
      #expect(second.conflicts.map(\.markedBy) == ["Amara Okafor"])
      #expect(second.conflicts.first?.conflict.standing.mark?.markedAt == first)
      #expect(try await school.letters(key) == "AEP")
      let third = try await school.take(key, [MarkEntry(student: student, letter: "L", seen: 1)], by: school.ben)
      #expect(third.conflicts.isEmpty)
      #expect(try await school.letters(key) == "LEP")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after the school's midnight only an override with a reason changes anything`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let key = school.key(try await school.section())
      school.zone.withLock { $0 = Zone(name: "Test/Zone") { _ in 3600 } }
      let mark = [MarkEntry(student: school.students[0], letter: "A")]
      try await school.take(key, mark, by: school.amara)
      let midnight = school.zone.withLock { $0.start(of: key.date.adding(days: 1)) }
      school.clock.set(Instant(milliseconds: midnight.milliseconds - 1))
      try await school.take(key, [MarkEntry(student: school.students[1], letter: "A", seen: 1)], by: school.amara)
      school.clock.set(midnight)
      let late = [MarkEntry(student: school.students[0], letter: "E", seen: 1)]
      #expect(await code { try await school.take(key, late, by: school.amara) } == "ATTENDANCE_LOCKED")
      #expect(await code { try await school.take(key, late, by: school.office) } == "VALIDATION_ERROR")
      #expect(await code { try await school.take(key, late, reason: "  ", by: school.office) } == "VALIDATION_ERROR")
      try await school.take(key, late, reason: "doctor's note", by: school.office)
      #expect(try await school.letters(key) == "EAP")
      let kept = try await school.attendance.register(key, actor: school.amara)
      #expect(kept.lines[0].standing.teacher?.code == AttendanceCode.absent.id)
      #expect(kept.day == .locked)
      #expect(!kept.isWritable)
      let reasons = try await school.database.read { tx in
        try tx.count("SELECT COUNT(*) FROM record_audit WHERE kind = 'mark' AND reason = 'doctor''s note'")
      }
      #expect(reasons == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tomorrow, days outside the terms and empty sections are refused`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      #expect(
        await code { try await school.take(school.key(section, daysAgo: -1), by: school.amara) } == "REGISTER_NOT_YET")
      let outside = school.key(section, daysAgo: 31)
      #expect(await code { try await school.take(outside, reason: "x", by: school.office) } == "DATE_OUTSIDE_TERM")
      let before = school.key(section, daysAgo: 21)
      #expect(await code { try await school.take(before, reason: "x", by: school.office) } == "REGISTER_EMPTY")
      let period = RegisterKey(section: section.id, date: school.today, period: 21)
      #expect(await code { try await school.take(period, by: school.amara) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who came later or left earlier is not on the register of a day`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let roster = try await school.academics.roster(of: section.id, actor: school.office)
      _ = try await school.academics.drop(
        roster[0].enrolment.id, version: 1, lastOn: school.today.adding(days: -1), reason: nil, actor: school.office)
      let names = { (daysAgo: Int) in
        try await school.attendance.register(school.key(section, daysAgo: daysAgo), actor: school.office)
          .lines.map(\.name)
      }
      #expect(try await names(0) == ["Student 1001", "Student 1002"])
      #expect(try await names(1).count == 3)
      #expect(try await names(20).count == 3)
      #expect(try await names(21).isEmpty)
      let gone = [MarkEntry(student: school.students[0], letter: "A")]
      #expect(await code { try await school.take(school.key(section), gone, by: school.amara) } == "VALIDATION_ERROR")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `own sections are taken, seen ones are refused and hidden ones are not there`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let key = school.key(section)
      for stranger in [school.ben, school.officeElsewhere, school.grace] {
        #expect(await code { try await school.attendance.register(key, actor: stranger) } == "NOT_FOUND")
        #expect(await code { try await school.take(key, by: stranger) } == "NOT_FOUND")
      }
      let looker = Actor(
        account: nil, name: "Looker", reaches: [.viewAttendance: Reach(orgs: [school.school])])
      #expect(await code { try await school.take(key, by: looker) } == "FORBIDDEN")
      #expect(try await school.attendance.register(key, actor: looker).isWritable == false)
      for taker in [school.amara, school.office] { try await school.take(key, by: taker) }
      try await school.academics.deleteSection(section.id, version: 1, actor: school.office)
      #expect(await code { try await school.attendance.register(key, actor: school.amara) } == "NOT_FOUND")
      #expect(await code { try await school.take(key, by: school.office) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the last five registers stand beside each name, oldest first`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      for (daysAgo, letter) in [(7, "A"), (6, "E"), (5, "L"), (4, "A"), (3, "P"), (2, "A")] {
        let key = school.key(section, daysAgo: daysAgo)
        let entries = [MarkEntry(student: school.students[0], letter: letter)]
        try await school.take(key, entries, reason: "test", by: school.office)
      }
      try await school.take(
        school.key(section, daysAgo: 1), [MarkEntry(student: school.students[0], letter: "A")], submits: false,
        reason: "test", by: school.office)
      let sheet = try await school.attendance.register(school.key(section), actor: school.amara)
      let letters = sheet.lines.map { line in
        line.lastFive.map { $0.flatMap { sheet.codes[$0]?.letter } ?? "-" }.joined()
      }
      #expect(letters == ["ELAPA", "PPPPP", "PPPPP"])
    }
  }
}

@Suite struct `The sum of a day` {
  @Test(arguments: TestDatabase.engines)
  func `counts each student once, the office's word before the teacher's`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let taken = try await school.section(code: "9A")
      _ = try await school.section(code: "9B")
      let key = school.key(taken)
      let (first, second) = (school.students[0], school.students[1])
      try await school.take(
        key, [MarkEntry(student: first, letter: "A"), MarkEntry(student: second, letter: "A")], by: school.amara)
      school.clock.advance(by: .seconds(86_400))
      try await school.take(key, [MarkEntry(student: first, letter: "E", seen: 1)], reason: "note", by: school.office)
      let summary = try await school.attendance.summary(of: key.date, actor: school.office)
      #expect(summary.sections == 2)
      #expect(summary.taken == 1)
      #expect(summary.missing == 1)
      #expect(summary.tally.absent == 1)
      #expect(summary.tally.excused == 1)
      #expect(summary.tally.present == 1)
      #expect(try await school.attendance.summary(of: key.date, actor: school.officeElsewhere) == DaySummary())
    }
  }
}

@Suite struct `Looking at a register` {
  @Test(arguments: TestDatabase.engines)
  func `is noted once with all it showed, and not of oneself`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let log = AccessLog(database: school.database)
      let academics = AcademicsService(
        database: school.database, record: Record(), clock: school.clock, scope: school.scope, accessLog: log)
      let attendance = AttendanceService(
        database: school.database, record: Record(), clock: school.clock, academics: academics, accessLog: log,
        zones: { _ in .utc })
      let amara = school.amara
      for _ in 0..<3 { _ = try await attendance.register(school.key(section), actor: amara) }
      _ = try await academics.roster(of: section.id, actor: amara)
      _ = try await attendance.register(school.key(section), actor: .system("test"))
      let person = try #require(try await academics.roster(of: section.id, actor: .system("test")).first).person
      let own = school.actor(Reach(own: true), person: person)
      _ = try await academics.sections(of: school.students[0], actor: own)
      try await log.flush()
      let entries = try await school.database.read { tx in
        try tx.all("SELECT page, repeats, subject_ids FROM record_access ORDER BY page") { row in
          "\(try row.next() as String) \(try row.next() as Int) \((try row.next() as String).count > 110)"
        }
      }
      #expect(entries == ["register 3 true", "roster 1 true"])
    }
  }
}

@Suite struct `Counting attendance` {
  @Test(arguments: TestDatabase.engines)
  func `a section's and a student's percentages count what was submitted, the office's word first`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      let first = school.students[0]
      let yesterday = school.key(section, daysAgo: 1)
      try await school.take(yesterday, [MarkEntry(student: first, letter: "A")], reason: "late", by: school.office)
      try await school.take(
        yesterday, [MarkEntry(student: first, letter: "L", lateMinutes: 9, seen: 1)], reason: "seen", by: school.office)
      try await school.take(school.key(section), [MarkEntry(student: first, letter: "A")], by: school.amara)
      let (total, students) = try await school.attendance.attendance(of: section.id, actor: school.amara)
      #expect(total.counted == 6)
      #expect(total.perMille == 833)
      #expect(students[first]?.perMille == 500)
      let own = try await school.attendance.attendance(of: first, actor: school.grace)
      #expect(own.map(\.tally.perMille) == [500])
      #expect(own.map(\.code) == ["9B-MATH"])
      let recent = try await school.attendance.marks(of: first, actor: school.grace)
      #expect(recent.map(\.letter) == ["A", "L"])
      let today = try await school.attendance.attendance(of: first, from: school.today, actor: school.grace)
      #expect(today.map(\.tally.absent) == [1])
      #expect(
        await code { try await school.attendance.attendance(of: school.students[1], actor: school.grace) }
          == "NOT_FOUND")
      #expect(await code { try await school.attendance.attendance(of: section.id, actor: school.grace) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a register that is begun counts nothing`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let section = try await school.section()
      try await school.take(
        school.key(section), [MarkEntry(student: school.students[0], letter: "A")], submits: false, by: school.amara)
      let (total, _) = try await school.attendance.attendance(of: section.id, actor: school.amara)
      #expect(total == AttendanceTally())
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the day lists what is missing, begun and taken, to each what is theirs`(
    engine: TestDatabase.Engine
  ) async throws {
    try await School.with(engine) { school in
      let taken = try await school.section(code: "9A")
      let begun = try await school.section(code: "9B")
      _ = try await school.section(code: "9C")
      let mark = [MarkEntry(student: school.students[0], letter: "A")]
      try await school.take(school.key(taken), mark, by: school.amara)
      try await school.take(school.key(begun), mark, submits: false, by: school.amara)
      let day = try await school.attendance.day(school.today, actor: school.office)
      #expect(day.map(\.code) == ["9A", "9B", "9C"])
      #expect(day.map(\.state) == [.taken(school.clock.now()), .begun, .missing])
      #expect(day.map(\.students) == [3, 3, 3])
      #expect(day[0].tally.absent == 1)
      #expect(day[0].tally.present == 2)
      #expect(day[0].teacher == "Amara Okafor")
      #expect(try await school.attendance.day(school.today, own: true, actor: school.amara).count == 3)
      let first = try await school.attendance.day(
        school.today, DayFilter(isMissing: true), page: PageRequest(limit: 1), actor: school.office)
      #expect(first.items.map(\.code) == ["9B"])
      let second = try await school.attendance.day(
        school.today, DayFilter(isMissing: true), page: PageRequest(limit: 1, after: first.next), actor: school.office)
      #expect(second.items.map(\.code) == ["9C"])
      #expect(second.next == nil)
      let homerooms = DayFilter(kind: .homeroom)
      #expect(try await school.attendance.summary(of: school.today, homerooms, actor: school.office) == DaySummary())
      #expect(try await school.attendance.day(school.today, actor: school.ben).isEmpty)
      #expect(try await school.attendance.day(school.today, actor: school.officeElsewhere).isEmpty)
      #expect(try await school.attendance.day(school.today.adding(days: 31), actor: school.office).isEmpty)
      #expect(try await school.attendance.today(at: school.school) == school.today)
    }
  }
}
