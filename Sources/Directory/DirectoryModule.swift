public import Persistence

/// People, the organisations they belong to and the times they are there: what the slice offers to the program.
public struct DirectoryModule: Sendable {
  /// The schema, oldest first.
  public static let migrations: [Migration] = DirectoryMigrations.all
}
