import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing

@Suite struct `What a student's row remembers of others` {
  static let engines = TestDatabase.engines

  /// Students whose row does not say what the guardianships say.
  private func wrong(_ database: any Database) async throws -> Int {
    try await database.read { tx in
      try tx.count(
        """
        SELECT count(*) FROM directory_student_live AS s LEFT JOIN (
          SELECT g.student_id, g.guardian_id, p.display_name, g.relation
          FROM directory_guardianship_live AS g JOIN directory_person_live AS p ON p.id = g.guardian_id
          WHERE g.is_primary) AS truth ON truth.student_id = s.id
        WHERE s.guardian_id IS DISTINCT FROM truth.guardian_id
          OR s.guardian_name IS DISTINCT FROM truth.display_name
          OR s.guardian_relation IS DISTINCT FROM truth.relation
        """)
    }
  }

  private func shown(_ world: World) async throws -> String? {
    try await world.directory.students(for: world.office).items.first?.firstGuardian?.displayName
  }

  @Test(arguments: engines) func `the primary guardian follows whatever becomes of it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let child = try await world.enrol("Ada", "Lee")
      #expect(try await shown(world) == nil)
      try await world.guardian("Bo", "Lee", of: child.student.id)
      #expect(try await shown(world) == "Bo Lee")
      try await world.guardian("Cy", "Lee", of: child.student.id, primary: true)
      #expect(try await shown(world) == "Cy Lee")
      let bo = try require(
        try await world.directory.guardians(of: child.student.id, for: world.office)
          .first { $0.displayName == "Bo Lee" })
      _ = try await world.directory.edit(
        bo.guardianship.id, of: child.student.id, GuardianshipDetails(relation: .father, isPrimary: true),
        seen: bo.guardianship.version, by: world.office)
      #expect(try await shown(world) == "Bo Lee")
      #expect(try await wrong(database) == 0)

      try await database.write { tx in
        try tx.run("UPDATE directory_person SET display_name = 'Bo Li' WHERE id = \(bo.guardianship.guardian)")
      }
      #expect(try await shown(world) == "Bo Li")

      let deletion = try await world.directory.remove(bo.guardianship.id, of: child.student.id, by: world.office)
      #expect(try await shown(world) != "Bo Li")
      #expect(try await wrong(database) == 0)
      _ = try await RecycleBin(database: database, tables: DirectoryModule.tables).restore(
        deletion, within: .everywhere, Change(by: world.office, at: world.clock.now()))
      #expect(try await shown(world) == "Bo Li")
      #expect(try await wrong(database) == 0)
    }
  }

  @Test(arguments: engines) func `walking under each word finds what sorting all of them finds`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let given = ["Mara", "Maria", "Marcus", "Omar", "Ada", "Martha", "José", "Marek"]
      let family = ["Martin", "Lee", "Marsh", "O'Mara", "Okoro", "Smith-Marlow"]
      try await world.fill(240) { (given[$0 % given.count], family[$0 / given.count % family.count]) }
      try await world.enrol("Mara", "Marsh", at: world.alder.id)
      for (typed, school) in [("mar", nil), ("mara", nil), ("mar le", nil), ("mar", world.alder.id), ("zz", nil)] {
        let filter = StudentFilter(school: school, search: typed)
        // The list turned round is not walked under words: its hits are gathered and sorted.
        let sorted = try await world.directory.students(
          filter, sortedBy: .nameDescending, page: PageRequest(limit: 200), for: world.office)
        var walked: [StudentID] = []
        var next: ID<AnyEntity>?
        repeat {
          let page = try await world.directory.students(
            filter, page: PageRequest(limit: 7, after: next), for: world.office)
          walked += page.items.map(\.id)
          next = page.next
        } while next != nil && walked.count < 300
        let whole = sorted.next == nil ? walked : Array(walked.suffix(200))
        #expect(whole == sorted.items.map(\.id).reversed(), "\(typed)")
        #expect(Set(walked).count == walked.count)
      }
    }
  }
}
