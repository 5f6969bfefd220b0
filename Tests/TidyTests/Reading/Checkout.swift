import Foundation

/// The files of this checkout, read once.
enum Checkout {
  /// The folder that holds `Package.swift`.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file of ours but those that a script makes.
  static let swiftFiles: [SourceFile] = ["Sources", "Tests"].flatMap(paths).filter {
    $0.hasSuffix(".swift") && !$0.hasSuffix(".generated.swift")
  }.map { SourceFile(path: $0, text(of: $0) ?? "") }

  /// Every paper of ours.
  static let papers: [String] =
    top.filter { $0.hasSuffix(".md") }
    + ["docs", "Sources", "Tests", "ops", "benchmarks"]
    .flatMap(paths).filter { $0.hasSuffix(".md") }

  /// What git keeps; empty where this is no repository.
  static let tracked: [String] =
    output(of: ["git", "-c", "safe.directory=*", "ls-files", "-z"])?
    .split(separator: "\0").map(String.init) ?? []

  /// The text of a file by its path from the root; nil when it is not there or no text.
  static func text(of path: String) -> String? {
    FileManager.default.contents(atPath: root.appendingPathComponent(path).path).flatMap {
      String(data: $0, encoding: .utf8)
    }
  }

  /// Whether there is such a file or folder.
  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  /// The size of a file in bytes.
  static func size(of path: String) -> Int {
    // A file that is deleted and not yet committed weighs nothing.
    let attributes = try? FileManager.default.attributesOfItem(atPath: root.appendingPathComponent(path).path)
    return attributes?[.size] as? Int ?? 0
  }

  /// What a program says; nil when it cannot be run or fails.
  static func output(of command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static let top: [String] = listing(of: "")

  private static func listing(of folder: String) -> [String] {
    // A folder that is not there has no files.
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return (names ?? []).sorted()
  }

  private static func paths(below folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?.allObjects ?? []
    return names.compactMap { $0 as? String }.sorted().map { "\(folder)/\($0)" }
  }
}
