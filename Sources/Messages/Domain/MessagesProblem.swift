public import Kernel

/// What messages refuse.
public enum MessagesProblem: Error, Sendable, Equatable {
  /// It was sent, or is on its way, or was taken back.
  case onItsWay(Message.State)
  /// It would be old before it was delivered.
  case expiredAlready
  /// The audience has nobody.
  case nobody
}

extension MessagesProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .onItsWay(let state):
      let detail =
        switch state {
        case .draft: "This message is a draft. Send it first."
        case .queued: "This message waits for its time. Withdraw it first, then change it."
        case .sending, .sent: "This message has been delivered, and stays as it is. Write another one."
        case .withdrawn: "This message was withdrawn. Save it again, then send it."
        }
      return Problem(.conflict, code: "MESSAGE_ON_ITS_WAY", title: "Too late for that", detail: detail)
    case .expiredAlready:
      return .invalid([
        .init(pointer: "/expiresAt", code: "BEFORE_START", detail: "Choose an end that is still to come.")
      ])
    case .nobody:
      return Problem(
        .conflict, code: "AUDIENCE_EMPTY", title: "Nobody to write to",
        detail: "Nobody belongs to this audience today. Choose another one.")
    }
  }
}
