import Foundation
import JWTKit
public import Kernel
import Synchronization

/// Issues and verifies access tokens: JWT (RFC 7519) of type `at+jwt` (RFC 9068), signed with HS256 by the key ring.
///
/// Verifying is synchronous. The signature of a token is computed once; after that it is known by its hash until it
/// expires or the ring changes, at about a microsecond. Whether its session still exists is the caller's question.
public final class AccessTokens: Sendable {
  /// Who issues: the claim `iss`.
  public static let issuer = "homeroom"
  /// The longest token read, in bytes.
  public static let maximumSize = 4096
  /// How many verified tokens are remembered unless told otherwise.
  public static let usualMemory = 10_000

  private let clock: any WallClock
  private let state: Mutex<State>

  /// Tokens under `ring`, by `clock`; up to `remembering` verified tokens are kept in mind.
  public init(ring: KeyRing, clock: any WallClock, remembering: Int = usualMemory) async throws {
    let keys = try await LoadedKeys(ring)
    self.clock = clock
    state = Mutex(State(keys: keys, cache: TokenCache(limit: remembering)))
  }

  /// Takes another ring and forgets all verified tokens: a revoked key is dead when this returns.
  ///
  /// When two calls overlap, the one that began later wins, whichever ends first.
  public func use(_ ring: KeyRing) async throws {
    let turn = state.withLock { state in
      state.lastTurn += 1
      return state.lastTurn
    }
    let keys = try await LoadedKeys(ring)
    state.withLock { state in
      guard turn > state.turn else { return }
      state.turn = turn
      state.keys = keys
      state.cache.forgetAll()
    }
  }

  /// The ring in use.
  public var ring: KeyRing { state.withLock { $0.keys.ring } }

  /// A new token for a session of an account, living as long as the ring's policy says.
  ///
  /// `version` is for the caller, such as a count of an account's changes of rights. Throws a `Problem` of kind
  /// `unavailable` while no key can sign.
  public func issue(account: String, session: String, version: Int? = nil) async throws -> IssuedToken {
    let now = clock.now()
    let keys = state.withLock { $0.keys }
    guard let key = keys.ring.signing(at: now) else { throw Self.noKey }
    // A token does not outlive its key.
    let end = min(now.adding(keys.ring.policy.tokenLifetime), key.retiresAt)
    let payload = TokenPayload(
      iss: Self.issuer, sub: account, sid: session, iat: now.milliseconds / 1000, exp: end.milliseconds / 1000,
      ver: version)
    let text = try await keys.collection.sign(
      payload, kid: JWKIdentifier(string: key.kid), header: ["typ": "at+jwt"])
    return IssuedToken(text: text, issuedAt: now, expiresAt: Instant(milliseconds: payload.exp * 1000))
  }

  /// What a token says, if it is ours and in force.
  ///
  /// Throws a `Problem` of kind `unauthenticated`: `TOKEN_EXPIRED` when its time is over, so that it should be
  /// refreshed, and `UNAUTHORIZED` for everything else.
  public func verify(_ token: String) throws(Problem) -> AccessClaims {
    let now = clock.now()
    guard token.utf8.count <= Self.maximumSize else { throw Self.refused }
    let hash = TokenHash(token)
    let (known, keys, turn) = state.withLock { state in
      let known = state.cache.find(hash, at: now)
      return (known, known == nil ? state.keys : nil, state.turn)
    }
    if let known { return known }
    guard let keys else { throw Self.refused }
    let (claims, key) = try Self.check(token, keys: keys, at: now)
    state.withLock { state in
      // Not if the ring has changed meanwhile: the key may be revoked by now.
      guard state.turn == turn else { return }
      state.cache.remember(claims, as: hash, until: min(claims.expiresAt, key.retiresAt))
    }
    return claims
  }

  /// The checks in an order that shows nothing to whoever has no key: the header first, which decides nothing but
  /// which of our keys to try, then the signature, and only then what is written.
  private static func check(
    _ token: String, keys: LoadedKeys, at now: Instant
  ) throws(Problem) -> (AccessClaims, SigningKey) {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = decoded(TokenHeader.self, parts[0]), header.isOurs,
      let (key, algorithm) = keys.byName[header.kid], let signature = Base64URL.decode(parts[2])
    else { throw refused }
    let signed = Array(parts[0].utf8) + [UInt8(ascii: ".")] + Array(parts[1].utf8)
    do {
      guard try algorithm.verify(signature, signs: signed) else { throw refused }
    } catch {
      throw refused
    }
    guard let payload = decoded(TokenPayload.self, parts[1]), let claims = payload.claims else { throw refused }
    guard now < claims.expiresAt else { throw expired }
    guard key.verifies(at: now) else { throw refused }
    return (claims, key)
  }

  private static func decoded<Value: Decodable>(_: Value.Type, _ part: Substring) -> Value? {
    guard let bytes = Base64URL.decode(part) else { return nil }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch {
      return nil
    }
  }

  private static let refused = Problem(
    .unauthenticated, code: "UNAUTHORIZED", title: "Not signed in",
    detail: "This access token is not accepted. Sign in again.")
  private static let expired = Problem(
    .unauthenticated, code: "TOKEN_EXPIRED", title: "Token expired",
    detail: "This access token has expired. Refresh it, or sign in again.")
  private static let noKey = Problem(
    .unavailable(retryAfter: 5), code: "NO_SIGNING_KEY", title: "Not ready",
    detail: "There is no key to sign with at this moment. Try again in a few seconds.")
}

extension AccessTokens {
  private struct State: Sendable {
    var keys: LoadedKeys
    var cache: TokenCache
    var turn = 0
    var lastTurn = 0
  }

  /// A ring with its keys made ready by jwt-kit.
  private struct LoadedKeys: Sendable {
    let ring: KeyRing
    let collection: JWTKeyCollection
    let byName: [String: (SigningKey, any JWTAlgorithm)]

    /// Revoked and unpublished keys are left out; retired ones stay, so that their tokens are told to be expired.
    init(_ ring: KeyRing) async throws {
      let collection = JWTKeyCollection()
      var byName: [String: (SigningKey, any JWTAlgorithm)] = [:]
      for key in ring.all where key.isTrusted {
        let kid = JWKIdentifier(string: key.kid)
        await collection.add(hmac: HMACKey(from: key.secret.revealed), digestAlgorithm: .sha256, kid: kid)
        byName[key.kid] = (key, try await collection.getKey(for: kid))
      }
      self.ring = ring
      self.collection = collection
      self.byName = byName
    }
  }
}
