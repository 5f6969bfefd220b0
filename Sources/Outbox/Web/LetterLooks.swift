import Kernel
import Record
import Rights
import Web

/// Notes who read letters to whose account. A look at one's own is none.
struct LetterLooks: Sendable {
  let log: AccessLog

  func note(_ page: String, of letters: [Letter], by actor: Actor, at now: Instant) async throws {
    guard let account = actor.account else { return }
    let others = Set(letters.compactMap(\.account)).subtracting([account]).map { $0.retyped(AnyEntity.self) }
    guard !others.isEmpty else { return }
    try await log.noted(actor: account, page: page, filter: nil, subjects: others.sorted(), at: now)
  }
}

/// The list of letters as a file.
struct LetterFiles: Sendable {
  let service: OutboxService
  let looks: LetterLooks

  func reply(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let state = call.query("state").flatMap(LetterState.init)
    let at = call.at
    let file = ListFile<Letter>(
      "letters.csv",
      [
        .init("Channel") { $0.channel.rawValue }, .init("To") { $0.recipient }, .init("Subject") { $0.subject },
        .init("State") { $0.state.rawValue }, .init("Attempts") { "\($0.attempts)" }, .init("Answer") { $0.words },
        .init("Written") { $0.createdAt.description }, .init("Next try") { $0.nextAt?.description },
        .init("Sent") { $0.sentAt?.description }, .init("Number") { $0.id.description },
      ])
    return try await file.reply { after in
      let page = try await service.page(state, .ofFile(after: after), by: actor)
      try await looks.note("letters.csv", of: page.items, by: actor, at: at)
      return page
    }
  }
}

extension Letter {
  /// The text for whoever is not its reader: without the link that proves who that is, unless there is one to show.
  func shownText(link: String?) -> String {
    text.replacing(Self.secretMark, with: link ?? "[a link for the reader alone]")
  }
}
