public import Kernel

/// The keys that sign access tokens and the rules of their succession: pure, the moment is always given.
///
/// A key is published before it signs, and verifies for as long after as its last token lives, so a rotation logs
/// nobody out. `prepare` and the two ways to revoke change the value; the caller then stores `keys`.
public struct KeyRing: Sendable, Equatable {
  /// The stored keys, by the moment they become active.
  public private(set) var keys: [SigningKey]
  /// Keys of the settings: they verify, and sign only when no stored key can. To revoke one, change the setting.
  public let configured: [SigningKey]
  /// How long everything takes.
  public let policy: KeyPolicy

  /// A ring of the keys that were stored and those that the settings name.
  public init(keys: [SigningKey], configured: [SigningKey] = [], policy: KeyPolicy = KeyPolicy()) {
    self.keys = keys
    self.configured = configured
    self.policy = policy
    sort()
  }

  /// The key that signs at `now`: of those that may, the one that became active last.
  public func signing(at now: Instant) -> SigningKey? {
    keys.last { $0.maySign(at: now) } ?? configured.last { $0.maySign(at: now) }
  }

  /// The key of this name, if it verifies at `now`.
  public func verifying(_ kid: String, at now: Instant) -> SigningKey? {
    all.first { $0.kid == kid && $0.verifies(at: now) }
  }

  /// When the next key has to be made: `now` at the latest if no stored key can sign.
  public func nextKeyIsDue(at now: Instant) -> Instant {
    guard keys.contains(where: { $0.maySign(at: now) }), let newest = newest(at: now) else { return now }
    return newest.activeFrom.adding(policy.rotation - policy.publication)
  }

  /// Makes the next key if it is due, and answers it; does nothing otherwise, so it may be called at any time.
  ///
  /// It becomes active when its predecessor has served its time, but is known to all beforehand; only when no key
  /// can sign does it begin at once. The predecessor then retires when its last token has.
  @discardableResult
  public mutating func prepare(at now: Instant) -> SigningKey? {
    guard nextKeyIsDue(at: now) <= now else { return nil }
    // A node whose clock is behind must be able to sign as well, hence the skew.
    var activeFrom = now.adding(.zero - policy.skew)
    if let newest = newest(at: now), keys.contains(where: { $0.maySign(at: now) }) {
      let turn = max(now.adding(policy.publication), newest.activeFrom.adding(policy.rotation))
      activeFrom = max(activeFrom, min(turn, newest.retiresAt.adding(.zero - policy.overlap)))
    }
    // Should nobody rotate any more, a key ends by itself after twice its time.
    let key = SigningKey.made(at: now, activeFrom: activeFrom, retiresAt: activeFrom.adding(policy.rotation * 2))
    keys.append(key)
    sort()
    retirePredecessors()
    return key
  }

  /// Ends one stored key at once, and makes another if none is left to sign; false if there is no such key.
  @discardableResult
  public mutating func revoke(_ kid: String, at now: Instant) -> Bool {
    guard let index = keys.firstIndex(where: { $0.kid == kid }) else { return false }
    if keys[index].revokedAt == nil { keys[index].revokedAt = now }
    if !keys.contains(where: { $0.maySign(at: now) }) { prepare(at: now) }
    return true
  }

  /// The emergency: ends every stored key at once, also the one to come, and answers the new one.
  @discardableResult
  public mutating func revokeAll(at now: Instant) -> SigningKey? {
    for index in keys.indices where keys[index].revokedAt == nil { keys[index].revokedAt = now }
    return prepare(at: now)
  }

  /// Stored and configured keys together.
  var all: [SigningKey] { keys + configured }

  private func newest(at now: Instant) -> SigningKey? { keys.last { $0.verifies(at: now) } }

  private mutating func retirePredecessors() {
    let trusted = keys.indices.filter { keys[$0].isTrusted }
    for (index, successor) in zip(trusted, trusted.dropFirst()) {
      let end = keys[successor].activeFrom.adding(policy.overlap)
      keys[index].retiresAt = min(keys[index].retiresAt, end)
    }
  }

  private mutating func sort() { keys.sort { ($0.activeFrom, $0.kid) < ($1.activeFrom, $1.kid) } }
}

/// How long the keys of a ring and their tokens live.
public struct KeyPolicy: Sendable, Equatable {
  /// How long a key signs; 90 days unless told otherwise.
  public let rotation: Duration
  /// How long all nodes know a key before it signs; a day, or half the rotation if that is less.
  public let publication: Duration
  /// How long an access token lives; 15 minutes unless told otherwise.
  public let tokenLifetime: Duration
  /// How far apart the clocks of two nodes may be; 5 minutes.
  public let skew: Duration

  /// A policy; see the properties for what is usual.
  public init(
    rotation: Duration = .seconds(90 * 86_400), publication: Duration = .seconds(86_400),
    tokenLifetime: Duration = .seconds(15 * 60), skew: Duration = .seconds(5 * 60)
  ) {
    self.rotation = rotation
    self.publication = min(publication, rotation / 2)
    self.tokenLifetime = tokenLifetime
    self.skew = skew
  }

  /// How long a key still verifies after the next has begun to sign.
  public var overlap: Duration { tokenLifetime + skew }
}
