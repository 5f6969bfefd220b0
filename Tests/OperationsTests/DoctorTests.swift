import Foundation
import Jobs
import Kernel
import Persistence
import Record
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import Operations

/// What a doctor with one check finds, after curing it if asked.
private func finding(_ check: DoctorCheck, fix: Bool = false) async -> DoctorCheck.Finding? {
  await Doctor([check]).examine(fix: fix).first?.finding
}

private func state(_ check: DoctorCheck) async -> String? { await finding(check)?.words.state }

@Suite struct `The doctor` {
  @Test func `goes on after a check that fails itself, and says which`() async {
    struct Lost: Error {}
    let outcomes = await Doctor([
      DoctorCheck("a", "A") { throw Lost() }, DoctorCheck("b", "B") { .well("Fine.") },
    ]).examine(fix: false)
    #expect(outcomes.map(\.finding.isFailure) == [true, false])
    #expect(outcomes.last?.finding == .well("Fine."))
  }

  @Test func `makes a folder private again when told to, and only then`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "homeroom-doctor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover in the temporary folder harms nobody
    let check = DoctorCheck.privacy("data.folder", "The data folder", path: folder.path, mode: 0o700)
    #expect(await finding(check)?.words.found.contains("0755") == true)
    #expect(await finding(check)?.isFailure == true)
    let cured = await Doctor([check]).examine(fix: true).first
    #expect(cured?.cured == "Set mode 0700.")
    #expect(cured?.finding == .well("Mode 0700."))
    #expect(await finding(check) == .well("Mode 0700."))
  }

  @Test func `misses a file that must be there, and no other`() async {
    let must = DoctorCheck.privacy("key", "Key", path: "/nowhere/key", mode: 0o600)
    let may = DoctorCheck.privacy("key", "Key", path: "/nowhere/key", mode: 0o600, optionally: "In the settings.")
    #expect(await state(must) == "Broken")
    #expect(await finding(may) == .well("In the settings."))
  }

  @Test(arguments: [
    (99_999_999, 1_000_000_000, "Broken"), (100_000_000, 1_000_000_000, "Look"),
    (999_999_999, 2_000_000_000, "Look"), (1_000_000_000, 2_000_000_000, "Well"),
    (4_999_999_999, 100_000_000_000, "Look"), (5_000_000_000, 100_000_000_000, "Well"),
  ])
  func `wants room on the disk`(free: Int, size: Int, state: String) {
    #expect(DoctorCheck.room(free: free, of: size).words.state == state)
  }

  @Test func `wants SQLite durable and its foreign keys on`() async {
    let good = [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("sqlite_version", "3.40.1")]
    #expect(await state(.sqlite { good.map { (name: $0.0, value: $0.1) } }) == "Well")
    for (index, bad) in ["delete", "1", "0"].enumerated() {
      let report = good.enumerated().map { (name: $1.0, value: $0 == index ? bad : $1.1) }
      #expect(await finding(.sqlite { report })?.words.found.contains("\(bad) instead of") == true)
    }
  }

  @Test func `wants the file whole`() async {
    #expect(await state(.integrity { [] }) == "Well")
    #expect(await finding(.integrity { ["page 3", "page 4"] })?.words.found == "page 3, and 1 more.")
  }

  @Test(arguments: TestDatabase.engines)
  func `sees migrations that wait, and those that were altered`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      #expect(await state(.migrations(Migrator(database, Library.migrations))) == "Well")
      let more =
        Library.migrations + [
          Migration(
            "20991231_1000_more", up: ["CREATE TABLE library_more (id {id})"], down: ["DROP TABLE library_more"])
        ]
      #expect(await finding(.migrations(Migrator(database, more)))?.words.cure == "Run: homeroom migrate up")
      let fewer = Array(Library.migrations.dropLast())
      #expect(
        await finding(.migrations(Migrator(database, fewer)))?.words.found.contains("20261121_9999_library") == true)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `finds live records that refer to deleted ones`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let (shelf, book) = try await library.stock()
      let check = DoctorCheck.references(database, among: Library.tables)
      #expect(await state(check) == "Well")
      try await database.write { tx in
        let deletion = try library.record.beginDeletion(
          of: shelf.id.retyped(), kind: "shelf", label: "A", library.change(), in: tx)
        try library.record.delete([shelf.id], from: Library.shelves, as: deletion, library.change(), in: tx)
      }
      #expect(await finding(check)?.words.found == "1 of book refer by shelf_id to a deleted shelf.")
      #expect(try await library.title(of: book) == "Ferns")
    }
  }

  @Test func `distrusts a clock that has gone back`() async {
    let clock = FixedClock(Library.monday)
    #expect(await state(.clock(clock) { nil }) == "Well")
    #expect(await state(.clock(clock) { Library.monday.adding(.seconds(5)) }) == "Well")
    #expect(await state(.clock(clock) { Library.monday.adding(.milliseconds(5001)) }) == "Broken")
    #expect(await state(.clock(FixedClock(Instant(milliseconds: 1_767_225_599_999))) { nil }) == "Broken")
  }

  @Test(arguments: TestDatabase.engines)
  func `sees jobs that wait too long, whose worker is silent, or that failed`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let check = DoctorCheck.jobs(library.queue, clock: library.clock)
      let id = try await library.job()
      library.clock.advance(by: .seconds(600))
      #expect(await state(check) == "Well")
      library.clock.advance(by: .milliseconds(1))
      #expect(await finding(check)?.words.found.hasPrefix("1 jobs wait") == true)
      try await library.bring(id, to: .running, done: 0)
      #expect(await finding(check) == .well("0 wait, 1 run."))
      library.clock.advance(by: .seconds(30))
      #expect(await finding(check)?.words.found.contains("silent") == true)
      try await library.bring(id, to: .failed, done: 0)
      #expect(await finding(check)?.words.found == "1 jobs failed within a day.")
      library.clock.advance(by: .seconds(86_401))
      #expect(await state(check) == "Well")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `wonders about an access log that stays empty while records are changed`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(Library.migrations) { database in
      let library = Library(database)
      let check = DoctorCheck.accessLog(database, personal: ["shelf"], clock: library.clock)
      func put(_ count: Int, _ letter: String) async throws {
        try await database.write { tx in
          let shelves = (0..<count).map { Shelf(code: letter + String($0)) }
          try library.record.insert(shelves, into: Library.shelves, library.change(), in: tx)
        }
      }
      try await put(50, "A")
      #expect(await state(check) == "Well")
      try await put(1, "B")
      #expect(await state(check) == "Look")
      _ = try await library.entries(by: Library.ben)
      try await library.log.flush()
      #expect(await state(check) == "Well")
    }
  }

  @Test func `counts accounts without a role, and concerns about settings`() async {
    #expect(await state(.accounts { 0 }) == "Well")
    #expect(await finding(.accounts { 2 })?.words.found == "2 accounts have no role.")
    #expect(await state(.settings([])) == "Well")
    #expect(await finding(.settings([("Odd.", "Mend it.")])) == .warning("Odd.", cure: "Mend it."))
  }

  @Test func `tells on a page what it found, for whoever may see the system`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let checks: [DoctorCheck] = [.integrity { ["page 3"] }, .settings([])]
      let pipeline = Library(database).pipeline(checks: checks)
      let page = await pipeline.get("/admin/doctor", as: "ada")
      #expect(page.text.contains("One thing needs a look."))
      #expect(page.text.contains("page 3"))
      #expect(page.text.contains("homeroom doctor --fix"))
      #expect(await pipeline.get("/admin/doctor", as: "cora").status == 403)
      #expect(await pipeline.post("/admin/doctor", as: "ada").location == "/admin/doctor")
      let system = await pipeline.get("/admin/system", as: "ada")
      #expect(system.text.contains("Homeroom 1.2.3"))
      #expect(system.text.contains("80 MB"))
      #expect(system.text.contains("Not used"))
    }
  }

  @Test func `does not look again at every reload`() async throws {
    let looks = TestCounter()
    let doctor = Doctor([DoctorCheck("a", "A") { .well("\(looks.next())") }])
    let round = DoctorRound()
    let at = Library.monday
    #expect(await round.outcomes(of: doctor, at: at).0.first?.finding == .well("1"))
    #expect(await round.outcomes(of: doctor, at: at.adding(.milliseconds(59_999))).0.first?.finding == .well("1"))
    #expect(await round.outcomes(of: doctor, at: at.adding(.seconds(60))).0.first?.finding == .well("2"))
    round.forget()
    #expect(await round.outcomes(of: doctor, at: at.adding(.seconds(61))).0.first?.finding == .well("3"))
  }
}
