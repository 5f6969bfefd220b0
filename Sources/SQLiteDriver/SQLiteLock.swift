import Foundation
public import Kernel

/// The right to serve a database file, held by one process at a time for as long as this value lives.
///
/// An advisory lock (`flock`) on a file beside the database: the system takes it back however the process ends.
/// Commands that only write a little do not need it; SQLite's own locks are enough for them.
public final class SQLiteLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock for the database at `path`; throws `SQLiteInUse` when another process has it.
  public init(for path: String) throws {
    let side = path + ".lock"
    let descriptor = open(side, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SQLiteInUse(path: path, holder: nil, isHeld: false) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var text = [UInt8](repeating: 0, count: 20)
      let count = max(0, Foundation.read(descriptor, &text, text.count))
      Foundation.close(descriptor)
      throw SQLiteInUse(path: path, holder: Int(String(decoding: text[..<count], as: UTF8.self)), isHeld: true)
    }
    self.descriptor = descriptor
    let holder = Array(String(ProcessInfo.processInfo.processIdentifier).utf8)
    // The number is a courtesy to whoever comes second; the lock holds without it.
    if ftruncate(descriptor, 0) == 0 { _ = Foundation.write(descriptor, holder, holder.count) }
  }

  deinit { Foundation.close(descriptor) }
}

/// Another process serves this database file already, or the file beside it cannot be made.
public struct SQLiteInUse: Error, Sendable, Equatable {
  /// The database file.
  public let path: String
  /// The number of the process that has it, where it is known.
  public let holder: Int?
  /// Whether it is held; false when the folder refused the lock file.
  public let isHeld: Bool
}

extension SQLiteInUse: ProblemConvertible {
  /// What to do about it.
  public var problem: Problem {
    let who = holder.map { " (process \($0))" } ?? ""
    return isHeld
      ? Problem(
        .unavailable(retryAfter: 5), code: "DATABASE_IN_USE", title: "Already served",
        detail: "Another homeroom\(who) serves \(path). Stop it first, or use another data folder.")
      : Problem(
        .unavailable(retryAfter: 5), code: "DATABASE_UNAVAILABLE", title: "Cannot be locked",
        detail: "The file \(path).lock cannot be made. Check that the folder is there and may be written.")
  }
}
