public import Kernel

/// How large a file of comma-separated values may be. Sizes are bytes.
public struct CSVLimits: Sendable, Equatable {
  /// The whole file.
  public var file = 200_000_000
  /// One row.
  public var row = 1_000_000
  /// One field.
  public var field = 32_768
  /// Columns.
  public var columns = 200
  /// Rows below the header.
  public var rows = 2_000_000

  /// The usual limits.
  public init() {}
}

/// Why a file of comma-separated values cannot be read on. Rows are numbered as a spreadsheet does, the header being 1.
public enum CSVProblem: Error, Sendable, Equatable {
  /// There is not even a header.
  case empty
  /// The file has more than `limit` bytes.
  case tooLarge(limit: Int)
  /// The file is text in another encoding.
  case wrongEncoding(String)
  /// A line holds bytes that are no UTF-8.
  case notUTF8(line: Int)
  /// A line holds a NUL byte: not a text file, or UTF-16.
  case nul(line: Int)
  /// A quote is opened and never closed.
  case openQuote(row: Int)
  /// Something stands between a closing quote and the next separator.
  case textAfterQuote(row: Int)
  /// A row has more than `limit` bytes.
  case rowTooLong(row: Int, limit: Int)
  /// A field has more than `limit` bytes.
  case fieldTooLong(row: Int, limit: Int)
  /// A row has more than `limit` columns.
  case tooManyColumns(row: Int, limit: Int)
  /// There are more than `limit` rows.
  case tooManyRows(limit: Int)
}

extension CSVProblem: ProblemConvertible {
  public var problem: Problem { problem(file: nil) }

  /// The problem in words that name the file.
  func problem(file: String?) -> Problem {
    let name = file.map { "\"\($0)\"" } ?? "The file"
    let saving = "In a spreadsheet choose \"Save as: CSV UTF-8\" and send it again."
    func refusal(_ kind: Problem.Kind, _ code: String, _ title: String, _ detail: String) -> Problem {
      Problem(kind, code: code, title: title, detail: "\(name) \(detail)")
    }
    return switch self {
    case .empty: refusal(.invalid, "CSV_EMPTY", "The file is empty", "is empty. Its first row must name the columns.")
    case .tooLarge(let limit):
      refusal(
        .tooLarge, "CSV_TOO_LARGE", "The file is too large",
        "is larger than \(limit / 1_000_000) MB. Split it, for example by school.")
    case .wrongEncoding(let encoding):
      refusal(.malformed, "CSV_WRONG_ENCODING", "The file is not in UTF-8", "is in \(encoding). \(saving)")
    case .notUTF8(let line):
      refusal(
        .malformed, "CSV_WRONG_ENCODING", "The file is not in UTF-8",
        "has letters in line \(line) that are not in UTF-8. \(saving)")
    case .nul(let line):
      refusal(
        .malformed, "CSV_NUL", "The file is no plain text",
        "has a NUL byte in line \(line), so it is no plain text or is in UTF-16. \(saving)")
    case .openQuote(let row):
      refusal(
        .malformed, "CSV_OPEN_QUOTE", "A quote is never closed",
        "opens a quote in row \(row) that is not closed. Close it, or remove it.")
    case .textAfterQuote(let row):
      refusal(
        .malformed, "CSV_BAD_QUOTE", "A quote is in the wrong place",
        "has text after a closing quote in row \(row). Write a quote inside a quoted field twice.")
    case .rowTooLong(let row, let limit):
      refusal(
        .tooLarge, "CSV_ROW_TOO_LONG", "A row is too long",
        "has more than \(limit / 1000) kB in row \(row). A quote may be missing there.")
    case .fieldTooLong(let row, let limit):
      refusal(
        .tooLarge, "CSV_FIELD_TOO_LONG", "A field is too long",
        "has a field of more than \(limit) bytes in row \(row). Shorten it, or look for a missing quote.")
    case .tooManyColumns(let row, let limit):
      refusal(
        .tooLarge, "CSV_TOO_MANY_COLUMNS", "Too many columns",
        "has more than \(limit) columns in row \(row). Remove those that are not needed.")
    case .tooManyRows(let limit):
      refusal(
        .tooLarge, "CSV_TOO_MANY_ROWS", "Too many rows", "has more than \(limit) rows. Split it, for example by school."
      )
    }
  }
}
