private import CZ

/// Packs bytes as one gzip member (RFC 1952) without name or time, so that the same bytes give the same answer.
///
/// - Parameter level: 1 (fast) to 9 (small); others are brought into that range.
public func gzip(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
  var stream = z_stream()
  // 31 is the largest window (15) and a gzip wrapper (16).
  let started = deflateInit2_(
    &stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, zlibVersion(),
    Int32(MemoryLayout<z_stream>.size))
  precondition(started == Z_OK, "zlib has no memory, or is another version than the one built against")
  defer { deflateEnd(&stream) }
  var packed: [UInt8] = []
  packed.reserveCapacity(Int(deflateBound(&stream, UInt(bytes.count))))
  bytes.withUnsafeBytes { input in
    var rest = input[...]
    repeat {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      rest = rest.dropFirst(piece.count)
      run(&stream, over: piece, into: &packed) { deflate(&$0, rest.isEmpty ? Z_FINISH : Z_NO_FLUSH) }
    } while !rest.isEmpty
  }
  return packed
}

/// Unpacks a gzip stream of one or more members, to `limit` bytes at most; bytes after the last member are refused.
public func gunzip(_ bytes: [UInt8], limit: Int) throws(ArchiveProblem) -> [UInt8] {
  var stream = z_stream()
  let started = inflateInit2_(&stream, 31, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
  precondition(started == Z_OK, "zlib has no memory, or is another version than the one built against")
  defer { inflateEnd(&stream) }
  var plain: [UInt8] = []
  let outcome = bytes.withUnsafeBytes { input -> ArchiveProblem? in
    var rest = input[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 20))
      let status = run(&stream, over: piece, into: &plain, limit: limit) { inflate(&$0, Z_NO_FLUSH) }
      rest = rest.dropFirst(piece.count - Int(stream.avail_in))
      if plain.count > limit { return .gzipTooLarge(limit: limit) }
      if status == Z_STREAM_END {
        if rest.isEmpty { return nil }
        inflateReset(&stream)
      } else if status != Z_OK && status != Z_BUF_ERROR || stream.avail_in > 0 {
        return .gzipBroken
      }
    }
    return .gzipBroken
  }
  if let outcome { throw outcome }
  return plain
}

/// Feeds `input` to the stream and gathers what comes out, until the input is used up or `limit` is passed.
@discardableResult
private func run(
  _ stream: inout z_stream, over input: UnsafeRawBufferPointer, into output: inout [UInt8], limit: Int = .max,
  step: (inout z_stream) -> Int32
) -> Int32 {
  stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
  stream.avail_in = UInt32(input.count)
  var status = Z_OK
  repeat {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { room in
      stream.next_out = room.baseAddress
      stream.avail_out = UInt32(room.count)
      status = step(&stream)
      output.append(contentsOf: room.prefix(room.count - Int(stream.avail_out)))
    }
  } while stream.avail_out == 0 && status == Z_OK && output.count <= limit
  return status
}
