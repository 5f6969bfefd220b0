import Kernel
import Markup
import Rights
import Web

/// The board, and the lists of those who write and approve.
struct NoticeBoardPages: Sendable {
  let service: NoticesService
  let zone: Zone

  /// Notices on one page of the board: they are read, not looked through.
  static let boardLength = 20

  private static let after = QueryParameter.id("after", "The last notice of the page before.")
  private static let state = QueryParameter.word(
    "state", NoticeState.kept.map(\.rawValue), "Only those in a state.")

  var endpoints: [Endpoint] {
    [
      .page("/notices", "The board: the pinned first, then the newest.", .signedIn, query: [Self.after], board),
      .page(
        "/notices/mine", "What one wrote, by state.", .needs(.writeNotices), query: [Self.state, Self.after], mine),
      .page("/notices/review", "What waits for a decision.", .needs(.approveNotices), query: [Self.after], review),
      .page(
        "/notices/all", "All notices but others' drafts, by state.", .needs(.approveNotices),
        query: [Self.state, Self.after], all),
    ]
  }

  private func board(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let page = try await service.board(PageRequest(limit: Self.boardLength, after: call.page.after), actor: actor)
    let tabs = try await tabs(NoticesPaths.board, actor)
    return try call.page("Notices", within: NoticesPaths.board) {
      NoticeBoardView(
        page: page, isFirst: call.query("after") == nil, tabs: tabs, mayWrite: actor.has(.writeNotices),
        times: NoticeTimes(zone: zone), now: call.at)
    }
  }

  private func mine(_ call: Call) async throws -> Reply {
    let state = call.query("state").flatMap(NoticeState.init)
    let page = try await service.own(state, call.page, actor: call.actor)
    return try await list(
      .init(
        "Your notices", path: NoticesPaths.mine, file: "/notices/mine.csv", state: state, states: NoticeState.kept,
        isOwn: true,
        empty: (
          "You have written nothing yet",
          "Write a notice; somebody else approves it, and those it is for find it on the board."
        )), page, call)
  }

  private func review(_ call: Call) async throws -> Reply {
    let page = try await service.pending(call.page, actor: call.actor)
    return try await list(
      .init(
        "Notices to decide on", path: NoticesPaths.review, file: "/notices/review.csv",
        empty: ("Nothing waits for you", "Notices that others send for approval, or want deleted, appear here.")),
      page, call)
  }

  private func all(_ call: Call) async throws -> Reply {
    let state = call.query("state").flatMap(NoticeState.init)
    let page = try await service.all(state, call.page, actor: call.actor)
    return try await list(
      .init(
        "All notices", path: NoticesPaths.all, file: "/notices/all.csv", state: state,
        states: NoticeState.kept.filter { $0 != .draft },
        empty: ("No notices", "What is sent for approval appears here, and stays.")), page, call)
  }

  private func list(_ kind: NoticeListView.Kind, _ page: Page<NoticeLine>, _ call: Call) async throws -> Reply {
    let actor = try call.actor
    let tabs = try await tabs(kind.path, actor)
    return try call.page(kind.title, within: NoticesPaths.board) {
      NoticeListView(
        kind: kind, page: page, isFirst: call.query("after") == nil, tabs: tabs, mayWrite: actor.has(.writeNotices),
        times: NoticeTimes(zone: zone), now: call.at)
    }
  }

  /// The lists somebody has, for those who have more than the board.
  private func tabs(_ current: Path, _ actor: Actor) async throws -> [Tabs.Tab] {
    guard actor.has(.writeNotices) || actor.has(.approveNotices) else { return [] }
    var tabs: [(label: String, path: Path, count: Int?)] = [("Board", NoticesPaths.board, nil)]
    if actor.has(.writeNotices) { tabs.append(("Yours", NoticesPaths.mine, nil)) }
    if actor.has(.approveNotices) {
      let count = try await service.pendingCount(actor: actor)
      tabs.append(("To decide", NoticesPaths.review, count == 0 ? nil : count))
      tabs.append(("All", NoticesPaths.all, nil))
    }
    return tabs.map {
      Tabs.Tab($0.label, path: $0.path, count: $0.count, isCurrent: $0.path.description == current.description)
    }
  }
}

extension NoticeState {
  /// The states a notice is kept in; what is deleted lies in the recycle bin.
  static let kept: [NoticeState] = [.draft, .review, .approved, .rejected, .deletionAsked]

  /// The state as a badge says it.
  var title: String {
    switch self {
    case .draft: "Draft"
    case .review: "Waits for approval"
    case .approved: "Approved"
    case .rejected: "Rejected"
    case .deletionAsked: "Deletion asked"
    case .deleted: "Deleted"
    }
  }

  var tone: Tone {
    switch self {
    case .draft, .deleted: .plain
    case .review: .info
    case .approved: .ok
    case .rejected, .deletionAsked: .warn
    }
  }
}
