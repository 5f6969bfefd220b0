import Kernel
import Rights
import Web

/// The list of accounts as a file for spreadsheets.
struct AccountFile: Sendable {
  let service: AccountsService
  let looks: AccountLooks

  func reply(_ search: String?, _ call: Call) async throws -> Reply {
    let actor = try call.actor
    let orgs = Dictionary(
      try await service.orgsToGiveAt(actor).map { ($0.id, $0.name) }
    ) { first, _ in first }
    let words = RoleWords(orgs: orgs, today: service.today)
    let file = ListFile<AccountLine>(
      "accounts.csv",
      [
        .init("Name") { $0.account.name }, .init("Signs in as") { $0.loginNames.joined(separator: ", ") },
        .init("Roles") { $0.roles.map(words.text).joined(separator: "; ") },
        .init("State") { AccountState.word($0.account) },
      ])
    return try await file.reply { after in
      let page = try await service.list(search: search, page: .ofFile(after: after), actor: actor)
      try await looks.note(
        "accounts.csv", filter: search, of: page.items.map(\.account.id), by: actor, at: call.at)
      return page
    }
  }
}
