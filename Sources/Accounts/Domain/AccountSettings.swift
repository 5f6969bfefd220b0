public import Kernel

/// What the settings of the installation say about signing in.
public struct AccountSettings: Sendable {
  /// How long a browser may lie idle (`SESSION_IDLE`).
  public var sessionIdle: Duration
  /// How long a browser stays signed in at most (`SESSION_MAX`).
  public var sessionMaximum: Duration
  /// How long a client can refresh its tokens after signing in (`JWT_REFRESH_EXPIRES_IN`): absolute, not from each use.
  public var refreshLifetime: Duration
  /// Whether failed tries are slowed down; off for load tests only (`RATE_LIMIT`).
  public var limitsAttempts: Bool
  /// The zone in which the days of roles begin and end.
  public var zone: Zone
  /// Words that no password may mostly be made of, such as the school's name.
  public var ownWords: [String]

  /// The settings of an installation where nobody set any: 12 h idle, 7 days at most.
  public init(
    sessionIdle: Duration = .seconds(12 * 3600), sessionMaximum: Duration = .seconds(7 * 86_400),
    refreshLifetime: Duration = .seconds(7 * 86_400), limitsAttempts: Bool = true, zone: Zone = .utc,
    ownWords: [String] = []
  ) {
    self.sessionIdle = sessionIdle
    self.sessionMaximum = sessionMaximum
    self.refreshLifetime = refreshLifetime
    self.limitsAttempts = limitsAttempts
    self.zone = zone
    self.ownWords = ownWords
  }
}
