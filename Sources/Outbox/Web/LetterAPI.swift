import Kernel
import Rights
import Web

/// The outbox for programs.
struct LetterAPI: Sendable {
  let service: OutboxService
  let looks: LetterLooks

  static let stateParameter = QueryParameter.word(
    "state", LetterState.allCases.map(\.rawValue), "Only letters that stand so.")

  var endpoints: [Endpoint] {
    let either = Endpoint.Access.needsAny([.viewMail, .sendMail])
    return [
      Endpoint(
        .post, "/api/v1/notifications/email", "Has a mail sent to any address.", .needs(.sendMail),
        input: .json(NewMailJSON.shape), answer: .one(LetterJSON.shape), status: 202,
        aliases: ["/notifications/email", "/api/notifications/email"], handler: sendMail),
      Endpoint(
        .post, "/api/v1/notifications/sms", "Has a text message sent to any number.", .needs(.sendMail),
        input: .json(NewTextJSON.shape), answer: .one(LetterJSON.shape), status: 202,
        aliases: ["/notifications/sms", "/api/notifications/sms"], handler: sendText),
      Endpoint(
        .get, "/api/v1/notifications", "Lists letters, newest first: all with `mail.view`, otherwise one's own.",
        either,
        query: Endpoint.listQuery.filter { $0.name != "count" } + [Self.stateParameter],
        answer: .many(LetterJSON.shape), handler: list),
      .listFile(
        "/api/v1/notifications.csv", "Letters, newest first, as a file for spreadsheets.", either,
        query: [Self.stateParameter]
      ) { call in try await LetterFiles(service: service, looks: looks).reply(call) },
      Endpoint(
        .get, "/api/v1/notifications/{id}", "One letter.", either, answer: .one(LetterJSON.shape), handler: show),
      Endpoint(
        .post, "/api/v1/notifications/{id}/resending",
        "Has a letter tried again now: one that failed, is in doubt, or waits.",
        either, answer: .one(LetterJSON.shape), status: 202, refusals: [409], handler: resend),
      Endpoint(
        .post, "/api/v1/notification-resendings", "Has all failed letters tried again that still make sense.",
        .needs(.viewMail), answer: .one(ResentJSON.shape), status: 202, handler: resendFailed),
    ]
  }

  private func sendMail(_ call: Call) async throws -> Reply {
    try await send(try call.json(NewMailJSON.shape).letter, call)
  }

  private func sendText(_ call: Call) async throws -> Reply {
    let new = try call.json(NewTextJSON.shape)
    return try await send(NewLetter(.sms, to: new.recipient, .words(subject: "", text: new.message)), call)
  }

  private func send(_ letter: NewLetter, _ call: Call) async throws -> Reply {
    .one(LetterJSON(try await service.send(letter, by: call.actor)), LetterJSON.shape, status: 202)
  }

  private func list(_ call: Call) async throws -> Reply {
    let page = try await service.page(call.query("state").flatMap(LetterState.init), call.page, by: call.actor)
    try await looks.note("letters", of: page.items, by: call.actor, at: call.at)
    return .many(page.map { LetterJSON($0) }, LetterJSON.shape, limit: call.page.limit)
  }

  private func show(_ call: Call) async throws -> Reply {
    let letter = try await service.find(try call.id("id"), by: call.actor)
    try await looks.note("letter", of: [letter], by: call.actor, at: call.at)
    return .one(LetterJSON(letter), LetterJSON.shape)
  }

  private func resend(_ call: Call) async throws -> Reply {
    .one(LetterJSON(try await service.resend(try call.id("id"), by: call.actor)), LetterJSON.shape, status: 202)
  }

  private func resendFailed(_ call: Call) async throws -> Reply {
    .one(ResentJSON(count: try await service.resendFailed(by: call.actor)), ResentJSON.shape, status: 202)
  }
}
