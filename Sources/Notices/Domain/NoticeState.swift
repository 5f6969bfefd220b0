/// Where a notice is in its life: draft → review → approved or rejected → deletion asked → deleted.
public enum NoticeState: String, Sendable, CaseIterable {
  /// Being written; before its author alone.
  case draft
  /// Waits for somebody else's approval.
  case review
  /// On the board of those it is for, within its times.
  case approved
  /// Sent back to its author, with the reason.
  case rejected
  /// Its author wants it gone; off the board until somebody decides.
  case deletionAsked = "deletion_asked"
  /// In the recycle bin.
  case deleted
}

/// What can be done to a notice.
public enum NoticeStep: String, Sendable, CaseIterable {
  /// Its author changes the words.
  case change
  /// Its author asks for approval.
  case ask
  /// Its author takes it back to rework it: a draft again.
  case withdraw
  /// It goes on the board.
  case approve
  /// It goes back to its author.
  case reject
  /// Its author asks for its deletion.
  case askDeletion = "ask_deletion"
  /// It is not deleted after all, and becomes what it was.
  case keep
  /// It goes to the recycle bin.
  case delete
}

/// What somebody is to a notice.
public enum NoticePart: Sendable, CaseIterable {
  /// Reads it, at most.
  case reader
  /// Wrote it.
  case author
  /// Decides about notices of its school; wrote this one not.
  case approver
  /// Decides about notices of its school, and wrote this one.
  case approvingAuthor
  /// Decides about all notices of the installation, and wrote this one.
  case administratingAuthor

  /// What somebody is who wrote it or not, and approves or not, there or everywhere.
  public init(isAuthor: Bool, approves: Bool, approvesEverywhere: Bool) {
    self =
      switch (isAuthor, approves, approvesEverywhere) {
      case (true, true, true): .administratingAuthor
      case (true, true, false): .approvingAuthor
      case (true, false, _): .author
      case (false, true, _): .approver
      case (false, false, _): .reader
      }
  }

  /// Whether he or she wrote it.
  public var isAuthor: Bool { self == .author || self == .approvingAuthor || self == .administratingAuthor }

  /// Whether he or she may decide about notices there.
  public var isApprover: Bool { self == .approver || self == .approvingAuthor || self == .administratingAuthor }
}

/// How a notice stands: its state, and what the next step depends on beside it.
public struct NoticeStanding: Sendable, Equatable {
  /// Where it is in its life.
  public let state: NoticeState
  /// What it was when its deletion was asked for, and becomes when it is kept; nil in every other state.
  public let before: NoticeState?
  /// Whether it was ever sent to others; before that it is its author's own affair.
  public let wasSent: Bool

  /// A standing.
  public init(_ state: NoticeState, before: NoticeState? = nil, wasSent: Bool) {
    self.state = state
    self.before = before
    self.wasSent = wasSent
  }

  /// How a new notice stands.
  public static let new = NoticeStanding(.draft, wasSent: false)

  /// Whether somebody finds it outside of the board: authors find their own, approvers all but others' drafts.
  public func isSeen(by part: NoticePart) -> Bool {
    state != .deleted && (part.isAuthor || (part.isApprover && state != .draft))
  }

  /// How it stands after a step; throws when that person may not take it, or when it makes no sense now.
  ///
  /// Authors write, ask for approval, withdraw and ask for deletion; approvers approve, reject, keep and delete. Nobody
  /// decides about a notice of his or her own, but for those who decide everywhere: an installation of one person would
  /// never have a notice otherwise, and its history says who approved. What nobody else has ever had before them, its
  /// author deletes alone.
  public func after(_ step: NoticeStep, by part: NoticePart) throws(NoticeProblem) -> NoticeStanding {
    guard isSeen(by: part) else { throw .notYours(step) }
    switch step {
    case .change: return try changed(by: part)
    case .ask:
      try require(part.isAuthor, step)
      return try moved(step, from: [.draft, .rejected], to: .review, wasSent: true)
    case .withdraw:
      try require(part.isAuthor, step)
      return try moved(step, from: [.review, .approved, .rejected], to: .draft)
    case .approve:
      try requireDecision(step, part)
      return try moved(step, from: [.review, .rejected], to: .approved)
    case .reject:
      try requireDecision(step, part)
      return try moved(step, from: [.review, .approved], to: .rejected)
    case .askDeletion:
      try require(part.isAuthor, step)
      guard wasSent else { throw .ownAffair }
      guard state != .deletionAsked else { throw .outOfTurn(step, state) }
      return NoticeStanding(.deletionAsked, before: state, wasSent: true)
    case .keep:
      guard state == .deletionAsked, let before else { throw .outOfTurn(step, state) }
      return NoticeStanding(before, wasSent: wasSent)
    case .delete:
      try require(part.isApprover || (part.isAuthor && !wasSent), step)
      return NoticeStanding(.deleted, wasSent: wasSent)
    }
  }

  /// The steps that somebody may take now, in the order in which a page offers them.
  public func steps(for part: NoticePart) -> [NoticeStep] {
    NoticeStep.allCases.filter { step in
      // What is refused is not offered; why it is refused is told to whoever tries it all the same.
      (try? after(step, by: part)) != nil
    }
  }

  /// The step that leads from here to a state, if one does: how a program says what it wants.
  public func step(to state: NoticeState) -> NoticeStep? {
    switch state {
    case .deleted: .delete
    case .deletionAsked: .askDeletion
    case let state where self.state == .deletionAsked: state == before ? .keep : nil
    case .draft: .withdraw
    case .review: .ask
    case .approved: .approve
    case .rejected: .reject
    }
  }

  /// New words are approved anew: what is on the board comes off it until then.
  private func changed(by part: NoticePart) throws(NoticeProblem) -> NoticeStanding {
    try require(part.isAuthor, .change)
    return try moved(
      .change, from: [.draft, .review, .approved, .rejected],
      to: state == .review || state == .approved ? .review : .draft)
  }

  private func moved(
    _ step: NoticeStep, from states: Set<NoticeState>, to state: NoticeState, wasSent: Bool = false
  ) throws(NoticeProblem) -> NoticeStanding {
    guard states.contains(self.state) else { throw .outOfTurn(step, self.state) }
    return NoticeStanding(state, wasSent: self.wasSent || wasSent)
  }

  private func require(_ holds: Bool, _ step: NoticeStep) throws(NoticeProblem) {
    if !holds { throw .notYours(step) }
  }

  private func requireDecision(_ step: NoticeStep, _ part: NoticePart) throws(NoticeProblem) {
    try require(part.isApprover, step)
    if part == .approvingAuthor { throw .ownNotice }
  }
}
