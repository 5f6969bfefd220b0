import Interop
import Kernel
import Testing

@Suite struct `Reading School Data Sync V1` {
  @Test func `schools, terms, courses, people, sections and enrolments are read in that order`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync1)
    #expect(reading.source.format == .schoolDataSync1)
    #expect(reading.orgs.map(\.code) == ["M1", "R2"])
    #expect(reading.people.count == 4)
    #expect(reading.students.count == 4)
    #expect(reading.staff.count == 2)
    #expect(reading.sections.map(\.id) == ["S1", "S2", "S3"])
    #expect(reading.enrolments.count { $0.role == .student } == 3)
    #expect(reading.enrolments.count { $0.role == .teacher } == 2)
    let kinds = reading.records.map(\.kind)
    #expect(kinds.firstIndex(of: .person) ?? 0 > kinds.firstIndex(of: .course) ?? .max)
    #expect(kinds.firstIndex(of: .section) ?? 0 > kinds.lastIndex(of: .staff) ?? .max)
  }

  @Test func `one term and one course serve both schools under one identifier`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync1)
    let year = reading.sessions.filter { $0.id == "T1" }
    #expect(year.map(\.org) == ["100", "200"])
    #expect(year.allSatisfy { $0.kind == .year && $0.firstOn.description == "2026-09-01" })
    #expect(year.allSatisfy { $0.lastOn.description == "2027-06-30" && $0.schoolYear == 2027 })
    #expect(reading.sessions.first { $0.id == "T2" }?.kind == .term)
    #expect(reading.courses.filter { $0.id == "C1" }.map(\.org) == ["100", "200"])
    #expect(reading.sections.last?.course == "Choir")
  }

  @Test func `dates are month first, and a person at two schools is one person`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync1)
    #expect(reading.people.first { $0.id == "2" }?.birthDate?.description == "2010-12-09")
    #expect(reading.students.filter { $0.person == "3" }.map(\.school) == ["200", "100"])
    #expect(reading.students.map(\.status) == [.active, .transferred, .active, .active])
    #expect(reading.staff.map(\.title) == ["Head of maths", nil])
  }

  @Test func `passwords are nowhere, and State ID is no key`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync1)
    #expect(!reading.everything.contains("S3cret"))
    let unkept = Set(reading.source.columnsNotKept)
    for file in ["Student.csv", "Teacher.csv"] {
      #expect(unkept.contains(UnkeptColumn(file: file, column: "Password")))
    }
    #expect(unkept.contains(UnkeptColumn(file: "Student.csv", column: "State ID")))
    #expect(!unkept.contains(UnkeptColumn(file: "Student.csv", column: "Birthdate")))
  }

  @Test func `what does not fit together is told of with file, row, column and value`() throws {
    var files = RosterFixtures.schoolDataSync1
    files[4].1 = "Section SIS ID,SIS ID\nS1,1\nS9,1\nS1,99\nS1,1\n"
    files[1].1 += "\nS4,300,Nowhere,,T1,2026/27,9/1/2026,6/30/2027,C1,Algebra,ALG,Math,,Active"
    files[2].1 += "\n1,100,Other,Person,x,p,LR,N7,,9,Active,1/1/2010"
    let reading = try Reading(files)
    let told = reading.findings.map { "\($0.file) \($0.row ?? 0) \($0.column ?? "-") \($0.value ?? "-") \($0.code)" }
    #expect(
      told == [
        "Student.csv 6 - 1 DUPLICATE", "Section.csv 4 Status Inactive STATUS_NOT_KEPT",
        "Section.csv 5 School SIS ID 300 UNKNOWN_REFERENCE",
        "StudentEnrollment.csv 3 Section SIS ID S9 UNKNOWN_REFERENCE",
        "StudentEnrollment.csv 4 SIS ID 99 UNKNOWN_REFERENCE", "StudentEnrollment.csv 5 - S1/1/student DUPLICATE",
      ])
  }

  @Test func `missing files and columns are refused at once, and strange files are told of`() throws {
    var files = RosterFixtures.schoolDataSync1
    files[2].1 = "SIS ID,First Name\n1,Ama\n"
    #expect(refusal { _ = try Reading(files) } == "ROSTER_MISSING_COLUMNS")
    files[2].1 = "SIS ID,SIS ID,First Name\n1,1,Ama\n"
    #expect(refusal { _ = try Reading(files) } == "ROSTER_DUPLICATE_COLUMN")
    let strange = try Reading(RosterFixtures.schoolDataSync1 + [("Notes.csv", "a\n1\n")])
    #expect(strange.findings.filter { $0.code == "FILE_NOT_READ" }.map(\.file) == ["Notes.csv"])
  }

  @Test func `rows and records are counted`() throws {
    let files = try RosterFiles(RosterFixtures.schoolDataSync1.map { ($0.0, Array($0.1.utf8)) })
    let reading = try RosterSource(files).reading()
    while let batch = try reading.next(3) { #expect(batch.records.count <= 3) }
    #expect(reading.counts.rows["Student.csv"] == 4)
    #expect(reading.counts.rows["StudentEnrollment.csv"] == 3)
    #expect(reading.counts.records[.person] == 4)
    #expect(reading.counts.warnings == 1)
    #expect(reading.counts.errors == 0)
  }
}

@Suite struct `Reading School Data Sync V2.1` {
  @Test func `parents come first and foreign words are kept`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync2)
    #expect(reading.source.format == .schoolDataSync2)
    #expect(reading.findings == [])
    #expect(reading.orgs.map(\.id) == ["M1", "S1", "D1"])
    #expect(reading.orgs.first?.kind == .other("ministryOfEducation"))
  }

  @Test func `roles become what people are, and relationships their guardians`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync2)
    #expect(reading.students.map(\.person) == ["u1"])
    #expect(reading.students.first?.lastOn?.description == "2027-06-30")
    #expect(reading.staff.map(\.person) == ["u3"])
    #expect(reading.staff.first?.kind == .teacher)
    #expect(reading.staff.first?.title == "professor")
    #expect(reading.relationships.map { "\($0.student) \($0.guardian) \($0.relation ?? "")" } == ["u1 u2 guardian"])
    #expect(reading.enrolments.map(\.role) == [.student, .teacher])
  }

  @Test func `birth date and sex are kept; flags, origins and passwords are not`() throws {
    let reading = try Reading(RosterFixtures.schoolDataSync2)
    #expect(reading.people.first?.birthDate?.description == "2011-03-28")
    #expect(reading.people.first?.sex == .female)
    #expect(!reading.everything.contains("S3cret"))
    #expect(!reading.everything.contains("iep"))
    let unkept = Set(reading.source.columnsNotKept.map { "\($0.file) \($0.column)" })
    #expect(unkept.isSuperset(of: ["users.csv password", "userFlags.csv flag", "demographics.csv raceCodes"]))
    #expect(!unkept.contains("demographics.csv birthDate"))
  }

  @Test func `a circle of organisations is refused row by row`() throws {
    var files = RosterFixtures.schoolDataSync2
    files[0].1 += "\nX,Loop,school,Y\nY,Loop,school,X"
    let reading = try Reading(files)
    #expect(reading.findings.map { "\($0.row ?? 0) \($0.code)" } == ["5 PARENT_CIRCLE", "6 PARENT_CIRCLE"])
  }
}
