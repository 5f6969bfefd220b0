public import Kernel

/// A term as far as teaching asks: its days, and whether it is still open.
public struct Term: Sendable, Equatable {
  /// The period's identity.
  public let id: PeriodID
  /// Its name: "Term 1".
  public let title: String
  /// The first day.
  public let firstOn: SchoolDate
  /// The last day, inclusive.
  public let lastOn: SchoolDate
  /// Whether records may still change.
  public let isOpen: Bool

  /// A term as it stands.
  public init(id: PeriodID, title: String, firstOn: SchoolDate, lastOn: SchoolDate, isOpen: Bool) {
    self.id = id
    self.title = title
    self.firstOn = firstOn
    self.lastOn = lastOn
    self.isOpen = isOpen
  }

  /// Whether a day lies in it.
  public func covers(_ day: SchoolDate) -> Bool { firstOn <= day && day <= lastOn }
}

/// A student who asks for a seat, as far as the rules ask.
public struct Applicant: Sendable, Equatable {
  /// The student.
  public let student: StudentID
  /// The student's school.
  public let school: OrgID
  /// Whether the student has a homeroom already.
  public let hasHomeroom: Bool

  /// A student who asks for a seat.
  public init(student: StudentID, school: OrgID, hasHomeroom: Bool) {
    self.student = student
    self.school = school
    self.hasHomeroom = hasHomeroom
  }
}

/// A section's door: who may come in, and while how many seats are left. Pure; the service reads it under a transaction
/// that is serializable, so that the last seat goes to one.
public struct Admission: Sendable, Equatable {
  /// The section.
  public let section: Section
  /// The terms it is taught in.
  public let terms: [Term]
  /// Who sits in it.
  public private(set) var enrolled: Set<StudentID>

  /// A section's door as it stands.
  public init(section: Section, terms: [Term], enrolled: Set<StudentID>) {
    self.section = section
    self.terms = terms
    self.enrolled = enrolled
  }

  /// The seats that are left; nil for no limit.
  public var seatsLeft: Int? { section.capacity.map { max(0, $0 - enrolled.count) } }

  /// Lets a student in from `firstOn`, or says why not.
  ///
  /// A section whose terms are all closed is closed; one without terms never is. A student of another school does not
  /// get a seat, nor does one who sits there already, nor into a homeroom one who has a homeroom.
  public mutating func admit(
    _ applicant: Applicant, as id: EnrolmentID, from firstOn: SchoolDate
  ) throws(AcademicsProblem) -> Enrolment {
    if let last = terms.max(by: { $0.lastOn < $1.lastOn }), !terms.contains(where: \.isOpen) {
      throw .termClosed(last.title)
    }
    guard applicant.school == section.school else { throw .studentOfAnotherSchool }
    guard !enrolled.contains(applicant.student) else { throw .alreadyEnrolled(section.code) }
    guard section.kind != .homeroom || !applicant.hasHomeroom else { throw .alreadyInHomeroom }
    if let last = terms.map(\.lastOn).max(), firstOn > last { throw .beginsAfterTerm(lastOn: last) }
    guard seatsLeft != 0 else { throw .sectionFull(section.code, capacity: section.capacity ?? 0) }
    enrolled.insert(applicant.student)
    return Enrolment(
      id: id, section: section.id, student: applicant.student, kind: section.kind, firstOn: firstOn)
  }
}
