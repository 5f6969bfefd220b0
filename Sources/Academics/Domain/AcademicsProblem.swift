public import Kernel

/// What a person can be refused about courses, sections and enrolments.
public enum AcademicsProblem: Error, Sendable, Equatable {
  /// The student sits in the section (by its code) already.
  case alreadyEnrolled(String)
  /// The student has a homeroom already.
  case alreadyInHomeroom
  /// All seats of the section (by its code) are taken.
  case sectionFull(String, capacity: Int)
  /// All terms of the section are closed; the last by name.
  case termClosed(String)
  /// The student belongs to another school.
  case studentOfAnotherSchool
  /// The enrolment would begin after the section's last term.
  case beginsAfterTerm(lastOn: SchoolDate)
  /// The enrolment has ended already.
  case notEnrolled(now: Enrolment.Status)
  /// The last day lies before the first.
  case endsBeforeItBegins(firstOn: SchoolDate)
  /// A live course of the organisation has this code.
  case courseCodeTaken(String)
  /// Sections still teach the course.
  case courseInUse(sections: Int)
  /// The person has this part in the section already.
  case alreadyAssigned
  /// More students sit there than the new number of seats.
  case tooFewSeats(enrolled: Int)
  /// A list asks for more than this many at once.
  case tooManyAtOnce(limit: Int)
}

extension AcademicsProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .alreadyEnrolled(let code):
      conflict("ALREADY_ENROLLED", "Already enrolled", "The student is enrolled in \(code) already.")
    case .alreadyInHomeroom:
      conflict(
        "ALREADY_IN_HOMEROOM", "Already in a homeroom",
        "The student has a homeroom. Drop that enrolment first, then enrol here.")
    case .sectionFull(let code, let capacity):
      conflict(
        "SECTION_FULL", "Section full",
        "All \(capacity) seats of \(code) are taken. Choose another section, or ask for more seats.")
    case .termClosed(let title):
      conflict("TERM_CLOSED", "Term closed", "\(title) is closed. Only an open term takes enrolments.")
    case .studentOfAnotherSchool:
      conflict("OTHER_SCHOOL", "Another school", "The student belongs to another school than this section.")
    case .beginsAfterTerm(let lastOn):
      field("/firstOn", "AFTER_TERM", "The section ends on \(lastOn). Choose a first day up to then.")
    case .notEnrolled(let status):
      conflict("NOT_ENROLLED", "Not enrolled any more", "This enrolment is \(status.rawValue) already.")
    case .endsBeforeItBegins(let firstOn):
      field("/lastOn", "BEFORE_FIRST", "The enrolment began on \(firstOn). Choose a last day from then on.")
    case .courseCodeTaken(let code):
      conflict(
        "COURSE_CODE_TAKEN", "Code taken", "Another course has the code \(code). Choose another code.",
        field: "/code")
    case .courseInUse(let sections):
      conflict(
        "COURSE_IN_USE", "Still taught",
        "\(sections == 1 ? "One section teaches" : "\(sections) sections teach") this course. Delete them first.")
    case .alreadyAssigned:
      conflict("ALREADY_ASSIGNED", "Already assigned", "This person has that part in the section already.")
    case .tooFewSeats(let enrolled):
      conflict(
        "TOO_FEW_SEATS", "Too few seats",
        "\(enrolled) students sit in this section. Keep at least so many seats, or drop some first.",
        field: "/capacity")
    case .tooManyAtOnce(let limit):
      Problem(
        .tooLarge, code: "TOO_MANY", title: "Too many at once",
        detail: "At most \(limit) students can be enrolled at once. Send them in parts.")
    }
  }

  private func conflict(_ code: String, _ title: String, _ detail: String, field: String? = nil) -> Problem {
    let errors = field.map { [Problem.FieldError(pointer: $0, code: code, detail: detail)] } ?? []
    return Problem(.conflict, code: code, title: title, detail: detail, errors: errors)
  }

  private func field(_ pointer: String, _ code: String, _ detail: String) -> Problem {
    .invalid([Problem.FieldError(pointer: pointer, code: code, detail: detail)])
  }
}
