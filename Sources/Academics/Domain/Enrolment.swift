public import Kernel

/// Identifies an enrolment.
public typealias EnrolmentID = ID<Enrolment>

/// A student's place in a section, from one day to another. Coming back makes a new one, and the old is kept.
public struct Enrolment: Sendable, Equatable {
  /// Whether the student still sits there.
  public enum Status: String, Sendable, CaseIterable {
    /// Sits there.
    case enrolled
    /// Left before the end.
    case dropped
    /// Stayed to the end.
    case completed
  }

  /// The enrolment's identity.
  public let id: EnrolmentID
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// The section.
  public let section: SectionID
  /// The student.
  public let student: StudentID
  /// The section's kind, copied: the database keeps one homeroom at a time by it.
  public let kind: Section.Kind
  /// Whether the student still sits there.
  public private(set) var status: Status
  /// The first day.
  public let firstOn: SchoolDate
  /// The last day, inclusive; nil while it lasts.
  public private(set) var lastOn: SchoolDate?
  /// Why it ended.
  public private(set) var reason: String?

  /// An enrolment as it stands.
  public init(
    id: EnrolmentID, version: Int = 1, section: SectionID, student: StudentID, kind: Section.Kind,
    status: Status = .enrolled, firstOn: SchoolDate, lastOn: SchoolDate? = nil, reason: String? = nil
  ) {
    self.id = id
    self.version = version
    self.section = section
    self.student = student
    self.kind = kind
    self.status = status
    self.firstOn = firstOn
    self.lastOn = lastOn
    self.reason = reason
  }

  /// The enrolment once the student left before the end; `lastOn` is the last day in the section.
  public func dropped(lastOn: SchoolDate, reason: String?) throws(AcademicsProblem) -> Enrolment {
    try ended(.dropped, lastOn: lastOn, reason: reason)
  }

  /// The enrolment once the student stayed to the end.
  public func completed(lastOn: SchoolDate) throws(AcademicsProblem) -> Enrolment {
    try ended(.completed, lastOn: lastOn, reason: nil)
  }

  /// Whether the student sits there on a day.
  public func covers(_ day: SchoolDate) -> Bool { firstOn <= day && day <= (lastOn ?? day) }

  private func ended(
    _ status: Status, lastOn: SchoolDate, reason: String?
  ) throws(AcademicsProblem) -> Enrolment {
    guard self.status == .enrolled else { throw .notEnrolled(now: self.status) }
    guard lastOn >= firstOn else { throw .endsBeforeItBegins(firstOn: firstOn) }
    var ended = self
    ended.status = status
    ended.lastOn = lastOn
    ended.reason = reason
    return ended
  }
}
