public import Kernel
import Persistence
import Record
public import Rights
public import Secrets

/// A link that lets its holder choose an account's password, once.
public struct PasswordLink: Sendable {
  /// The account.
  public let account: Account
  /// Which link it is.
  let id: ID<RecoveryLink>
  /// What it is for.
  let purpose: RecoveryLink.Purpose
  /// What the link carries; it is not stored and cannot be had again.
  public let token: Token
  /// When it stops working.
  public let expiresAt: Instant
  /// The address it was mailed to; nil when it has to be handed over.
  public var mailedTo: String?
}

extension AccountsService {
  /// Changes the actor's own password and ends all its other sessions.
  ///
  /// Throws `VALIDATION_ERROR` with what is wrong with the new one, or that the present one is another.
  public func changePassword(current: String, new: String, actor: Actor) async throws {
    guard let id = actor.account else { throw Problem.notFound("account") }
    let now = clock.now()
    let (account, hash, names) = try await database.read { tx in
      (
        try accounts.require(id, in: tx), try accounts.hash(of: id, in: tx),
        try accounts.loginNames(of: [id], in: tx)[id] ?? []
      )
    }
    let tries = ThrottleKey.password(of: id)
    try await count(tries, at: now)
    guard try await givingBack(tries, { try await passwords.verify(current, against: hash) }) else {
      throw AccountsProblem.wrongPassword
    }
    try await forget(tries)
    try check(new, for: account, names, at: "/newPassword")
    if PasswordRules.normalized(new) == PasswordRules.normalized(current) {
      throw Problem.invalid([
        Problem.FieldError(pointer: "/newPassword", code: "SAME_PASSWORD", detail: "Choose one you do not use already.")
      ])
    }
    let newHash = try await passwords.hash(new)
    let change = Change(by: actor, at: now)
    try await database.write { tx in
      // A change at the same time in another tab was first.
      guard try accounts.hash(of: id, in: tx) == hash else { throw AccountsProblem.wrongPassword }
      try setPassword(newHash, of: try accounts.require(id, in: tx), change, in: tx)
      try endAll(of: id, except: actor.session, because: .passwordChanged, change, in: tx)
      try writePasswordChanged(account, change, in: tx)
    }
    post?.wake()
  }

  /// A link for somebody who lost their password, working once and for 15 minutes: `admin recover`, on the host.
  ///
  /// Links made before stop working. Using it ends all sessions. It works when mail does not.
  public func recover(_ name: String, by actor: Actor) async throws -> PasswordLink {
    let now = clock.now()
    let folded = LoginName.folded(name)
    return try await database.write { tx in
      guard let account = try accounts.candidate(named: folded, in: tx)?.account else {
        throw Problem.notFound("account")
      }
      return try link(for: account, .recovery, Change(by: actor, at: now), in: tx)
    }
  }

  /// Whose password a link is for; throws `LINK_SPENT` when it was used, has expired or never was.
  public func account(ofLink token: String) async throws -> Account {
    let now = clock.now()
    return try await database.read { tx in try usable(token, at: now, in: tx).account }
  }

  /// Sets the password by a link, which is used up by it, and ends all sessions; `pointer` is where it was written.
  public func setPassword(
    _ new: String, byLink token: String, at pointer: String = "/newPassword"
  ) async throws {
    let now = clock.now()
    let (account, names) = try await database.read { tx in
      let account = try usable(token, at: now, in: tx).account
      return (account, try accounts.loginNames(of: [account.id], in: tx)[account.id] ?? [])
    }
    try check(new, for: account, names, at: pointer)
    let hash = try await passwords.hash(new)
    let change = Change(by: .itself(account), at: now)
    try await database.write { tx in
      let found = try usable(token, at: now, in: tx)
      var link = found.link
      link.usedAt = now
      try record.update(link, in: RecoveryLink.table, change, in: tx)
      try setPassword(hash, of: found.account, change, in: tx)
      try endAll(of: account.id, because: .recovered, change, in: tx)
      // Whoever held the old password may have left a device behind.
      try attempts.forgetPlaces(of: account.id, in: tx)
      try mailed.confirm(link.id, at: now, in: tx)
      if link.purpose == .recovery { try writePasswordChanged(found.account, change, in: tx) }
    }
    post?.wake()
  }

  /// What is wrong with a new password for somebody of these names, before it is sent.
  public func faults(of password: String, ownWords: [String], at pointer: String) -> [Problem.FieldError] {
    PasswordRules.singleFactor.faults(of: password, ownWords: settings.ownWords + ownWords, at: pointer)
  }

  func link(
    for account: Account, _ purpose: RecoveryLink.Purpose, _ change: Change, in tx: any Connection
  ) throws -> PasswordLink {
    for var old in try links.usable(of: account.id, at: change.at, in: tx) {
      old.usedAt = change.at
      try record.update(old, in: RecoveryLink.table, change, in: tx)
    }
    let token = Token()
    let link = RecoveryLink(
      id: .new(at: change.at), account: account.id, purpose: purpose,
      expiresAt: change.at.adding(purpose.lifetime))
    try record.insert(link, into: RecoveryLink.table, change, in: tx)
    try links.setToken(token, of: link, in: tx)
    return PasswordLink(
      account: account, id: link.id, purpose: purpose, token: token, expiresAt: link.expiresAt)
  }

  private func usable(
    _ token: String, at now: Instant, in tx: any Connection
  ) throws -> (link: RecoveryLink, account: Account) {
    guard let token = Token(token), let link = try links.usable(token, at: now, in: tx),
      let account = try accounts.find(link.account, in: tx), account.isEnabled
    else { throw AccountsProblem.linkSpent }
    return (link, account)
  }

  private func setPassword(_ hash: String, of account: Account, _ change: Change, in tx: any Connection) throws {
    var account = account
    account.mustChangePassword = false
    account.passwordChangedAt = change.at
    try record.update(account, in: Account.table, change, in: tx)
    try accounts.setHash(hash, of: account.id, in: tx)
  }

  private func check(_ new: String, for account: Account, _ names: [LoginNameRow], at pointer: String) throws {
    let faults = faults(of: new, ownWords: [account.name] + names.map(\.name.text), at: pointer)
    if !faults.isEmpty { throw Problem.invalid(faults) }
  }
}
