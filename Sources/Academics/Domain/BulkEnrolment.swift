public import Kernel

/// What to do when some of many students cannot be enrolled.
public enum BulkMode: String, Sendable, CaseIterable {
  /// Nobody is, unless all can be.
  case allOrNothing
  /// Those who can be are; the others come back with reasons.
  case bestEffort
}

/// What came of enrolling many.
public struct BulkEnrolment: Sendable, Equatable {
  /// A student who was not enrolled, and why.
  public struct Refusal: Sendable, Equatable {
    /// The student as asked for.
    public let student: StudentID
    /// Why not, as a person may be told.
    public let problem: Problem
  }

  /// Those who are enrolled now.
  public private(set) var enrolled: [Enrolment] = []
  /// Those who are not, each with the reason; in the order asked.
  public private(set) var refused: [Refusal] = []

  /// The most students enrolled in one call; more are a job.
  public static let limit = 200

  /// Lets students in one after the other while the rules allow. With `allOrNothing` one refusal keeps all out.
  ///
  /// `applicants` lacks those that are not there or not to be known of.
  public init(
    _ students: [StudentID], applicants: [StudentID: Applicant], into admission: Admission, from firstOn: SchoolDate,
    mode: BulkMode, at now: Instant
  ) {
    var admission = admission
    for student in students {
      guard let applicant = applicants[student] else {
        refused.append(Refusal(student: student, problem: .notFound("student")))
        continue
      }
      do throws(AcademicsProblem) {
        enrolled.append(try admission.admit(applicant, as: .new(at: now), from: firstOn))
      } catch {
        refused.append(Refusal(student: student, problem: error.problem))
      }
    }
    if mode == .allOrNothing, !refused.isEmpty { enrolled = [] }
  }
}
