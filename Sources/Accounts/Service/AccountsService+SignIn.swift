public import Kernel
import Persistence
import Record
import Rights
public import Secrets

/// Somebody at the door.
public struct SignInAttempt: Sendable {
  /// What was typed as a name: an e-mail address or a user name.
  public let name: String
  /// What was typed as a password.
  public let password: String
  /// Where it comes from.
  public let address: String
  /// What the client calls itself.
  public let agent: String
  /// The token by which the device was known before, if it showed one.
  public let device: Token?

  /// Somebody at the door.
  public init(name: String, password: String, address: String, agent: String = "", device: Token? = nil) {
    self.name = name
    self.password = password
    self.address = Self.plain(address, 64)
    self.agent = Self.plain(agent, 200)
    self.device = device
  }

  /// The visible ASCII of what a client says of itself, at most `limit` characters of it.
  private static func plain(_ text: String, _ limit: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { (0x20..<0x7F).contains($0.value) }.prefix(limit)))
  }

  /// The name as it is looked for; one that no account can have is nobody's.
  var folded: String {
    name.utf8.count <= 4 * LoginName.maximum && Text.isPlain(name) ? LoginName.folded(name) : ""
  }
}

/// A browser that is signed in now.
public struct SignedInBrowser: Sendable {
  /// The value of the session cookie.
  public let token: Token
  /// The value of the cookie by which the device is known from now on.
  public let device: Token
  /// The session.
  public let session: SessionID
  /// When the session is over at the latest.
  public let expiresAt: Instant
  /// Whether the password has to be changed before anything else.
  public let mustChangePassword: Bool
}

/// A client's tokens.
public struct TokenPair: Sendable {
  /// What goes with each request.
  public let access: IssuedToken
  /// What gets the next pair, once.
  public let refresh: Token
}

extension AccountsService {
  /// Signs a browser in; with `stays` it may lie idle for as long as it lasts.
  ///
  /// Throws `INVALID_CREDENTIALS` for an unknown name, a wrong password and a disabled account alike, after the same
  /// time, and `TOO_MANY_ATTEMPTS` when somebody guesses. Nobody is slowed down by strangers at work elsewhere.
  public func signIn(_ attempt: SignInAttempt, stays: Bool = false) async throws -> SignedInBrowser {
    let token = Token()
    let device = attempt.device ?? Token()
    let (session, account) = try await open(attempt, device: device) { account, now in
      Session(
        id: .new(at: now), account: account.id, kind: .browser, startedAt: now,
        expiresAt: now.adding(settings.sessionMaximum),
        idleLimit: stays ? settings.sessionMaximum : min(settings.sessionIdle, settings.sessionMaximum))
    } complete: { session, tx in
      try sessions.complete(
        session, tokenHash: token.hash, address: attempt.address, agent: attempt.agent, in: tx)
    }
    return SignedInBrowser(
      token: token, device: device, session: session.id, expiresAt: session.expiresAt,
      mustChangePassword: account.mustChangePassword)
  }

  /// Signs a client in: an access token, and a refresh token for the next pair. Throws as `signIn`.
  public func logIn(_ attempt: SignInAttempt) async throws -> TokenPair {
    let refresh = Token()
    let (session, account) = try await open(attempt, device: attempt.device) { account, now in
      Session(
        id: .new(at: now), account: account.id, kind: .api, startedAt: now,
        expiresAt: now.adding(settings.refreshLifetime), idleLimit: settings.refreshLifetime)
    } complete: { session, tx in
      try sessions.complete(session, tokenHash: nil, address: attempt.address, agent: attempt.agent, in: tx)
      try sessions.insertRefreshToken(refresh.hash, of: session.id, at: session.startedAt, in: tx)
    }
    return TokenPair(access: try await accessToken(for: account.id, session.id), refresh: refresh)
  }

  func accessToken(for account: AccountID, _ session: SessionID) async throws -> IssuedToken {
    try await keys.tokens.issue(account: account.description, session: session.description)
  }

