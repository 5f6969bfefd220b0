import Foundation
import Interop
import Kernel
import Persistence
import Record
import TestSupport
import Testing

/// The folder of real rosters, which are not ours to copy: `HOMEROOM_SHARED_DATA`, or `../shared/data` by the package.
private let rosters: String? = {
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path()
  let places = [ProcessInfo.processInfo.environment["HOMEROOM_SHARED_DATA"], "\(package)/../shared/data"]
  let found = places.compactMap { $0 }.first { FileManager.default.fileExists(atPath: "\($0)/sds-100-users") }
  if found == nil {
    let notice = "*** SKIPPED: the real rosters are not here. Set HOMEROOM_SHARED_DATA to their folder. ***\n"
    FileHandle.standardError.write(Data(notice.utf8))
  }
  return found
}()

@Suite(.enabled(if: rosters != nil, "the real rosters are not on this machine")) struct `Importing real rosters` {
  private func path(_ name: String) -> String { "\(rosters ?? "")/\(name)" }

  @Test(arguments: TestDatabase.engines)
  func `a hundred users of School Data Sync come in, again change nothing, and go out again`(
    engine: TestDatabase.Engine
  ) async throws {
    try await ImportWorld.with(engine) { world in
      let before = try await world.dump()
      let (first, source) = try await world.importing(path: path("sds-100-users"))
      #expect(first.state == .done)
      #expect(first.counts.errors == 0 && first.counts.warnings == 0)
      #expect(first.counts[.org].create == 2)
      #expect(first.counts[.student].create == 86)
      #expect(first.counts[.staff].create == 12)
      #expect(first.counts[.section].create == 28)
      #expect(first.counts[.enrolment].create == 630)
      #expect(try await world.count("directory_student_live") == 86)
      #expect(try await world.count("academics_enrolment_live") == 602)
      #expect(try await world.count("academics_section_staff_live") == 28)
      #expect(try await world.count("directory_current_period_live") == 2)
      let dump = try await world.dump()
      #expect(!dump.joined().contains("P@ss"))
      #expect(source.columnsLeftOut.contains { $0.isSecret })
      #expect(source.columnsLeftOut.contains { $0.column == "Username" })

      let (second, _) = try await world.importing(path: path("sds-100-users"))
      #expect(second.counts.changes == 0)
      #expect(second.counts[.student].unchanged == 86)
      #expect(try await world.dump() == dump)

      let nothing = try await world.imports.undo(second.id, by: world.office)
      #expect(nothing.undone == 0)
      #expect(try await world.dump() == dump)

      let outcome = try await world.imports.undo(first.id, by: world.office)
      #expect(outcome.leftCount == 0)
      #expect(try await world.dump() == before)

      let (again, _) = try await world.importing(path: path("sds-100-users"))
      #expect(again.counts[.student].create == 86)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `School Data Sync V2.1 comes in with its guardians, again changes nothing, and goes out again`(
    engine: TestDatabase.Engine
  ) async throws {
    try await ImportWorld.with(engine) { world in
      let before = try await world.dump()
      let (first, _) = try await world.importing(path: path("sds-v2.1"))
      #expect(first.counts.errors == 0)
      #expect(first.counts[.org].create == 4)
      #expect(first.counts[.person].create == 8)
      #expect(first.counts[.student].create == 4)
      #expect(first.counts[.staff].create == 3)
      #expect(first.counts[.section].create == 2)
      #expect(first.counts[.enrolment].create == 6)
      #expect(first.counts[.relationship].create == 3)
      #expect(try await world.count("directory_guardianship_live") == 3)
      let dump = try await world.dump()
      let (second, _) = try await world.importing(path: path("sds-v2.1"))
      #expect(second.counts.changes == 0)
      #expect(try await world.dump() == dump)
      #expect(try await world.imports.undo(first.id, by: world.office).leftCount == 0)
      #expect(try await world.dump() == before)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `both go out as OneRoster and come back unchanged, and whole into an empty installation`(
    engine: TestDatabase.Engine
  ) async throws {
    var zip: [UInt8] = []
    try await ImportWorld.with(engine) { world in
      _ = try await world.importing(path: path("sds-100-users"))
      _ = try await world.importing(path: path("sds-v2.1"))
      let dump = try await world.dump()
      let package = try await world.exports.oneRoster(by: world.office)
      #expect(package.leftOut == [])
      zip = package.zip
      let back = try await world.importing(zip: zip)
      #expect(back.counts.changes == 0)
      #expect(back.counts.errors == 0)
      #expect(try await world.dump() == dump)
    }
    try await ImportWorld.with(engine) { world in
      let back = try await world.importing(zip: zip)
      #expect(back.counts.errors == 0)
      #expect(back.counts[.student].create == 90)
      #expect(back.counts[.section].create == 30)
      #expect(try await world.count("academics_enrolment_live") == 606)
      #expect(try await world.count("directory_guardianship_live") == 3)
      #expect(try await world.count("directory_employment_live") == 15)
      #expect(try await world.importing(zip: zip).counts.changes == 0)
      #expect(try await world.imports.undo(back.id, by: world.office).leftCount == 0)
      #expect(try await world.count("directory_person_live") == 0)
    }
  }
}
