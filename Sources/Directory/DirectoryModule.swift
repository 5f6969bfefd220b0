public import Persistence
public import Record
public import Rights

/// People, the organisations they belong to and the times they are there: what the slice offers to the program.
///
/// Invariants: a person exists once, whatever he or she is here; names are copied to lists by the database alone; no row
/// changes without its history; a guardian who is denied sight of a child on a day never sees it that day.
public struct DirectoryModule: Sendable {
  /// The schema, oldest first.
  public static let migrations: [Migration] = DirectoryMigrations.all

  /// The rights the slice asks for.
  public static let permissions: [Permission] = [
    .viewStudents, .editStudents, .viewGuardians, .editGuardians, .viewStaff, .editStaff, .viewOrgs, .editOrgs,
    .editPeriods, .restoreRecords, .viewAudit,
  ]

  /// The tables that people edit, those that are referred to first.
  public static let tables: [AnyRecordedTable] = DirectoryTables.all
}
