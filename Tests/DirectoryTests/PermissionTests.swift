import Directory
import Kernel
import Persistence
import Rights
import TestSupport
import Testing

@Suite struct `Who sees which students` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `a school's office sees its school and nothing beside it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ours = try await world.enrol("Ours", "A")
      let theirs = try await world.enrol("Theirs", "B", at: world.alder.id)
      let office = world.actor([.viewStudents, .editStudents], at: world.maple.id)
      #expect(try await world.names(for: office) == ["Ours A"])
      #expect(try await world.names(StudentFilter(school: world.alder.id), for: office) == [])
      #expect(try await world.names(StudentFilter(search: "theirs"), for: office) == [])
      #expect(try await world.directory.student(ours.student.id, for: office).student.id == ours.student.id)
      #expect(await code { _ = try await world.directory.student(theirs.student.id, for: office) } == "NOT_FOUND")
      #expect(await code { _ = try await world.directory.delete(theirs.student.id, by: office) } == "NOT_FOUND")
      let both = world.actor([.viewStudents], at: world.maple.id, world.alder.id)
      #expect(try await world.names(for: both) == ["Ours A", "Theirs B"])
      #expect(try await world.directory.grades(of: world.alder.id, for: office) == [])
    }
  }

  @Test(arguments: engines) func `without the permission the list itself is refused`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let stranger = world.actor([.viewOrgs], at: world.maple.id)
      #expect(await code { _ = try await world.directory.students(for: stranger) } == "FORBIDDEN")
    }
  }

  @Test(arguments: engines) func `whoever sees and may not edit hears which right is missing`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let ours = try await world.enrol("Ours", "A")
      let reader = world.actor([.viewStudents], at: world.maple.id)
      #expect(
        await code {
          _ = try await world.directory.edit(ours.student.id, StudentEdit(ours), seen: 1, by: reader)
        } == "FORBIDDEN")
      let elsewhere = Actor(
        account: nil, name: "x",
        reaches: [.viewStudents: Reach(orgs: [world.maple.id]), .editStudents: Reach(orgs: [world.alder.id])])
      #expect(await code { _ = try await world.directory.delete(ours.student.id, by: elsewhere) } == "FORBIDDEN")
      #expect(
        await code {
          _ = try await world.changes.make(.grade("3"), to: .these([ours.student.id]), by: elsewhere)
        } == "FORBIDDEN")
      #expect(
        await code {
          _ = try await world.directory.enrol(
            NewStudent(school: world.maple.id, person: PersonDetails(displayName: "X")), by: elsewhere)
        } == "NOT_FOUND")
    }
  }

  @Test(arguments: engines) func `a teacher sees the students taught, in the schools of the role alone`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      try await world.enrol("Taught", "A", grade: "T")
      try await world.enrol("Untaught", "B")
      try await world.enrol("Elsewhere", "C", grade: "T", at: world.alder.id)
      let person = PersonID.new(at: world.clock.now())
      let teacher = world.actor([.viewStudents], reaching: Reach(sectionsIn: [world.maple.id]), person: person)
      #expect(try await world.names(for: teacher) == ["Taught A"])
      let nobody = world.actor([.viewStudents], reaching: Reach(), person: person)
      #expect(try await world.names(for: nobody) == [])
    }
  }

  @Test(arguments: engines) func `a student sees the own record alone`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let me = try await world.enrol("Me", "A")
      try await world.enrol("You", "B")
      let actor = world.actor([.viewStudents], reaching: Reach(own: true), person: me.person.id)
      #expect(try await world.names(for: actor) == ["Me A"])
    }
  }

  @Test(arguments: engines) func `a guardian sees the own children while custody allows it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Child", "A")
      try await world.enrol("Other", "B")
      let mother = try await world.guardian("Mother", "A", of: child.student.id)
      let actor = world.actor(
        [.viewStudents], reaching: Reach(children: true), person: mother.guardianship.guardian)
      #expect(try await world.names(for: actor) == ["Child A"])
      #expect(try await world.directory.ownChildren(of: actor).map(\.displayName) == ["Child A"])

      let today = world.directory.today
      let denied = try await world.directory.add(
        .see, allowed: false, from: today, until: today, to: mother.guardianship.id, of: child.student.id,
        by: world.office)
      #expect(try await world.names(for: actor) == [])
      #expect(try await world.directory.ownChildren(of: actor).isEmpty)
      #expect(await code { _ = try await world.directory.student(child.student.id, for: actor) } == "NOT_FOUND")
      world.clock.advance(by: .seconds(86_400))
      #expect(try await world.names(for: actor) == ["Child A"])
      world.clock.advance(by: .seconds(-2 * 86_400))
      #expect(try await world.names(for: actor) == ["Child A"])
      world.clock.advance(by: .seconds(86_400))

      let right = try require(denied.first?.rights.first)
      _ = try await world.directory.remove(
        right.id, from: mother.guardianship.id, of: child.student.id, by: world.office)
      #expect(try await world.names(for: actor) == ["Child A"])
    }
  }

  @Test(arguments: engines) func `sight given for a time begins and ends with it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Child", "A")
      let uncle = try await world.guardian("Uncle", "A", of: child.student.id)
      let actor = world.actor([.viewStudents], reaching: Reach(children: true), person: uncle.guardianship.guardian)
      let tomorrow = world.directory.today.adding(days: 1)
      _ = try await world.directory.add(
        .see, allowed: true, from: tomorrow, until: tomorrow, to: uncle.guardianship.id, of: child.student.id,
        by: world.office)
      #expect(try await world.names(for: actor) == [])
      world.clock.advance(by: .seconds(86_400))
      #expect(try await world.names(for: actor) == ["Child A"])
      world.clock.advance(by: .seconds(86_400))
      #expect(try await world.names(for: actor) == [])
    }
  }

  @Test(arguments: engines) func `a removed guardian sees nothing any more`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Child", "A")
      let mother = try await world.guardian("Mother", "A", of: child.student.id)
      let actor = world.actor([.viewStudents], reaching: Reach(children: true), person: mother.guardianship.guardian)
      _ = try await world.directory.remove(mother.guardianship.id, of: child.student.id, by: world.office)
      #expect(try await world.names(for: actor) == [])
    }
  }
}
