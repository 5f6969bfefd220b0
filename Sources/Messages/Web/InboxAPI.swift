import Kernel
import Rights
import Web

/// One's own inbox as JSON, the news of it, and by which channels one wants messages.
struct InboxAPI: Sendable {
  let service: MessagesService
  var pace = InboxEvents.pace
  var seats = StreamSeats(2000)
  let isStopping: @Sendable () -> Bool

  static let filters: [QueryParameter] = [
    .bool("unread", "Only what is new."), .bool("expired", "Also what has expired."),
  ]

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/inbox", "Your messages, newest first.", .signedIn,
        query: Endpoint.listQuery.filter { $0.name != "count" } + Self.filters, answer: .many(InboxJSON.shape),
        handler: list),
      Endpoint(
        .get, "/api/v1/inbox/unread-count", "How many new messages you have.", .signedIn,
        answer: .one(UnreadJSON.shape), handler: unread),
      Endpoint(
        .get, "/api/v1/inbox/events",
        "The number of your new messages as server-sent events: `unread`, at once and whenever it changes.", .signedIn,
        answer: .file("text/event-stream"), handler: events),
      Endpoint(
        .post, "/api/v1/inbox/read-all", "Marks all your messages as read.", .signedIn, answer: .one(ReadJSON.shape),
        handler: readAll),
      Endpoint(
        .get, "/api/v1/inbox/{id}", "One of your messages, whole; it stays as new as it is.", .signedIn,
        answer: .one(InboxJSON.shape), handler: show),
      Endpoint(
        .post, "/api/v1/inbox/{id}/read", "Marks one of your messages as read.", .signedIn,
        answer: .one(InboxJSON.shape), handler: read),
      Endpoint(
        .post, "/api/v1/inbox/{id}/hiding", "Puts a message out of your inbox.", .signedIn, answer: .nothing,
        status: 204, handler: hide),
      Endpoint(
        .post, "/api/v1/inbox/{id}/showing", "Brings a message back that you put away.", .signedIn, answer: .nothing,
        status: 204, handler: bringBack),
      Endpoint(
        .get, "/api/v1/channel-choices", "By which channels you want messages.", .signedIn,
        answer: .one(ChannelChoicesJSON.shape), handler: choices),
      Endpoint(
        .put, "/api/v1/channel-choices", "Chooses by which channels you want messages.", .signedIn,
        input: .json(ChannelChoicesJSON.shape), answer: .one(ChannelChoicesJSON.shape), handler: choose),
    ]
  }

  static func filter(_ call: Call) -> InboxFilter {
    InboxFilter(isUnreadOnly: call.query("unread") == "true", hasExpired: call.query("expired") == "true")
  }

  private func list(_ call: Call) async throws -> Reply {
    let page = try await service.inbox(Self.filter(call), call.page, of: call.actor)
    return .many(page.map { InboxJSON($0) }, InboxJSON.shape, limit: call.page.limit)
  }

  private func unread(_ call: Call) async throws -> Reply {
    .one(UnreadJSON(unread: try await service.unreadCount(of: call.actor)), UnreadJSON.shape)
  }

  private func events(_ call: Call) async throws -> Reply {
    InboxEvents.stream(service, of: try call.actor, pace: pace, seat: try seats.take(), isStopping: isStopping).reply
  }

  private func readAll(_ call: Call) async throws -> Reply {
    .one(ReadJSON(read: try await service.readAll(by: call.actor)), ReadJSON.shape)
  }

  private func show(_ call: Call) async throws -> Reply {
    .one(InboxJSON(try await service.received(try call.id("id"), by: call.actor)), InboxJSON.shape)
  }

  private func read(_ call: Call) async throws -> Reply {
    .one(InboxJSON(try await service.read(try call.id("id"), by: call.actor)), InboxJSON.shape)
  }

  private func hide(_ call: Call) async throws -> Reply {
    try await service.hide(try call.id("id"), by: call.actor)
    return .noContent
  }

  private func bringBack(_ call: Call) async throws -> Reply {
    try await service.show(try call.id("id"), by: call.actor)
    return .noContent
  }

  private func choices(_ call: Call) async throws -> Reply {
    .one(ChannelChoicesJSON(try await service.channelChoices(of: call.actor)), ChannelChoicesJSON.shape)
  }

  private func choose(_ call: Call) async throws -> Reply {
    let wanted = try call.json(ChannelChoicesJSON.shape)
    let chosen = try await service.choose(
      ChannelChoices(byMail: wanted.byMail, bySMS: wanted.bySMS), by: call.actor)
    return .one(ChannelChoicesJSON(chosen), ChannelChoicesJSON.shape)
  }
}
