import Kernel
import Web

extension FormFaults {
  /// Whether a problem goes back onto a form of accounts: also a wrong password, and too many of them. What is hidden
  /// does not, nor what a stranger may not do at all.
  static func takesOfAccounts(_ problem: Problem) -> Bool {
    switch problem.kind {
    case .limited, .unauthenticated: true
    case .forbidden: problem.code == AccountsProblem.beyondOwnRights.problem.code
    default: takes(problem)
    }
  }

  /// The answer's status, and how long to wait where that is the matter.
  static func answer(_ problem: Problem, _ page: Reply) -> Reply {
    if case .limited(let seconds) = problem.kind { return page.with("Retry-After", "\(seconds)") }
    return page
  }
}
