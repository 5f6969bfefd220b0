public import Kernel

/// What a person can be refused about notices.
public enum NoticeProblem: Error, Sendable, Equatable {
  /// The step belongs to somebody else.
  case notYours(NoticeStep)
  /// The step makes no sense in that state.
  case outOfTurn(NoticeStep, NoticeState)
  /// Nobody decides about a notice of his or her own.
  case ownNotice
  /// A draft that nobody else has seen needs nobody else's consent to its deletion.
  case ownAffair
  /// The notice would be over before anybody could read it.
  case over
  /// The audience lies beyond the author's reach.
  case beyondReach
}

extension NoticeProblem: ProblemConvertible {
  public var problem: Problem {
    switch self {
    case .notYours(let step):
      Problem(
        .forbidden, code: "NOTICE_NOT_YOURS", title: "Not yours to do",
        detail: step.isOfTheAuthor
          ? "Only its author can \(step.words) this notice."
          : "Only somebody who may approve notices there can \(step.words) this one.")
    case .outOfTurn(let step, let state):
      Problem(
        .conflict, code: "NOTICE_OUT_OF_TURN", title: "Not now",
        detail: state == .deletionAsked
          ? "Its deletion was asked for. Decide about that first: keep it or delete it."
          : "You cannot \(step.words) a notice that is \(state.words).")
    case .ownNotice:
      Problem(
        .conflict, code: "NOTICE_OWN", title: "Somebody else has to decide",
        detail: "You wrote this notice, so another person who may approve notices reads it before it goes on the board."
      )
    case .ownAffair:
      Problem(
        .conflict, code: "NOTICE_NEVER_SENT", title: "Nobody else has seen it",
        detail: "This draft was never sent to anybody, so you need nobody's consent. Delete it.")
    case .over:
      .invalid([
        .init(
          pointer: "/expiresAt", code: "NOTICE_OVER",
          detail: "The notice would be over before anybody could read it. Choose a later end, or none.")
      ])
    case .beyondReach:
      .invalid([
        .init(
          pointer: "/audience", code: "NOTICE_AUDIENCE",
          detail: "You may not address these people. Choose an audience of the list.")
      ])
    }
  }
}

extension NoticeStep {
  /// Whether it is for the author, rather than for those who approve.
  var isOfTheAuthor: Bool {
    switch self {
    case .change, .ask, .withdraw, .askDeletion: true
    case .approve, .reject, .keep, .delete: false
    }
  }

  /// The step after "you cannot".
  var words: String {
    switch self {
    case .change: "change"
    case .ask: "ask for the approval of"
    case .withdraw: "take back"
    case .approve: "approve"
    case .reject: "reject"
    case .askDeletion: "ask for the deletion of"
    case .keep: "keep"
    case .delete: "delete"
    }
  }
}

extension NoticeState {
  /// The state after "a notice that is".
  var words: String {
    switch self {
    case .draft: "a draft"
    case .review: "waiting for approval"
    case .approved: "approved"
    case .rejected: "rejected"
    case .deletionAsked: "about to be deleted"
    case .deleted: "deleted"
    }
  }
}
