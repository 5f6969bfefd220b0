private import Archive
private import Foundation

/// The named files of a roster, in memory: from a folder, a single file, a zip, or an upload.
public struct RosterFiles: Sendable {
  /// The names, sorted.
  public let names: [String]
  private let contents: [String: [UInt8]]

  /// Bytes of all files together, at most.
  public static let limit = 400_000_000
  /// Files, at most.
  public static let maximumCount = 100

  /// Files with their names; folders in names are dropped, and case does not tell names apart.
  public init(_ files: [(name: String, bytes: [UInt8])]) throws(RosterProblem) {
    guard files.count <= Self.maximumCount else {
      throw .tooLarge("A roster may have \(Self.maximumCount) files. Leave out what does not belong to it.")
    }
    guard files.reduce(0, { $0 + $1.bytes.count }) <= Self.limit else {
      throw .tooLarge(
        "All files together may have \(Self.limit / 1_000_000) MB. Split the roster, for example by school.")
    }
    var contents: [String: [UInt8]] = [:]
    var names: [String] = []
    for (name, bytes) in files {
      let name = String(name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
      guard contents.updateValue(bytes, forKey: name.lowercased()) == nil else { throw .duplicateFile(name) }
      names.append(name)
    }
    self.contents = contents
    self.names = names.sorted()
  }

  /// An upload: a zip is unpacked under the limits of `ZipReader`, anything else is one CSV.
  public init(upload name: String, _ bytes: [UInt8]) throws(RosterProblem) {
    guard bytes.starts(with: [0x50, 0x4B]) else {
      try self.init([(name, bytes)])
      return
    }
    var files: [(name: String, bytes: [UInt8])] = []
    do {
      let reader = try ZipReader(bytes: bytes)
      for entry in reader.entries where Self.isCSV(entry.name) { files.append((entry.name, try reader.read(entry))) }
    } catch {
      throw .archive(error)
    }
    try self.init(files)
  }

  /// Reads a folder (its CSV files, not those in folders below), a zip or one CSV from disk.
  public init(path: String) throws(RosterProblem) {
    var isFolder: ObjCBool = false
    let shown = String(path.split(separator: "/").last ?? "")
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .notReadable(shown) }
    guard isFolder.boolValue else {
      try self.init(upload: shown, Self.read(path))
      return
    }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: path) } catch { throw .notReadable(shown) }
    var files: [(name: String, bytes: [UInt8])] = []
    var total = 0
    for name in names.sorted() where Self.isCSV(name) {
      guard files.count <= Self.maximumCount, total <= Self.limit else { break }
      files.append((name, try Self.read(path + "/" + name)))
      total += files.last?.bytes.count ?? 0
    }
    try self.init(files)
  }

  /// The bytes of a file, whatever the case of its name.
  public subscript(name: String) -> [UInt8]? { contents[name.lowercased()] }

  /// The name as the file itself spells it.
  func spelling(of name: String) -> String { names.first { $0.lowercased() == name.lowercased() } ?? name }

  private static func isCSV(_ name: String) -> Bool { name.lowercased().hasSuffix(".csv") && !name.hasPrefix(".") }

  private static func read(_ path: String) throws(RosterProblem) -> [UInt8] {
    let name = String(path.split(separator: "/").last ?? "")
    do {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      guard size <= CSVLimits().file else { throw RosterProblem.csv(file: name, .tooLarge(limit: CSVLimits().file)) }
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))
    } catch let problem as RosterProblem {
      throw problem
    } catch {
      throw .notReadable(name)
    }
  }
}
