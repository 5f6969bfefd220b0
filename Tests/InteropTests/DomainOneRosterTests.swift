import Interop
import Kernel
import Testing

@Suite struct `Reading OneRoster` {
  @Test func `everything of a small package is read`() throws {
    let reading = try Reading(RosterFixtures.oneRoster())
    #expect(reading.source.format == .oneRoster)
    #expect(reading.findings == [])
    #expect(reading.orgs.map(\.id) == ["d-1", "s-1"])
    #expect(reading.courses.first?.grades == ["9", "10"])
    #expect(reading.courses.first?.subjects == ["Science", "Physics"])
    #expect(reading.sections.map(\.kind) == [.scheduled, .homeroom])
    #expect(reading.sections.first?.sessions == ["t-1", "y-1"])
    #expect(reading.sections.first?.periods == ["1", "3"])
    #expect(reading.students.map(\.number) == ["N1"])
    #expect(reading.students.map(\.grade) == ["9"])
    #expect(reading.staff.map(\.kind) == [.teacher])
    #expect(reading.enrolments.map(\.isPrimary) == [false, true])
  }

  @Test func `exclusive ends become last days`() throws {
    let reading = try Reading(RosterFixtures.oneRoster())
    #expect(reading.sessions.map { "\($0.id) \($0.lastOn)" } == ["y-1 2027-06-30", "t-1 2026-12-18"])
    #expect(reading.students.first?.lastOn?.description == "2027-06-30")
    #expect(reading.enrolments.first?.lastOn?.description == "2026-12-18")
  }

  @Test func `people keep their names, numbers and facts, but no password`() throws {
    let reading = try Reading(RosterFixtures.oneRoster())
    let ama = try #require(reading.people.first)
    #expect(ama.preferredGivenName == "Amy")
    #expect(ama.pronouns == "she/her")
    #expect(ama.birthDate?.description == "2011-03-28")
    #expect(
      ama.otherIDs == [
        .init(kind: "state", value: "77"), .init(kind: "library", value: "L-9"),
        .init(kind: "userMasterIdentifier", value: "m-1"),
      ])
    #expect(reading.people.map(\.isEnabled) == [true, true, false])
    #expect(!reading.everything.contains("S3cret"))
    #expect(reading.source.columnsNotKept.contains(UnkeptColumn(file: "users.csv", column: "password")))
    #expect(!reading.source.columnsNotKept.contains { $0.column == "dateLastModified" })
  }

  @Test func `agents in both directions make one relationship`() throws {
    let reading = try Reading(RosterFixtures.oneRoster())
    #expect(reading.relationships.map { "\($0.student) \($0.guardian) \($0.relation ?? "")" } == ["u-1 u-2 parent"])
  }

  @Test func `version 1.1 has the role with the user`() throws {
    let files = RosterFixtures.oneRoster(
      ["users.csv": RosterFixtures.oneRoster11Users], without: ["roles.csv"], manifest: ["oneroster.version": "1.1"])
    let reading = try Reading(files)
    #expect(reading.findings == [])
    #expect(reading.students.map(\.person) == ["u-1"])
    #expect(reading.staff.map(\.org) == ["s-1", "d-1"])
    #expect(reading.relationships.map(\.relation) == ["guardian"])
  }

  @Test func `deleted rows are passed over with a word`() throws {
    let orgs =
      "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
      + "s-1,active,,Maple,school,,\ns-2,tobedeleted,2026-01-01T00:00:00.000Z,Gone,school,,\n"
    let reading = try Reading(RosterFixtures.oneRoster(["orgs.csv": orgs]))
    #expect(reading.orgs.map(\.id) == ["s-1"])
    #expect(reading.codes.contains("ROW_DELETED"))
  }

  @Test func `a manifest that is wrong is refused`() {
    #expect(
      refusal { _ = try Reading(RosterFixtures.oneRoster(manifest: ["file.users": "delta"])) } == "ONEROSTER_DELTA")
    let wrong: [[String: String]] = [
      ["oneroster.version": "2.0"], ["file.results": "bulk"], ["file.users": "absent"], ["file.users": "some"],
    ]
    for manifest in wrong {
      #expect(refusal { _ = try Reading(RosterFixtures.oneRoster(manifest: manifest)) } == "ONEROSTER_BAD_MANIFEST")
    }
    for text in [
      "name,value\n", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.nonsense,absent\n",
      "propertyName,value\nmanifest.version,1.0\nmanifest.version,1.0\n", "propertyName,value\nmanifest.version,9\n",
    ] {
      let files = RosterFixtures.oneRoster(["manifest.csv": text])
      #expect(refusal { _ = try Reading(files) } == "ONEROSTER_BAD_MANIFEST")
    }
  }

  @Test func `a package without manifest is told what it lacks`() {
    let files = RosterFixtures.oneRoster().filter { $0.0 != "manifest.csv" }
    #expect(refusal { _ = try Reading(files) } == "ROSTER_MISSING_FILE")
  }
}
