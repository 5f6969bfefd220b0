import Foundation
import Kernel
import Persistence
import PostgresDriver
import SQLiteDriver

/// What every command stands on: the settings, the clock, an open database and its migrations.
struct Ground: Sendable {
  let settings: Settings
  let clock: any WallClock
  let database: any Database
  let migrator: Migrator
  /// Words of `DATABASE_URL` that mean nothing to us.
  let ignored: [String]

  /// Makes the data folder if it is missing, and opens the database.
  static func open(_ settings: Settings) async throws -> Ground {
    try prepareFolder(settings.data)
    switch settings.store {
    case .sqlite(let path):
      return ground(settings, try SQLiteDatabase.open(path: path), ignored: [])
    case .postgres(let url):
      let database = try await PostgresDatabase.connect(url: url)
      return ground(settings, database, ignored: database.ignoredParameters)
    }
  }

  private static func ground(_ settings: Settings, _ database: any Database, ignored: [String]) -> Ground {
    Ground(
      settings: settings, clock: SystemClock(), database: database,
      migrator: Migrator(database, Wiring.migrations), ignored: ignored)
  }

  /// Opens the database and refuses to go on while migrations wait, unless it is empty: then it is migrated.
  static func openMigrated(_ settings: Settings) async throws -> Ground {
    let ground = try await open(settings)
    let waiting = try await ground.migrator.status().filter { $0.appliedAt == nil }
    if waiting.count == Wiring.migrations.count {
      try await ground.migrator.up(now: ground.clock.now())
    } else if let first = waiting.first {
      await ground.close()
      throw Problem(
        .conflict, code: "MIGRATIONS_WAIT", title: "The schema is older than this program",
        detail: "\(waiting.count) migrations have not run, the first is \(first.name). Run: homeroom migrate up")
    }
    return ground
  }

  func close() async { await database.close() }

  /// Makes the data folder if it is missing. It holds secrets, so nobody else may look into it.
  static func prepareFolder(_ path: String) throws {
    let files = FileManager.default
    if !files.fileExists(atPath: path) {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    guard files.isWritableFile(atPath: path) else {
      throw Problem(
        .unavailable(retryAfter: 60), code: "DATA_NOT_WRITABLE", title: "The data folder cannot be written",
        detail: "Give the user that runs Homeroom the right to write to \(path), or set HOMEROOM_DATA.")
    }
  }
}
