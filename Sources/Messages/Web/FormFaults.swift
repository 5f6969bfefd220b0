import Kernel
import Web

/// What is wrong with a form, by field: a JSON pointer's first name is the name of the field.
struct FormFaults: Sendable {
  private var byField: [String: String] = [:]
  /// The faults in their order, for the summary.
  private(set) var faults: [ErrorSummary.Fault] = []
  /// A sentence above them, for what belongs to no field.
  private(set) var detail: String?

  /// Nothing is wrong.
  init() {}

  /// What a problem says of a form that has these fields.
  init(_ problem: Problem, fields: Set<String>) {
    for error in problem.errors {
      let name = String(error.pointer.drop { $0 == "/" }.prefix { $0 != "/" })
      let field = fields.contains(name) ? name : nil
      if let field, byField[field] == nil { byField[field] = error.detail }
      faults.append(.init(error.detail, field: field))
    }
    if faults.isEmpty { detail = problem.detail }
  }

  /// What is wrong with a field.
  subscript(field: String) -> String? { byField[field] }

  /// Whether a problem goes back onto its form; what is hidden or forbidden does not.
  static func takes(_ problem: Problem) -> Bool { problem.kind == .invalid || problem.kind == .conflict }

  /// The status of a page that shows a problem.
  static func status(of problem: Problem) -> Int { problem.kind == .invalid ? 422 : 409 }
}
