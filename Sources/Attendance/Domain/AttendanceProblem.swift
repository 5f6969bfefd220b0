public import Kernel

/// What a person can be refused about registers.
public enum AttendanceProblem: Error, Sendable, Equatable {
  /// The school's midnight has passed.
  case locked(SchoolDate)
  /// A locked register changes only for a reason that is given.
  case reasonNeeded
  /// The day has not come; today where the school is.
  case notYet(SchoolDate, today: SchoolDate)
  /// No term of the section has the day.
  case outsideTerms(SchoolDate)
  /// Nobody belonged to the section on that day.
  case nobodyEnrolled(SchoolDate)
  /// Entries are at fault.
  case invalid([Problem.FieldError])
  /// More marks than a register can have.
  case tooManyMarks
}

extension AttendanceProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .locked(let date):
      conflict(
        "ATTENDANCE_LOCKED", "Register locked",
        "The register of \(date) was locked at midnight. Ask the office to change it.")
    case .reasonNeeded:
      .invalid([
        Problem.FieldError(
          pointer: "/reason", code: "REQUIRED", detail: "This register is locked. Say why it is changed now.")
      ])
    case .notYet(let date, let today):
      conflict(
        "REGISTER_NOT_YET", "Not yet",
        "It is \(today) at the school. The register of \(date) opens on that day.")
    case .outsideTerms(let date):
      conflict("DATE_OUTSIDE_TERM", "Outside term", "\(date) lies outside the terms of this section.")
    case .nobodyEnrolled(let date):
      conflict(
        "REGISTER_EMPTY", "Nobody to mark",
        "Nobody belonged to this section on \(date). Enrol students first.")
    case .invalid(let faults): .invalid(faults)
    case .tooManyMarks:
      Problem(
        .tooLarge, code: "TOO_MANY", title: "Too many at once",
        detail: "A register takes at most \(Register.maximumSize) marks at once.")
    }
  }

  private func conflict(_ code: String, _ title: String, _ detail: String) -> Problem {
    Problem(.conflict, code: code, title: title, detail: detail)
  }
}
