internal import CZip
internal import Glibc

/// How much a zip from a stranger may hold. Sizes are bytes.
public struct ZipLimits: Sendable, Equatable {
  /// Entries, folders counted.
  public var entries = 100
  /// The zip itself, as it arrives.
  public var archive = 200_000_000
  /// One entry, unpacked.
  public var entry = 200_000_000
  /// All entries that are read, unpacked.
  public var total = 400_000_000
  /// Unpacked over packed size of an entry, once more than `ratioFrom` bytes came out. Rosters pack 5 to 30 times.
  public var ratio = 200
  /// From how many unpacked bytes `ratio` counts.
  public var ratioFrom = 1_000_000
  /// Bytes of a name.
  public var name = 200
  /// Whether entries may lie in folders.
  public var folders = false

  /// The limits a roster needs.
  public init() {}
}

/// One file in a zip, as the zip describes it. The size is a claim until the entry is read.
public struct ZipEntry: Sendable, Equatable {
  /// The name, checked: relative, without `..`, backslash or control characters.
  public let name: String
  /// How large the zip says it is, unpacked.
  public let claimedSize: Int
  let index: UInt64
  let packedSize: Int
}

/// Reads a zip that is already in memory, under limits that hold whatever its headers say.
///
/// Nothing is written to disk. Entries are unpacked in pieces, so that a header that lies about sizes gains nothing.
/// A reader is used by one task at a time, and is deliberately not `Sendable`.
public final class ZipReader {
  /// The files, in the order of the zip's directory; folders themselves are left out.
  public private(set) var entries: [ZipEntry] = []

  private let archive: OpaquePointer
  private let limits: ZipLimits
  private var unpacked = 0

  /// Opens a zip, and checks the names, the number and the claimed sizes of everything in it.
  public init(bytes: [UInt8], limits: ZipLimits = ZipLimits()) throws(ArchiveProblem) {
    guard bytes.count <= limits.archive else { throw .tooLarge("The zip", limit: limits.archive) }
    self.limits = limits
    archive = try Self.open(bytes)
    try list(archiveSize: bytes.count)
  }

  deinit { zip_discard(archive) }

  /// Unpacks one entry.
  public func read(_ entry: ZipEntry) throws(ArchiveProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    // The claim is only trusted as far as an honest zip of this packed size could need it.
    bytes.reserveCapacity(min(entry.claimedSize, limits.entry, max(entry.packedSize * limits.ratio, limits.ratioFrom)))
    try read(entry) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Unpacks one entry piece by piece (64 KiB), for readers that keep less than all of it.
  ///
  /// The end of the entry is checked against its checksum after the last piece: a throw makes all pieces void.
  public func read(_ entry: ZipEntry, piece: (UnsafeRawBufferPointer) -> Void) throws(ArchiveProblem) {
    guard let file = zip_fopen_index(archive, entry.index, 0) else { throw broken(entry) }
    defer { zip_fclose(file) }
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { room.deallocate() }
    var size = 0
    while true {
      let count = Int(zip_fread(file, room.baseAddress, UInt64(room.count)))
      guard count >= 0 else { throw broken(entry) }
      if count == 0 { break }
      size += count
      unpacked += count
      try check(size, of: entry)
      piece(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
    guard size == entry.claimedSize else { throw broken(entry) }
  }

  private func check(_ size: Int, of entry: ZipEntry) throws(ArchiveProblem) {
    let shown = ZipName.shown(entry.name)
    guard size <= limits.entry else { throw .tooLarge("\"\(shown)\" in the zip", limit: limits.entry) }
    guard unpacked <= limits.total else { throw .tooLarge("The zip, unpacked,", limit: limits.total) }
    guard size <= limits.ratioFrom || size / limits.ratio <= entry.packedSize else { throw .bomb(shown) }
  }

  private func broken(_ entry: ZipEntry) -> ArchiveProblem {
    .broken("\"\(ZipName.shown(entry.name))\" in the zip is damaged, encrypted or packed in a way we do not know.")
  }

  private func list(archiveSize: Int) throws(ArchiveProblem) {
    let count = zip_get_num_entries(archive, 0)
    guard count <= limits.entries else { throw .tooManyEntries(limit: limits.entries) }
    var seen: Set<String> = []
    var packed = 0
    for index in 0..<UInt64(max(count, 0)) {
      var status = zip_stat_t()
      guard zip_stat_index(archive, index, 0, &status) == 0,
        let raw = zip_get_name(archive, index, zip_flags_t(ZIP_FL_ENC_RAW))
      else { throw .broken("Its list of files cannot be read.") }
      let name = try ZipName.checked(raw, limits: limits)
      guard seen.insert(name).inserted else { throw .duplicateName(ZipName.shown(name)) }
      if name.hasSuffix("/") { continue }
      // Entries that share their packed bytes (the overlapping bomb of D. Fifield, 2019) claim more than there is.
      let packedSize = Int(clamping: status.comp_size)
      guard packedSize <= archiveSize - packed else { throw .broken("Its files overlap.") }
      packed += packedSize
      let claimed = Int(clamping: status.size)
      guard claimed <= limits.entry else {
        throw .tooLarge("\"\(ZipName.shown(name))\" in the zip", limit: limits.entry)
      }
      entries.append(ZipEntry(name: name, claimedSize: claimed, index: index, packedSize: packedSize))
    }
  }

  private static func open(_ bytes: [UInt8]) throws(ArchiveProblem) -> OpaquePointer {
    // libzip takes no bytes at all for an empty zip, and forgives what stands before the first entry; we do not.
    guard bytes.starts(with: [0x50, 0x4B]) else { throw .broken("This is no zip, or only a part of one.") }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = bufferSource(of: bytes, &error) else { throw .broken("There is no memory for it.") }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw .broken("This is no zip, or only a part of one.")
    }
    return archive
  }
}

/// A source over a copy of `bytes` that libzip frees itself; nil without memory.
func bufferSource(of bytes: [UInt8], _ error: inout zip_error_t) -> OpaquePointer? {
  guard let copy = malloc(max(bytes.count, 1)) else { return nil }
  bytes.withUnsafeBytes { if let start = $0.baseAddress { copy.copyMemory(from: start, byteCount: $0.count) } }
  guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error) else {
    free(copy)
    return nil
  }
  return source
}
