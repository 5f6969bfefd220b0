import Audiences
public import Kernel
public import Persistence
public import Record
public import Rights

extension NoticesService {
  /// Writes a notice down as a draft and, if asked, sends it for approval at once.
  public func write(_ draft: NoticeDraft, sending: Bool = false, actor: Actor) async throws -> Notice {
    let reach = try actor.require(.writeNotices)
    let draft = try draft.checked()
    let now = clock.now()
    return try await database.write { tx in
      let org = try home(of: draft, within: reach, actor, at: now, in: tx)
      let notice = Notice(id: .new(at: now), org: org, draft, author: actor.account)
      try record.insert(notice, into: Notice.table, Change(by: actor, at: now, org: org), in: tx)
      return sending ? try save(.ask, of: notice, nil, actor, at: now, in: tx) : notice
    }
  }

  /// Saves new words over the version their author saw and, if asked, sends them for approval at once. What is on the
  /// board comes off it and waits for approval anew, whether asked or not.
  public func change(
    _ id: NoticeID, version: Int, to draft: NoticeDraft, sending: Bool = false, actor: Actor
  ) async throws -> Notice {
    let draft = try draft.checked()
    let now = clock.now()
    return try await database.write { tx in
      let (notice, part) = try require(id, actor, at: now, in: tx)
      guard part.isAuthor else { throw NoticeProblem.notYours(.change) }
      try record.requireNewest(version, of: notice, in: Notice.table)
      let org = try home(of: draft, within: try actor.require(.writeNotices), actor, at: now, in: tx)
      var changed = try notice.changed(to: draft, at: org, by: part, at: now)
      changed.version = try record.update(
        changed, in: Notice.table, Change(by: actor, at: now, org: org ?? notice.org), in: tx)
      guard sending, changed.state != .review else { return changed }
      return try save(.ask, of: changed, nil, actor, at: now, in: tx)
    }
  }

  /// Takes a step with a notice, over the version that was seen; a rejection needs a reason.
  ///
  /// Deleting answers the deletion as well, which can be taken back. New words are for `change`.
  @discardableResult
  public func take(
    _ step: NoticeStep, of id: NoticeID, version: Int, because reason: String? = nil, actor: Actor
  ) async throws -> (notice: Notice, deletion: DeletionID?) {
    guard step != .change else { throw Bug("new words are no step without words") }
    let now = clock.now()
    return try await database.write { tx in
      let (notice, part) = try require(id, actor, at: now, in: tx)
      _ = try notice.standing.after(step, by: part)
      let reason = try NoticeDraft.checked(reason: reason, of: step)
      try record.requireNewest(version, of: notice, in: Notice.table)
      guard step == .delete else { return (try save(step, of: notice, reason, actor, at: now, in: tx), nil) }
      let change = Change(by: actor, at: now, org: notice.org, reason: reason)
      // The bin is open to others than the author, who alone has ever read an unsent draft.
      let label = notice.sentAt == nil ? "A draft of a notice" : notice.title
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: Notice.table.kind, label: label, change, in: tx)
      try record.delete([id], from: Notice.table, as: deletion, change, in: tx)
      return (notice, deletion)
    }
  }

  /// The step that leads a notice to a state: how a program says what it wants. Throws when none does.
  public func step(to state: NoticeState, of id: NoticeID, actor: Actor) async throws -> NoticeStep {
    let notice = try await notice(id, actor: actor).notice
    guard let step = notice.standing.step(to: state) else {
      throw NoticeProblem.outOfTurn(.keep, notice.state)
    }
    return step
  }

  /// Refuses to take back what only its author, or only somebody else, could do: an undo is a decision about the
  /// notice, and a deletion is restored by whoever could have made it.
  public func check(_ takingBack: TakingBack, in tx: any Connection) throws {
    guard takingBack.kind == Notice.table.kind else { return }
    for id in takingBack.ids {
      // What lies in the recycle bin before it is restored is looked at when it is back.
      guard let notice = try store.find(id.retyped(), in: tx) else { continue }
      let part = part(of: takingBack.actor, in: notice)
      let standing = notice.standing
      let isTheirs =
        switch takingBack.occasion {
        case .undo: part == .approver || part == .administratingAuthor
        case .restoration: part.isApprover || (part.isAuthor && !standing.wasSent)
        }
      guard isTheirs, standing.isSeen(by: part) else { throw NoticeProblem.notYours(.keep) }
    }
  }

  private func save(
    _ step: NoticeStep, of notice: Notice, _ reason: String?, _ actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> Notice {
    var after = try notice.after(
      step, by: part(of: actor, in: notice), actor.account, because: reason, at: now)
    after.version = try record.update(
      after, in: Notice.table, Change(by: actor, at: now, org: notice.org, reason: reason), in: tx)
    return after
  }

  /// Where a draft's audience belongs; throws when the author may not address it.
  private func home(
    of draft: NoticeDraft, within reach: Reach, _ actor: Actor, at now: Instant, in tx: any Connection
  ) throws -> OrgID? {
    let day = zone.date(at: now)
    guard try audiences.reach(reach, of: actor, includes: draft.audience, at: now, on: day, in: tx) else {
      throw NoticeProblem.beyondReach
    }
    try audiences.check(draft.audience, in: tx)
    return try store.home(of: draft.audience, in: tx)
  }
}
