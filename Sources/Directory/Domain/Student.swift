public import Kernel

/// Identifies a student's time at a school.
public typealias SchoolEnrolmentID = ID<SchoolEnrolment>

/// A person as a student of one school. A person who goes to two schools is two students.
public struct Student: Sendable, Equatable {
  /// What it identifies.
  public let id: StudentID
  /// How often it has been saved.
  public let version: Int
  /// Who it is.
  public let person: PersonID
  /// The school.
  public let school: OrgID
  /// The school's number for the student, unique there.
  public let number: String
  /// The year group in the school's words, such as `9` or `K`.
  public let grade: String?
  /// Where the student stands.
  public let status: StudentStatus

  /// A student as it was read, or a new one of version 1.
  public init(
    id: StudentID, version: Int = 1, person: PersonID, school: OrgID, number: String, grade: String? = nil,
    status: StudentStatus = .active
  ) {
    self.id = id
    self.version = version
    self.person = person
    self.school = school
    self.number = number
    self.grade = grade
    self.status = status
  }

  /// The same student with another number, grade or status.
  public func with(number: String? = nil, grade: String?, status: StudentStatus? = nil) -> Student {
    Student(
      id: id, version: version, person: person, school: school, number: number ?? self.number, grade: grade,
      status: status ?? self.status)
  }
}

/// A student's time at a school, from the first day to the last: a year repeated or a return is a row of its own.
public struct SchoolEnrolment: Sendable, Equatable {
  /// What it identifies.
  public let id: SchoolEnrolmentID
  /// How often it has been saved.
  public let version: Int
  /// Whose it is.
  public let student: StudentID
  /// The school year it began in.
  public let year: PeriodID?
  /// The grade at its beginning.
  public let grade: String?
  /// How it stands.
  public let status: Status
  /// The first day.
  public let firstOn: SchoolDate
  /// The last day; nil while it lasts.
  public let lastOn: SchoolDate?
  /// Why it ended.
  public let reason: String?

  /// How an enrolment stands.
  public enum Status: String, Sendable, CaseIterable {
    /// It lasts.
    case enrolled
    /// It ended with the school's end.
    case completed
    /// It ended before.
    case left
  }

  /// An enrolment as it was read, or a new one of version 1.
  public init(
    id: SchoolEnrolmentID, version: Int = 1, student: StudentID, year: PeriodID? = nil, grade: String? = nil,
    status: Status = .enrolled, firstOn: SchoolDate, lastOn: SchoolDate? = nil, reason: String? = nil
  ) {
    self.id = id
    self.version = version
    self.student = student
    self.year = year
    self.grade = grade
    self.status = status
    self.firstOn = firstOn
    self.lastOn = lastOn
    self.reason = reason
  }

  /// The same, ended because the student became `status`; never before its first day.
  public func ended(by status: StudentStatus, on day: SchoolDate, because reason: String?) -> SchoolEnrolment {
    SchoolEnrolment(
      id: id, version: version, student: student, year: year, grade: grade,
      status: status == .graduated ? .completed : .left, firstOn: firstOn, lastOn: max(day, firstOn), reason: reason)
  }
}

/// A student in a list.
public struct StudentSummary: Sendable, Equatable {
  /// What it identifies.
  public let id: StudentID
  /// Who it is.
  public let person: PersonID
  /// The school.
  public let school: OrgID
  /// The school's number.
  public let number: String
  /// The whole name.
  public let displayName: String
  /// The name in another script.
  public let otherName: String?
  /// BCP 47 tag of the other script's language.
  public let otherLanguage: String?
  /// The year group.
  public let grade: String?
  /// Where the student stands.
  public let status: StudentStatus
  /// Date of birth.
  public let birthOn: SchoolDate?
  /// How often the student's row has been saved.
  public let version: Int
  /// The primary guardian, where the reader may see guardians.
  public var firstGuardian: GuardianSummary?
}

/// A guardian beside a student in a list.
public struct GuardianSummary: Sendable, Equatable {
  /// Who it is.
  public let person: PersonID
  /// The whole name.
  public let displayName: String
  /// What he or she is to the student.
  public let relation: Relation
}

/// Everything about one student that belongs to this slice.
public struct StudentRecord: Sendable, Equatable {
  /// The student.
  public let student: Student
  /// The person.
  public let person: Person
  /// The school's name.
  public let schoolName: String
  /// Former and further names, newest first.
  public let names: [PersonName]
  /// Ways to reach the student.
  public let contacts: [ContactPoint]
  /// The times at the school, newest first.
  public let enrolments: [SchoolEnrolment]

  /// Counts every save of the student and of the person, from 1: what an editor names as seen.
  public var version: Int { student.version + person.version - 1 }
}
