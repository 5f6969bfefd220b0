import Kernel
import Markup
import Rights
import Web

/// The outbox: the list, the page of each letter, and the test of the way out.
struct LetterPages: Sendable {
  let service: OutboxService
  let looks: LetterLooks
  let zone: Zone
  let test: MailTest
  let mayRecover: @Sendable (Actor) -> Bool

  var endpoints: [Endpoint] {
    let either = Endpoint.Access.needsAny([.viewMail, .sendMail])
    return [
      .page(
        "/admin/mail", "The outbox, newest first.", either,
        query: [LetterAPI.stateParameter, .id("after", "The last letter of the page before.")], list),
      .listFile(
        "/admin/mail.csv", "The outbox as a file for spreadsheets.", either, query: [LetterAPI.stateParameter]
      ) { call in try await LetterFiles(service: service, looks: looks).reply(call) },
      .page("/admin/mail/letters/{id}", "One letter, and what became of it.", either, show),
      .form("/admin/mail/letters/{id}/resending", "Has a letter tried again now.", either, resend),
      .form("/admin/mail/retry", "Has all failed letters tried again.", .needs(.viewMail), retry),
      .form("/admin/mail/test", "Tries the mail server, and sends oneself a mail.", .needs(.viewMail), runTest),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let state = call.query("state").flatMap(LetterState.init)
    let page = try await service.page(state, call.page, by: actor)
    try await looks.note("letters", of: page.items, by: actor, at: call.at)
    let counts = actor.has(.viewMail) ? try await service.counts(by: actor) : nil
    return try call.page("Outbox", within: OutboxPaths.letters) {
      LetterListView(
        page: page, state: state, counts: counts, isFirst: call.query("after") == nil,
        channels: service.transports.channels, words: MomentWords(zone: zone))
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let letter = try await service.find(try call.id("id"), by: actor)
    try await looks.note("letter", of: [letter], by: actor, at: call.at)
    let link = try await service.link(in: letter, mayRecover: mayRecover(actor), by: actor)
    let title = letter.subject.isEmpty ? "Text message" : letter.subject
    let reply = try call.page(
      title, within: OutboxPaths.letters,
      breadcrumbs: [Crumb("Outbox", path: OutboxPaths.letters), Crumb(title)],
      refreshSeconds: letter.state == .pending && letter.nextAt != nil ? 5 : nil
    ) { LetterView(letter: letter, title: title, link: link, words: MomentWords(zone: zone)) }
    // A link that may be on the page is a secret: no other site hears of it.
    return reply.with("Referrer-Policy", "no-referrer")
  }

  private func resend(_ call: Call) async throws -> Reply {
    let id: LetterID = try call.id("id")
    do {
      try await service.resend(id, by: call.actor)
      return .seeOther(OutboxPaths.letter(id), flash: "It is in line again.")
    } catch let problem as Problem where problem.kind == .conflict {
      return .seeOther(OutboxPaths.letter(id), flash: problem.detail)
    }
  }

  private func retry(_ call: Call) async throws -> Reply {
    let count = try await service.resendFailed(by: call.actor)
    return .seeOther(
      OutboxPaths.letters, flash: count == 1 ? "One letter is tried again." : "\(count) letters are tried again.")
  }

  private func runTest(_ call: Call) async throws -> Reply {
    let report = try await test.run(to: try call.form().filled("recipient"), by: call.actor)
    return try call.page(
      "Test of the mail server", within: OutboxPaths.letters,
      breadcrumbs: [Crumb("Outbox", path: OutboxPaths.letters), Crumb("Test of the mail server")]
    ) { MailTestView(report: report) }
  }
}
