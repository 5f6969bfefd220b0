import Audiences
import Kernel
import Web

private let sampleID = NoticeID(high: 0x19A1_0000_0000_7000, low: 0x8000_0000_0000_0001)
private let sampleSection = SectionID(high: 0x19A1_0000_0000_7000, low: 0x8000_0000_0000_0002)

extension Audience {
  /// An audience as one word: `everyone`, `school:ORG:guardians`, `section_guardians:SECTION` …
  fileprivate static var format: Format<String> { .line(200) }

  /// Reads an audience at a pointer.
  fileprivate static func read(_ text: String) throws(Problem) -> Audience {
    guard let audience = Audience(text) else {
      throw .invalid([
        .init(
          pointer: "/audience", code: "UNKNOWN_WORD",
          detail: "An audience is expected, as /api/v1/notice-audiences lists those you may write to.")
      ])
    }
    return audience
  }
}

/// A notice as the API shows it.
struct NoticeJSON: Sendable {
  var id: NoticeID
  var org: OrgID?
  var title: String
  var text: String
  var audience: String
  var audienceWords: String
  var isPinned: Bool
  var publishAt: Instant?
  var expiresAt: Instant?
  var author: String
  var status: NoticeState
  var statusBefore: NoticeState?
  var shownFrom: Instant?
  var decidedAt: Instant?
  var reason: String?
  var version: Int

  static let shape = Shape(
    "Notice",
    sample: NoticeJSON(
      NoticeLine(
        notice: Notice(
          id: sampleID, org: nil, title: "Parents' evening", text: "It begins at seven, in the hall.",
          audience: .guardiansOfSection(sampleSection), state: .approved, sentAt: Instant(milliseconds: 0),
          decidedAt: Instant(milliseconds: 0), shownFrom: Instant(milliseconds: 0)),
        audience: "Guardians of 7A", author: "Amara Okafor"))
  ) { visit, it in
    visit("id", &it.id, .id(), "The notice's identifier.")
    visit("orgId", &it.org, .id(), "The organisation whose approvers decide about it; null for the installation.")
    visit("title", &it.title, .line(NoticeDraft.longestTitle), "The line above.")
    visit("text", &it.text, .text(NoticeDraft.longestText), "Plain text; a blank line begins a new paragraph.")
    visit("audience", &it.audience, Audience.format, "Whom it is for, as one word.")
    visit("audienceWords", &it.audienceWords, .made, "Whom it is for, as pages say it.")
    visit("isPinned", &it.isPinned, .bool, "Whether it stands above the others.")
    visit("publishAt", &it.publishAt, .instant, "Not to be seen before this moment.")
    visit("expiresAt", &it.expiresAt, .instant, "Not to be seen from this moment on.")
    visit("author", &it.author, .made, "Who wrote it, by name.")
    visit("status", &it.status, .word, "Where it is in its life.")
    visit("statusBefore", &it.statusBefore, .word, "What it was when its deletion was asked for.")
    visit("shownFrom", &it.shownFrom, .instant, "Since when it is on the board; null before its first approval.")
    visit("decidedAt", &it.decidedAt, .instant, "When it was last approved or rejected.")
    visit("reason", &it.reason, .text(NoticeDraft.longestReason), "Why it was rejected, or should be deleted.")
    visit("version", &it.version, .version, "How often it was saved.")
  }

  init(_ line: NoticeLine) {
    let notice = line.notice
    id = notice.id
    org = notice.org
    title = notice.title
    text = notice.text
    audience = notice.audience.description
    audienceWords = line.audience
    isPinned = notice.isPinned
    publishAt = notice.publishAt
    expiresAt = notice.expiresAt
    author = line.author
    status = notice.state
    statusBefore = notice.stateBefore
    shownFrom = notice.shownFrom
    decidedAt = notice.decidedAt
    reason = notice.reason
    version = notice.version
  }
}

/// A notice to be written.
struct NewNoticeJSON: Sendable {
  var title: String
  var text: String
  var audience: String
  var isPinned: Bool?
  var publishAt: Instant?
  var expiresAt: Instant?
  var isSent: Bool?

