import Kernel
import Markup
import Rights
import Web

/// What one has written, and how it fared.
struct SentPages: Sendable {
  let service: MessagesService
  let zone: Zone

  var endpoints: [Endpoint] {
    let writing = Endpoint.Access.needs(.sendMessages)
    return [
      .page(
        "/messages/sent", "The messages one wrote, newest first.", writing,
        query: [.id("after", "The last message of the page before."), MessageAPI.state, MessageAPI.anyone], list),
      .page(
        "/messages/sent/{id}", "A message one wrote, and to whom it went.", writing,
        query: [.id("after", "The last reader of the page before."), MessageAPI.channel, MessageAPI.skipped], show),
      .form("/messages/sent/{id}/sending", "Sends a draft.", writing, send),
      .form("/messages/sent/{id}/withdrawal", "Takes a message back.", writing, withdraw),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let state = call.query("state").flatMap(Message.State.init)
    let mayAll = actor.reach(.sendMessages)?.isEverywhere ?? false
    let isAnyone = mayAll && call.query("anyone") == "true"
    let page = try await service.sent(state, fromAnyone: isAnyone, call.page, by: actor)
    let isFirst = call.query("after") == nil
    return try call.page("Sent messages", within: MessagesPaths.sent) {
      SentListView(
        page: page, state: state, isAnyone: isAnyone, mayAll: mayAll, isFirst: isFirst, now: call.at,
        moments: MomentWords(zone: zone))
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let line = try await service.message(try call.id("id"), by: actor)
    let message = line.message
    let isWaiting = message.state == .draft || message.state == .queued
    let count =
      isWaiting ? try await service.count(message.content.audience, message.content.priority, by: actor) : nil
    let tally = isWaiting ? nil : try await service.tally(of: message.id, by: actor)
    let channel = call.query("channel").flatMap(MessageChannel.init)
    let isSkipped = call.query("skipped") == "true"
    let deliveries = try await service.deliveries(of: message.id, channel, skippedOnly: isSkipped, call.page, by: actor)
    let isFirst = call.query("after") == nil
    return try call.page(
      message.content.subject, within: MessagesPaths.sent,
      breadcrumbs: [Crumb("Sent messages", path: MessagesPaths.sent), Crumb(message.content.subject)],
      refreshSeconds: message.state == .sending ? 2 : nil
    ) {
      SentView(
        line: line, isOwn: message.author == actor.account, count: count, tally: tally, deliveries: deliveries,
        isSkippedOnly: isSkipped, isFirst: isFirst, moments: MomentWords(zone: zone))
    }
  }

  private func send(_ call: Call) async throws -> Reply {
    let id: MessageID = try call.id("id")
    return try await act(id, call) { version in
      let message = try await service.send(id, version: version, by: try call.actor)
      return message.publishAt.map { $0 > call.at } == true ? "It goes at its time." : "Message sent."
    }
  }

  private func withdraw(_ call: Call) async throws -> Reply {
    let id: MessageID = try call.id("id")
    return try await act(id, call) { version in
      _ = try await service.withdraw(id, version: version, by: try call.actor)
      return "Message withdrawn. Nobody gets it."
    }
  }

  private func act(
    _ id: MessageID, _ call: Call, _ body: (Int) async throws -> String
  ) async throws -> Reply {
    do {
      return .seeOther(MessagesPaths.sent(id), flash: try await body(Int(try call.form().text("version")) ?? 0))
    } catch let error as any ProblemConvertible where error.problem.kind == .stale {
      return .seeOther(MessagesPaths.sent(id), flash: "This message was changed meanwhile. Look again.")
    } catch let error as any ProblemConvertible where FormFaults.takes(error.problem) {
      return .seeOther(MessagesPaths.sent(id), flash: error.problem.errors.first?.detail ?? error.problem.detail)
    }
  }
}

/// How a message stands, in a word.
extension Message.State {
  var title: String {
    switch self {
    case .draft: "Draft"
    case .queued: "Waits for its time"
    case .sending: "Being delivered"
    case .sent: "Sent"
    case .withdrawn: "Withdrawn"
    }
  }

  var tone: Tone {
    switch self {
    case .draft, .queued: .plain
    case .sending: .info
    case .sent: .ok
    case .withdrawn: .warn
    }
  }
}
