public import Audiences
public import Kernel

/// Something put on the board of those it is for, once somebody else has read and approved it.
public struct Notice: Sendable, Equatable {
  /// The notice's identity.
  public let id: NoticeID
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// Where it belongs: the organisation of its audience, whose approvers decide; nil for the whole installation.
  public internal(set) var org: OrgID?
  /// The line above.
  public internal(set) var title: String
  /// Plain text in paragraphs; empty in a draft at most.
  public internal(set) var text: String
  /// Whom it is for.
  public internal(set) var audience: Audience
  /// Whether it stands above the others.
  public internal(set) var isPinned: Bool
  /// Not to be seen before this moment; nil for at once.
  public internal(set) var publishAt: Instant?
  /// Not to be seen from this moment on; nil for no end.
  public internal(set) var expiresAt: Instant?
  /// Who wrote it; nil for the system itself.
  public let author: AccountID?
  /// Where it is in its life.
  public internal(set) var state: NoticeState
  /// What it was when its deletion was asked for.
  public internal(set) var stateBefore: NoticeState?
  /// When it was first sent for approval; nil while only its author has ever seen it.
  public internal(set) var sentAt: Instant?
  /// Who approved or rejected it last.
  public internal(set) var reviewer: AccountID?
  /// When that was.
  public internal(set) var decidedAt: Instant?
  /// Since when it is on the board, or from when it will be: its place there. Nil before its first approval.
  public internal(set) var shownFrom: Instant?
  /// What was said with the last step: why it was rejected, or should be deleted.
  public internal(set) var reason: String?

  /// A draft as it is written for the first time.
  init(id: NoticeID, org: OrgID?, _ draft: NoticeDraft, author: AccountID?) {
    self.init(
      id: id, version: 1, org: org, title: draft.title, text: draft.text, audience: draft.audience,
      isPinned: draft.isPinned, publishAt: draft.publishAt, expiresAt: draft.expiresAt, author: author, state: .draft)
  }

  /// A notice as it stands.
  public init(
    id: NoticeID, version: Int = 1, org: OrgID?, title: String, text: String, audience: Audience,
    isPinned: Bool = false, publishAt: Instant? = nil, expiresAt: Instant? = nil, author: AccountID? = nil,
    state: NoticeState = .draft, stateBefore: NoticeState? = nil, sentAt: Instant? = nil, reviewer: AccountID? = nil,
    decidedAt: Instant? = nil, shownFrom: Instant? = nil, reason: String? = nil
  ) {
    self.id = id
    self.version = version
    self.org = org
    self.title = title
    self.text = text
    self.audience = audience
    self.isPinned = isPinned
    self.publishAt = publishAt
    self.expiresAt = expiresAt
    self.author = author
    self.state = state
    self.stateBefore = stateBefore
    self.sentAt = sentAt
    self.reviewer = reviewer
    self.decidedAt = decidedAt
    self.shownFrom = shownFrom
    self.reason = reason
  }

  /// How it stands, for the rules.
  public var standing: NoticeStanding { NoticeStanding(state, before: stateBefore, wasSent: sentAt != nil) }

  /// Whether those it is for find it on the board at a moment.
  public func isShown(at now: Instant) -> Bool {
    state == .approved && (shownFrom.map { $0 <= now } ?? false) && !isOver(at: now)
  }

  /// Whether its time has passed.
  public func isOver(at now: Instant) -> Bool { expiresAt.map { $0 <= now } ?? false }

