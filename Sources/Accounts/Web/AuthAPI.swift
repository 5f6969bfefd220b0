import Kernel
import Markup
import Rights
import Web

/// Signing in, refreshing and signing out, for programs; and one's own sessions.
struct AuthAPI: Sendable {
  let service: AccountsService

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/api/v1/auth/login", "Signs in.", .open(because: "whoever is not signed in has to be able to"),
        cost: .signIn, input: .json(LoginJSON.shape), answer: .bare(TokensJSON.shape), refusals: [401],
        aliases: ["/auth/login"], handler: login),
      Endpoint(
        .post, "/api/v1/auth/refresh", "The next pair of tokens.", .open(because: "the refresh token is the proof"),
        cost: .signIn, input: .json(RefreshJSON.shape), answer: .bare(TokensJSON.shape), refusals: [401],
        aliases: ["/auth/refresh"], handler: refresh),
      Endpoint(
        .post, "/api/v1/auth/logout", "Signs out, by access token or by the refresh token in the body.",
        .open(because: "either token is the proof"), cost: .signIn, input: .json(RefreshJSON.shape),
        answer: .nothing, status: 204, refusals: [401], aliases: ["/auth/logout"], handler: logout),
      Endpoint(.get, "/api/v1/auth/me", "Who one is.", .signedIn, answer: .one(MeJSON.shape), handler: me),
      Endpoint(
        .post, "/api/v1/auth/password", "Changes one's own password; all other sessions end.", .signedIn,
        cost: .signIn, input: .json(PasswordChangeJSON.shape), answer: .nothing, status: 204,
        handler: changePassword),
      Endpoint(
        .post, "/api/v1/auth/password-reset/request",
        "Has a link for a new password mailed, if there is such an account; the answer is the same for all.",
        .open(because: "whoever forgot a password cannot sign in"), cost: .signIn,
        input: .json(PasswordRequestJSON.shape), answer: .bare(AcceptedJSON.shape), status: 202,
        aliases: ["/auth/password-reset/request"], handler: requestReset),
      Endpoint(
        .post, "/api/v1/auth/password-reset/confirm", "Sets a password by a link.",
        .open(because: "the link is the proof"), cost: .signIn, input: .json(PasswordResetJSON.shape),
        answer: .nothing, status: 204, refusals: [404], aliases: ["/auth/password-reset/confirm"],
        handler: confirmReset),
      Endpoint(
        .get, "/api/v1/sessions", "One's own sessions, the last used first.", .signedIn,
        answer: .many(SessionJSON.shape), handler: sessions),
      Endpoint(
        .delete, "/api/v1/sessions/{id}", "Ends one of one's own sessions.", .signedIn, answer: .nothing, status: 204,
        handler: endSession),
    ]
  }

  private func login(_ call: Call) async throws -> Reply {
    let login = try call.json(LoginJSON.shape)
    let pair = try await service.logIn(
      SignInAttempt(
        name: login.email, password: login.password, address: call.client,
        agent: call.incoming.headers["user-agent"] ?? "", device: SignInCookies(call).device(in: call.incoming)))
    return .bare(TokensJSON(pair), TokensJSON.shape)
  }

  private func refresh(_ call: Call) async throws -> Reply {
    let token = try call.json(RefreshJSON.shape).refreshToken
    return .bare(TokensJSON(try await service.refresh(token)), TokensJSON.shape)
  }

  private func logout(_ call: Call) async throws -> Reply {
    if call.bytes.isEmpty {
      try await service.signOut(try call.actor)
    } else {
      try await service.logOut(refreshToken: try call.json(RefreshJSON.shape).refreshToken)
    }
    return .noContent
  }

  private func me(_ call: Call) async throws -> Reply {
    guard let signed = call.signed, let account = signed.actor.account else { throw Problem.unauthenticated }
    let me = MeJSON(
      account: account, person: signed.actor.person, name: signed.actor.name, role: signed.role,
      mustChangePassword: signed.mustChangePassword,
      permissions: service.permissions.filter(signed.actor.has).map(\.name).sorted())
    return .one(me, MeJSON.shape)
  }

  private func changePassword(_ call: Call) async throws -> Reply {
    let change = try call.json(PasswordChangeJSON.shape)
    try await service.changePassword(
      current: change.currentPassword, new: change.newPassword, actor: call.actor)
    return .noContent
  }

  private func requestReset(_ call: Call) async throws -> Reply {
    try await service.requestReset(try call.json(PasswordRequestJSON.shape).email, from: call.client)
    return .bare(
      AcceptedJSON(message: "If there is such an account, a link is on its way to its address."), AcceptedJSON.shape,
      status: 202)
  }

  private func confirmReset(_ call: Call) async throws -> Reply {
    let reset = try call.json(PasswordResetJSON.shape)
    try await service.setPassword(reset.password, byLink: reset.token, at: "/password")
    return .noContent
  }

  private func sessions(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let lines = try await service.ownSessions(actor).map { SessionJSON($0, current: actor.session) }
    return .many(Page(items: lines, next: nil), SessionJSON.shape, limit: PageRequest.maximum)
  }

  private func endSession(_ call: Call) async throws -> Reply {
    try await service.endSession(try call.id("id"), actor: call.actor)
    return .noContent
  }
}
