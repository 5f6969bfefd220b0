public import Persistence
public import Record
public import Rights

/// What attendance offers: registers with marks, their lock, and percentages.
///
/// Never: a mark saved over a newer one, a register changed after the school's midnight without a permission and a
/// reason, a register that counts before it is submitted.
public struct AttendanceModule: Sendable {
  /// The tables, after those of teaching.
  public static let migrations: [Migration] = AttendanceMigrations.all

  /// The rights.
  public static let permissions: [Permission] = [.takeAttendance, .viewAttendance, .overrideAttendance]

  /// What is versioned, and can be restored from the recycle bin.
  public static let tables: [AnyRecordedTable] = [
    AttendanceCode.table.erased, RegisterHeader.table.erased, Mark.table.erased,
  ]
}

extension Permission {
  /// To take registers on their day.
  public static let takeAttendance = Permission(
    "attendance.take", "Take registers on their day", scopes: [.all, .school, .sections])
  /// To see marks and percentages.
  public static let viewAttendance = Permission(
    "attendance.view", "See attendance", scopes: [.all, .school, .sections, .children, .own])
  /// To change a register after it was locked.
  public static let overrideAttendance = Permission(
    "attendance.override", "Change registers after midnight, with a reason")
}
