import Foundation
import Interop
import Kernel
import Testing

/// The folder of real rosters, which are not ours to copy: `HOMEROOM_SHARED_DATA`, or `../shared/data` by the package.
private let sharedData: String? = {
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

@Suite(.enabled(if: sharedData != nil, "the real rosters are not on this machine")) struct `Reading real rosters` {
  private func read(_ name: String) throws -> Reading { try Reading(RosterFiles(path: "\(sharedData ?? "")/\(name)")) }

  @Test func `a hundred users of School Data Sync V1`() throws {
    let reading = try read("sds-100-users")
    #expect(reading.source.format == .schoolDataSync1)
    #expect(reading.findings == [])
    #expect(reading.orgs.count == 2)
    #expect(reading.students.count == 86)
    #expect(reading.staff.count == 12)
    #expect(reading.people.count == 98)
    #expect(reading.sections.count == 28)
    #expect(reading.enrolments.count { $0.role == .student } == 602)
    #expect(reading.enrolments.count { $0.role == .teacher } == 28)
    #expect(reading.sessions.map(\.id) == ["12000", "12000"])
    #expect(reading.people.first?.birthDate?.description == "2000-04-02")
    #expect(!reading.everything.contains("P@ss"))
  }

  @Test func `the small roster of School Data Sync V2.1 with its guardians`() throws {
    let reading = try read("sds-v2.1")
    #expect(reading.source.format == .schoolDataSync2)
    #expect(reading.findings == [])
    #expect(reading.orgs.count == 4)
    #expect(reading.people.count == 8)
    #expect(reading.students.count == 4)
    #expect(reading.staff.count == 3)
    #expect(
      reading.relationships.map { "\($0.student) \($0.guardian) \($0.relation ?? "")" } == [
        "114001 114002 guardian", "114003 114002 relative", "114004 114005 guardian",
      ])
    #expect(!reading.everything.contains("P@ss"))
  }
}
