import Kernel
import Markup
import Web

/// A notice with how it stands, what can be done with it, and the story of its life.
struct NoticeView: View {
  let detail: NoticeDetail
  let isOwn: Bool
  /// The step whose reason is at fault.
  let asking: NoticeStep?
  let reason: String
  let faults: FormFaults
  let times: NoticeTimes
  let now: Instant

  private var notice: Notice { detail.notice }

  var body: HTML {
    ErrorSummary(faults.faults, detail: faults.detail)
    if detail.story.isEmpty {
      leaf
    } else {
      Columns {
        div(.class("stack")) {
          leaf
          standing
          PageSection("Its life", aside: "the newest first") { Timeline(detail.story.map(entry)) }
        }
      } side: {
        Card("About it") { Facts(facts) }
      }
    }
  }

  /// The notice itself, as those it is for read it.
  private var leaf: HTML {
    article(.class("notice-leaf")) {
      NoticeKicker(line: detail.line, showsState: !detail.story.isEmpty)
      div(.class("words"), .dir(.auto)) {
        h1 { notice.title }
        if !notice.text.isEmpty { NoticeProse(paragraphs: notice.paragraphs) }
      }
      if notice.text.isEmpty { p(.class("muted")) { "There is no text yet." } }
      p(.class("byline")) {
        bdi { detail.line.author }
        if let shown = notice.shownFrom { ", \(times.words.day(shown))" }
        if let end = notice.expiresAt { ", until \(times.words.moment(end))" }
      }
    }
  }

  /// How it stands, and what can be done about that: right below what there is to read.
  private var standing: HTML {
    div(.class("standing")) {
      p { words }
      if let reason = notice.reason { blockquote(.class("said"), .dir(.auto)) { reason } }
      NoticeStepForms(
        notice: notice, isOwn: isOwn, steps: detail.steps, asking: asking, reason: reason,
        fault: asking.flatMap { faults[$0.reasonField] })
    }
  }

  private var words: String {
    switch notice.state {
    case .draft: "Only you see it."
    case .review:
      isOwn
        ? "Somebody else who may approve notices reads it before it goes on the board."
        : "It goes on the board when you approve it."
    case .approved: onBoard
    case .rejected: "Rejected by \(detail.reviewer ?? "somebody"), who says:"
    case .deletionAsked:
      "It is off the board until somebody decides\(notice.reason == nil ? "." : ". Its author says:")"
    case .deleted: "It lies in the recycle bin."
    }
  }

  private var onBoard: String {
    let by = detail.reviewer.map { "Approved by \($0)." } ?? "Approved."
    guard let shown = notice.shownFrom else { return by }
    if notice.isOver(at: now) { return "\(by) Its time is over." }
    return shown > now ? "\(by) On the board from \(times.words.moment(shown))." : "\(by) On the board."
  }

  private var facts: [Facts.Fact] {
    let facts: [Facts.Fact?] = [
      .init("For") { bdi { detail.line.audience } }, .init("Written by") { bdi { detail.line.author } },
      notice.publishAt.map { .init("Not before", times.words.moment($0)) },
      notice.expiresAt.map { .init("Until", times.words.moment($0)) },
      notice.isPinned ? .init("Pinned", "above the others") : nil,
    ]
    return facts.compactMap { $0 }
  }

  private func entry(_ event: NoticeEvent) -> Timeline.Entry {
    Timeline.Entry(day: times.words.day(event.at), time: times.words.time(event.at), icon: event.deed.icon) {
      event.deed.words
    } also: {
      bdi { event.who }
      if event.deed == .approved, event.isByAuthor { ", who wrote it too" }
      if let reason = event.reason { ": “\(bdi { reason })”" }
    }
  }
}

/// What somebody can do with a notice now: a form for each step, the first of which stands out.
struct NoticeStepForms: View {
  let notice: Notice
  let isOwn: Bool
  let steps: [NoticeStep]
  let asking: NoticeStep?
  let reason: String
  let fault: String?

  var body: HTML {
    div(.class("step-forms")) {
      if isOwn, notice.state == .review, !steps.contains(.approve), steps.contains(.delete) {
        p { "You wrote it, so another person approves it." }
      }
      div(.class("actions")) {
        if steps.contains(.change) { ButtonLink("Edit", to: NoticesPaths.editing(notice.id), icon: .edit) }
        for step in steps where step != .change && !step.hasReason { plain(step) }
      }
      // Whoever may delete it need not ask.
      for step in steps where step.hasReason && !(step == .askDeletion && steps.contains(.delete)) { reasoned(step) }
    }
  }

  private func plain(_ step: NoticeStep) -> HTML {
    form(step) {
      Button(
        step.label(isOwn: isOwn, notice.state),
        step == .approve || step == .ask ? .primary : step == .delete ? .danger : .plain, icon: step.icon)
    }
  }

  /// A step that says why: a line that opens, with the reason in it.
  private func reasoned(_ step: NoticeStep) -> HTML {
    Disclosure(step.label(isOwn: isOwn, notice.state), isOpen: asking == step) {
      form(step) {
        Field(
          "Why", name: step.reasonField, .lines(asking == step ? reason : nil, rows: 3),
          hint: step == .reject ? "Its author reads this." : "Whoever decides reads this.",
          error: asking == step ? fault : nil, isOptional: step != .reject)
        Button(step.label(isOwn: isOwn, notice.state), step == .reject ? .danger : .plain)
      }
    }.body
  }

  private func form(_ step: NoticeStep, @HTMLBuilder _ content: () -> HTML) -> HTML {
    Markup.form(.method(.post), .action(NoticesPaths.status(notice.id)), .novalidate()) {
      Hidden("version", "\(notice.version)")
      Hidden("step", step.rawValue)
      content()
    }
  }
}

extension NoticeStep {
  /// What its button says.
  func label(isOwn: Bool, _ state: NoticeState) -> String {
    switch self {
    case .change: "Edit"
    case .ask: "Send for approval"
    case .withdraw: state == .approved ? "Take off the board" : state == .rejected ? "Back to draft" : "Take back"
    case .approve: "Approve"
    case .reject: "Reject"
    case .askDeletion: "Ask for deletion"
    case .keep: isOwn ? "Do not delete" : "Keep it"
    case .delete: state == .draft ? "Delete draft" : "Delete"
    }
  }

  /// Whether its form asks why.
  var hasReason: Bool { self == .reject || self == .askDeletion }

  /// The field of its reason; a page may have two.
  var reasonField: String { self == .reject ? "reason" : "wish" }

  var icon: Icon? {
    switch self {
    case .approve: .check
    case .delete: .trash
    case .ask: .next
    case .withdraw, .keep: .undo
    default: nil
    }
  }
}

extension NoticeDeed {
  /// What was done, in words.
  var words: String {
    switch self {
    case .written: "Written"
    case .changed: "Changed"
    case .changedOnBoard: "Changed, and so waits for approval again"
    case .sent: "Sent for approval"
    case .withdrawn: "Taken back by its author"
    case .approved: "Approved"
    case .rejected: "Rejected"
    case .deletionAsked: "Deletion asked for"
    case .kept: "Kept"
    case .deleted: "Deleted"
    case .restored: "Brought back from the recycle bin"
    }
  }

  var icon: Icon {
    switch self {
    case .written, .changed, .changedOnBoard: .edit
    case .sent: .next
    case .withdrawn, .kept, .restored: .undo
    case .approved: .check
    case .rejected: .cross
    case .deletionAsked: .flag
    case .deleted: .trash
    }
  }
}
