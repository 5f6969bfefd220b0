import Directory
import Interop
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Importing a list of students` {
  private static let list = """
    Student No,First Name,Surname,DOB,Grade,Class,E-mail,Parent Name,Parent Email,Relationship,Password
    S-1,Ama,Mensah,2011-03-28,9,9A,ama@maple.example,Kofi Mensah,kofi@home.example,Father,hunter2
    S-2,Kwame,Mensah,2012-05-04,8,8B,,Kofi Mensah,kofi@home.example,Father,hunter3
    S-3,Zoë,O'Neill,2010-06-17,10,,,,,,hunter4
    """

  @Test(arguments: TestDatabase.engines)
  func `students, homerooms and guardians come in, and siblings share theirs`(
    engine: TestDatabase.Engine
  ) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let done = try await world.importing([("list.csv", Self.list)], school: school)
      #expect(done.counts[.student].create == 3)
      #expect(done.counts[.section].create == 2)
      #expect(done.counts[.relationship].create == 2)
      #expect(done.counts.errors == 0)
      #expect(try await world.count("directory_person_live") == 4)
      #expect(
        try await world.texts("SELECT display_name FROM directory_student_live ORDER BY number")
          == ["Ama Mensah", "Kwame Mensah", "Zoë O'Neill"])
      #expect(
        try await world.texts("SELECT relation FROM directory_guardianship_live ORDER BY id") == ["father", "father"])
      #expect(try await world.count("academics_enrolment_live WHERE kind = 'homeroom'") == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `only differences are written, and what a column does not say stays`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      try await world.importing([("list.csv", Self.list)], school: school)
      let newer = "Student No,First Name,Surname,Grade\nS-1,Ama,Mensah-Osei,9\nS-2,Kwame,Mensah,9\nS-3,Zoë,O'Neill,10\n"
      let done = try await world.importing([("list.csv", newer)], school: school)
      #expect(done.counts[.person].update == 1)
      #expect(done.counts[.student].update == 1)
      #expect(done.counts[.student].unchanged == 2)
      #expect(
        try await world.texts(
          """
          SELECT display_name || ' ' || birth_on FROM directory_person_live WHERE family_name = 'Mensah-Osei'
          """)
          == ["Ama Mensah-Osei 2011-03-28"])
      #expect(try await world.texts("SELECT display FROM directory_person_name_live") == ["Ama Mensah"])
      #expect(try await world.count("directory_contact_point_live") == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a student entered by hand is found by number, and a stranger's name is told`(
    engine: TestDatabase.Engine
  ) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      for (given, number) in [("Ama", "S-1"), ("Someone", "S-2")] {
        _ = try await world.directory.enrol(
          NewStudent(
            school: school, person: PersonDetails(givenName: given, familyName: given == "Ama" ? "Mensah" : "Else"),
            number: number, grade: "9"), by: world.office)
      }
      let done = try await world.importing([("list.csv", Self.list)], school: school)
      #expect(done.counts[.student].create == 1)
      #expect(try await world.count("directory_student_live") == 3)
      #expect(done.counts.causes["OTHER_NAME"]?.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a move to another homeroom leaves the first`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      try await world.importing([("list.csv", "Student No,Name,Class\n1,Ama,9A\n")], school: school)
      let before = try await world.dump()
      let moved = try await world.importing([("list.csv", "Student No,Name,Class\n1,Ama,9B\n")], school: school)
      #expect(
        try await world.texts("SELECT status FROM academics_enrolment_live ORDER BY status") == ["dropped", "enrolled"])
      #expect(try await world.imports.undo(moved.id, by: world.office).leftCount == 0)
      #expect(try await world.dump() == before)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a dry run counts what the real one does and writes nothing`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let before = try await world.dump()
      let (checked, source) = try await world.bring([("list.csv", Self.list)], school: school)
      #expect(checked.state == .checked)
      #expect(try await world.dump() == before)
      let done = try await world.imports.apply(checked.id, from: source, by: world.office, at: world.imports.desk)
      #expect(done.counts == checked.counts)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `good rows come in, the others come back with what to do, without passwords`(
    engine: TestDatabase.Engine
  ) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      _ = try await world.directory.enrol(
        NewStudent(school: school, person: PersonDetails(displayName: "Holder"), number: "S-3", grade: nil),
        by: world.office)
      let bad = Self.list + "\nS-4,,,,,,,,,,hunter5\n,Nobody,Known,,,,,,,,hunter6\nS-6,Short\n"
      let done = try await world.importing([("list.csv", bad)], school: school, keepsFiles: true)
      #expect(done.state == .done)
      #expect(done.counts.errorRows == 3)
      #expect(done.counts[.student].create == 2)
      let rows = try await world.imports.failedRows(of: done.id, by: world.office)
      let text = String(decoding: rows.bytes, as: UTF8.self)
      #expect(text.contains("S-4") && text.contains("What to do") && !text.contains("hunter"))
      #expect(text.split(separator: "\r\n").count == 4)
      let kept = try await world.database.read { tx in
        try tx.all("SELECT bytes FROM interop_file") { row in
          String(decoding: try row.next() as [UInt8], as: UTF8.self)
        }
      }
      #expect(!kept.joined().contains("hunter"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `all or nothing writes nothing when one row has an error`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let before = try await world.dump()
      let code = await problemCode {
        try await world.importing([("list.csv", Self.list + "\nS-4,,,\n")], school: school, mode: .allOrNothing)
      }
      #expect(code == "IMPORT_HAS_ERRORS")
      #expect(try await world.dump() == before)
      let done = try await world.importing([("list.csv", Self.list)], school: school, mode: .allOrNothing)
      #expect(done.counts[.student].create == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `all or nothing is taken back when an error shows only while writing`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let list = "Student No,Name\n" + (0..<450).map { "N\($0),Student \($0)\n" }.joined()
      let (checked, source) = try await world.bring([("list.csv", list)], school: school, mode: .allOrNothing)
      // Between check and writing somebody gives the last number to someone else, who is then not found by the name.
      _ = try await world.directory.enrol(
        NewStudent(school: school, person: PersonDetails(displayName: "Faster"), number: "N449", grade: nil),
        by: world.office)
      let other = try await world.importing([("list.csv", "Student No,Name\nX1,Student 449\n")], school: school)
      try await world.database.write { tx in
        // As if the source had called the person of X1 by the name of row 449 before.
        try tx.run("UPDATE directory_external_id SET external = 'N449' WHERE external = 'X1'")
      }
      let before = try await world.dump()
      let failed = try await world.imports.apply(checked.id, from: source, by: world.office, at: world.imports.desk)
      #expect(failed.state == .failed)
      #expect(failed.problem?.contains("Rows have errors") ?? false)
      #expect(try await world.dump() == before)
      #expect(other.state == .done)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an import that was killed between two batches goes on and counts each row once`(
    engine: TestDatabase.Engine
  ) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let list = "Student No,Name,Class\n" + (0..<900).map { "N\($0),Student \($0),H\($0 % 30)\n" }.joined()
      let (checked, _) = try await world.bring([("list.csv", list)], school: school, keepsFiles: true)
      struct Killed: Error {}
      let stopping = ImportDesk { done, body in
        guard done < 1200 else { throw Killed() }
        try await world.database.write { tx in try body(tx) }
      }
      await #expect(throws: Killed.self) {
        try await world.imports.apply(checked.id, by: world.office, at: stopping)
      }
      let half = try await world.imports.find(checked.id, by: world.office)
      #expect(half.state == .applying && half.position > 0)
      let written = try await world.count("directory_student_live")
      #expect(written > 0 && written < 900)
      let done = try await world.imports.apply(checked.id, by: world.office, at: world.imports.desk)
      #expect(done.counts == checked.counts)
      #expect(try await world.count("directory_student_live") == 900)
      #expect(try await world.count("academics_enrolment_live") == 900)
      #expect(
        await problemCode {
          _ = try await world.imports.apply(checked.id, by: world.office, at: world.imports.desk)
        } == "IMPORT_STATE")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a row the database refuses becomes an error and the others come in`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      try await world.database.write { tx in
        try tx.run("CREATE UNIQUE INDEX one_of_a_name ON directory_person (display_name)")
      }
      let done = try await world.importing(
        [("list.csv", "Student No,Name\n1,Ama\n2,Twin\n3,Twin\n4,Zoë\n")], school: school)
      try await world.database.write { tx in try tx.run("DROP INDEX one_of_a_name") }
      #expect(done.counts[.student].create == 3)
      #expect(done.counts.causes["NOT_SAVED"]?.count == 1)
      #expect(done.counts[.person].error == 1)
    }
  }
}

@Suite struct `Taking an import back` {
  private static let list = "Student No,Name,Class\n1,Ama Mensah,9A\n2,Ben Lee,9A\n"

  @Test(arguments: TestDatabase.engines)
  func `what was changed since is left alone and told of`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let done = try await world.importing([("list.csv", Self.list)], school: school)
      let students = try await world.directory.students(StudentFilter(), sortedBy: .number, for: world.office).items
      let record = try await world.directory.student(students[0].id, for: world.office)
      var edit = StudentEdit(record)
      edit.grade = "12"
      _ = try await world.directory.edit(record.student.id, edit, seen: record.version, by: world.office)
      let outcome = try await world.imports.undo(done.id, by: world.office)
      #expect(outcome.left.contains { $0.kind == "student" && $0.why == .changedSince })
      #expect(try await world.count("directory_student_live") == 1)
      let undone = try await world.imports.find(done.id, by: world.office)
      #expect(undone.state == .undone)
      #expect(undone.problem?.contains("left as they are") ?? false)
      let again = try await world.importing([("list.csv", Self.list)], school: school)
      #expect(again.counts[.student].create == 1)
      #expect(try await world.count("directory_student_live") == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `thirty days and not a moment longer`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let school = try await world.school("MS", "Maple Street")
      let done = try await world.importing([("list.csv", Self.list)], school: school, keepsFiles: true)
      world.clock.set(try found(done.undoUntil).adding(.milliseconds(1)))
      #expect(await problemCode { _ = try await world.imports.undo(done.id, by: world.office) } == "UNDO_TOO_LATE")
      #expect(try await world.imports.forgetOldFiles() == 1)
      #expect(
        await problemCode {
          _ = try await world.imports.failedRows(of: done.id, file: "list.csv", by: world.office)
        } == "IMPORT_FILES_GONE")
      world.clock.set(try found(done.undoUntil))
      #expect(try await world.imports.undo(done.id, by: world.office).leftCount == 0)
      #expect(await problemCode { _ = try await world.imports.undo(done.id, by: world.office) } == "IMPORT_STATE")
    }
  }
}

@Suite struct `Importing for one school only` {
  @Test(arguments: TestDatabase.engines)
  func `other schools' people, schools and imports are out of reach`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let district = try await world.school("D", "District", kind: .district)
      let maple = try await world.school("MS", "Maple Street", below: district)
      let alder = try await world.school("AB", "Alder Bay", below: district)
      let clerk = world.clerk(of: maple)
      let list = [("list.csv", "Student No,Name\nS-1,Ama Mensah\n")]
      let alders = try await world.importing(list, school: alder)
      let own = try await world.importing(list, by: clerk)
      #expect(own.school == maple)
      #expect(own.counts[.student].create == 1)
      #expect(try await world.count("directory_person_live") == 2)
      #expect(await problemCode { _ = try await world.imports.find(alders.id, by: clerk) } == "NOT_FOUND")
      #expect(await problemCode { _ = try await world.imports.undo(alders.id, by: clerk) } == "NOT_FOUND")
      #expect(await problemCode { try await world.importing(list, school: alder, by: clerk) } == "NOT_FOUND")
      #expect(try await world.imports.imports(by: clerk).items.map(\.id) == [own.id])

      let named = [("list.csv", "Student No,Name,School\nS-9,Eve,Alder Bay\nS-8,Adam,Maple Street\n")]
      let mixed = try await world.importing(named, by: clerk)
      #expect(mixed.counts[.student].create == 1)
      #expect(mixed.counts[.student].error == 1)
      #expect(mixed.counts.causes["UNKNOWN_SCHOOL"] != nil)
      #expect(try await world.count("directory_student_live WHERE number = 'S-9'") == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `our own identities name only people of the school`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let maple = try await world.school("MS", "Maple Street")
      let alder = try await world.school("AB", "Alder Bay")
      let victim = try await world.directory.enrol(
        NewStudent(school: alder, person: PersonDetails(displayName: "Victim"), number: "V", grade: nil),
        by: world.office)
      let files = [
        (
          "orgs.csv",
          "sourcedId,name,type,parentSourcedId\n\(maple),Maple Street,school,\n\(alder),Taken Over,school,\n"
        ),
        ("users.csv", "sourcedId,username,givenName,familyName\n\(victim.person.id),x,Taken,Over\n"),
        ("roles.csv", "userSourcedId,orgSourcedId,role\n\(victim.person.id),\(maple),student\n"),
      ]
      _ = try await world.importing(files, by: world.clerk(of: maple))
      #expect(try await world.count("directory_person_live WHERE display_name = 'Victim'") == 1)
      #expect(try await world.count("directory_org_live WHERE name = 'Alder Bay'") == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `without the right nothing is there`(engine: TestDatabase.Engine) async throws {
    try await ImportWorld.with(engine) { world in
      let stranger = Actor(account: .new(at: world.clock.now()), name: "x", reaches: [:])
      #expect(await problemCode { _ = try await world.imports.imports(by: stranger) } == "FORBIDDEN")
      let list = [("l.csv", "No,Name\n1,A\n")]
      #expect(await problemCode { try await world.importing(list, by: stranger) } == "FORBIDDEN")
      let nobody = await problemCode { try await world.importing(list) }
      #expect(nobody == "IMPORT_SCHOOL_REQUIRED")
    }
  }
}
