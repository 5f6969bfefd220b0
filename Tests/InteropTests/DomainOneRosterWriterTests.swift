import Archive
import Interop
import Kernel
import Testing

private func written(_ records: [RosterRecord]) throws -> (files: [String: String], leftOut: [Finding], zip: [UInt8]) {
  var writer = OneRosterWriter(systemName: "Homeroom")
  for record in records { writer.add(record) }
  let zip = try writer.finish()
  let reader = try ZipReader(bytes: zip)
  var files: [String: String] = [:]
  for entry in reader.entries { files[entry.name] = String(decoding: try reader.read(entry), as: UTF8.self) }
  return (files, writer.leftOut, zip)
}

/// Records without where they were read, in an order of their own, for comparing.
private func essence(_ records: [RosterRecord]) -> [String] {
  records.map { "\($0)".replacing(#/RosterSpot\(file: "[^"]*", row: \d+\)/#, with: "") }.sorted()
}

@Suite struct `Writing OneRoster` {
  @Test func `a package that was read is written so that it reads back the same`() throws {
    let first = try Reading(RosterFixtures.oneRoster())
    let package = try written(first.records)
    #expect(package.leftOut == [])
    let second = try Reading(RosterFiles(upload: "r.zip", package.zip))
    #expect(second.findings == [])
    #expect(essence(second.records) == essence(first.records))
    let again = try written(second.records).zip
    #expect(again == package.zip)
  }

  @Test func `the manifest declares all 21 files, and absent ones are absent`() throws {
    let files = try written(Reading(RosterFixtures.oneRoster()).records).files
    let lines = files["manifest.csv"]?.split(separator: "\r\n").map(String.init) ?? []
    #expect(lines.prefix(3) == ["propertyName,value", "manifest.version,1.0", "oneroster.version,1.2"])
    let declared = lines.filter { $0.hasPrefix("file.") }
    #expect(declared.count == 21)
    for line in declared {
      let name = line.dropFirst(5).prefix { $0 != "," }
      #expect(line.hasSuffix(files["\(name).csv"] == nil ? "absent" : "bulk"), "\(line)")
    }
    #expect(files.values.allSatisfy { $0.split(separator: "\r\n").count > 1 && !$0.hasPrefix("\u{FEFF}") })
  }

  @Test func `columns stand in the order of the standard, and passwords are empty`() throws {
    let files = try written(Reading(RosterFixtures.oneRoster()).records).files
    for (name, text) in RosterFixtures.oneRoster() where name != "manifest.csv" {
      let header = text.split(separator: "\n").first.map(String.init)
      #expect(files[name]?.split(separator: "\r\n").first.map(String.init) == header)
    }
    let user = files["users.csv"]?.split(separator: "\r\n").dropFirst().first
    #expect(user?.contains(",,,true,ama,\"{state:77},{library:L-9}\",Ama,Mensah,Efua,N1,") == true)
    #expect(files["academicSessions.csv"]?.contains("2026-09-01,2026-12-19,y-1,2027") == true)
  }

  @Test func `what the standard cannot hold is left out and told`() throws {
    let spot = RosterSpot(file: "db", row: 1)
    var records: [RosterRecord] = [
      .org(RosterOrg(id: "s", name: "Maple", kind: .school, spot: spot)),
      .person(RosterPerson(id: "alone", spot: spot)),
      .section(RosterSection(id: "k", school: "s", title: "Without a term", spot: spot)),
      .section(RosterSection(id: "l", school: "d", title: "Not at a school", spot: spot)),
      .enrolment(RosterEnrolment(id: "e", section: "k", person: "alone", role: .student, spot: spot)),
      .org(RosterOrg(id: "bad id", name: "Maple", kind: .school, spot: spot)),
    ]
    records.append(records[0])
    let package = try written(records)
    #expect(
      package.leftOut.map { "\($0.value ?? "") \($0.code)" } == [
        "k NO_TERM", "l NOT_A_SCHOOL", "e UNKNOWN_REFERENCE", "bad id BAD_ID", "alone NO_ROLE",
      ])
    #expect(Set(package.files.keys) == ["manifest.csv", "orgs.csv"])
    #expect(package.files["orgs.csv"]?.split(separator: "\r\n").count == 2)
  }

  @Test func `real formats can be written as OneRoster`() throws {
    for files in [RosterFixtures.schoolDataSync1, RosterFixtures.schoolDataSync2] {
      let records = try Reading(files).records
      let package = try written(records)
      let back = try Reading(RosterFiles(upload: "r.zip", package.zip))
      #expect(back.findings == [])
      #expect(back.students.count == records.count { $0.kind == .student })
      #expect(back.relationships.count == records.count { $0.kind == .relationship })
    }
  }

  @Test func `any roster reads back as it was written`() throws {
    for _ in 0..<40 {
      let seed = UInt64.random(in: 0...UInt64.max)
      let records = MadeUpRoster(seed: seed).records
      let package = try written(records)
      let back = try Reading(RosterFiles(upload: "r.zip", package.zip))
      #expect(package.leftOut == [], "seed \(seed)")
      #expect(back.findings == [], "seed \(seed)")
      #expect(essence(back.records) == essence(records), "seed \(seed)")
    }
  }
}
