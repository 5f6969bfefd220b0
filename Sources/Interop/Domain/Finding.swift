/// Something in a file that a person should know of before it is imported.
///
/// The value is shown so that it can be found and put right, but never one of a password column.
public struct Finding: Sendable, Equatable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The row, or what `column` says of it, is not imported.
    case error
    /// The row is imported; something in it is not kept or was guessed.
    case warning
  }

  /// How bad it is.
  public let severity: Severity
  /// The file's name.
  public let file: String
  /// The row as a spreadsheet numbers it, the header being 1; nil for the whole file.
  public let row: Int?
  /// The column's name in the file; nil for the whole row.
  public let column: String?
  /// What stands there, at most 100 characters.
  public let value: String?
  /// Stable, such as `BAD_DATE`; equal codes are one cause.
  public let code: String
  /// What is wrong and what to do, in one or two sentences.
  public let message: String

  /// Something a person should know of.
  public init(
    _ severity: Severity, file: String, row: Int? = nil, column: String? = nil, value: String? = nil, code: String,
    message: String
  ) {
    self.severity = severity
    self.file = file
    self.row = row
    self.column = column
    self.value = value.map { String($0.prefix(100)) }
    self.code = code
    self.message = message
  }
}

/// A column of a file whose values are not kept.
public struct UnkeptColumn: Sendable, Hashable {
  /// The file's name.
  public let file: String
  /// The column's name in the file.
  public let column: String
  /// Whether it holds passwords: those are not even read.
  public let isSecret: Bool

  /// A column whose values are not kept.
  public init(file: String, column: String) {
    self.file = file
    self.column = column
    isSecret = HeaderName(column).isSecret
  }
}
