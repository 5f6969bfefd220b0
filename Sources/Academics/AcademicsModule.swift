public import Persistence
public import Record
public import Rights

/// What teaching offers: courses, sections with terms and staff, and who is enrolled in them.
///
/// Never: a section with more students than seats, a student twice in a section or in two homerooms at a time, an
/// enrolment that is rewritten when a student comes back.
public struct AcademicsModule: Sendable {
  /// The tables, after those of the directory.
  public static let migrations: [Migration] = AcademicsMigrations.all

  /// The rights.
  public static let permissions: [Permission] = [.viewSections, .editSections, .editEnrolments, .editCourses]

  /// What is versioned, and can be restored from the recycle bin.
  public static let tables: [AnyRecordedTable] = [
    Course.table.erased, Section.table.erased, SectionPeriod.table.erased, SectionStaff.table.erased,
    Enrolment.table.erased,
  ]
}

extension Permission {
  /// To see sections and who is in them.
  public static let viewSections = Permission(
    "sections.view", "See sections and who is in them", scopes: [.all, .school, .sections, .children, .own])
  /// To make and change sections.
  public static let editSections = Permission("sections.edit", "Make and change sections, and who teaches them")
  /// To enrol and drop students.
  public static let editEnrolments = Permission("enrolments.edit", "Enrol students in sections, and drop them")
  /// To make and change courses.
  public static let editCourses = Permission("courses.edit", "Make and change courses")
}
