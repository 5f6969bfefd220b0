public import Kernel
public import Markup
public import Persistence
public import Record
public import Rights
public import Web

/// What teaching offers: courses, sections with terms and staff, and who is enrolled in them.
///
/// Never: a section with more students than seats, a student twice in a section or in two homerooms at a time, an
/// enrolment that is rewritten when a student comes back.
public struct AcademicsModule: Sendable {
  private let service: AcademicsService
  private let zone: Zone
  private let links: [PageLink<SectionID>]
  private let studentPath: @Sendable (StudentID) -> Path

  /// The slice over its service. `zone` is the installation's; `links` lead from a section into other slices;
  /// `studentPath` is the address of a student's page.
  public init(
    service: AcademicsService, zone: Zone, links: [PageLink<SectionID>] = [],
    studentPath: @escaping @Sendable (StudentID) -> Path
  ) {
    self.service = service
    self.zone = zone
    self.links = links
    self.studentPath = studentPath
  }

  /// Every address of the slice.
  public var endpoints: [Endpoint] {
    SectionPages(service: service, zone: zone, links: links, studentPath: studentPath).endpoints
      + SectionFormPages(service: service).endpoints + CoursePages(service: service).endpoints
      + SectionAPI(service: service).endpoints + CourseAPI(service: service).endpoints
      + TeachingFiles(service: service).endpoints
  }

  /// What the slice shows on pages of others.
  public var parts: AcademicsParts { AcademicsParts(service: service) }

  /// The place in the menu.
  public static let place = Site.Place(
    "Learning", icon: .learning, path: AcademicsPaths.sections,
    within: [
      Site.Within("Sections", path: AcademicsPaths.sections, needs: [.viewSections])
    ])

  /// The place within administration.
  public static let coursesPlace = Site.Within(
    "Courses", path: AcademicsPaths.courses, needs: [.editCourses])

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
