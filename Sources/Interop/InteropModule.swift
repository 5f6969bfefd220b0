public import Persistence
public import Rights

/// Rosters in and out: student lists, School Data Sync and OneRoster.
public struct InteropModule: Sendable {
  /// The schema, oldest first.
  public static let migrations: [Migration] = InteropMigrations.all

  /// The rights the slice asks for.
  public static let permissions: [Permission] = [.manageImports, .makeExports]
}
