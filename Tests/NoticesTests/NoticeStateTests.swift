import Testing

@testable import Notices

@Suite struct `The life of a notice` {
  /// Every way in which a notice can stand.
  private static let standings: [NoticeStanding] =
    [NoticeStanding(.draft, wasSent: false)]
    + [NoticeState.draft, .review, .approved, .rejected, .deleted].map { NoticeStanding($0, wasSent: true) }
    + [NoticeState.draft, .review, .approved, .rejected].map {
      NoticeStanding(.deletionAsked, before: $0, wasSent: true)
    }

  /// The rules as a person would write them on a board: who may take which step from where, and where it leads.
  private static func expected(
    _ step: NoticeStep, _ part: NoticePart, _ standing: NoticeStanding
  ) -> NoticeStanding? {
    let isAuthor = [NoticePart.author, .approvingAuthor, .administratingAuthor].contains(part)
    let approves = [NoticePart.approver, .approvingAuthor, .administratingAuthor].contains(part)
    let decides = part == .approver || part == .administratingAuthor
    let state = standing.state
    func to(_ state: NoticeState) -> NoticeStanding { NoticeStanding(state, wasSent: standing.wasSent) }
    guard state != .deleted, isAuthor || (approves && state != .draft) else { return nil }
    switch step {
    case .change where isAuthor:
      return [.draft: to(.draft), .rejected: to(.draft), .review: to(.review), .approved: to(.review)][state]
    case .ask where isAuthor && [.draft, .rejected].contains(state): return NoticeStanding(.review, wasSent: true)
    case .withdraw where isAuthor && [.review, .approved, .rejected].contains(state): return to(.draft)
    case .approve where decides && [.review, .rejected].contains(state): return to(.approved)
    case .reject where decides && [.review, .approved].contains(state): return to(.rejected)
    case .askDeletion where isAuthor && standing.wasSent && state != .deletionAsked:
      return NoticeStanding(.deletionAsked, before: state, wasSent: true)
    case .keep where state == .deletionAsked: return standing.before.map(to)
    case .delete where approves || !standing.wasSent: return to(.deleted)
    default: return nil
    }
  }

  @Test func `is the same on paper and in the program, for every state, step and person`() {
    var allowed = 0
    for standing in Self.standings {
      for step in NoticeStep.allCases {
        for part in NoticePart.allCases {
          let after = try? standing.after(step, by: part)  // A refusal is an answer as well.
          #expect(after == Self.expected(step, part, standing), "\(part) \(step) from \(standing)")
          if after != nil { allowed += 1 }
        }
        #expect(standing.steps(for: .reader).isEmpty)
      }
    }
    // The table above could be empty by mistake.
    #expect(allowed == 95, "\(allowed) steps are allowed")
  }

  @Test func `brings nothing on the board that somebody else has not approved`() {
    // Walks every way that an author without the right to decide everywhere can go alone, from a new notice.
    for part in [NoticePart.author, .approvingAuthor] {
      var seen: [NoticeStanding] = [.new]
      var waiting = seen
      while let standing = waiting.popLast() {
        for step in standing.steps(for: part) {
          guard let after = try? standing.after(step, by: part), !seen.contains(after) else { continue }  // As above.
          seen.append(after)
          waiting.append(after)
        }
      }
      #expect(!seen.contains { $0.state == .approved || $0.before == .approved })
      #expect(seen.contains { $0.state == .review })
    }
  }

  @Test func `lets changed words off the board until they are approved again`() throws {
    let onBoard = NoticeStanding(.approved, wasSent: true)
    #expect(try onBoard.after(.change, by: .author).state == .review)
    #expect(try onBoard.after(.change, by: .administratingAuthor).state == .review)
  }

  @Test func `hides drafts from all but their author, also from those who decide`() {
    for wasSent in [true, false] {
      let draft = NoticeStanding(.draft, wasSent: wasSent)
      #expect(!draft.isSeen(by: .approver) && !draft.isSeen(by: .reader) && draft.isSeen(by: .author))
      for step in NoticeStep.allCases {
        #expect(throws: NoticeProblem.notYours(step)) { try draft.after(step, by: .approver) }
      }
    }
  }

  @Test func `says why it goes no further`() {
    let review = NoticeStanding(.review, wasSent: true)
    #expect(throws: NoticeProblem.ownNotice) { try review.after(.approve, by: .approvingAuthor) }
    #expect(throws: NoticeProblem.ownNotice) { try review.after(.reject, by: .approvingAuthor) }
    #expect(throws: NoticeProblem.notYours(.approve)) { try review.after(.approve, by: .author) }
    #expect(throws: NoticeProblem.ownAffair) { try NoticeStanding.new.after(.askDeletion, by: .author) }
    #expect(throws: NoticeProblem.outOfTurn(.ask, .review)) { try review.after(.ask, by: .author) }
    let asked = NoticeStanding(.deletionAsked, before: .approved, wasSent: true)
    #expect(throws: NoticeProblem.outOfTurn(.change, .deletionAsked)) { try asked.after(.change, by: .author) }
  }

  @Test func `finds the step to a state, wherever one leads there`() {
    for standing in Self.standings where standing.state != .deleted {
      for state in NoticeState.allCases where state != standing.state {
        guard let step = standing.step(to: state) else {
          #expect(standing.state == .deletionAsked && state != standing.before)
          continue
        }
        for part in NoticePart.allCases {
          guard let after = try? standing.after(step, by: part) else { continue }  // Not everybody may.
          #expect(after.state == state, "\(step) from \(standing) led to \(after.state)")
        }
      }
    }
  }

  @Test func `tells from two states what was done between`() {
    #expect(NoticeDeed(from: nil, to: .draft, hasOtherWords: true) == .written)
    #expect(NoticeDeed(from: .draft, to: .draft, hasOtherWords: true) == .changed)
    #expect(NoticeDeed(from: .draft, to: .review, hasOtherWords: false) == .sent)
    #expect(NoticeDeed(from: .rejected, to: .draft, hasOtherWords: true) == .changed)
    #expect(NoticeDeed(from: .rejected, to: .draft, hasOtherWords: false) == .withdrawn)
    #expect(NoticeDeed(from: .approved, to: .review, hasOtherWords: true) == .changedOnBoard)
    #expect(NoticeDeed(from: .review, to: .approved, hasOtherWords: false) == .approved)
    #expect(NoticeDeed(from: .approved, to: .rejected, hasOtherWords: false) == .rejected)
    #expect(NoticeDeed(from: .review, to: .deletionAsked, hasOtherWords: false) == .deletionAsked)
    #expect(NoticeDeed(from: .deletionAsked, to: .approved, hasOtherWords: false) == .kept)
  }
}
