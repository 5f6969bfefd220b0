import Directory
import Kernel
import Persistence
import Record
import TestSupport
import Testing

@testable import HomeroomApp

@Suite struct `The demo school` {
  private func seed(_ students: Int, _ seed: UInt64, _ database: any Database) async throws -> (String, DemoSeeder.Made)
  {
    var seeder = DemoSeeder(
      database: database,
      plan: DemoPlan(students: students, seed: seed, today: World.now.utcDate, now: World.now), zone: "UTC",
      progress: { _, _ in })
    let made = try await seeder.seed()
    let dump = try await database.read { tx in try CanonicalDump.write(Wiring.tables, identities: .leftOut, in: tx) }
    return (dump.hash, made)
  }

  @Test func `is the same for the same seed, and another for another`() async throws {
    let engine = TestDatabase.Engine.sqlite
    let first = try await engine.with(Wiring.migrations) { try await seed(60, 1, $0).0 }
    let same = try await engine.with(Wiring.migrations) { try await seed(60, 1, $0).0 }
    let other = try await engine.with(Wiring.migrations) { try await seed(60, 2, $0).0 }
    #expect(first == same && first != other)
  }

  @Test(arguments: TestDatabase.engines)
  func `has as many students as asked, in schools that hold them`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let (_, made) = try await seed(130, 3, database)
      #expect(made.schools.count == 1 && made.teacher != nil && made.guardian != nil && made.student != nil)
      let counts = try await database.read { tx in
        [
          try tx.count("SELECT COUNT(*) FROM directory_student_live"),
          try tx.count("SELECT COUNT(*) FROM academics_enrolment_live"),
          try tx.count("SELECT COUNT(*) FROM attendance_register_live"),
        ]
      }
      #expect(counts == [130, 130 * 5, 60])
      let otherScripts = try await database.read { tx in
        try tx.count("SELECT COUNT(*) FROM directory_person_live WHERE other_name IS NOT NULL")
      }
      #expect(otherScripts > 0)
    }
  }

  @Test func `becomes a district when it is large`() {
    let plan = DemoPlan(students: 4000, seed: 1, today: World.now.utcDate, now: World.now)
    #expect(plan.schools == 3)
    #expect((0..<plan.schools).map(plan.size).reduce(0, +) == 4000)
  }
}
