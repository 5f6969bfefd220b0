import Archive
import Kernel
import Testing

private func zip(_ files: [(String, [UInt8])]) throws -> [UInt8] {
  let writer = try ZipWriter()
  for (name, bytes) in files { try writer.add(name, bytes) }
  return try writer.finish()
}

/// The bytes with every occurrence of `old` replaced: a header that lies.
private func replacing(_ old: String, by new: String, in bytes: [UInt8]) -> [UInt8] {
  var bytes = bytes
  let (old, new) = (Array(old.utf8), Array(new.utf8))
  for start in bytes.indices where bytes[start...].starts(with: old) {
    bytes.replaceSubrange(start..<start + old.count, with: new)
  }
  return bytes
}

@Suite struct `Reading a zip from a stranger` {
  @Test func `files come back under their names, in order`() throws {
    let big = [UInt8](repeating: 7, count: 200_000)
    let files = [("users.csv", Array("a,b\r\n".utf8)), ("名簿.csv", []), ("big.csv", big)]
    let reader = try ZipReader(bytes: zip(files))
    #expect(reader.entries.map(\.name) == files.map(\.0))
    for (entry, file) in Swift.zip(reader.entries, files) {
      #expect(entry.claimedSize == file.1.count)
      #expect(try reader.read(entry) == file.1)
    }
  }

  @Test func `what is no zip is refused`() throws {
    let whole = try zip([("users.csv", [UInt8](repeating: 65, count: 5000))])
    for bytes in [[], Array("sourcedId,status".utf8), Array(whole.dropLast(30)), Array(whole.dropFirst(10))] {
      #expect(throws: ArchiveProblem.self) { try ZipReader(bytes: bytes) }
    }
  }

  @Test func `a damaged entry is refused`() throws {
    var bytes = try zip([("users.csv", Array("sourcedId,status,dateLastModified\r\nada-1,,\r\n".utf8))])
    bytes[45] ^= 0x55
    let reader = try ZipReader(bytes: bytes)
    #expect { try reader.read(reader.entries[0]) } throws: { ($0 as? ArchiveProblem)?.problem.code == "ZIP_BROKEN" }
  }

  @Test(arguments: [
    "../a.csv", "/aa/a.csv", "..\\a.csv", "C:\\a.csv", "a/../b.cs", "./aaa.csv", "aa//a.csv", "a\u{1}aa.csv",
  ])
  func `a name that leads elsewhere is refused, folders allowed or not`(name: String) throws {
    let honest = String(repeating: "x", count: name.utf8.count)
    let bytes = replacing(honest, by: name, in: try zip([(honest, [1])]))
    for folders in [false, true] {
      var limits = ZipLimits()
      limits.folders = folders
      #expect { try ZipReader(bytes: bytes, limits: limits) } throws: {
        ($0 as? ArchiveProblem)?.problem.code == "ZIP_BAD_NAME"
      }
    }
  }

  @Test func `NUL in a name is read as a blank, so that the name is no longer that of a file we know`() throws {
    let bytes = replacing("userszcsv", by: "users\0csv", in: try zip([("userszcsv", [1])]))
    let names = try ZipReader(bytes: bytes).entries.map(\.name)
    #expect(names == ["users csv"])
  }

  @Test func `a folder is refused unless asked for`() throws {
    let bytes = try zip([("roster/users.csv", [1])])
    #expect(throws: ArchiveProblem.badName("roster/users.csv")) { try ZipReader(bytes: bytes) }
    var limits = ZipLimits()
    limits.folders = true
    #expect(try ZipReader(bytes: bytes, limits: limits).entries.map(\.name) == ["roster/users.csv"])
  }

  @Test func `a name may have 200 bytes and not one more`() throws {
    let name = String(repeating: "n", count: 200)
    #expect(try ZipReader(bytes: zip([(name, [1])])).entries.count == 1)
    var limits = ZipLimits()
    limits.name = 199
    #expect(throws: ArchiveProblem.self) { try ZipReader(bytes: zip([(name, [1])]), limits: limits) }
  }

  @Test func `two files of one name are refused`() throws {
    let bytes = replacing("bbb.csv", by: "aaa.csv", in: try zip([("aaa.csv", [1]), ("bbb.csv", [2])]))
    #expect(throws: ArchiveProblem.duplicateName("aaa.csv")) { try ZipReader(bytes: bytes) }
  }

  @Test func `100 files are read and 101 are refused`() throws {
    let files = (0..<101).map { ("\($0).csv", [UInt8(1)]) }
    #expect(try ZipReader(bytes: zip(Array(files.prefix(100)))).entries.count == 100)
    #expect(throws: ArchiveProblem.tooManyEntries(limit: 100)) { try ZipReader(bytes: zip(files)) }
  }
}

