import Audiences
import Kernel
import Rights
import Web

/// Notices as JSON.
struct NoticeAPI: Sendable {
  let service: NoticesService

  private static let paging = Endpoint.listQuery.filter { $0.name != "count" }
  private static let state = QueryParameter.word(
    "status", NoticeState.kept.map(\.rawValue), "Only those in a state.")

  var endpoints: [Endpoint] { lists + one }

  private var lists: [Endpoint] {
    let notices = Endpoint.Answer.many(NoticeJSON.shape)
    return [
      Endpoint(
        .get, "/api/v1/notices", "The board: the pinned first, then the newest.", .signedIn, query: Self.paging,
        answer: notices, handler: board),
      Endpoint(
        .get, "/api/v1/notices/mine", "Lists what one wrote, the newest first.", .needs(.writeNotices),
        query: Self.paging + [Self.state], answer: notices, handler: mine),
      Endpoint(
        .get, "/api/v1/notices/pending", "Lists what waits for a decision, the oldest first.",
        .needs(.approveNotices), query: Self.paging, answer: notices, handler: pending),
      Endpoint(
        .get, "/api/v1/notices/all", "Lists all notices but others' drafts, the newest first.",
        .needs(.approveNotices), query: Self.paging + [Self.state], answer: notices, handler: all),
      Endpoint(
        .get, "/api/v1/notice-audiences", "Lists the audiences one may write notices to.", .needs(.writeNotices),
        answer: .many(NoticeAudienceJSON.shape), handler: audiences),
    ]
  }

  private var one: [Endpoint] {
    let taking = Endpoint.Access.needsAny([.writeNotices, .approveNotices])
    return [
      Endpoint(
        .post, "/api/v1/notices", "Writes a notice, as a draft or sent for approval.", .needs(.writeNotices),
        input: .json(NewNoticeJSON.shape), answer: .one(NoticeJSON.shape), status: 201, handler: write),
      Endpoint(.get, "/api/v1/notices/{id}", "One notice.", .signedIn, answer: .one(NoticeJSON.shape), handler: show),
      Endpoint(
        .patch, "/api/v1/notices/{id}", "Changes a notice of one's own; one on the board waits for approval again.",
        .needs(.writeNotices), input: .patch(NoticePatchJSON.shape), answer: .one(NoticeJSON.shape),
        needsVersion: true, refusals: [409], handler: change),
      Endpoint(
        .delete, "/api/v1/notices/{id}", "Puts a notice into the recycle bin.", taking, answer: .nothing, status: 204,
        needsVersion: true, refusals: [409], handler: delete),
      Endpoint(
        .post, "/api/v1/notices/{id}/status", "Brings a notice into another state.", taking,
        input: .json(NoticeStatusJSON.shape), answer: .one(NoticeJSON.shape), needsVersion: true, refusals: [409],
        handler: status),
      Endpoint(
        .get, "/api/v1/notices/{id}/events", "What was done to a notice, the newest first; for those who take part.",
        taking, answer: .many(NoticeEventJSON.shape), handler: events),
    ]
  }

  private func board(_ call: Call) async throws -> Reply {
    list(try await service.board(call.page, actor: call.actor), call)
  }

  private func mine(_ call: Call) async throws -> Reply {
    list(try await service.own(call.query("status").flatMap(NoticeState.init), call.page, actor: call.actor), call)
  }

  private func pending(_ call: Call) async throws -> Reply {
    list(try await service.pending(call.page, actor: call.actor), call)
  }

  private func all(_ call: Call) async throws -> Reply {
    list(try await service.all(call.query("status").flatMap(NoticeState.init), call.page, actor: call.actor), call)
  }

  private func list(_ page: Page<NoticeLine>, _ call: Call) -> Reply {
    .many(page.map { NoticeJSON($0) }, NoticeJSON.shape, limit: call.page.limit)
  }

  private func audiences(_ call: Call) async throws -> Reply {
    let choices = try await service.choices(actor: call.actor)
    let all = choices.groups.flatMap { group in
      group.choices.map {
        NoticeAudienceJSON(audience: $0.audience.description, words: $0.words, group: group.title)
      }
    }
    return .many(Page(items: all, next: nil), NoticeAudienceJSON.shape, limit: max(all.count, 1))
  }

  private func write(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let new = try call.json(NewNoticeJSON.shape)
    let notice = try await service.write(try new.draft(), sending: new.isSent ?? false, actor: actor)
    let detail = try await service.notice(notice.id, actor: actor)
    return .created(
      NoticeJSON(detail.line), NoticeJSON.shape, version: notice.version, at: NoticesPaths.api(notice.id))
  }

  private func show(_ call: Call) async throws -> Reply {
    one(try await service.notice(try call.id("id"), actor: call.actor))
  }

  private func change(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let patch = try call.json(NoticePatchJSON.shape)
    let notice = try await service.notice(try call.id("id"), actor: actor).notice
    _ = try await service.change(
      notice.id, version: try call.version(), to: try patch.applied(to: notice), actor: actor)
    return one(try await service.notice(notice.id, actor: actor))
  }

  private func delete(_ call: Call) async throws -> Reply {
    try await service.take(.delete, of: try call.id("id"), version: try call.version(), actor: call.actor)
    return .noContent
  }

  private func status(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let wanted = try call.json(NoticeStatusJSON.shape)
    let id: NoticeID = try call.id("id")
    let step = try await service.step(to: wanted.status, of: id, actor: actor)
    let before = try await service.notice(id, actor: actor)
    let taken = try await service.take(
      step, of: id, version: try call.version(), because: wanted.reason, actor: actor)
    guard taken.deletion != nil else { return one(try await service.notice(id, actor: actor)) }
    var gone = NoticeJSON(before.line)
    gone.status = .deleted
    return .one(gone, NoticeJSON.shape)
  }

  private func events(_ call: Call) async throws -> Reply {
    let story = try await service.notice(try call.id("id"), actor: call.actor).story
    return .many(
      Page(items: story.map { NoticeEventJSON($0) }, next: nil), NoticeEventJSON.shape,
      limit: NoticeDetail.longestStory)
  }

  private func one(_ detail: NoticeDetail) -> Reply {
    .one(NoticeJSON(detail.line), NoticeJSON.shape, version: detail.notice.version)
  }
}
