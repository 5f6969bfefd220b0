public import Kernel

/// A section as lists show it.
public struct SectionLine: Sendable, Equatable {
  /// The section.
  public let section: Section
  /// How many sit in it.
  public let enrolled: Int
  /// The one who answers for it, by name.
  public let teacher: String?

  /// A line of a list.
  public init(section: Section, enrolled: Int, teacher: String?) {
    self.section = section
    self.enrolled = enrolled
    self.teacher = teacher
  }
}

/// A section with what stands around it, as its page shows it.
public struct SectionDetail: Sendable, Equatable {
  /// The section.
  public let section: Section
  /// The terms it is taught in, in order.
  public let terms: [Term]
  /// Who teaches in it, the primary first.
  public let staff: [StaffLine]
  /// How many sit in it.
  public let enrolled: Int
}

/// Who has which part in a section, by name.
public struct StaffLine: Sendable, Equatable {
  /// The assignment.
  public let assignment: SectionStaff
  /// The name that is shown.
  public let name: String
}

/// A student of a roster, by name.
public struct RosterLine: Sendable, Equatable {
  /// The enrolment.
  public let enrolment: Enrolment
  /// The person behind the student.
  public let person: PersonID
  /// The name that is shown.
  public let name: String
  /// The student's number at the school.
  public let number: String
  /// The grade the student is in.
  public let grade: String?
}

/// A section a student sits or sat in.
public struct StudentSectionLine: Sendable, Equatable {
  /// The enrolment.
  public let enrolment: Enrolment
  /// The section's short name.
  public let code: String
  /// The section's name in full.
  public let title: String
  /// The one who answers for it, by name.
  public let teacher: String?
}

/// Which sections a list is asked for.
public struct SectionFilter: Sendable, Equatable {
  /// Of this school.
  public var school: OrgID?
  /// Taught in this period.
  public var period: PeriodID?
  /// Teaching this course.
  public var course: CourseID?
  /// Of this kind.
  public var kind: Section.Kind?
  /// Taught by this person.
  public var teacher: PersonID?
  /// Whose code or title has a word that begins so.
  public var search: String?

  /// All sections that may be seen.
  public init(
    school: OrgID? = nil, period: PeriodID? = nil, course: CourseID? = nil, kind: Section.Kind? = nil,
    teacher: PersonID? = nil, search: String? = nil
  ) {
    self.school = school
    self.period = period
    self.course = course
    self.kind = kind
    self.teacher = teacher
    self.search = search
  }
}
