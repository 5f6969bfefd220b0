import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `Organisations and periods` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `the tree shows what is in reach and what stands above it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let office = world.actor([.viewOrgs, .viewStudents, .editStudents], at: world.maple.id)
      #expect(try await world.directory.organisations(for: office).map(\.details.code) == ["MS", "D"])
      #expect(await code { _ = try await world.directory.organisation(world.alder.id, for: office) } == "NOT_FOUND")
      #expect(try await world.directory.schools(reachedBy: .editStudents, of: office).map(\.details.code) == ["MS"])
      #expect(
        try await database.read { tx in
          try tx.count("SELECT count(*) FROM directory_org_within WHERE ancestor_id = \(world.district.id)")
        } == 3)
    }
  }

  @Test(arguments: engines) func `an organisation does not stand below itself, and goes only empty`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      var details = world.district.details
      details.parent = world.maple.id
      #expect(
        await code {
          _ = try await world.directory.edit(world.district.id, details, seen: 1, by: world.office)
        } == "ORG_IN_ITSELF")
      #expect(
        await code { _ = try await world.directory.delete(world.district.id, by: world.office) } == "STILL_IN_USE")
      try await world.enrol("Ada", "Lee")
      #expect(await code { _ = try await world.directory.delete(world.maple.id, by: world.office) } == "STILL_IN_USE")
      _ = try await world.directory.delete(world.alder.id, by: world.office)
      #expect(try await world.directory.organisations(for: world.office).count == 2)
      #expect(
        await code {
          _ = try await world.directory.found(OrgDetails(kind: .school, code: "MS", name: "x"), by: world.office)
        } == "CODE_TAKEN")
      _ = try await world.directory.found(OrgDetails(kind: .school, code: "AB", name: "Again"), by: world.office)
      let local = world.actor([.viewOrgs, .editOrgs], at: world.maple.id)
      #expect(
        await code {
          _ = try await world.directory.found(OrgDetails(kind: .school, code: "Q", name: "x"), by: local)
        } == "FORBIDDEN")
    }
  }

  @Test(arguments: engines) func `a school inherits the current period until it has its own`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      #expect(try await world.directory.currentPeriod(of: world.maple.id, for: world.office)?.id == world.term.id)
      try await world.directory.makeCurrent(world.year.id, of: world.maple.id, by: world.office)
      #expect(try await world.directory.currentPeriod(of: world.maple.id, for: world.office)?.id == world.year.id)
      #expect(try await world.directory.currentPeriod(of: world.alder.id, for: world.office)?.id == world.term.id)
      #expect(
        try await world.directory.periods(of: world.maple.id, for: world.office).map(\.details.code).sorted() == [
          "2026", "T1",
        ])
      let year = try await database.read { tx in try world.directory.currentYear(at: world.alder.id, in: tx) }
      #expect(year == world.year.id)
    }
  }

  @Test(arguments: engines) func `a closed period changes only by being opened`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      var details = world.term.details
      details.status = .closed
      let closed = try await world.directory.edit(world.term.id, details, seen: 1, by: world.office)
      details.title = "Other"
      #expect(
        await code {
          _ = try await world.directory.edit(world.term.id, details, seen: closed.version, by: world.office)
        } == "PERIOD_CLOSED")
      var reopened = closed.details
      reopened.status = .open
      #expect(
        try await world.directory.edit(world.term.id, reopened, seen: 2, by: world.office).details.status == .open)
      #expect(await code { _ = try await world.directory.delete(world.year.id, by: world.office) } == "STILL_IN_USE")
      #expect(
        await code {
          _ = try await world.directory.delete(world.term.id, by: world.office, unless: { _ in ("sections", 3) })
        } == "STILL_IN_USE")
      _ = try await world.directory.delete(world.term.id, by: world.office)
      #expect(try await world.count("directory_current_period_live") == 0)
      let local = world.actor([.viewOrgs, .editPeriods], at: world.maple.id)
      #expect(await code { _ = try await world.directory.delete(world.year.id, by: local) } == "NOT_FOUND")
    }
  }
}

@Suite struct `Rows by the hundred` {
  static let engines = TestDatabase.engines

  @Test(arguments: engines) func `what is there already is told from what is new and what differs`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let roster = Roster(record: world.record)
      let now = world.clock.now()
      let gone = try await world.enrol("Gone", "Away")
      _ = try await world.directory.delete(gone.student.id, by: world.office)
      let same = try await world.enrol("Same", "Name")
      let old = try await world.enrol("Old", "Name")
      let rows = [
        same.person, Person(id: old.person.id, PersonDetails(givenName: "New", familyName: "Name")),
        Person(id: .new(at: now), PersonDetails(displayName: "Fresh")), gone.person,
      ]
      let today = world.directory.today
      let comparison = try await database.write { tx in
        let comparison = try roster.compare(rows, in: tx)
        try roster.save(people: comparison, on: today, Change(by: world.office, at: now), in: tx)
        return comparison
      }
      #expect(comparison.unchanged.map(\.id) == [same.person.id])
      #expect(comparison.updated.map(\.id) == [old.person.id])
      #expect(comparison.created.map(\.details.displayName) == ["Fresh"])
      #expect(comparison.binned.map(\.id) == [gone.person.id])
      #expect(try await world.names(StudentFilter(search: "old")) == ["New Name"])
      let again = try await database.read { tx in try roster.compare(Array(rows.prefix(3)), in: tx) }
      #expect(again.unchanged.count == 3)
    }
  }

  @Test(arguments: engines) func `foreign names are looked up and registered by the hundred`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let roster = Roster(record: world.record)
      let now = world.clock.now()
      let ids = (0..<650).map { _ in StudentID.new(at: now) }
      let externals = ids.indices.map { "x\($0)" }
      let school = world.maple.id
      try await database.write { tx in
        for _ in 0..<2 {
          try roster.register(
            zip(externals, ids).map { (name: ExternalName(kind: "student", external: $0), internal: $1) },
            source: "sds", in: tx)
        }
        try roster.register(
          [
            (name: ExternalName(kind: "student", external: "x1", org: school), internal: ids[7]),
            (name: ExternalName(kind: "student", external: "x1", org: school), internal: ids[8]),
          ], source: "sds", in: tx)
      }
      let found: [String: StudentID] = try await database.read { tx in
        try roster.lookUp(externals + ["unknown"], source: "sds", kind: "student", in: tx)
      }
      #expect(found.count == 650)
      #expect(found["x1"] == ids[1])
      let local: [String: StudentID] = try await database.read { tx in
        try roster.lookUp(["x1"], source: "sds", kind: "student", org: school, in: tx)
      }
      #expect(local == ["x1": ids[8]])
      let foreign: [StudentID: String] = try await database.read { tx in
        try roster.externals(of: [ids[2]], source: "sds", kind: "student", in: tx)
      }
      #expect(foreign == [ids[2]: "x2"])
      let elsewhere: [String: StudentID] = try await database.read { tx in
        try roster.lookUp(externals, source: "other", kind: "student", in: tx)
      }
      #expect(elsewhere.isEmpty)
    }
  }
}
