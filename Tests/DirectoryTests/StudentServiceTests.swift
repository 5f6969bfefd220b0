import Directory
import Kernel
import Persistence
import Record
import Rights
import Synchronization
import TestSupport
import Testing

@Suite struct `Entering and changing students` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `a new student is a person, a student and a time at the school`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.directory.enrol(
        NewStudent(
          school: world.maple.id, person: PersonDetails(givenName: " Ada ", familyName: "Lee"), grade: "9",
          email: "Ada@Example.org", phone: "+231 77"),
        by: world.office)
      #expect(ada.person.details.displayName == "Ada Lee" || ada.person.details.givenName == "Ada")
      #expect(ada.student.number == "MS-000001")
      #expect(ada.schoolName == "Maple Street School")
      #expect(ada.enrolments.map(\.year) == [world.year.id])
      #expect(ada.enrolments.first?.firstOn == world.directory.today)
      #expect(Set(ada.contacts.map(\.value)) == ["ada@example.org", "+231 77"])
      #expect(ada.version == 1)
      #expect(try await world.count("record_version WHERE kind = 'student'") == 1)
    }
  }

  @Test(arguments: engines) func `numbers are drawn one after the other and never twice`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      // Numbers an import brought are passed over.
      try await world.enrol("A", "A", number: "MS-000002")
      var numbers: [String] = []
      for index in 0..<3 { numbers.append(try await world.enrol("B", "\(index)").student.number) }
      #expect(numbers == ["MS-000001", "MS-000003", "MS-000004"])
      #expect(try await world.enrol("C", "C", at: world.alder.id).student.number == "AB-000001")
      #expect(await code { try await world.enrol("D", "D", number: "MS-000003") } == "NUMBER_TAKEN")
      #expect(try await world.enrol("D", "D", number: "MS-000003", at: world.alder.id).student.number == "MS-000003")
    }
  }

  @Test(arguments: engines) func `a series that an import has used up goes on behind it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let numbers = try await database.write { tx in
        let roster = Roster(record: world.record)
        let change = Change(by: world.office, at: world.clock.now())
        let person = Person(id: .new(at: change.at), PersonDetails(displayName: "X"))
        try roster.insert([person], change, in: tx)
        try roster.insert(
          (1...60).map { number in
            Student(
              id: .new(at: change.at), person: person.id, school: world.maple.id,
              number: "MS-0000" + (number < 10 ? "0" : "") + "\(number)")
          }, change, in: tx)
        return try world.directory.drawNumbers(5, for: world.maple, in: tx)
      }
      #expect(numbers.first == "MS-000061")
      #expect(numbers.count == 5)
    }
  }

  @Test(arguments: engines) func `many who enter at once get a number each`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let numbers = try await withThrowingTaskGroup(of: String.self) { group in
        for index in 0..<12 {
          group.addTask { try await world.enrol("A", "B\(index)").student.number }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(numbers.count == 12)
    }
  }

  @Test(arguments: engines) func `nothing is kept of a student that is refused`(engine: TestDatabase.Engine)
    async throws
  {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("A", "A", number: "7")
      let people = try await world.count("directory_person_live")
      #expect(await code { try await world.enrol("B", "B", number: "7") } == "NUMBER_TAKEN")
      #expect(await code { try await world.enrol("B", "B", at: world.district.id) } == "NOT_A_SCHOOL")
      #expect(await code { try await world.enrol("", "") } == "VALIDATION_ERROR")
      #expect(try await world.count("directory_person_live") == people)
    }
  }

  @Test(arguments: engines) func `a stale save is refused, whichever of the two rows was saved meanwhile`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Lee")
      var grade = StudentEdit(ada)
      grade.grade = "10"
      let first = try await world.directory.edit(ada.student.id, grade, seen: ada.version, by: world.office)
      #expect(first.version == 2)
      #expect(
        await code {
          _ = try await world.directory.edit(ada.student.id, grade, seen: ada.version, by: world.office)
        } == "VERSION_STALE")
      var name = StudentEdit(first)
      name.person.preferredName = "Addie"
      let second = try await world.directory.edit(ada.student.id, name, seen: 2, by: world.office)
      #expect(second.version == 3)
      #expect(
        await code { _ = try await world.directory.delete(ada.student.id, seen: 2, by: world.office) }
          == "VERSION_STALE")
      let unchanged = try await world.directory.edit(ada.student.id, StudentEdit(second), seen: 3, by: world.office)
      #expect(unchanged.version == 3)
    }
  }

  @Test(arguments: engines) func `a name reaches every list by itself`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Zed")
      try await world.enrol("Bo", "Lee")
      var edit = StudentEdit(ada)
      edit.person = PersonDetails(givenName: "Ada", familyName: "Abe", otherName: "阿达", otherLanguage: "zh")
      edit.number = "Q-1"
      _ = try await world.directory.edit(ada.student.id, edit, seen: 1, by: world.office)
      let list = try await world.directory.students(for: world.office).items
      #expect(list.map(\.displayName) == ["Ada Abe", "Bo Lee"])
      #expect(list.first?.otherName == "阿达")
      #expect(try await world.names(StudentFilter(search: "q1")) == [])
      #expect(try await world.names(StudentFilter(search: "q-1")) == [])
      #expect(try await world.names(StudentFilter(search: "阿达")) == ["Ada Abe"])
    }
  }

  @Test(arguments: engines) func `leaving ends the time at school, coming back begins another`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Lee")
      #expect(
        await code {
          _ = try await world.directory.changeStatus(
            of: ada.student.id, to: .withdrawn, because: " ", seen: 1, by: world.office)
        } == "VALIDATION_ERROR")
      let gone = try await world.directory.changeStatus(
        of: ada.student.id, to: .withdrawn, because: "moved", seen: 1, by: world.office)
      #expect(gone.enrolments.map(\.status) == [.left])
      #expect(gone.enrolments.first?.lastOn == world.directory.today)
      #expect(gone.enrolments.first?.reason == "moved")
      #expect(
        await code {
          _ = try await world.directory.changeStatus(
            of: ada.student.id, to: .graduated, because: "x", seen: gone.version, by: world.office)
        } == "STATUS_REFUSED")
      world.clock.advance(by: .seconds(86_400 * 3))
      let back = try await world.directory.changeStatus(
        of: ada.student.id, to: .active, because: "came back", seen: gone.version, by: world.office)
      #expect(back.enrolments.map(\.status) == [.enrolled, .left])
    }
  }

  @Test(arguments: engines) func `a deletion takes what hangs on the student and nothing else`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let followed = Mutex<[StudentID]>([])
      let world = try await World(database, followers: [{ id, _, _, _ in followed.withLock { $0.append(id) } }])
      let ada = try await world.enrol("Ada", "Lee")
      let bo = try await world.enrol("Bo", "Lee")
      let mother = try await world.guardian("Mo", "Lee", of: ada.student.id)
      _ = try await world.directory.add(
        NewGuardian(
          person: PersonDetails(), knownPerson: mother.guardianship.guardian, details: GuardianshipDetails()),
        to: bo.student.id, by: world.office)
      _ = try await world.directory.add(
        .collect, allowed: false, to: mother.guardianship.id, of: ada.student.id, by: world.office)
      _ = try await world.directory.delete(ada.student.id, because: "entered twice", by: world.office)
      #expect(followed.withLock { $0 } == [ada.student.id])
      #expect(try await world.count("directory_student_live") == 1)
      #expect(try await world.count("directory_school_enrolment_live") == 1)
      #expect(try await world.count("directory_guardianship_live") == 1)
      #expect(try await world.count("directory_custody_right_live") == 0)
      // Bo and the mother stay.
      #expect(try await world.count("directory_person_live") == 2)
      #expect(try await world.count("record_deletion WHERE label = 'Ada Lee, MS-000001'") == 1)
      // The number is free again.
      try await world.enrol("New", "One", number: ada.student.number)
    }
  }

  @Test(arguments: engines) func `a student who is also staff stays a person`(engine: TestDatabase.Engine) async throws
  {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ada = try await world.enrol("Ada", "Lee")
      _ = try await world.directory.employ(
        NewStaff(
          person: PersonDetails(), knownPerson: ada.person.id,
          employment: EmploymentDetails(org: world.maple.id, job: "Assistant")), by: world.office)
      _ = try await world.directory.delete(ada.student.id, by: world.office)
      #expect(try await world.directory.staff(for: world.office).items.map(\.displayName) == ["Ada Lee"])
    }
  }
}
