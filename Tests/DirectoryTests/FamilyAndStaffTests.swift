import Directory
import Kernel
import Persistence
import Rights
import TestSupport
import Testing

@Suite struct `Guardians of a student` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `the first is the primary one, a new primary one takes over`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee").student.id
      #expect(try await world.guardian("Mo", "Lee", of: child).guardianship.details.isPrimary)
      #expect(try await !world.guardian("Fa", "Lee", of: child).guardianship.details.isPrimary)
      try await world.guardian("Gran", "Lee", of: child, primary: true)
      let all = try await world.directory.guardians(of: child, for: world.office)
      #expect(all.map(\.displayName) == ["Gran Lee", "Fa Lee", "Mo Lee"])
      #expect(all.filter(\.guardianship.details.isPrimary).count == 1)
      var details = all[2].guardianship.details
      details.isPrimary = true
      let edited = try await world.directory.edit(
        all[2].guardianship.id, of: child, details, seen: all[2].guardianship.version, by: world.office)
      #expect(edited.first?.displayName == "Mo Lee")
      #expect(
        await code {
          _ = try await world.directory.edit(
            all[2].guardianship.id, of: child, details, seen: all[2].guardianship.version, by: world.office)
        } == "VERSION_STALE")
    }
  }

  @Test(arguments: engines) func `nobody is a guardian twice, or one's own`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee")
      let mother = try await world.guardian("Mo", "Lee", of: child.student.id)
      func add(_ person: PersonID) async -> String {
        await code {
          _ = try await world.directory.add(
            NewGuardian(person: PersonDetails(), knownPerson: person, details: GuardianshipDetails()),
            to: child.student.id, by: world.office)
        }
      }
      #expect(await add(mother.guardianship.guardian) == "GUARDIAN_ALREADY")
      #expect(await add(child.person.id) == "OWN_GUARDIAN")
      #expect(await add(.new(at: world.clock.now())) == "NOT_FOUND")
    }
  }

  @Test(arguments: engines) func `a student has no more guardians than are shown`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee").student.id
      for place in 0..<50 { _ = try await world.guardian("Nr \(place)", "Lee", of: child) }
      #expect(await code { _ = try await world.guardian("One", "Toomany", of: child) } == "GUARDIANS_FULL")
      #expect(try await world.directory.guardians(of: child, for: world.office).count == 50)
    }
  }

  @Test(arguments: engines) func `whoever leaves takes the rights along and, if nothing else, the person`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee").student.id
      let mother = try await world.guardian("Mo", "Lee", of: child)
      _ = try await world.directory.add(
        .collect, allowed: true, to: mother.guardianship.id, of: child, by: world.office)
      #expect(try await world.count("directory_person_live") == 2)
      _ = try await world.directory.remove(mother.guardianship.id, of: child, by: world.office)
      #expect(try await world.count("directory_person_live") == 1)
      #expect(try await world.count("directory_custody_right_live") == 0)
    }
  }

  @Test(arguments: engines) func `the list of guardians shows those of students in reach`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ours = try await world.enrol("Ours", "A").student.id
      let theirs = try await world.enrol("Theirs", "B", at: world.alder.id).student.id
      let mother = try await world.guardian("Mo", "A", of: ours)
      try await world.guardian("Fa", "B", of: theirs)
      let office = world.actor([.viewStudents, .viewGuardians], at: world.maple.id)
      #expect(try await world.directory.guardians(for: office).items.map(\.displayName) == ["Mo A"])
      #expect(try await world.directory.guardians(for: world.office).items.map(\.students) == [1, 1])
      #expect(
        try await world.directory.guardians(search: "b fa", for: world.office).items.map(\.displayName) == ["Fa B"])
      #expect(try await world.directory.guardians(search: "theirs", for: world.office).items.isEmpty)
      #expect(await code { _ = try await world.directory.guardians(of: theirs, for: office) } == "NOT_FOUND")
      let page = try await world.directory.guardians(page: PageRequest(limit: 1), for: world.office)
      let next = try await world.directory.guardians(page: PageRequest(limit: 1, after: page.next), for: world.office)
      #expect(page.items.map(\.displayName) + next.items.map(\.displayName) == ["Mo A", "Fa B"])
      let one = try await world.directory.guardian(mother.guardianship.guardian, for: office)
      #expect(one.students.map(\.displayName) == ["Ours A"])
      #expect(
        await code { _ = try await world.directory.guardian(.new(at: world.clock.now()), for: office) } == "NOT_FOUND")
    }
  }

  @Test(arguments: engines) func `custody is asked for mail and exports too`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee").student.id
      let mother = try await world.guardian("Mo", "Lee", of: child).guardianship
      func may(_ custody: Custody) async throws -> Bool {
        try await database.read { tx in
          try world.directory.allows(custody, to: mother.guardian, of: child, in: tx)
        }
      }
      #expect(try await may(.write))
      _ = try await world.directory.add(.write, allowed: false, to: mother.id, of: child, by: world.office)
      #expect(try await !may(.write))
      #expect(try await may(.see))
      #expect(
        await code {
          _ = try await world.directory.add(
            .see, allowed: true, from: world.directory.today, until: world.directory.today.adding(days: -1),
            to: mother.id, of: child, by: world.office)
        } == "VALIDATION_ERROR")
    }
  }
}

