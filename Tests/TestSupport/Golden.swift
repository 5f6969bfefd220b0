import Foundation

/// A file below `Tests/Golden` that says how an output looks. `HOMEROOM_GOLDEN=1` writes it anew; the diff is reviewed.
public struct Golden: Sendable {
  /// The file's name below `Tests/Golden`, such as `schema.sqlite.sql` or `html/badge.html`.
  public let name: String

  /// The golden file of that name.
  public init(_ name: String) { self.name = name }

  /// Throws a `Mismatch` unless `text` is what the file says.
  public func check(_ text: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    if Self.isRewriting {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return
    }
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw Mismatch(description: "Tests/Golden/\(name) is not there; HOMEROOM_GOLDEN=1 writes it")
    }
    let expected = String(decoding: bytes, as: UTF8.self)
    guard expected != text else { return }
    throw Mismatch(description: Self.difference(expected, text, in: name))
  }

  /// Whether this run writes golden files anew instead of comparing.
  public static var isRewriting: Bool { ProcessInfo.processInfo.environment["HOMEROOM_GOLDEN"] == "1" }

  /// What differs, with the first line that does.
  public struct Mismatch: Error, CustomStringConvertible {
    public let description: String
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden")

  private static func difference(_ expected: String, _ actual: String, in name: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
    return """
      Tests/Golden/\(name) differs from line \(line + 1) on
      expected: \(line < old.count ? String(old[line]) : "(end)")
      now:      \(line < new.count ? String(new[line]) : "(end)")
      HOMEROOM_GOLDEN=1 writes it anew, if that is what you want.
      """
  }
}
