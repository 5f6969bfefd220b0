import Kernel
import Secrets
import Testing

private let start = Instant(milliseconds: 1_800_000_000_000)
private let day = Duration.seconds(86_400)
private let millisecond = Duration.milliseconds(1)

extension KeyRing {
  /// The key that has to be made now.
  fileprivate mutating func next(at now: Instant) throws -> SigningKey {
    let key = prepare(at: now)
    return try #require(key)
  }

  /// The key that signs after an emergency.
  fileprivate mutating func successorOfAll(at now: Instant) throws -> SigningKey {
    let key = revokeAll(at: now)
    return try #require(key)
  }

  /// What `prepare` would make.
  fileprivate func wouldPrepare(at now: Instant) -> SigningKey? {
    var ring = self
    return ring.prepare(at: now)
  }
}

/// A ring with its first key, made at `start`.
private func freshRing() -> KeyRing {
  var ring = KeyRing(keys: [])
  ring.prepare(at: start)
  return ring
}

@Suite struct `A signing key` {
  @Test func `needs 32 bytes`() throws {
    #expect(throws: SigningKeyProblem.tooShort(bytes: 31)) { try key(secret: 31) }
    #expect(try key(secret: 32).secret.revealed.count == 32)
    #expect(throws: SigningKeyProblem.tooShort(bytes: 31)) {
      try SigningKey.configured(String(repeating: "x", count: 31))
    }
    #expect(try SigningKey.configured(String(repeating: "x", count: 32)).maySign(at: start))
  }

  @Test func `of a setting is called by a name that follows its text and does not tell it`() throws {
    let one = try SigningKey.configured(String(repeating: "x", count: 40))
    let same = try SigningKey.configured(String(repeating: "x", count: 40))
    let other = try SigningKey.configured(String(repeating: "y", count: 40))
    #expect(one == same)
    #expect(one.kid != other.kid)
    #expect(!"\(one)".contains("xxx") && !"\(one)".contains("120"))
  }

  @Test func `signs from its beginning and verifies until its end, not a millisecond longer`() throws {
    let key = try key(activeFrom: start, retiresAt: start.adding(day))
    #expect(!key.maySign(at: start.adding(.zero - millisecond)))
    #expect(key.verifies(at: start.adding(.zero - millisecond)))
    #expect(key.maySign(at: start))
    #expect(key.verifies(at: start.adding(day - millisecond)))
    #expect(!key.verifies(at: start.adding(day)))
    #expect(!key.maySign(at: start.adding(day)))
  }

  @Test func `neither signs nor verifies unpublished or revoked, whatever the clock says`() throws {
    let unpublished = try key(publishedAt: nil)
    #expect(!unpublished.verifies(at: start) && !unpublished.maySign(at: start))
    let revoked = try key(revokedAt: start.adding(day))
    #expect(!revoked.verifies(at: start) && !revoked.maySign(at: start))
  }

  private func key(
    secret: Int = 32, publishedAt: Instant? = start, activeFrom: Instant = start,
    retiresAt: Instant = start.adding(day), revokedAt: Instant? = nil
  ) throws -> SigningKey {
    try SigningKey(
      kid: "k", secret: SecretBytes(Randomness.bytes(secret)), createdAt: start, publishedAt: publishedAt,
      activeFrom: activeFrom, retiresAt: retiresAt, revokedAt: revokedAt)
  }
}

@Suite struct `The succession of signing keys` {
  @Test func `an empty ring makes a key that signs at once, even on a clock that is behind`() throws {
    var ring = KeyRing(keys: [])
    #expect(ring.signing(at: start) == nil)
    #expect(ring.nextKeyIsDue(at: start) == start)
    let key = try ring.next(at: start)
    #expect(ring.signing(at: start) == key)
    #expect(ring.signing(at: start.adding(.zero - ring.policy.skew)) == key)
    #expect(ring.wouldPrepare(at: start) == nil)
  }

  @Test func `the next key is made a day before its turn, and not a millisecond sooner`() throws {
    var ring = freshRing()
    let first = try #require(ring.keys.first)
    let due = ring.nextKeyIsDue(at: start)
    #expect(due == first.activeFrom.adding(day * 89))
    #expect(ring.wouldPrepare(at: due.adding(.zero - millisecond)) == nil)
    let next = try ring.next(at: due)
    #expect(next.activeFrom == first.activeFrom.adding(day * 90))
    #expect(ring.signing(at: due) == ring.keys.first)
    #expect(ring.verifying(next.kid, at: due) == next)
    #expect(ring.wouldPrepare(at: due) == nil)
  }

