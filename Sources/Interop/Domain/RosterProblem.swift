public import Archive
public import Kernel

/// Why a roster as a whole cannot be read. Faults of single rows are `Finding`s.
public enum RosterProblem: Error, Sendable, Equatable {
  /// There is nothing at the path, or it may not be read. The last part of the path is shown.
  case notReadable(String)
  /// The zip was refused.
  case archive(ArchiveProblem)
  /// A file is no readable CSV.
  case csv(file: String, CSVProblem)
  /// More files or bytes than a roster may have.
  case tooLarge(String)
  /// Two files have names that differ in case only.
  case duplicateFile(String)
  /// The files are none of the formats we know.
  case unknownFormat(files: [String])
  /// A file that the format needs is missing.
  case missingFile(String, format: RosterFormat)
  /// Columns that a file needs are missing.
  case missingColumns(file: String, columns: [String])
  /// A column name stands twice in a header.
  case duplicateColumn(file: String, column: String)
  /// The plain student file has no column that tells one student from another, or none with a name.
  case missingMeaning(String)
  /// The mapping names a column that holds passwords, or one that is not there.
  case badMapping(String)
  /// The manifest of a OneRoster package is wrong.
  case manifest(String)
  /// The OneRoster package holds changes only.
  case delta(file: String)
}

extension RosterProblem: ProblemConvertible {
  public var problem: Problem {
    func refusal(_ code: String, _ title: String, _ detail: String, _ kind: Problem.Kind = .invalid) -> Problem {
      Problem(kind, code: code, title: title, detail: detail)
    }
    return switch self {
    case .archive(let problem): problem.problem
    case .csv(let file, let problem): problem.problem(file: file)
    case .notReadable(let name):
      refusal("ROSTER_NOT_READABLE", "The roster cannot be read", "There is no \"\(name)\", or it may not be read.")
    case .tooLarge(let detail): refusal("ROSTER_TOO_LARGE", "The roster is too large", detail, .tooLarge)
    case .duplicateFile(let file):
      refusal("ROSTER_DUPLICATE_FILE", "A file is there twice", "\"\(file)\" is there twice. Keep one of them.")
    case .unknownFormat(let files):
      refusal("ROSTER_UNKNOWN_FORMAT", "These files are no roster we know", Self.unknown(files))
    case .missingFile(let file, let format):
      refusal(
        "ROSTER_MISSING_FILE", "A file is missing", "\(format.title) needs \"\(file)\". Add it and send all again.")
    case .missingColumns(let file, let columns):
      refusal(
        "ROSTER_MISSING_COLUMNS", "Columns are missing",
        "\"\(file)\" needs the columns \(columns.joined(separator: ", ")). Export it again with them.")
    case .duplicateColumn(let file, let column):
      refusal(
        "ROSTER_DUPLICATE_COLUMN", "A column is there twice",
        "\"\(file)\" has two columns named \"\(column)\". Rename or remove one.")
    case .missingMeaning(let detail): refusal("ROSTER_MISSING_MEANING", "A column has to be chosen", detail)
    case .badMapping(let detail): refusal("ROSTER_BAD_MAPPING", "A column cannot be used like that", detail)
    case .manifest(let detail): refusal("ONEROSTER_BAD_MANIFEST", "The manifest is not right", detail)
    case .delta(let file):
      refusal(
        "ONEROSTER_DELTA", "The package holds changes only",
        "\"\(file)\" is declared as delta. Export the package as bulk, with every row, and send it again.")
    }
  }

  private static func unknown(_ files: [String]) -> String {
    let shown = files.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
    return "We found \(files.isEmpty ? "no CSV file" : shown). Send one CSV of students, the files of School Data Sync "
      + "(School.csv, Student.csv, … or users.csv, orgs.csv, roles.csv, …), or a OneRoster zip with manifest.csv."
  }
}