  /// What both ways of signing in have in common: counting, checking, and opening a session in one transaction.
  private func open(
    _ attempt: SignInAttempt, device: Token?, session: @escaping @Sendable (Account, Instant) -> Session,
    complete: @escaping @Sendable (Session, any Connection) throws -> Void
  ) async throws -> (Session, Account) {
    let network = Network(of: attempt.address)
    let name = attempt.folded
    let now = clock.now()
    let (candidate, tries, isStrange) = try await database.read { tx in
      let candidate = try accounts.candidate(named: name, in: tx)
      let isStrange = try candidate.map { try self.isStrange(device, network, to: $0.account.id, at: now, in: tx) }
      let keys = try throttleKeys(name, network, attempt.device, of: candidate?.account.id, at: now, in: tx)
      return (candidate, keys, isStrange ?? false)
    }
    try await count(tries, at: now)
    let isRight = try await givingBack(tries) {
      try await passwords.verify(attempt.password, against: candidate?.hash)
    }
    guard isRight, let candidate, let hash = candidate.hash, candidate.account.isEnabled else {
      throw AccountsProblem.wrongCredentials
    }
    let newHash = passwords.needsRehash(hash) ? try await passwords.hash(attempt.password) : nil
    let opened = session(candidate.account, now)
    let change = Change(by: .itself(candidate.account), at: now)
    let account = try await database.write { tx in
      // Meanwhile the account may have been switched off or the password changed.
      let account = try accounts.require(candidate.account.id, in: tx)
      guard account.isEnabled, try accounts.hash(of: account.id, in: tx) == hash else {
        throw AccountsProblem.wrongCredentials
      }
      if let newHash { try accounts.setHash(newHash, of: account.id, in: tx) }
      try record.insert(opened, into: Session.table, change, in: tx)
      try complete(opened, tx)
      if let device { try attempts.remember(account.id, at: Self.place(of: device), now: now, in: tx) }
      try attempts.remember(account.id, at: Self.place(of: network), now: now, in: tx)
      if isStrange { try writeNewSignIn(account, attempt, change, in: tx) }
      return account
    }
    if isStrange { post?.wake() }
    try await forget(tries)
    return (opened, account)
  }

  /// Whether the account was used before, and never on this device; a program, which shows no device, is known by its
  /// network. The first time is no news: somebody has just been let in.
  private func isStrange(
    _ device: Token?, _ network: Network, to account: AccountID, at now: Instant, in tx: any Connection
  ) throws -> Bool {
    let since = now.adding(Self.memory)
    guard try attempts.knowsAnyPlace(of: account, since: since, in: tx) else { return false }
    let place = device.map { Self.place(of: $0) } ?? Self.place(of: network)
    return try !attempts.knows(account, at: place, since: since, in: tx)
  }

  private func throttleKeys(
    _ name: String, _ network: Network, _ device: Token?, of account: AccountID?, at now: Instant,
    in tx: any Connection
  ) throws -> [ThrottleKey] {
    let since = now.adding(Self.memory)
    guard let account else {
      return ThrottleKey.signIn(name: name, network: network, device: nil, knowsNetwork: false)
    }
    let knowsDevice = try device.map {
      try attempts.knows(account, at: Self.place(of: $0), since: since, in: tx)
    }
    return ThrottleKey.signIn(
      name: name, network: network, device: knowsDevice == true ? device.map { Self.place(of: $0) } : nil,
      knowsNetwork: try attempts.knows(account, at: Self.place(of: network), since: since, in: tx))
  }

  /// For how long a device or network counts as the owner's after its last use.
  private static let memory: Duration = .seconds(-180 * 86_400)

  private static func place(of device: Token) -> String {
    "device\n" + device.hash.map { String($0, radix: 16) }.joined(separator: ".")
  }
  private static func place(of network: Network) -> String { "network\n\(network.text)" }
}

// Counting tries, exactly, whichever node they come to.
extension AccountsService {
  /// Counts a try under all keys, or throws `TOO_MANY_ATTEMPTS` and counts it under none.
  func count(_ keys: [ThrottleKey], at now: Instant) async throws {
    guard settings.limitsAttempts else { return }
    let wait = try await database.write(.readCommitted) { tx -> Int? in
      var counted: [(ThrottleKey, Throttle)] = []
      // Always in the same order, so that two tries never wait for each other.
      for key in keys.sorted(by: { $0.text < $1.text }) {
        var throttle = try attempts.hold(key, in: tx)
        if let seconds = throttle.take(at: now, key.rule) { return seconds }
        counted.append((key, throttle))
      }
      for (key, throttle) in counted { try attempts.save(throttle, for: key, in: tx) }
      return nil
    }
    if let wait { throw AccountsProblem.tooManyAttempts(retryAfter: wait) }
  }

  /// After a right guess: one's own count begins anew, and what others share is given back.
  func forget(_ keys: [ThrottleKey]) async throws {
    guard settings.limitsAttempts else { return }
    try await database.write(.readCommitted) { tx in
      for key in keys.sorted(by: { $0.text < $1.text }) {
        var throttle = try attempts.hold(key, in: tx)
        if key.isOwn { throttle = .untouched } else { throttle.giveBack(key.rule) }
        try attempts.save(throttle, for: key, in: tx)
      }
    }
  }

  /// Gives a try back that could not be checked because the machine was busy.
  func givingBack<Value>(_ keys: [ThrottleKey], _ check: () async throws -> Value) async throws -> Value {
    do {
      return try await check()
    } catch {
      if settings.limitsAttempts {
        try await database.write(.readCommitted) { tx in
          for key in keys.sorted(by: { $0.text < $1.text }) {
            var throttle = try attempts.hold(key, in: tx)
            throttle.giveBack(key.rule)
            try attempts.save(throttle, for: key, in: tx)
          }
        }
      }
      throw error
    }
  }
}
