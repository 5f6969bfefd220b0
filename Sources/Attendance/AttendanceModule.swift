import Academics
public import Kernel
public import Markup
public import Persistence
public import Record
public import Rights
public import Web

/// What attendance offers: registers with marks, their lock, and percentages.
///
/// Never: a mark saved over a newer one, a register changed after the school's midnight without a permission and a
/// reason, a register that counts before it is submitted.
public struct AttendanceModule: Sendable {
  private let service: AttendanceService
  private let zone: Zone
  private let studentPath: @Sendable (StudentID) -> Path

  /// The slice over its service. `zone` is the installation's, for pages that show several schools; `studentPath` is
  /// the address of a student's page.
  public init(service: AttendanceService, zone: Zone, studentPath: @escaping @Sendable (StudentID) -> Path) {
    self.service = service
    self.zone = zone
    self.studentPath = studentPath
  }

  /// Every address of the slice.
  public var endpoints: [Endpoint] {
    RegisterPages(service: service, studentPath: studentPath).endpoints
      + DayPages(service: service, zone: zone).endpoints + AttendanceAPI(service: service, zone: zone).endpoints
  }

  /// What the slice shows on pages of others.
  public var parts: AttendanceParts { AttendanceParts(service: service) }

  /// The place in the menu.
  public static let place = Site.Place(
    "Attendance", icon: .attendance, path: AttendancePaths.day,
    within: [
      Site.Within("Registers", path: AttendancePaths.registers, needs: [.takeAttendance]),
      Site.Within("The day", path: AttendancePaths.day, needs: [.viewAttendance, .takeAttendance]),
    ])

  /// The way from a section's page to its register.
  public static let sectionLink = PageLink<SectionID>("Take register", icon: .attendance, isMain: true) {
    section, call in
    guard try call.actor.has(.takeAttendance) else { return nil }
    return AttendancePaths.register(RegisterKey(section: section, date: call.site.zone.date(at: call.at)))
  }

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
