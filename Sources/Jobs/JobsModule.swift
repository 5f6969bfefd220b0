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
  public static let permissions: [Permission] = [.manageJobs, .manageSchedules]
}

extension Permission {
  /// See, retry and stop everybody's jobs; one's own are always open to oneself.
  public static let manageJobs = Permission("jobs.manage", "See, try again and stop everybody's work in the background")

  /// See and change what is done again and again; that belongs to the installation, not to a school.
  public static let manageSchedules = Permission(
    "schedules.manage", "See and change what is done again and again", scopes: [.all])
}
