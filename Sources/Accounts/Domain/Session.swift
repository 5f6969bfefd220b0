public import Kernel

/// A browser or a client that has signed in.
public struct Session: Sendable, Equatable {
  /// How the client shows who it is.
  public enum Kind: String, Sendable {
    /// By a cookie.
    case browser
    /// By access tokens and refresh tokens.
    case api
  }

  /// Why a session ended before its time.
  public enum Ending: String, Sendable {
    /// Its owner signed out.
    case signedOut = "signed_out"
    /// Its owner ended it from another session.
    case endedByOwner = "ended_by_owner"
    /// The password is another.
    case passwordChanged = "password_changed"
    /// The account was switched off.
    case disabled
    /// Access was recovered on the host.
    case recovered
    /// A refresh token was used again, so it is in two hands.
    case tokenReused = "token_reused"
  }

  /// Its identity; access tokens carry it.
  public let id: SessionID
  /// How often it has been saved.
  public var version: Int
  /// Whose it is.
  public let account: AccountID
  /// How the client shows who it is.
  public let kind: Kind
  /// When it began.
  public let startedAt: Instant
  /// When it is over at the latest.
  public let expiresAt: Instant
  /// How long it may lie idle.
  public let idleLimit: Duration
  /// When it was ended; nil while it was not.
  public var endedAt: Instant?
  /// Why it was ended.
  public var ending: Ending?

  init(
    id: SessionID, version: Int = 1, account: AccountID, kind: Kind, startedAt: Instant, expiresAt: Instant,
    idleLimit: Duration, endedAt: Instant? = nil, ending: Ending? = nil
  ) {
    self.id = id
    self.version = version
    self.account = account
    self.kind = kind
    self.startedAt = startedAt
    self.expiresAt = expiresAt
    self.idleLimit = idleLimit
    self.endedAt = endedAt
    self.ending = ending
  }

  /// Whether it lets anybody in, when it was last used at `seen`.
  func isLive(lastSeen seen: Instant, at now: Instant) -> Bool {
    endedAt == nil && now < expiresAt && now < seen.adding(idleLimit)
  }

  /// How often its last use is written down: once a minute.
  static let notice: Duration = .seconds(60)
}

/// A session as its owner's list shows it.
public struct SessionLine: Sendable, Equatable {
  /// The session.
  public let session: Session
  /// When it was last used, to the minute.
  public let lastSeenAt: Instant
  /// Where it signed in from.
  public let address: String
  /// What the client calls itself.
  public let agent: String
}

/// What becomes of a refresh token that is shown.
enum RefreshDecision: Equatable {
  /// It is used up now, and its successor is given.
  case rotate
  /// It was used a moment ago: the answer got lost, or two tabs asked at once. The same successor is given again.
  case repeatSuccessor
  /// It was used long ago, so it is in two hands: the session ends (RFC 9700 §4.14.2).
  case alarm

  /// How long after its use a token still answers with the successor it had.
  static let grace: Duration = .seconds(30)

  static func about(usedAt: Instant?, at now: Instant) -> RefreshDecision {
    guard let usedAt else { return .rotate }
    return now < usedAt.adding(grace) ? .repeatSuccessor : .alarm
  }
}
