import Archive
import Foundation
import Interop
import Testing

private func zip(_ files: [(String, String)]) throws -> [UInt8] {
  let writer = try ZipWriter()
  for (name, text) in files { try writer.add(name, Array(text.utf8)) }
  return try writer.finish()
}

@Suite struct `Taking the files of a roster` {
  @Test func `a zip and the same files by themselves read alike`() throws {
    let zipped = try Reading(RosterFiles(upload: "roster.zip", zip(RosterFixtures.oneRoster())))
    #expect(try zipped.records == Reading(RosterFixtures.oneRoster()).records)
  }

  @Test func `a folder, a zip and a file are read from disk`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "roster-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Left behind, it harms nothing.
    for (name, text) in RosterFixtures.schoolDataSync1 + [("notes.txt", "x"), (".hidden.csv", "x")] {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let files = try RosterFiles(path: folder.path())
    #expect(files.names.count == 6)
    #expect(try RosterFormat.detect(files) == .schoolDataSync1)
    let archive = folder.appending(path: "r.zip")
    try Data(zip(RosterFixtures.oneRoster())).write(to: archive)
    #expect(try RosterFormat.detect(RosterFiles(path: archive.path())) == .oneRoster)
    let single = folder.appending(path: "one.csv")
    try Data(RosterFixtures.plain.utf8).write(to: single)
    #expect(try RosterFormat.detect(RosterFiles(path: single.path())) == .plainStudents)
    #expect(refusal { _ = try RosterFiles(path: folder.path() + "/nowhere") } == "ROSTER_NOT_READABLE")
  }

  @Test func `names are told apart without case, and folders in names do not count`() throws {
    let files = try RosterFiles([("some/folder/STUDENT.CSV", [65])])
    #expect(files.names == ["STUDENT.CSV"])
    #expect(files["student.csv"] == [65])
    #expect(refusal { _ = try RosterFiles([("a.csv", []), ("A.csv", [])]) } == "ROSTER_DUPLICATE_FILE")
  }

  @Test func `hostile zips are refused`() throws {
    let bomb = try ZipWriter()
    try bomb.add("users.csv", [UInt8](repeating: 48, count: 20_000_000))
    let bytes = try bomb.finish()
    #expect(refusal { _ = try RosterFiles(upload: "r.zip", bytes) } == "ZIP_BOMB")
    let folder = try zip([("roster/users.csv", "a")])
    #expect(refusal { _ = try RosterFiles(upload: "r.zip", folder) } == "ZIP_BAD_NAME")
    #expect(refusal { _ = try RosterFiles(upload: "r.zip", Array(folder.prefix(40))) } == "ZIP_BROKEN")
  }

  @Test func `files of no format are refused with what would do`() throws {
    #expect(
      refusal { _ = try RosterSource(RosterFiles([("a.csv", Array("x,y\n1,2\n".utf8))])) } == "ROSTER_UNKNOWN_FORMAT")
    #expect(refusal { _ = try RosterSource(RosterFiles([])) } == "ROSTER_UNKNOWN_FORMAT")
    #expect(refusal { _ = try RosterSource(RosterFiles([("a.csv", [])])) } == "CSV_EMPTY")
  }

  @Test func `a hundred files are read and one more is not`() {
    let files = (0...100).map { (name: "\($0).csv", bytes: [UInt8(65)]) }
    #expect(refusal { _ = try RosterFiles(Array(files.prefix(100))) } == nil)
    #expect(refusal { _ = try RosterFiles(files) } == "ROSTER_TOO_LARGE")
  }

  @Test func `what breaks in the middle of a file stops the reading`() throws {
    var files = RosterFixtures.schoolDataSync1
    files[4].1 += "S1,\"1\n"
    #expect(refusal { _ = try Reading(files) } == "CSV_OPEN_QUOTE")
  }
}
