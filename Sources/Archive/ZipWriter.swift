internal import CZip
internal import Glibc

/// Makes a zip in memory. The same files in the same order give the same bytes: every entry is dated 1 January 1980.
///
/// A writer is used by one task at a time, and is deliberately not `Sendable`.
public final class ZipWriter {
  private let archive: OpaquePointer
  private let source: OpaquePointer
  private var names: Set<String> = []
  private var isOpen = true

  /// An empty zip.
  public init() throws(ArchiveProblem) {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(nil, 0, 0, &error) else { throw .unwritable("no memory") }
    // Kept for ourselves: closing the archive gives up the archive's own share, and the bytes are read after that.
    zip_source_keep(source)
    guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, &error) else {
      zip_source_free(source)
      zip_source_free(source)
      throw .unwritable(String(cString: zip_error_strerror(&error)))
    }
    self.source = source
    self.archive = archive
  }

  deinit {
    if isOpen { zip_discard(archive) }
    zip_source_free(source)
  }

  /// Adds a file at the top of the zip, or in a folder if `name` says so with `/`.
  public func add(_ name: String, _ bytes: [UInt8]) throws(ArchiveProblem) {
    var limits = ZipLimits()
    limits.folders = true
    guard isOpen else { throw .unwritable("finished already") }
    guard ZipName.isAllowed(name, limits: limits), !name.hasSuffix("/") else { throw .badName(ZipName.shown(name)) }
    guard names.insert(name).inserted else { throw .duplicateName(ZipName.shown(name)) }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let content = bufferSource(of: bytes, &error) else { throw .unwritable("no memory") }
    let index = zip_file_add(archive, name, content, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(content)
      throw failure()
    }
    // Level 3: lists are long and alike, and the usual 6 takes several times as long for little less.
    guard zip_set_file_compression(archive, UInt64(index), ZIP_CM_DEFLATE, 3) == 0 else { throw failure() }
    // 1 January 1980, 00:00: the first moment the format knows (year since 1980 << 9 | month << 5 | day).
    guard zip_file_set_dostime(archive, UInt64(index), 0, 1 << 5 | 1, 0) == 0 else { throw failure() }
  }

  /// Packs everything and gives the zip; nothing can be added afterwards. A zip without files is refused by libzip's
  /// format, so that case answers `unwritable`.
  public func finish() throws(ArchiveProblem) -> [UInt8] {
    guard isOpen, !names.isEmpty else { throw .unwritable("nothing to write") }
    guard zip_close(archive) == 0 else { throw failure() }
    isOpen = false
    guard zip_source_open(source) == 0 else { throw .unwritable("not readable") }
    defer { zip_source_close(source) }
    zip_source_seek(source, 0, SEEK_END)
    let size = Int(zip_source_tell(source))
    guard size > 0, zip_source_seek(source, 0, SEEK_SET) == 0 else { throw .unwritable("not readable") }
    var read = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      read = Int(zip_source_read(source, room.baseAddress, UInt64(size)))
      count = max(read, 0)
    }
    guard read == size else { throw .unwritable("not readable") }
    return bytes
  }

  private func failure() -> ArchiveProblem { .unwritable(String(cString: zip_strerror(archive))) }
}
