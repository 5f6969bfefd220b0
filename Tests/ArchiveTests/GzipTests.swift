import Archive
import Testing

@Suite struct `Packing an answer with gzip` {
  @Test(arguments: [0, 1, 17, 65_535, 65_536, 65_537, 1_000_000])
  func `what was packed unpacks to the same bytes`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    #expect(try gunzip(gzip(bytes), limit: count) == bytes)
  }

  @Test func `a page shrinks and starts with the marks of gzip`() {
    let page = Array(String(repeating: "<tr><td>Ama Mensah</td></tr>", count: 1000).utf8)
    let packed = gzip(page)
    #expect(packed.prefix(3) == [0x1F, 0x8B, 8])
    #expect(packed.count < page.count / 20)
  }

  @Test func `the same bytes are packed alike each time`() {
    let bytes = Array("attendance".utf8)
    #expect(gzip(bytes) == gzip(bytes))
  }

  @Test(arguments: [-5, 1, 9, 40])
  func `any level gives a readable stream`(level: Int) throws {
    let bytes = Array("a register of 30, two absent".utf8)
    #expect(try gunzip(gzip(bytes, level: level), limit: 100) == bytes)
  }

  @Test func `several members are read as one stream`() throws {
    let both = gzip(Array("first ".utf8)) + gzip(Array("second".utf8))
    #expect(try gunzip(both, limit: 100) == Array("first second".utf8))
  }

  @Test func `unpacking stops at the limit and not before it`() throws {
    let packed = gzip([UInt8](repeating: 0, count: 10_000_000))
    #expect(try gunzip(packed, limit: 10_000_000).count == 10_000_000)
    #expect(throws: ArchiveProblem.gzipTooLarge(limit: 9_999_999)) { try gunzip(packed, limit: 9_999_999) }
    #expect(throws: ArchiveProblem.gzipTooLarge(limit: 100)) { try gunzip(packed, limit: 100) }
  }

  @Test func `a broken stream is refused`() {
    let packed = gzip(Array(String(repeating: "homeroom ", count: 100).utf8))
    var flipped = packed
    flipped[packed.count - 5] ^= 0xFF  // In the checksum.
    for broken in [[], Array(packed.dropLast()), flipped, packed + [1, 2, 3], Array("plain text".utf8)] {
      #expect(throws: ArchiveProblem.gzipBroken) { try gunzip(broken, limit: 10_000) }
    }
  }
}
