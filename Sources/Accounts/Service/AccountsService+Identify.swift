public import Kernel
import Persistence
public import Rights
import Secrets

/// Who a request is.
public struct Identity: Sendable {
  /// The account, its session and everything it may do.
  public let actor: Actor
  /// How it likes its pages.
  public let preferences: AccountPreferences
  /// Whether the password has to be changed before anything else.
  public let mustChangePassword: Bool
  /// A word for its role: the one with the most rights.
  public let role: String
}

extension AccountsService {
  /// Who shows this cookie; nil when the session is unknown, over or ended.
  ///
  /// One question to the database, and more only when roles or organisations have changed. A session that was ended, an
  /// account switched off and a role taken away count from that moment, on every node.
  public func identify(token: String, request: String?, at now: Instant) async throws -> Identity? {
    guard let token = Token(token) else { return nil }
    return try await identify(.token(token.hash), kind: .browser, request: request, at: now)?.identity
  }

  /// Who shows this access token; nil when its session is over or ended, or the account switched off.
  ///
  /// Throws `TOKEN_EXPIRED` for one whose time is over, and `UNAUTHORIZED` for one that is not ours.
  public func identify(accessToken: String, request: String?, at now: Instant) async throws -> Identity? {
    let claims: AccessClaims
    do {
      claims = try keys.tokens.verify(accessToken)
    } catch {
      // Another node may have signed with a key this one has not seen.
      guard error.code != "TOKEN_EXPIRED", try await keys.reload() else { throw error }
      claims = try keys.tokens.verify(accessToken)
    }
    guard let id = SessionID(claims.session),
      let found = try await identify(.id(id), kind: .api, request: request, at: now),
      found.identity.actor.account?.description == claims.account
    else { return nil }
    if found.keyRevision != keys.revision, try await keys.reload() { _ = try keys.tokens.verify(accessToken) }
    return found.identity
  }

  private func identify(
    _ key: SessionStore.Key, kind: Session.Kind, request: String?, at now: Instant
  ) async throws -> (identity: Identity, keyRevision: Int)? {
    let day = settings.zone.date(at: now)
    let found = try await database.read { tx -> (Identity, SessionStore.Presence)? in
      guard let presence = try sessions.presence(key, on: day, in: tx), presence.session.kind == kind,
        presence.session.isLive(lastSeen: presence.lastSeenAt, at: now), presence.account.isEnabled
      else { return nil }
      return (try identity(presence, request: request, in: tx), presence)
    }
    guard let (identity, presence) = found else { return nil }
    if now >= presence.lastSeenAt.adding(Session.notice) {
      try await noteUse(of: presence.session.id, at: now)
    }
    return (identity, presence.keyRevision)
  }

  private func identity(
    _ presence: SessionStore.Presence, request: String?, in tx: any Connection
  ) throws -> Identity {
    let account = presence.account
    let key = RightsCache.Key(
      given: presence.given, roleRevision: presence.roleRevision, orgRevision: presence.orgRevision)
    let entry = try remembered.entry(for: key) { try rights(of: presence.given, in: tx) }
    return Identity(
      actor: Actor(
        account: account.id, person: account.person, session: presence.session.id, name: account.name,
        request: request, rightsOf: entry.template),
      preferences: presence.preferences, mustChangePassword: account.mustChangePassword, role: entry.role)
  }

  private func rights(of given: [GivenRole], in tx: any Connection) throws -> RightsCache.Entry {
    let known = try roles.roles(Set(given.map(\.role)), in: tx)
    let tree = given.isEmpty ? OrgTree([]) : try roles.tree(in: tx)
    let held = given.compactMap { one in known[one.role].map { (role: $0, org: one.org) } }
    let reaches = RightsOfRoles.reaches(of: held, permissions: permissions, tree: tree)
    let first = held.map(\.role).max { left, right in
      (left.isAdministrator ? 1 : 0, left.grants.count) < (right.isAdministrator ? 1 : 0, right.grants.count)
    }
    return RightsCache.Entry(template: Actor(account: nil, name: "", reaches: reaches), role: first?.name ?? "")
  }

  /// Written at most once a minute. A database that takes no writes just now is no reason to send anybody away.
  private func noteUse(of session: SessionID, at now: Instant) async throws {
    do {
      try await database.write(.readCommitted) { tx in try sessions.touch(session, at: now, in: tx) }
    } catch is DatabaseProblem {}
  }

  /// Who an account is outside of any request, with the rights it has now: for jobs that go on for somebody.
  ///
  /// Nil when the account has gone or is switched off.
  public func actor(_ id: AccountID) async throws -> Actor? {
    try await database.read { tx in
      guard let account = try accounts.find(id, in: tx), account.isEnabled else { return nil }
      let entry = try rights(of: try roles.given(to: id, on: today, in: tx), in: tx)
      return Actor(
        account: id, person: account.person, session: nil, name: account.name, rightsOf: entry.template)
    }
  }
}
