import Foundation

/// A file that holds one secret, for its owner's eyes only.
enum KeyFile {
  /// The most bytes a key file may have; more is something else by mistake.
  static let maximumSize = 4096

  /// The text of the file; nil if there is none.
  static func read(_ path: String) throws(MasterKeyProblem) -> String? {
    // Without O_NONBLOCK a pipe lying there would hold up the start for ever.
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      if errno == ELOOP { throw .notAFile(path: path) }
      throw refused(path)
    }
    defer { close(file) }
    var state = stat()
    guard fstat(file, &state) == 0 else { throw refused(path) }
    guard state.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    guard state.st_mode & 0o077 == 0 else {
      throw .openToOthers(path: path, mode: UInt32(state.st_mode & 0o777))
    }
    var bytes = [UInt8](repeating: 0, count: maximumSize)
    let count = Foundation.read(file, &bytes, bytes.count)
    guard count >= 0 else { throw refused(path) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// Writes the file with mode 0600, whole or not at all, and safely on the disk; leaves an existing one as it is.
  static func create(_ path: String, text: String) throws(MasterKeyProblem) {
    let draft = path + "." + Base64URL.encode(Randomness.bytes(9))
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw refused(path) }
    defer {
      close(file)
      unlink(draft)
    }
    let bytes = Array(text.utf8)
    guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else { throw refused(path) }
    // A hard link cannot replace a file: of two processes that start together, one wins and both read its key.
    guard link(draft, path) == 0 || errno == EEXIST else { throw refused(path) }
    try syncFolder(of: path)
  }

  private static func syncFolder(of path: String) throws(MasterKeyProblem) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw refused(path) }
    defer { close(handle) }
    guard fsync(handle) == 0 else { throw refused(path) }
  }

  private static func refused(_ path: String) -> MasterKeyProblem {
    .refusedBySystem(path: path, reason: String(cString: strerror(errno)))
  }
}