  @Test func `a rotation logs nobody out, and the old key ends when its last token has`() throws {
    var ring = freshRing()
    let first = try #require(ring.signing(at: start))
    let next = try ring.next(at: ring.nextKeyIsDue(at: start))
    let lastSecond = next.activeFrom.adding(.zero - millisecond)
    #expect(ring.signing(at: lastSecond)?.kid == first.kid)
    #expect(ring.signing(at: next.activeFrom)?.kid == next.kid)
    let end = next.activeFrom.adding(ring.policy.tokenLifetime + ring.policy.skew)
    #expect(ring.verifying(first.kid, at: end.adding(.zero - millisecond)) != nil)
    #expect(ring.verifying(first.kid, at: end) == nil)
  }

  @Test func `over ten years of hourly looks there is always one key to sign and each token lives out its time`() {
    var ring = freshRing()
    var made = 1
    for hour in 0..<(24 * 3650) {
      let now = start.adding(.seconds(3600 * hour))
      if ring.prepare(at: now) != nil { made += 1 }
      guard let key = ring.signing(at: now) else {
        Issue.record("nobody signs at \(now)")
        return
      }
      let lastUse = now.adding(ring.policy.tokenLifetime - millisecond)
      if ring.verifying(key.kid, at: lastUse) == nil { Issue.record("a token of \(now) dies too soon") }
    }
    #expect((40...42).contains(made))
  }

  @Test func `when nobody rotated for long the next key is still published before use`() throws {
    var ring = freshRing()
    let late = start.adding(day * 120)
    let next = try ring.next(at: late)
    #expect(next.activeFrom == late.adding(day))
    #expect(ring.signing(at: late) != nil && ring.signing(at: late)?.kid != next.kid)
  }

  @Test func `a key nobody follows ends by itself, and then one is made at once`() throws {
    var ring = freshRing()
    let dead = start.adding(day * 181)
    #expect(ring.signing(at: dead) == nil)
    let next = try ring.next(at: dead)
    #expect(ring.signing(at: dead) == next)
  }
}

@Suite struct `Revoking signing keys` {
  @Test func `in an emergency every key dies at once, also the next, and a new one signs`() throws {
    var ring = freshRing()
    let later = ring.nextKeyIsDue(at: start)
    ring.prepare(at: later)
    let old = ring.keys.map(\.kid)
    #expect(old.count == 2)
    let new = try ring.successorOfAll(at: later)
    #expect(old.allSatisfy { ring.verifying($0, at: later) == nil })
    #expect(ring.signing(at: later) == new)
    #expect(ring.signing(at: later.adding(day * 80)) == new)
  }

  @Test func `revoking the one that signs makes another at once, and the former stays as it was`() throws {
    var ring = freshRing()
    let first = try #require(ring.keys.first)
    let found = ring.revoke(first.kid, at: start)
    #expect(found)
    #expect(ring.verifying(first.kid, at: start) == nil)
    #expect(ring.signing(at: start) != nil)
    let revokedAt = ring.keys.first { $0.kid == first.kid }?.revokedAt
    ring.revoke(first.kid, at: start.adding(day))
    #expect(ring.keys.first { $0.kid == first.kid }?.revokedAt == revokedAt)
  }

  @Test func `revoking the next key just before its turn leaves no gap`() throws {
    var ring = freshRing()
    let next = try ring.next(at: ring.nextKeyIsDue(at: start))
    let late = next.activeFrom.adding(.seconds(-60))
    ring.revoke(next.kid, at: late)
    for minute in 0..<(60 * 48) {
      let now = late.adding(.seconds(60 * minute))
      ring.prepare(at: now)
      #expect(ring.signing(at: now) != nil)
    }
  }

  @Test func `a former key does not rise again when its successor is revoked`() throws {
    var ring = freshRing()
    let first = try #require(ring.keys.first)
    let next = try ring.next(at: ring.nextKeyIsDue(at: start))
    let now = next.activeFrom.adding(day)
    ring.revoke(next.kid, at: now)
    #expect(ring.verifying(first.kid, at: now) == nil)
    let signer = try #require(ring.signing(at: now))
    #expect(signer.kid != first.kid && signer.kid != next.kid)
  }

  @Test func `an unknown name is nobody's, and a key of the settings is not ours to revoke`() throws {
    let configured = try SigningKey.configured(String(repeating: "x", count: 32))
    var ring = KeyRing(keys: [], configured: [configured])
    let foundNobody = ring.revoke("nobody", at: start)
    let foundConfigured = ring.revoke(configured.kid, at: start)
    #expect(!foundNobody && !foundConfigured)
    #expect(ring.verifying(configured.kid, at: start) == configured)
  }

  @Test func `a key of the settings signs only while no stored key can`() throws {
    let configured = try SigningKey.configured(String(repeating: "x", count: 32))
    var ring = KeyRing(keys: [], configured: [configured])
    #expect(ring.signing(at: start) == configured)
    let own = try ring.next(at: start)
    #expect(ring.signing(at: start) == own)
    #expect(ring.verifying(configured.kid, at: start) == configured)
  }
}
