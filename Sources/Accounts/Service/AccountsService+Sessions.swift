public import Kernel
import Persistence
import Record
public import Rights
import Secrets

extension AccountsService {
  /// Signs the actor's own session out; its cookie and its tokens are dead when this returns, on every node.
  public func signOut(_ actor: Actor) async throws {
    guard let id = actor.session else { return }
    try await end(id, because: .signedOut, by: actor)
  }

  /// Signs a client out by its refresh token; one that is unknown has nothing to sign out of.
  public func logOut(refreshToken: String) async throws {
    guard let token = Token(refreshToken) else { return }
    let now = clock.now()
    try await database.write { tx in
      guard let found = try sessions.refreshToken(token.hash, in: tx) else { return }
      let account = try accounts.require(found.session.account, in: tx)
      try end([found.session], because: .signedOut, Change(by: .itself(account), at: now), in: tx)
    }
  }

  /// The actor's own sessions that are live, the last used first.
  public func ownSessions(_ actor: Actor) async throws -> [SessionLine] {
    guard let account = actor.account else { return [] }
    let now = clock.now()
    return try await database.read { tx in
      try sessions.lines(of: account, in: tx).filter { $0.session.isLive(lastSeen: $0.lastSeenAt, at: now) }
    }
  }

  /// Ends one of the actor's own sessions, also the present one. Another's is not there.
  public func endSession(_ id: SessionID, actor: Actor) async throws {
    try await end(id, because: id == actor.session ? .signedOut : .endedByOwner, by: actor)
  }

  /// Ends all of the actor's sessions but the present one; returns how many.
  @discardableResult
  public func endOtherSessions(_ actor: Actor) async throws -> Int {
    guard let account = actor.account else { return 0 }
    let change = Change(by: actor, at: clock.now())
    return try await database.write { tx in
      let others = try sessions.unended(of: account, in: tx).filter { $0.id != actor.session }
      try end(others, because: .endedByOwner, change, in: tx)
      return others.count
    }
  }

  /// Removes sessions and counted tries that have been over for 30 days; the history of the record stays.
  @discardableResult
  public func tidy() async throws -> Int {
    let before = clock.now().adding(.seconds(-30 * 86_400))
    return try await database.write { tx in try sessions.tidy(before: before, in: tx) }
  }

  private func end(_ id: SessionID, because ending: Session.Ending, by actor: Actor) async throws {
    let change = Change(by: actor, at: clock.now())
    try await database.write { tx in
      guard let session = try sessions.find(id, in: tx), session.account == actor.account else {
        throw Problem.notFound("session")
      }
      try end([session], because: ending, change, in: tx)
    }
  }
}

// Refresh tokens.
extension AccountsService {
  /// The next pair of tokens for a refresh token, which is used up by it.
  ///
  /// Asked again with the same one within 30 seconds, it answers with the same successor: the first answer may have got
  /// lost, or two tabs asked at once. Later than that the token is in two hands, so the session ends and
  /// `TOKEN_REUSED` is thrown.
  public func refresh(_ refreshToken: String) async throws -> TokenPair {
    guard let token = Token(refreshToken) else { throw AccountsProblem.refreshRefused }
    let successor = try keys.successor(of: token)
    let now = clock.now()
    // Of many at once, the one whose UPDATE is first rotates; the others then see that it was used just now.
    let outcome = try await database.write(.readCommitted) { tx -> RefreshOutcome in
      let isFirst = try sessions.useRefreshToken(token.hash, at: now, in: tx)
      guard let found = try sessions.refreshToken(token.hash, in: tx), found.isEnabled,
        found.session.isLive(lastSeen: found.lastSeenAt, at: now)
      else { return .refused }
      switch RefreshDecision.about(usedAt: isFirst ? nil : found.usedAt, at: now) {
      case .rotate:
        try sessions.insertRefreshToken(successor.hash, of: found.session.id, at: now, in: tx)
        try sessions.touch(found.session.id, at: now, in: tx)
        return .given(found.session)
      case .repeatSuccessor: return .given(found.session)
      case .alarm: return .alarm(found.session.id)
      }
    }
    switch outcome {
    case .refused: throw AccountsProblem.refreshRefused
    case .given(let session):
      return TokenPair(access: try await accessToken(for: session.account, session.id), refresh: successor)
    case .alarm(let id):
      try await endReused(id)
      throw AccountsProblem.refreshReused
    }
  }

  private enum RefreshOutcome: Sendable {
    case refused
    case given(Session)
    case alarm(SessionID)
  }

  private func endReused(_ id: SessionID) async throws {
    let change = Change(by: .system("reuse detection"), at: clock.now())
    try await database.write { tx in
      guard let session = try sessions.find(id, in: tx) else { return }
      try end([session], because: .tokenReused, change, in: tx)
    }
  }
}
