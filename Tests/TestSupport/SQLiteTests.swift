import Foundation
import Kernel
import Persistence
import SQLiteDriver

/// A copy of a migrated file for each test, in memory where the system offers it: a test need not wait for a disk.
enum SQLiteTests {
  private static let places = Slots(12)
  private static let templates = Templates()

  static func with<Value: Sendable>(
    _ migrations: [Migration], _ body: (any Persistence.Database) async throws -> Value
  ) async throws -> Value {
    try await places.within {
      let path = try folder.get().appendingPathComponent(UUID().uuidString + ".sqlite").path
      if !migrations.isEmpty {
        try FileManager.default.copyItem(atPath: try await templates.path(for: migrations), toPath: path)
      }
      let database = try SQLiteDatabase.open(path: path, readers: 2)
      let result: Result<Value, any Error>
      do { result = .success(try await body(database)) } catch { result = .failure(error) }
      await database.close()
      for suffix in ["", "-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: path + suffix)  // Most are not there, and that is fine.
      }
      return try result.get()
    }
  }

  /// A folder of this process; what dead ones left is taken away first.
  static let folder = Result<URL, any Error> {
    let files = FileManager.default
    let memory = URL(fileURLWithPath: "/dev/shm")
    let parent = files.isWritableFile(atPath: memory.path) ? memory : files.temporaryDirectory
    let prefix = "homeroom-tests-"
    for name in try FileManager.default.contentsOfDirectory(atPath: parent.path) where name.hasPrefix(prefix) {
      guard let process = Int(name.dropFirst(prefix.count)), !isAlive(process: process) else { continue }
      try? FileManager.default.removeItem(at: parent.appendingPathComponent(name))  // Another run may be quicker.
    }
    let own = parent.appendingPathComponent(prefix + String(ProcessInfo.processInfo.processIdentifier))
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    return own
  }
}

/// Migrated files, one for each set of migrations. An actor, so that each is made once however many tests ask at once.
private actor Templates {
  private let turn = Slots(1)
  private var paths: [String: String] = [:]

  func path(for migrations: [Migration]) async throws -> String {
    let key = fingerprint(of: migrations)
    if let path = paths[key] { return path }
    await turn.take()
    let made = await make(migrations, key)
    await turn.giveBack()
    return try made.get()
  }

  private func make(_ migrations: [Migration], _ key: String) async -> Result<String, any Error> {
    if let path = paths[key] { return .success(path) }
    do {
      let path = try SQLiteTests.folder.get().appendingPathComponent("template-\(paths.count).sqlite").path
      let database = try SQLiteDatabase.open(path: path, readers: 1)
      let migrated: Result<[String], any Error>
      do {
        migrated = .success(try await Migrator(database, migrations).up(now: Instant(milliseconds: 0)))
      } catch {
        migrated = .failure(error)
      }
      await database.close()
      _ = try migrated.get()
      paths[key] = path
      return .success(path)
    } catch {
      return .failure(error)
    }
  }
}
