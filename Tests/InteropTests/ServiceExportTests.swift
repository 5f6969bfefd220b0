import Academics
import Directory
import Interop
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

extension ImportWorld {
  var exports: ExportService {
    ExportService(database: database, clock: clock, directory: directory, academics: academics)
  }

  var academics: AcademicsService {
    AcademicsService(
      database: database, record: Record(), clock: clock,
      scope: SectionScope { _, _ in "SELECT id FROM directory_student_live WHERE FALSE" })
  }

  /// A OneRoster package, read back.
  func importing(zip: [UInt8], by actor: Actor? = nil) async throws -> RosterImport {
    let files = try RosterFiles(upload: "oneroster.zip", zip)
    let brought = try await imports.bring(
      ImportOrder(fileName: "oneroster.zip", files: files), keepsFiles: false, by: actor ?? office)
    return try await imports.apply(brought.import.id, from: brought.source, by: actor ?? office, at: imports.desk)
  }

  func text(_ list: ExportService.List, of school: OrgID? = nil, by actor: Actor? = nil) async throws -> String {
    var bytes: [UInt8] = []
    for try await piece in try exports.csv(list, of: school, by: actor ?? office) { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite struct `Exporting a roster as OneRoster` {
  @Test(arguments: TestDatabase.engines)
  func `read back into the same installation it changes nothing`(engine: TestDatabase.Engine) async throws {
    for files in [RosterFixtures.schoolDataSync1, RosterFixtures.schoolDataSync2, RosterFixtures.oneRoster()] {
      try await ImportWorld.with(engine) { world in
        try await world.importing(files)
        let dump = try await world.dump()
        let (zip, leftOut) = try await world.exports.oneRoster(by: world.office)
        #expect(leftOut == [])
        let back = try await world.importing(zip: zip)
        #expect(back.counts.changes == 0, "\(back.counts)")
        let findings = try await world.imports.findings(of: back.id, by: world.office)
        #expect(findings == [])
        let differences = Set(try await world.dump()).symmetricDifference(dump)
        #expect(differences == [])
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `read into an empty installation everybody is there, and again changes nothing`(
    engine: TestDatabase.Engine
  ) async throws {
    // OneRoster has one number for a person, so who has two at two schools stays out of this.
    let oneSchoolEach = RosterFixtures.schoolDataSync1.map { name, text in
      (name, text.split(separator: "\n").filter { !$0.hasPrefix("3,100,") }.joined(separator: "\n"))
    }
    for files in [oneSchoolEach, RosterFixtures.schoolDataSync2, RosterFixtures.oneRoster()] {
      var zip: [UInt8] = []
      var before: [String] = []
      try await ImportWorld.with(engine) { world in
        try await world.importing(files)
        zip = try await world.exports.oneRoster(by: world.office).zip
        before = try await world.likeness()
      }
      try await ImportWorld.with(engine) { world in
        let back = try await world.importing(zip: zip)
        #expect(back.counts.errors == 0)
        let differences = Set(try await world.likeness()).symmetricDifference(before)
        #expect(differences == [])
        let again = try await world.importing(zip: zip)
        #expect(again.counts.changes == 0)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `whoever takes people out is written down with them`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let maple = try await world.school("MS", "Maple Street")
      try await world.importing([("a.csv", "No,Name\n1,Ama Maple\n")], school: maple)
      let log = AccessLog(database: world.database)
      let exports = ExportService(
        database: world.database, clock: world.clock, directory: world.directory,
        academics: world.academics, accessLog: log)
      _ = try await exports.oneRoster(by: world.clerk(of: maple))
      try await log.flush()
      #expect(try await world.texts("SELECT page FROM record_access") == ["oneroster.zip"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one school's package holds nobody of another`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let maple = try await world.school("MS", "Maple Street")
      let alder = try await world.school("AB", "Alder Bay")
      try await world.importing([("a.csv", "No,Name\n1,Ama Maple\n")], school: maple)
      try await world.importing([("b.csv", "No,Name\n1,Ben Alder\n")], school: alder)
      let (zip, _) = try await world.exports.oneRoster(by: world.clerk(of: maple))
      let users = String(decoding: try RosterFiles(upload: "x.zip", zip)["users.csv"] ?? [], as: UTF8.self)
      #expect(users.contains("Maple") && !users.contains("Alder"))
      #expect(
        await problemCode { _ = try await world.exports.oneRoster(of: alder, by: world.clerk(of: maple)) }
          == "NOT_FOUND")
      let stranger = Actor(account: .new(at: world.clock.now()), name: "x", reaches: [:])
      #expect(await problemCode { _ = try await world.exports.oneRoster(by: stranger) } == "FORBIDDEN")
    }
  }
}

@Suite struct `Exporting a list as CSV` {
  @Test(arguments: TestDatabase.engines)
  func `every row once, over several pages, and formulas defused`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let list = "No,Name,Class,Parent Name\n" + (0..<450).map { "N\($0),=Student \($0),H,Parent \($0)\n" }.joined()
      try await world.importing([("list.csv", list)], school: school)
      let students = try await world.text(.students)
      #expect(students.split(separator: "\r\n").count == 451)
      #expect(students.contains("\"'=Student 7\""))
      #expect(try await world.text(.guardians).split(separator: "\r\n").count == 451)
      #expect(try await world.text(.sections).split(separator: "\r\n").count == 2)
      #expect(try await world.text(.staff).split(separator: "\r\n").count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the right to export a school gives that school's rows alone`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let maple = try await world.school("MS", "Maple Street")
      let alder = try await world.school("AB", "Alder Bay")
      try await world.importing([("a.csv", "No,Name\n1,Ama Maple\n")], school: maple)
      try await world.importing([("b.csv", "No,Name\n1,Ben Alder\n")], school: alder)
      let clerk = Actor(
        account: .new(at: world.clock.now()), name: "clerk",
        reaches: [.viewStudents: .everywhere, .viewGuardians: .everywhere, .makeExports: Reach(orgs: [maple])])
      let text = try await world.text(.students, by: clerk)
      #expect(text.contains("Ama Maple") && !text.contains("Ben Alder"))
      #expect(await problemCode { _ = try await world.text(.students, of: alder, by: clerk) } == "NOT_FOUND")
      #expect(await problemCode { _ = try await world.text(.guardians, by: clerk) } == "FORBIDDEN")
    }
  }
}

extension ImportWorld {
  /// Who is what where, in words that OneRoster can carry: for two installations that were filled apart.
  fileprivate func likeness() async throws -> [String] {
    try await texts(
      """
      SELECT 'person ' || display_name || ' ' || sort_name FROM directory_person_live
      UNION ALL SELECT 'org ' || code || ' ' || name || ' ' || kind FROM directory_org_live
      UNION ALL SELECT 'contact ' || kind || ' ' || value FROM directory_contact_point_live
      UNION ALL SELECT 'student ' || number || ' ' || coalesce(grade, '') || ' ' || display_name
        FROM directory_student_live
      UNION ALL SELECT 'staff ' || job || ' ' || coalesce(number, '') FROM directory_employment_live
      UNION ALL SELECT 'guardian ' || relation FROM directory_guardianship_live
      UNION ALL SELECT 'course ' || code || ' ' || title || ' ' || coalesce(subject, '') FROM academics_course_live
      UNION ALL SELECT 'section ' || code || ' ' || title || ' ' || kind FROM academics_section_live
      UNION ALL SELECT 'seat ' || e.kind || ' ' || e.status || ' ' || s.code || ' ' || t.number
        FROM academics_enrolment_live e JOIN academics_section_live s ON s.id = e.section_id
        JOIN directory_student_live t ON t.id = e.student_id
      UNION ALL SELECT 'teaches ' || s.code || ' ' || p.display_name || ' ' || a.role
        FROM academics_section_staff_live a JOIN academics_section_live s ON s.id = a.section_id
        JOIN directory_person_live p ON p.id = a.person_id
      UNION ALL SELECT 'in ' || s.code || ' ' || p.title
        FROM academics_section_period_live sp JOIN academics_section_live s ON s.id = sp.section_id
        JOIN directory_period_live p ON p.id = sp.period_id
      ORDER BY 1
      """)
  }
}
