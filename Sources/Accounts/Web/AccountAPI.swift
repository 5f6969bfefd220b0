import Kernel
import Markup
import Rights
import Web

/// Accounts of others, for programs.
struct AccountAPI: Sendable {
  let service: AccountsService
  let looks: AccountLooks
  let publicURL: String

  var endpoints: [Endpoint] {
    let needs = Endpoint.Access.needs(.manageAccounts)
    return [
      Endpoint(
        .get, "/api/v1/accounts", "Lists accounts by name.", needs,
        query: Endpoint.listQuery + [.text("search", "Part of a name or a login name.")],
        answer: .many(AccountJSON.shape), handler: list),
      .listFile(
        "/api/v1/accounts.csv", "The list of accounts as a file for spreadsheets.", needs,
        query: [.text("search", "Part of a name or a login name.")], file),
      Endpoint(
        .post, "/api/v1/accounts", "Makes an account, and a link with which its owner chooses a password.", needs,
        input: .json(NewAccountJSON.shape), answer: .one(PasswordLinkJSON.shape), status: 201, refusals: [404, 409],
        handler: create),
      Endpoint(.get, "/api/v1/accounts/{id}", "One account.", needs, answer: .one(AccountJSON.shape), handler: show),
      Endpoint(
        .patch, "/api/v1/accounts/{id}", "Renames an account, or switches it off or on.", needs,
        input: .patch(AccountPatchJSON.shape), answer: .one(AccountJSON.shape), needsVersion: true, refusals: [409],
        handler: change),
      Endpoint(
        .post, "/api/v1/accounts/{id}/password-link", "Makes a link for a lost password.", needs,
        answer: .one(PasswordLinkJSON.shape), status: 201, handler: makeLink),
      Endpoint(
        .post, "/api/v1/accounts/{id}/invitation",
        "Mails a link to choose a password with: an invitation until one was chosen, and then a link of 15 minutes.",
        needs, answer: .one(PasswordLinkJSON.shape), status: 202, refusals: [409], handler: invite),
      Endpoint(
        .post, "/api/v1/accounts/{id}/roles", "Gives a role.", needs, input: .json(NewRoleJSON.shape),
        answer: .one(AccountJSON.shape), status: 201, refusals: [409], handler: give),
      Endpoint(
        .delete, "/api/v1/accounts/{id}/roles/{given}", "Takes a role, at once.", needs, answer: .nothing,
        status: 204, refusals: [409], handler: take),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let page = try await service.list(search: call.query("search"), page: call.page, actor: actor)
    try await looks.note(
      "accounts", filter: call.query("search"), of: page.items.map(\.account.id), by: actor, at: call.at)
    var total: Total?
    if call.query("count") == "true" {
      let count = try await service.count(search: call.query("search"), actor: actor)
      total = count < 10_000 ? .exactly(count) : .atLeast(count)
    }
    return .many(page.map { AccountJSON($0) }, AccountJSON.shape, limit: call.page.limit, total: total)
  }

  private func file(_ call: Call) async throws -> Reply {
    try await AccountFile(service: service, looks: looks).reply(call.query("search"), call)
  }

  private func create(_ call: Call) async throws -> Reply {
    let new = try call.json(NewAccountJSON.shape)
    let link = try await service.create(new.account, byMail: new.sendsMail ?? false, actor: call.actor)
    return .created(
      json(link), PasswordLinkJSON.shape, version: nil, at: AccountsPaths.apiAccount(link.account.id))
  }

  private func show(_ call: Call) async throws -> Reply { try await answer(try call.id("id"), call) }

  private func change(_ call: Call) async throws -> Reply {
    let id: AccountID = try call.id("id")
    let patch = try call.json(AccountPatchJSON.shape)
    try await service.update(
      id, version: try call.version(), name: patch.name.applied(to: nil), isEnabled: patch.isEnabled.applied(to: nil),
      actor: call.actor)
    return try await answer(id, call)
  }

  private func makeLink(_ call: Call) async throws -> Reply {
    let link = try await service.startReset(of: try call.id("id"), actor: call.actor)
    return .one(json(link), PasswordLinkJSON.shape, status: 201)
  }

  private func invite(_ call: Call) async throws -> Reply {
    let link = try await service.startReset(of: try call.id("id"), byMail: true, actor: call.actor)
    return .one(json(link), PasswordLinkJSON.shape, status: 202)
  }

  private func give(_ call: Call) async throws -> Reply {
    let id: AccountID = try call.id("id")
    let given = try await service.give(try call.json(NewRoleJSON.shape).given, to: id, actor: call.actor)
    return try await answer(id, call, status: 201, location: AccountsPaths.apiGivenRole(id, given.id))
  }

  private func take(_ call: Call) async throws -> Reply {
    let _: AccountID = try call.id("id")
    try await service.take(try call.id("given"), actor: call.actor)
    return .noContent
  }

  private func answer(
    _ id: AccountID, _ call: Call, status: Int = 200, location: Path? = nil
  ) async throws -> Reply {
    let line = try await service.account(id, actor: call.actor)
    try await looks.note("account", of: [id], by: call.actor, at: call.at)
    return .one(
      AccountJSON(line), AccountJSON.shape, version: line.account.version, status: status, location: location)
  }

  private func json(_ link: PasswordLink) -> PasswordLinkJSON {
    PasswordLinkJSON(
      account: link.account.id, url: AccountsModule.address(of: link, publicURL: publicURL),
      expiresAt: link.expiresAt, mailedTo: link.mailedTo)
  }
}
