public import Kernel
public import Markup

/// The addresses of imports and exports.
public enum InteropPaths {
  /// All imports one may know of.
  public static let imports: Path = "/imports"
  /// The same as a file.
  static let file: Path = "/imports.csv"
  /// The form for a new import.
  static let new: Path = "/imports/new"
  /// The roster as a OneRoster package.
  static let oneRoster: Path = "/exports/oneroster.zip"

  /// An import: its columns, its check, its result.
  public static func one(_ id: ImportID) -> Path { "/imports/\(id)" }
  static func columns(_ id: ImportID) -> Path { "/imports/\(id)/columns" }
  static func application(_ id: ImportID) -> Path { "/imports/\(id)/application" }
  static func undo(_ id: ImportID) -> Path { "/imports/\(id)/undo" }
  static func failedRows(_ id: ImportID) -> Path { "/imports/\(id)/failed-rows.csv" }
  static func job(_ id: JobID) -> Path { "/jobs/\(id)" }
  static func events(_ id: JobID) -> Path { "/api/v1/jobs/\(id)/events" }
  static func cancellation(_ id: JobID) -> Path { "/jobs/\(id)/cancellation" }
  static func api(_ id: ImportID) -> Path { "/api/v1/imports/\(id)" }
  static func apiJob(_ id: JobID) -> Path { "/api/v1/jobs/\(id)" }
}
