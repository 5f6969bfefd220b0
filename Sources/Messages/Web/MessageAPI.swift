import Audiences
import Kernel
import Rights
import Web

/// Messages as JSON, for whoever writes them.
struct MessageAPI: Sendable {
  let service: MessagesService

  static let state = QueryParameter.word(
    "state", Message.State.allCases.map(\.rawValue), "Only messages that stand so.")
  static let anyone = QueryParameter.bool(
    "anyone", "Also what others wrote, for whoever may write to the whole installation.")
  static let channel = QueryParameter.word("channel", MessageChannel.allCases.map(\.rawValue), "Only by this channel.")
  static let skipped = QueryParameter.bool("skipped", "Only where it did not go.")

  private static let paging = Endpoint.listQuery.filter { $0.name != "count" }
  private static let writing = Endpoint.Access.needs(.sendMessages)

  var endpoints: [Endpoint] { lists + acts }

  private var lists: [Endpoint] {
    [
      Endpoint(
        .get, "/api/v1/messages", "Lists the messages you wrote, newest first.", Self.writing,
        query: Self.paging + [Self.state, Self.anyone], answer: .many(MessageJSON.shape), handler: list),
      Endpoint(
        .get, "/api/v1/messages/audiences", "Lists the audiences you may write to.", Self.writing,
        answer: .many(AudienceChoiceJSON.shape), handler: audiences),
      Endpoint(
        .get, "/api/v1/messages/audience-count", "Counts an audience at this moment, by channel.", Self.writing,
        query: [
          .text("audience", max: 240, "The audience."),
          .word("priority", MessagePriority.allCases.map(\.rawValue), "Urgent counts those who chose no mail as well."),
        ], answer: .one(AudienceCountJSON.shape), handler: count),
      Endpoint(
        .get, "/api/v1/messages/{id}/deliveries",
        "To whom a message went and to whom not, and why; the cursor names a reader, whose channels stay together.",
        Self.writing, query: Self.paging + [Self.channel, Self.skipped], answer: .many(DeliveryJSON.shape),
        handler: deliveries),
    ]
  }

  private var acts: [Endpoint] {
    [
      Endpoint(
        .post, "/api/v1/messages", "Writes a message, and sends it if asked to.", Self.writing,
        input: .json(NewMessageJSON.shape), answer: .one(MessageJSON.shape), status: 201, handler: create),
      Endpoint(
        .get, "/api/v1/messages/{id}", "One message you wrote.", Self.writing, answer: .one(MessageJSON.shape),
        handler: show),
      Endpoint(
        .patch, "/api/v1/messages/{id}", "Changes a draft; a withdrawn message becomes one again.", Self.writing,
        input: .patch(MessagePatchJSON.shape), answer: .one(MessageJSON.shape), needsVersion: true, handler: change),
      Endpoint(
        .post, "/api/v1/messages/{id}/sending", "Sends a draft, at once or at its time.", Self.writing,
        answer: .one(MessageJSON.shape), needsVersion: true, handler: send),
      Endpoint(
        .post, "/api/v1/messages/{id}/withdrawal", "Takes a message back before its delivery begins.", Self.writing,
        answer: .one(MessageJSON.shape), needsVersion: true, handler: withdraw),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let page = try await service.sent(
      call.query("state").flatMap(Message.State.init), fromAnyone: call.query("anyone") == "true", call.page,
      by: call.actor)
    return .many(page.map { MessageJSON($0) }, MessageJSON.shape, limit: call.page.limit)
  }

  private func audiences(_ call: Call) async throws -> Reply {
    let choices = try await service.choices(for: call.actor)
    let rows = choices.groups.flatMap { group in
      group.choices.map {
        AudienceChoiceJSON(audience: $0.audience.description, words: $0.words, group: group.title)
      }
    }
    return .many(Page(items: rows, next: nil), AudienceChoiceJSON.shape, limit: rows.count)
  }

  private func count(_ call: Call) async throws -> Reply {
    let audience = try Audience(asked: call.query("audience") ?? "")
    let priority = call.query("priority").flatMap(MessagePriority.init) ?? .normal
    return .one(
      AudienceCountJSON(try await service.count(audience, priority, by: call.actor)), AudienceCountJSON.shape)
  }

  private func deliveries(_ call: Call) async throws -> Reply {
    let page = try await service.deliveries(
      of: try call.id("id"), call.query("channel").flatMap(MessageChannel.init),
      skippedOnly: call.query("skipped") == "true", call.page, by: call.actor)
    return .many(page.map { DeliveryJSON($0) }, DeliveryJSON.shape, limit: call.page.limit)
  }

  private func create(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let new = try call.json(NewMessageJSON.shape)
    let content = try new.content
    let message =
      new.send == true
      ? try await service.send(content, by: actor) : try await service.write(content, by: actor)
    let line = try await service.message(message.id, by: actor)
    return .created(
      MessageJSON(line), MessageJSON.shape, version: line.message.version, at: MessagesPaths.apiMessage(message.id))
  }

  private func show(_ call: Call) async throws -> Reply { try await reply(try call.id("id"), call.actor) }

  private func change(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let patch = try call.json(MessagePatchJSON.shape)
    let old = try await service.message(try call.id("id"), by: actor).message
    let saved = try await service.edit(
      old.id, version: try call.version(), try patch.applied(to: old.content), by: actor)
    return try await reply(saved.id, actor)
  }

  private func send(_ call: Call) async throws -> Reply {
    let sent = try await service.send(try call.id("id"), version: try call.version(), by: call.actor)
    return try await reply(sent.id, call.actor)
  }

  private func withdraw(_ call: Call) async throws -> Reply {
    let message = try await service.withdraw(try call.id("id"), version: try call.version(), by: call.actor)
    return try await reply(message.id, call.actor)
  }

  private func reply(_ id: MessageID, _ actor: Actor) async throws -> Reply {
    let line = try await service.message(id, by: actor)
    return .one(MessageJSON(line), MessageJSON.shape, version: line.message.version)
  }
}