  static let shape = Shape(
    "NewNotice",
    sample: NewNoticeJSON(
      title: "Parents' evening", text: "It begins at seven, in the hall.",
      audience: NoticeJSON.shape.sample.audience, isPinned: nil, publishAt: nil, expiresAt: nil, isSent: true)
  ) { visit, it in
    visit("title", &it.title, .line(NoticeDraft.longestTitle), "The line above.")
    visit("text", &it.text, .text(NoticeDraft.longestText), "Plain text; a blank line begins a new paragraph.")
    visit("audience", &it.audience, Audience.format, "Whom it is for, as one word.")
    visit("isPinned", &it.isPinned, .bool, "Whether it stands above the others.")
    visit("publishAt", &it.publishAt, .instant, "Not to be seen before this moment.")
    visit("expiresAt", &it.expiresAt, .instant, "Not to be seen from this moment on.")
    visit("isSent", &it.isSent, .bool, "Whether it is sent for approval at once, rather than kept as a draft.")
  }

  func draft() throws(Problem) -> NoticeDraft {
    NoticeDraft(
      title: title, text: text, audience: try Audience.read(audience), isPinned: isPinned ?? false,
      publishAt: publishAt, expiresAt: expiresAt)
  }
}

/// What changes of a notice.
struct NoticePatchJSON: Sendable {
  var title: Patch<String> = .keep
  var text: Patch<String> = .keep
  var audience: Patch<String> = .keep
  var isPinned: Patch<Bool> = .keep
  var publishAt: Patch<Instant> = .keep
  var expiresAt: Patch<Instant> = .keep

  static let shape = Shape("NoticePatch", sample: NoticePatchJSON(title: .set("Parents' evening, at six"))) {
    visit, it in
    visit("title", &it.title, .line(NoticeDraft.longestTitle), nullable: false, "The line above.")
    visit(
      "text", &it.text, .text(NoticeDraft.longestText), nullable: false,
      "Plain text; a blank line begins a new paragraph.")
    visit("audience", &it.audience, Audience.format, nullable: false, "Whom it is for, as one word.")
    visit("isPinned", &it.isPinned, .bool, nullable: false, "Whether it stands above the others.")
    visit("publishAt", &it.publishAt, .instant, "Not to be seen before this moment.")
    visit("expiresAt", &it.expiresAt, .instant, "Not to be seen from this moment on.")
  }

  func applied(to notice: Notice) throws(Problem) -> NoticeDraft {
    var draft = NoticeDraft(notice)
    draft.title = title.applied(to: draft.title)
    draft.text = text.applied(to: draft.text)
    draft.audience = try Audience.read(audience.applied(to: draft.audience.description))
    draft.isPinned = isPinned.applied(to: draft.isPinned)
    draft.publishAt = publishAt.applied(to: draft.publishAt)
    draft.expiresAt = expiresAt.applied(to: draft.expiresAt)
    return draft
  }
}

/// The state a notice is to have.
struct NoticeStatusJSON: Sendable {
  var status: NoticeState
  var reason: String?

  static let shape = Shape("NoticeStatus", sample: NoticeStatusJSON(status: .rejected, reason: "The date is wrong.")) {
    visit, it in
    visit("status", &it.status, .word, "The state it is to have; from a deletion asked for, the state before keeps it.")
    visit("reason", &it.reason, .text(NoticeDraft.longestReason), "Why; a rejection needs it.")
  }
}

/// One thing that was done to a notice.
struct NoticeEventJSON: Sendable {
  var deed: NoticeDeed
  var at: Instant
  var who: String
  var isByAuthor: Bool
  var reason: String?

  static let shape = Shape(
    "NoticeEvent",
    sample: NoticeEventJSON(
      NoticeEvent(.approved, at: Instant(milliseconds: 0), who: "Pat Principal", isByAuthor: false))
  ) { visit, it in
    visit("deed", &it.deed, .word, "What was done.")
    visit("at", &it.at, .instant, "When.")
    visit("who", &it.who, .made, "By whom, by name.")
    visit("isByAuthor", &it.isByAuthor, .bool, "Whether that was the notice's own author.")
    visit("reason", &it.reason, .made, "What was said with it.")
  }

  init(_ event: NoticeEvent) {
    deed = event.deed
    at = event.at
    who = event.who
    isByAuthor = event.isByAuthor
    reason = event.reason
  }
}

/// An audience that notices may be written to.
struct NoticeAudienceJSON: Sendable {
  var audience: String
  var words: String
  var group: String

  static let shape = Shape(
    "NoticeAudience",
    sample: NoticeAudienceJSON(
      audience: NoticeJSON.shape.sample.audience, words: "Guardians of 7A", group: "Guardians of a section")
  ) { visit, it in
    visit("audience", &it.audience, .made, "The audience as one word.")
    visit("words", &it.words, .made, "The audience as pages say it.")
    visit("group", &it.group, .made, "The heading under which pages offer it.")
  }
}
