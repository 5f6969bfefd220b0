import Kernel

extension Problem {
  static let jobInLine = Problem(
    .conflict, code: "JOB_IN_LINE", title: "It is in line already",
    detail: "The same was asked for again meanwhile, and waits or runs under another number. Look at that one.")

  static func notRetryable(_ state: JobState) -> Problem {
    Problem(
      .conflict, code: "JOB_NOT_RETRYABLE", title: "It cannot be tried again",
      detail: state == .running ? "It runs at this moment." : "It is done.")
  }
}

/// Why a job failed, as it is kept and shown.
struct JobProblem: Sendable, Equatable {
  let code: String
  let title: String
  let detail: String

  /// The worker's process died each time.
  static let workerDied = JobProblem(
    code: "JOB_WORKER_DIED", title: "Set aside",
    detail: """
      The program ended in the middle of this work three times. It is not begun again until somebody asks for it. Tell \
      whoever runs this installation.
      """)

  /// What is said of an error; one that is not meant for people stays in the log.
  init(_ error: any Error) {
    if let problem = (error as? any ProblemConvertible)?.problem {
      self.init(code: problem.code, title: problem.title, detail: problem.detail)
    } else {
      self.init(
        code: "INTERNAL", title: "Something went wrong",
        detail: "This is a fault of the program. The log holds what happened under the number of this job.")
    }
  }

  private init(code: String, title: String, detail: String) {
    self.code = code
    self.title = title
    self.detail = detail
  }

  var json: JSON {
    .object([("code", .string(code)), ("title", .string(title)), ("detail", .string(detail))])
  }

  /// Whether it may go better another time: the database was away, or we do not know. What a person has to change first
  /// would only fail again.
  static func mayPass(_ error: any Error) -> Bool {
    guard let problem = (error as? any ProblemConvertible)?.problem else { return true }
    return switch problem.kind {
    case .unavailable, .limited, .bug: true
    default: false
    }
  }
}
