public import Kernel

/// Brings a database to the newest schema, or back, and tells where it stands.
public struct Migrator: Sendable {
  private let database: any Database
  private let migrations: [Migration]

  /// Migrations of all slices, run in the order of their names, which must differ.
  public init(_ database: any Database, _ migrations: [Migration]) {
    self.database = database
    self.migrations = migrations.sorted { $0.name < $1.name }
    precondition(Set(migrations.map(\.name)).count == migrations.count, "two migrations have the same name")
  }

  /// Where a migration stands.
  public struct Status: Sendable, Equatable {
    /// The migration's name.
    public let name: String
    /// When it was run, or nil.
    public let appliedAt: Instant?
    /// Whether the checksum kept differs from the migration's now.
    public let drifted: Bool
  }

  /// Every migration in order, also those the database has and this program does not know (as drifted).
  public func status() async throws -> [Status] {
    let applied = try await applied()
    var statuses = migrations.map { migration in
      let row = applied[migration.name]
      return Status(
        name: migration.name, appliedAt: row?.at, drifted: row.map { $0.checksum != migration.checksum } ?? false)
    }
    let known = Set(migrations.map(\.name))
    for (name, row) in applied where !known.contains(name) {
      statuses.append(Status(name: name, appliedAt: row.at, drifted: true))
    }
    return statuses.sorted { $0.name < $1.name }
  }

  /// Runs what has not run yet, each in a transaction of its own; returns the names. Two processes at once do it once.
  @discardableResult
  public func up(now: Instant) async throws -> [String] {
    try await prepare()
    var done: [String] = []
    for migration in migrations {
      let ran = try await database.write(.readCommitted) { tx in
        try lock(tx)
        guard try !tx.exists("SELECT 1 FROM schema_migration WHERE name = \(migration.name)") else { return false }
        for statement in try MigrationText.written(migration.up, for: tx.dialect) { try tx.script(statement) }
        try tx.run(
          """
          INSERT INTO schema_migration (name, checksum, applied_at)
          VALUES (\(migration.name), \(migration.checksum), \(now))
          """)
        return true
      }
      if ran { done.append(migration.name) }
    }
    return done
  }

  /// Takes back the newest `count` migrations that were run; returns their names. Their data is lost.
  @discardableResult
  public func down(_ count: Int) async throws -> [String] {
    let applied = try await applied()
    var undone: [String] = []
    for migration in migrations.reversed() where applied[migration.name] != nil && undone.count < count {
      guard case .statements(let statements) = migration.down else {
        throw Problem(
          .conflict, code: "IRREVERSIBLE", title: "Cannot be taken back",
          detail: "The migration \(migration.name) cannot be taken back. Restore a backup instead.")
      }
      try await database.write { tx in
        try lock(tx)
        for statement in try MigrationText.written(statements, for: tx.dialect) { try tx.script(statement) }
        try tx.run("DELETE FROM schema_migration WHERE name = \(migration.name)")
      }
      undone.append(migration.name)
    }
    return undone
  }

  private func prepare() async throws {
    try await database.write(.readCommitted) { tx in
      try lock(tx)
      try tx.script(
        MigrationText(
          """
          CREATE TABLE IF NOT EXISTS schema_migration (
            name {text} NOT NULL PRIMARY KEY,
            checksum {text} NOT NULL,
            applied_at {instant} NOT NULL
          ) {strict}
          """, for: tx.dialect))
    }
  }

  /// Two programs that start at once must not both migrate. SQLite's write lock is enough; PostgreSQL takes a name, and
  /// reads committed rows: a serializable transaction would look at the state from before it had to wait.
  private func lock(_ tx: any Connection) throws {
    if tx.dialect == .postgres {
      try tx.each("SELECT 1 FROM (SELECT pg_advisory_xact_lock(727421)) AS held") { _ in }
    }
  }

  private func applied() async throws -> [String: (checksum: String, at: Instant)] {
    try await prepare()
    let rows = try await database.read { tx in
      try tx.all("SELECT name, checksum, applied_at FROM schema_migration ORDER BY name") { row in
        (name: try row.next() as String, checksum: try row.next() as String, at: try row.next() as Instant)
      }
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.name, ($0.checksum, $0.at)) })
  }
}