@Suite struct `Surviving a zip bomb` {
  @Test func `an entry that unpacks a thousandfold is stopped at 200 times its packed size`() throws {
    let bytes = try zip([("bomb.csv", [UInt8](repeating: 0, count: 20_000_000))])
    let reader = try ZipReader(bytes: bytes)
    var seen = 0
    #expect(throws: ArchiveProblem.bomb("bomb.csv")) { try reader.read(reader.entries[0]) { seen += $0.count } }
    #expect(seen <= bytes.count * 200)
    #expect(seen > 1_000_000)
  }

  @Test func `a small file may pack as well as it likes`() throws {
    let reader = try ZipReader(bytes: zip([("zeros.csv", [UInt8](repeating: 0, count: 1_000_000))]))
    #expect(try reader.read(reader.entries[0]).count == 1_000_000)
  }

  @Test func `an entry may have exactly as many bytes as allowed`() throws {
    let bytes = try zip([("a.csv", [UInt8](repeating: 0, count: 5000))])
    var limits = ZipLimits()
    limits.entry = 5000
    let reader = try ZipReader(bytes: bytes, limits: limits)
    #expect(try reader.read(reader.entries[0]).count == 5000)
    limits.entry = 4999
    #expect(throws: ArchiveProblem.self) { try ZipReader(bytes: bytes, limits: limits) }
  }

  @Test func `all entries together are counted`() throws {
    var limits = ZipLimits()
    limits.total = 9999
    let files = [("a", [UInt8](repeating: 1, count: 5000)), ("b", [UInt8](repeating: 2, count: 5000))]
    let reader = try ZipReader(bytes: zip(files), limits: limits)
    #expect(try reader.read(reader.entries[0]).count == 5000)
    #expect(throws: ArchiveProblem.tooLarge("The zip, unpacked,", limit: 9999)) { try reader.read(reader.entries[1]) }
  }

  @Test func `a header that lies about its size gains nothing`() throws {
    let honest = try zip([("a.csv", (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 9) })])
    // 3,000,000 is C0 C6 2D 00 in little-endian order; the lie is 16 bytes.
    var lie = honest
    for start in lie.indices.dropLast(4) where lie[start...].starts(with: [0xC0, 0xC6, 0x2D, 0]) {
      lie.replaceSubrange(start..<start + 4, with: [16, 0, 0, 0])
    }
    #expect(lie != honest)
    var limits = ZipLimits()
    limits.entry = 1_000_000
    #expect(throws: ArchiveProblem.self) {
      let reader = try ZipReader(bytes: lie, limits: limits)
      for entry in reader.entries { _ = try reader.read(entry) }
    }
  }

  @Test func `a zip larger than allowed is not even opened`() throws {
    var limits = ZipLimits()
    limits.archive = 10
    #expect(throws: ArchiveProblem.tooLarge("The zip", limit: 10)) {
      try ZipReader(bytes: zip([("a", [1])]), limits: limits)
    }
  }
}

@Suite struct `Writing a zip` {
  @Test func `the same files give the same bytes`() throws {
    let files = [("a.csv", Array("1".utf8)), ("b.csv", Array("2".utf8))]
    #expect(try zip(files) == zip(files))
  }

  @Test func `a bad name, a second file of one name and an empty zip are refused`() throws {
    let writer = try ZipWriter()
    #expect(throws: ArchiveProblem.badName("../a")) { try writer.add("../a", [1]) }
    #expect(throws: ArchiveProblem.self) { try writer.finish() }
    try writer.add("a", [1])
    #expect(throws: ArchiveProblem.duplicateName("a")) { try writer.add("a", [1]) }
  }

  @Test func `nothing is added after the end`() throws {
    let writer = try ZipWriter()
    try writer.add("a", [1])
    _ = try writer.finish()
    #expect(throws: ArchiveProblem.self) { try writer.add("b", [1]) }
  }

  @Test func `a name in a message is cut and without control characters`() {
    let problem = ArchiveProblem.badName("x").problem
    #expect(problem.code == "ZIP_BAD_NAME")
    #expect(problem.kind == .malformed)
  }
}
