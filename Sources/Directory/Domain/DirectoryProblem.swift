public import Kernel

/// What a person can do wrong with people, organisations and periods.
public enum DirectoryProblem: Error, Sendable, Equatable {
  /// A student cannot become that from here.
  case statusRefused(from: StudentStatus, to: StudentStatus)
  /// Becoming that has to be explained.
  case reasonMissing(StudentStatus)
  /// The school gave the number to someone else.
  case numberTaken(String)
  /// An organisation, period or such has that code already.
  case codeTaken(String)
  /// The person is a guardian of the student already.
  case guardianTwice
  /// The student has as many guardians as are ever shown.
  case guardiansFull(Int)
  /// A student cannot be his or her own guardian.
  case ownGuardian
  /// The person is a member of staff already.
  case staffTwice
  /// Students belong to schools and colleges, not to this kind of organisation.
  case notASchool(OrgKind)
  /// An organisation cannot stand below itself.
  case orgInItself
  /// It still has something below it or in it; how many.
  case stillInUse(String, Int)
  /// The period is closed.
  case periodClosed(String)
  /// An edit of many students names none.
  case nobodyChosen
  /// More students than one edit may have.
  case tooManyChosen
  /// The job of an edit of many students is not over.
  case changeUnderWay
  /// It was taken back already.
  case changeUndone
  /// It was done too long ago to be taken back.
  case changeTooOld
}

extension DirectoryProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .statusRefused(let from, let to):
      Problem(
        .conflict, code: "STATUS_REFUSED", title: "Not from here",
        detail: "A student who is \(from.title.lowercased()) cannot become \(to.title.lowercased()) directly. "
          + "Possible: \(from.next.map { $0.title.lowercased() }.sorted().joined(separator: ", ")).")
    case .reasonMissing(let status):
      Problem.invalid([
        Problem.FieldError(
          pointer: "/reason", code: "REQUIRED", detail: "Say why the status becomes \(status.title.lowercased()).")
      ])
    case .numberTaken(let number):
      Problem(
        .conflict, code: "NUMBER_TAKEN", title: "Number taken",
        detail: "The number \(number) belongs to someone else at this school. Choose another, or leave it empty.",
        errors: [
          Problem.FieldError(pointer: "/number", code: "NUMBER_TAKEN", detail: "Choose a number that is free.")
        ])
    case .codeTaken(let code):
      Problem(
        .conflict, code: "CODE_TAKEN", title: "Code taken",
        detail: "The code \(code) is in use. Choose another.",
        errors: [Problem.FieldError(pointer: "/code", code: "CODE_TAKEN", detail: "Choose a code that is free.")])
    case .guardianTwice:
      Problem(
        .conflict, code: "GUARDIAN_ALREADY", title: "Guardian already",
        detail: "This person is a guardian of the student already. Change that entry instead.")
    case .guardiansFull(let most):
      Problem(
        .conflict, code: "GUARDIANS_FULL", title: "Too many guardians",
        detail: "A student may have \(most) guardians. Remove one who no longer is one.")
    case .ownGuardian:
      Problem(
        .conflict, code: "OWN_GUARDIAN", title: "Not one's own guardian",
        detail: "A student cannot be his or her own guardian. Choose another person.")
    case .staffTwice:
      Problem(
        .conflict, code: "STAFF_ALREADY", title: "Staff already",
        detail: "This person is a member of staff already. Add a job to that entry instead.")
    case .notASchool(let kind):
      Problem(
        .conflict, code: "NOT_A_SCHOOL", title: "Not a school",
        detail: "Students belong to a school or college, not to a \(kind.rawValue). Choose a school.")
    case .orgInItself:
      Problem(
        .conflict, code: "ORG_IN_ITSELF", title: "Not below itself",
        detail: "An organisation cannot stand below itself. Choose another place.")
    case .stillInUse(let what, let count):
      Problem(
        .conflict, code: "STILL_IN_USE", title: "Still in use",
        detail: "There are still \(count) \(what). Move or delete them first.")
    case .periodClosed(let title):
      Problem(
        .conflict, code: "PERIOD_CLOSED", title: "Closed",
        detail: "\(title) is closed. Open it again to change what is in it.")
    case .nobodyChosen:
      Problem.invalid([.init(pointer: "/ids", code: "REQUIRED", detail: "Select the students first.")])
    case .tooManyChosen:
      Problem.invalid([
        .init(
          pointer: "/ids", code: "TOO_MANY",
          detail: "At most \(BulkEdit.jobLimit) students can be changed at once. Narrow the list first.")
      ])
    case .changeUnderWay:
      Problem(
        .conflict, code: "CHANGE_UNDER_WAY", title: "Not now",
        detail: "This change is still being made or taken back. Wait until its job is over, or cancel the job first.")
    case .changeUndone:
      Problem(.conflict, code: "CHANGE_UNDONE", title: "Undone already", detail: "This change was undone already.")
    case .changeTooOld:
      Problem(
        .conflict, code: "UNDO_TOO_LATE", title: "Too late",
        detail: "A change of many students can be undone for \(BulkChange.undoDays) days. Change what is wrong by hand."
      )
    }
  }
}