  /// The paragraphs of its text, each with its lines.
  public var paragraphs: [[String]] {
    var paragraphs: [[String]] = [[]]
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(Text.normalized(String(line)))
      }
    }
    return paragraphs.filter { !$0.isEmpty }
  }

  /// The notice after a step of somebody at a moment. Throws what the rules refuse: a step out of turn or not theirs,
  /// a notice without text, one that would be over before it is read.
  public func after(
    _ step: NoticeStep, by part: NoticePart, _ account: AccountID?, because reason: String?, at now: Instant
  ) throws -> Notice {
    let next = try standing.after(step, by: part)
    var notice = self
    notice.state = next.state
    notice.stateBefore = next.before
    switch step {
    case .change, .withdraw: return notice
    case .ask:
      try notice.requireWhole(at: now)
      notice.sentAt = sentAt ?? now
      notice.reason = nil
    case .approve:
      try notice.requireWhole(at: now)
      notice.decide(account, at: now)
      notice.shownFrom = max(publishAt ?? now, now)
      notice.reason = nil
    case .reject:
      notice.decide(account, at: now)
      notice.reason = reason
    case .askDeletion: notice.reason = reason
    case .keep: notice.reason = nil
    case .delete: break
    }
    return notice
  }

  /// The notice with other words. Throws what the rules refuse.
  func changed(to draft: NoticeDraft, at org: OrgID?, by part: NoticePart, at now: Instant) throws -> Notice {
    var notice = try after(.change, by: part, nil, because: nil, at: now)
    notice.org = org
    notice.title = draft.title
    notice.text = draft.text
    notice.audience = draft.audience
    notice.isPinned = draft.isPinned
    notice.publishAt = draft.publishAt
    notice.expiresAt = draft.expiresAt
    // What somebody is about to read must be fit to be read.
    if notice.state == .review { try notice.requireWhole(at: now) }
    return notice
  }

  private mutating func decide(_ account: AccountID?, at now: Instant) {
    reviewer = account
    decidedAt = now
  }

  private func requireWhole(at now: Instant) throws {
    if text.isEmpty {
      throw Problem.invalid([.init(pointer: "/text", code: "REQUIRED", detail: "Enter the text.")])
    }
    if isOver(at: now) { throw NoticeProblem.over }
  }
}

/// What somebody writes into a notice; `checked` says whether it can be kept.
public struct NoticeDraft: Sendable, Equatable {
  /// The line above.
  public var title: String
  /// Plain text in paragraphs; may still be empty.
  public var text: String
  /// Whom it is for.
  public var audience: Audience
  /// Whether it stands above the others.
  public var isPinned: Bool
  /// Not to be seen before this moment.
  public var publishAt: Instant?
  /// Not to be seen from this moment on.
  public var expiresAt: Instant?

  /// The longest title.
  public static let longestTitle = 100
  /// The longest text.
  public static let longestText = 4000
  /// The longest reason of a step.
  public static let longestReason = 400

  /// A draft as written.
  public init(
    title: String, text: String, audience: Audience, isPinned: Bool = false, publishAt: Instant? = nil,
    expiresAt: Instant? = nil
  ) {
    self.title = title
    self.text = text
    self.audience = audience
    self.isPinned = isPinned
    self.publishAt = publishAt
    self.expiresAt = expiresAt
  }

  /// A notice's own words: what an editor begins with.
  public init(_ notice: Notice) {
    self.init(
      title: notice.title, text: notice.text, audience: notice.audience, isPinned: notice.isPinned,
      publishAt: notice.publishAt, expiresAt: notice.expiresAt)
  }

  /// The draft in NFC without stray blanks; throws all its faults together.
  public func checked() throws(Problem) -> NoticeDraft {
    var validation = Validation()
    var checked = self
    checked.title = validation.line(title, at: "/title", "a title", max: Self.longestTitle)
    checked.text = validation.optionalText(text, at: "/text", "the text", max: Self.longestText) ?? ""
    if let publishAt, let expiresAt {
      validation.check(
        publishAt < expiresAt, "/expiresAt", "BEFORE_START", "It would end before it begins. Choose a later end.")
    }
    if case .person = audience {
      validation.fail("/audience", "NOTICE_AUDIENCE", "A notice is for many. To one person, send a message.")
    }
    try validation.finish()
    return checked
  }

  /// A reason in NFC without stray blanks; a rejection needs one.
  public static func checked(reason: String?, of step: NoticeStep) throws(Problem) -> String? {
    var validation = Validation()
    let checked = validation.optionalText(reason, at: "/reason", "the reason", max: longestReason)
    if step == .reject, checked == nil, validation.errors.isEmpty {
      validation.fail("/reason", "REQUIRED", "Say why, so that the author knows what to change.")
    }
    try validation.finish()
    return checked
  }
}
