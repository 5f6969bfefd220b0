public import Kernel
public import Persistence
public import Record

/// What can be wrong with the database.
extension DoctorCheck {
  /// Whether SQLite is set as durability needs it: `report` are its pragmas as they are in force.
  public static func sqlite(report: @escaping @Sendable () async throws -> [(name: String, value: String)])
    -> DoctorCheck
  {
    DoctorCheck("database.pragmas", "SQLite's settings") {
      let wanted = ["journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"]
      let found = Dictionary(try await report().map { ($0.name, $0.value) }) { first, _ in first }
      let wrong = wanted.filter { found[$0.key] != $0.value }.keys.sorted()
      guard wrong.isEmpty else {
        return .failure(
          wrong.map { "\($0) is \(found[$0] ?? "unknown") instead of \(wanted[$0] ?? "")" }.joined(separator: ", ")
            + ".",
          cure: "Another program may have opened the file. Close it, then start homeroom again.")
      }
      return .well("SQLite \(found["sqlite_version"] ?? ""): durable, foreign keys on.")
    }
  }

  /// Whether the file is whole: `check` names what is not.
  public static func integrity(_ check: @escaping @Sendable () async throws -> [String]) -> DoctorCheck {
    DoctorCheck("database.integrity", "The database file is whole") {
      let damage = try await check()
      guard let first = damage.first else { return .well("No damage found.") }
      return .failure(
        damage.count == 1 ? first : "\(first), and \(damage.count - 1) more.",
        cure: "Stop homeroom, keep the file, and restore the newest backup that is whole.")
    }
  }

  /// Whether the schema is that of this program, unaltered.
  public static func migrations(_ migrator: Migrator) -> DoctorCheck {
    DoctorCheck("database.migrations", "The schema is this version's") {
      let statuses = try await migrator.status()
      let drifted = statuses.filter(\.drifted)
      if let first = drifted.first {
        return .failure(
          "\(first.name) is not what this program has under that name\(drifted.count > 1 ? ", and others" : "").",
          cure: "A newer or altered program ran here. Use that version, or restore a backup of this one.")
      }
      let waiting = statuses.filter { $0.appliedAt == nil }
      if let first = waiting.first {
        return .failure(
          "\(waiting.count) migrations wait, the first is \(first.name).", cure: "Run: homeroom migrate up")
      }
      return .well("\(statuses.count) migrations have run.")
    }
  }

  /// Whether live records refer only to live ones.
  public static func references(_ database: any Database, among tables: [AnyRecordedTable]) -> DoctorCheck {
    DoctorCheck("records.references", "Records refer to records that are there") {
      let lost = try await database.read { tx in try LostReference.find(among: tables, in: tx) }
      guard !lost.isEmpty else { return .well("Every reference leads to a live record.") }
      let words = lost.map { "\($0.count) of \($0.kind) refer by \($0.column) to a deleted \($0.to)" }
      return .warning(
        words.joined(separator: "; ") + ".",
        cure: "Restore what was deleted from the recycle bin, or delete what refers to it.")
    }
  }

  /// Whether the clock has not gone back: `newest` is the newest moment that was ever recorded.
  public static func clock(
    _ clock: any WallClock, newest: @escaping @Sendable () async throws -> Instant?
  ) -> DoctorCheck {
    DoctorCheck("machine.clock", "The machine's clock") {
      let now = clock.now()
      let cure = "Set the clock, and let the machine keep it: timedatectl set-ntp true"
      guard now >= Instant(milliseconds: 1_767_225_600_000) else {
        return .failure("It shows \(now), which is before this program was written.", cure: cure)
      }
      if let newest = try await newest(), newest > now.adding(.seconds(5)) {
        let ahead = (newest.milliseconds - now.milliseconds) / 1000
        return .failure("It shows \(now), but something was recorded \(ahead) seconds after that.", cure: cure)
      }
      return .well("It shows \(now).")
    }
  }

  /// Whether looks at records are written down: when people change students, they look at them as well.
  public static func accessLog(_ database: any Database, personal kinds: [String], clock: any WallClock) -> DoctorCheck
  {
    DoctorCheck("records.access", "The access log is written") {
      let now = clock.now()
      let (changes, newest) = try await database.read { tx in
        (
          try History().changes(byPeopleTo: kinds, since: now.adding(.seconds(-86_400)), upTo: 51, in: tx),
          try AccessLog.newestEntryAt(in: tx)
        )
      }
      if changes > 50, newest.map({ $0 < now.adding(.seconds(-2 * 86_400)) }) ?? true {
        return .warning(
          "People changed records within a day, but no look was written \(newest.map { "since \($0)" } ?? "ever").",
          cure: "Look into the log for \"the access log cannot be written\".")
      }
      return .well(newest.map { "The newest entry is of \($0)." } ?? "Nobody has looked at anybody yet.")
    }
  }
}
