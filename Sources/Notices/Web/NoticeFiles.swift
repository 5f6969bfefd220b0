import Kernel
import Rights
import Web

/// The board and the lists of notices as files for spreadsheets, for pages and API alike.
struct NoticeFiles: Sendable {
  let service: NoticesService
  let zone: Zone

  private static let state = QueryParameter.word(
    "state", NoticeState.kept.map(\.rawValue), "Only those in a state.")

  var endpoints: [Endpoint] {
    [
      both("/notices.csv", "/api/v1/notices.csv", "The board as a file for spreadsheets.", .signedIn) { call, page in
        try await service.board(page, actor: call.actor)
      },
      both(
        "/notices/mine.csv", "/api/v1/notices/mine.csv", "What one wrote as a file for spreadsheets.",
        .needs(.writeNotices), query: [Self.state]
      ) { call, page in
        try await service.own(call.query("state").flatMap(NoticeState.init), page, actor: call.actor)
      },
      both(
        "/notices/review.csv", "/api/v1/notices/pending.csv", "What waits for a decision as a file for spreadsheets.",
        .needs(.approveNotices)
      ) { call, page in try await service.pending(page, actor: call.actor) },
      both(
        "/notices/all.csv", "/api/v1/notices/all.csv", "All notices but others' drafts as a file for spreadsheets.",
        .needs(.approveNotices), query: [Self.state]
      ) { call, page in
        try await service.all(call.query("state").flatMap(NoticeState.init), page, actor: call.actor)
      },
    ].flatMap { $0 }
  }

  /// The same file at a page's address and at the API's.
  private func both(
    _ page: String, _ api: String, _ summary: String, _ access: Endpoint.Access, query: [QueryParameter] = [],
    _ rows: @escaping @Sendable (Call, PageRequest) async throws -> Page<NoticeLine>
  ) -> [Endpoint] {
    [page, api].map { path in
      .listFile(path, summary, access, query: query) { call in
        try await file.reply { after in try await rows(call, .ofFile(after: after)) }
      }
    }
  }

  private var file: ListFile<NoticeLine> {
    let times = NoticeTimes(zone: zone)
    return ListFile(
      "notices.csv",
      [
        .init("Notice") { $0.notice.title }, .init("For") { $0.audience }, .init("State") { $0.notice.state.title },
        .init("By") { $0.author }, .init("Pinned") { $0.notice.isPinned ? "yes" : "" },
        .init("On the board from") { $0.notice.shownFrom.map(times.words.moment) },
        .init("Until") { $0.notice.expiresAt.map(times.words.moment) }, .init("Text") { $0.notice.text },
      ])
  }
}
