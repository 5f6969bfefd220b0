public import Kernel

/// Why an archive was refused or cannot be written. Names of entries are shown cut and without control characters.
public enum ArchiveProblem: Error, Sendable, Equatable {
  /// The bytes are no zip, are cut off, contradict themselves, or an entry is encrypted or packed in an unknown way.
  case broken(String)
  /// More entries than `ZipLimits.entries`.
  case tooManyEntries(limit: Int)
  /// The archive, one entry or all entries together are larger than allowed; `limit` in bytes.
  case tooLarge(String, limit: Int)
  /// An entry unpacks to so many times its packed size that it can only be meant to exhaust memory.
  case bomb(String)
  /// An entry's name leads elsewhere, lies in a folder, is too long or holds characters no file name needs.
  case badName(String)
  /// Two entries have one name.
  case duplicateName(String)
  /// The bytes are no gzip stream, or a broken one.
  case gzipBroken
  /// A gzip stream unpacks to more than `limit` bytes.
  case gzipTooLarge(limit: Int)
  /// The zip could not be written; the reason is libzip's.
  case unwritable(String)
}

extension ArchiveProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .broken(let reason):
      Problem(
        .malformed, code: "ZIP_BROKEN", title: "The zip cannot be read",
        detail: "\(reason) Make the zip again, without a password, and send it once more.")
    case .tooManyEntries(let limit):
      Problem(
        .tooLarge, code: "ZIP_TOO_MANY_FILES", title: "Too many files in the zip",
        detail: "A zip may hold \(limit) files. Put only the files of the roster into it.")
    case .tooLarge(let what, let limit):
      Problem(
        .tooLarge, code: "ZIP_TOO_LARGE", title: "The zip is too large",
        detail: "\(what) is larger than \(Self.megabytes(limit)). Split the roster, for example by school.")
    case .bomb(let name):
      Problem(
        .tooLarge, code: "ZIP_BOMB", title: "The zip unpacks to too much",
        detail: "\"\(name)\" unpacks to far more than its packed size explains. Send the file itself, unpacked.")
    case .badName(let name):
      Problem(
        .malformed, code: "ZIP_BAD_NAME", title: "A file name in the zip is not allowed",
        detail: "\"\(name)\" is not a plain file name. Put the files at the top of the zip, in no folder.")
    case .duplicateName(let name):
      Problem(
        .malformed, code: "ZIP_DUPLICATE_NAME", title: "Two files in the zip have one name",
        detail: "\"\(name)\" is in the zip twice. Keep one of them.")
    case .gzipBroken:
      Problem(
        .malformed, code: "GZIP_BROKEN", title: "The gzip stream cannot be read",
        detail: "The bytes are no complete gzip stream. Send them again.")
    case .gzipTooLarge(let limit):
      Problem(
        .tooLarge, code: "GZIP_TOO_LARGE", title: "The gzip stream unpacks to too much",
        detail: "It unpacks to more than \(Self.megabytes(limit)). Send less at a time.")
    case .unwritable:
      Problem(
        .bug, code: "ZIP_UNWRITABLE", title: "The zip could not be written",
        detail: "Try again; if it fails again, tell the person who runs this system.")
    }
  }

  private static func megabytes(_ bytes: Int) -> String {
    bytes >= 1_000_000 ? "\(bytes / 1_000_000) MB" : bytes >= 1000 ? "\(bytes / 1000) kB" : "\(bytes) bytes"
  }
}