@Suite struct `Staff and their jobs` {
  static let engines = TestDatabase.engines

  func hire(_ world: World, _ given: String, _ family: String, at org: OrgID, number: String? = nil) async throws
    -> StaffRecord
  {
    try await world.directory.employ(
      NewStaff(
        person: PersonDetails(givenName: given, familyName: family),
        employment: EmploymentDetails(org: org, job: "Teacher", number: number), email: "x@example.org"),
      by: world.office)
  }

  @Test(arguments: engines) func `a list shows who works where the reader may look`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ours = try await hire(world, "Ann", "Lee", at: world.maple.id)
      let theirs = try await hire(world, "Bob", "Roy", at: world.alder.id)
      let office = world.actor([.viewStaff, .editStaff], at: world.maple.id)
      #expect(try await world.directory.staff(for: office).items.map(\.displayName) == ["Ann Lee"])
      #expect(try await world.directory.staff(for: world.office).items.map(\.displayName) == ["Ann Lee", "Bob Roy"])
      #expect(
        try await world.directory.staff(at: world.alder.id, for: world.office).items.map(\.displayName) == ["Bob Roy"])
      #expect(
        try await world.directory.staff(search: "roy", for: world.office).items.first?.jobs.map(\.job) == ["Teacher"])
      #expect(await code { _ = try await world.directory.staffMember(theirs.staff.id, for: office) } == "NOT_FOUND")
      let own = world.actor([.viewStaff], reaching: Reach(own: true), person: theirs.person.id)
      #expect(try await world.directory.staff(for: own).items.map(\.displayName) == ["Bob Roy"])
      // A second job brings the person into a second school's sight.
      _ = try await world.directory.add(
        EmploymentDetails(org: world.maple.id, job: "Cover"), to: theirs.staff.id, by: world.office)
      #expect(try await world.directory.staffMember(theirs.staff.id, for: office).employments.count == 2)
      #expect(
        try await world.directory.staffMember(ours.staff.id, for: office).contacts.map(\.value) == ["x@example.org"])
    }
  }

  @Test(arguments: engines) func `nobody is staff twice, and a number is given once`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ann = try await hire(world, "Ann", "Lee", at: world.maple.id, number: "7")
      #expect(
        await code {
          _ = try await world.directory.employ(
            NewStaff(
              person: PersonDetails(), knownPerson: ann.person.id,
              employment: EmploymentDetails(org: world.maple.id, job: "Cook")), by: world.office)
        } == "STAFF_ALREADY")
      #expect(await code { _ = try await hire(world, "Bob", "Roy", at: world.maple.id, number: "7") } == "CONFLICT")
      _ = try await hire(world, "Bob", "Roy", at: world.alder.id, number: "7")
    }
  }

  @Test(arguments: engines) func `a job ends, a stale save does not`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ann = try await hire(world, "Ann", "Lee", at: world.maple.id)
      let job = try require(ann.employments.first)
      var details = job.details
      details.lastOn = world.directory.today
      let ended = try await world.directory.edit(job.id, of: ann.staff.id, details, seen: 1, by: world.office)
      #expect(ended.employments.first?.details.lastOn == world.directory.today)
      #expect(
        await code {
          _ = try await world.directory.edit(job.id, of: ann.staff.id, details, seen: 1, by: world.office)
        } == "VERSION_STALE")
      let renamed = try await world.directory.edit(
        ann.staff.id, PersonDetails(givenName: "Ann", familyName: "Ray"), note: "Room 3", seen: 1, by: world.office)
      #expect(renamed.version == 3)
      #expect(try await world.directory.staff(for: world.office).items.map(\.displayName) == ["Ann Ray"])
      let reader = world.actor([.viewStaff], at: world.maple.id)
      #expect(await code { _ = try await world.directory.delete(ann.staff.id, by: reader) } == "FORBIDDEN")
      _ = try await world.directory.delete(ann.staff.id, by: world.office)
      #expect(try await world.count("directory_employment_live") == 0)
      #expect(try await world.count("directory_person_live") == 0)
    }
  }
}
