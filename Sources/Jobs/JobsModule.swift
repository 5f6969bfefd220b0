public import Persistence
public import Rights

/// What jobs bring to the app: their table and the right to see everybody's.
public struct JobsModule: Sendable {
  /// The schema.
  public static let migrations = JobsMigrations.all
  /// The rights that can be given to roles.
  public static let permissions: [Permission] = [.manageJobs]
}

extension Permission {
  /// See and stop everybody's jobs; one's own are always open to oneself.
  public static let manageJobs = Permission("jobs.manage", "See and stop everybody's work in the background")
}
