public import Kernel

/// What is wrong with a form, by field: a JSON pointer's first name is the name of the field.
public struct FormFaults: Sendable {
  private var byField: [String: String] = [:]
  /// The faults in their order, for the summary.
  public private(set) var faults: [ErrorSummary.Fault] = []
  /// A sentence above them, for what belongs to no field.
  public private(set) var detail: String?

  /// Nothing is wrong.
  public init() {}

  /// What a problem says of a form that has these fields.
  public init(_ problem: Problem, fields: Set<String>) {
    for error in problem.errors {
      let name = String(error.pointer.drop { $0 == "/" }.prefix { $0 != "/" })
      let field = fields.contains(name) ? name : nil
      if let field, byField[field] == nil { byField[field] = error.detail }
      faults.append(.init(error.detail, field: field))
    }
    if faults.isEmpty { detail = problem.detail }
  }

  /// Faults without fields, each in its own words.
  public init(_ words: [String]) { faults = words.map { .init($0, field: nil) } }

  /// What is wrong with a field.
  public subscript(field: String) -> String? { byField[field] }

  /// Whether anything is wrong.
  public var isEmpty: Bool { faults.isEmpty && detail == nil }

  /// The faults on top of the form.
  public var summary: ErrorSummary { ErrorSummary(faults, detail: detail) }

  /// Whether a problem goes back onto its form; what is hidden or forbidden does not.
  public static func takes(_ problem: Problem) -> Bool { problem.kind == .invalid || problem.kind == .conflict }

  /// The status of a page that shows a problem.
  public static func status(of problem: Problem) -> Int { problem.kind == .invalid ? 422 : 409 }
}
