public import Persistence
public import Record
public import Rights

/// What jobs bring to the app: their tables and the right to see everybody's.
public struct JobsModule: Sendable {
  /// The schema.
  public static let migrations = JobsMigrations.all
  /// The versioned tables.
  public static let tables: [AnyRecordedTable] = [JobSchedule.table.erased]
  /// The rights that can be given to roles.
  public static let permissions: [Permission] = [.manageJobs]
}

extension Permission {
  /// See, retry and stop everybody's jobs and change schedules; one's own jobs are always open to oneself.
  public static let manageJobs = Permission("jobs.manage", "See and stop everybody's work in the background")
}
