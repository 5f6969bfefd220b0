import Kernel
import Web

/// What is wrong with a form, by field: the first name of a JSON pointer is the name of the field.
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

  /// Whether anything is wrong.
  var isEmpty: Bool { faults.isEmpty && detail == nil }

  /// The faults on top of the form.
  var summary: ErrorSummary { ErrorSummary(faults, detail: detail) }

  /// Whether a problem goes back onto its form. What is hidden does not, nor what a stranger may not do at all.
  static func takes(_ problem: Problem) -> Bool {
    switch problem.kind {
    case .invalid, .conflict, .limited, .unauthenticated: true
    case .forbidden: problem.code == AccountsProblem.beyondOwnRights.problem.code
    default: false
    }
  }

  /// The answer's status, and how long to wait where that is the matter.
  static func answer(_ problem: Problem, _ page: Reply) -> Reply {
    if case .limited(let seconds) = problem.kind { return page.with("Retry-After", "\(seconds)") }
    return page
  }
}
