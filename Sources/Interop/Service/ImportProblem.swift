public import Kernel

/// What a person can do wrong with an import as a whole.
public enum ImportProblem: Error, Sendable, Equatable {
  /// The file does not say the school, and none was chosen.
  case schoolRequired
  /// The organisation cannot have students.
  case notASchool(String)
  /// It cannot be done in the state the import is in.
  case wrongState(RosterImport.State)
  /// Rows have errors, and all or nothing was asked for.
  case hasErrors(Int)
  /// It was written too long ago.
  case tooLate
  /// The files of this import are not kept any more.
  case filesGone
  /// No row has an error.
  case noFailedRows
  /// The name of the source is too long or has control characters.
  case badSource
}

extension ImportProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .schoolRequired:
      Problem(
        .invalid, code: "IMPORT_SCHOOL_REQUIRED", title: "Which school?",
        detail: "The file does not say the school of its rows. Choose the school they belong to.",
        errors: [.init(pointer: "/schoolId", code: "REQUIRED", detail: "Choose the school the rows belong to.")])
    case .notASchool(let name):
      Problem(
        .invalid, code: "NOT_A_SCHOOL", title: "Not a school",
        detail: "\(name) has no students. Choose a school or college.",
        errors: [.init(pointer: "/schoolId", code: "NOT_A_SCHOOL", detail: "Choose a school or college.")])
    case .wrongState(let state):
      Problem(
        .conflict, code: "IMPORT_STATE", title: "Not now",
        detail: "This import \(Self.words(state)), so that cannot be done. Load the page again to see how it stands.")
    case .hasErrors(let count):
      Problem(
        .conflict, code: "IMPORT_HAS_ERRORS", title: "Rows have errors",
        detail: "\(count) rows have errors and all or nothing was asked for, so nothing was written. "
          + "Correct them and send the file again, or import the good rows only.")
    case .tooLate:
      Problem(
        .conflict, code: "UNDO_TOO_LATE", title: "Too late",
        detail: "An import can be undone for \(RosterImport.undoDays) days. Change what is wrong by hand.")
    case .filesGone:
      Problem(
        .conflict, code: "IMPORT_FILES_GONE", title: "The file is gone",
        detail: "Files are kept for \(RosterImport.undoDays) days. Send the file again.")
    case .noFailedRows:
      Problem(
        .notFound, code: "NO_FAILED_ROWS", title: "No failed rows", detail: "No row of this import has an error.")
    case .badSource:
      Problem.invalid([
        .init(pointer: "/source", code: "TOO_LONG", detail: "Name the source in 1 to 60 plain characters.")
      ])
    }
  }

  private static func words(_ state: RosterImport.State) -> String {
    switch state {
    case .mapping: "waits for its columns to be chosen"
    case .checked: "was checked and not written"
    case .applying: "is being written"
    case .done: "is written"
    case .failed: "failed"
    case .undoing: "is being undone"
    case .undone: "was undone"
    }
  }
}
