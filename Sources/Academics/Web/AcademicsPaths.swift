public import Kernel
public import Markup

/// The addresses of teaching.
public enum AcademicsPaths {
  /// All sections one may see.
  public static let sections: Path = "/sections"
  /// The form for a new section.
  static let sectionsFile: Path = "/sections.csv"
  static let coursesFile: Path = "/admin/courses.csv"
  static func rosterFile(_ id: SectionID) -> Path { "/sections/\(id)/roster.csv" }
  static let newSection: Path = "/sections/new"
  /// All courses one may see.
  public static let courses: Path = "/admin/courses"
  /// The form for a new course.
  static let newCourse: Path = "/admin/courses/new"

  /// A section with its roster.
  public static func section(_ id: SectionID) -> Path { "/sections/\(id)" }
  /// The form of a section.
  static func editing(_ id: SectionID) -> Path { "/sections/\(id)/edit" }
  /// Where a section's form to delete it goes.
  static func deletion(_ id: SectionID) -> Path { "/sections/\(id)/deletion" }
  /// Where the form that enrols goes.
  static func enrolments(_ id: SectionID) -> Path { "/sections/\(id)/enrolments" }
  /// Where the form that gives somebody a part goes.
  static func staff(_ id: SectionID) -> Path { "/sections/\(id)/staff" }
  /// Where the form that ends somebody's part goes.
  static func staffEnding(_ section: SectionID, _ id: ID<SectionStaff>) -> Path {
    "/sections/\(section)/staff/\(id)/ending"
  }
  /// Where the form that drops or completes goes.
  static func ending(_ id: EnrolmentID) -> Path { "/enrolments/\(id)/ending" }
  /// A course's form.
  public static func course(_ id: CourseID) -> Path { "/admin/courses/\(id)" }
  /// Where a course's form to delete it goes.
  static func courseDeletion(_ id: CourseID) -> Path { "/admin/courses/\(id)/deletion" }

  static func apiCourse(_ id: CourseID) -> Path { "/api/v1/courses/\(id)" }
  static func apiSection(_ id: SectionID) -> Path { "/api/v1/sections/\(id)" }
  static func apiEnrolment(_ id: EnrolmentID) -> Path { "/api/v1/enrolments/\(id)" }
}
