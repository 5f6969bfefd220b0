import JWTKit
public import Kernel

/// What a verified access token says.
public struct AccessClaims: Sendable, Equatable {
  /// The identifier of the account, as it was given (`sub`).
  public let account: String
  /// The identifier of the session (`sid`).
  public let session: String
  /// When it was issued, to the second (`iat`).
  public let issuedAt: Instant
  /// When it ends, to the second (`exp`); it is not accepted at this moment any more.
  public let expiresAt: Instant
  /// The caller's own number (`ver`), if it gave one.
  public let version: Int?
}

/// A new access token. It prints as dots; only `text` has its value.
public struct IssuedToken: Sendable, Concealed {
  /// What the client sends after `Bearer`.
  public let text: String
  /// When it was issued.
  public let issuedAt: Instant
  /// When it ends.
  public let expiresAt: Instant

  /// Whole seconds from its issue to its end: the `expiresIn` of the answer.
  public var expiresIn: Int { max(0, (expiresAt.milliseconds - issuedAt.milliseconds) / 1000) }
}

/// The parts of a header that matter.
///
/// Not jwt-kit's `JWTHeader`: it reads every field, and in 5.7.1 a number such as `1e300` in one ends the process.
struct TokenHeader: Decodable {
  let alg: String
  let kid: String
  let typ: String
  let crit: [String]?

  /// We sign with one algorithm only, so no token chooses how it is checked (RFC 8725 §3.1), and understand no
  /// extension that must be understood (RFC 7515 §4.1.11).
  var isOurs: Bool { alg == "HS256" && typ.lowercased() == "at+jwt" && crit == nil }
}

/// The payload as it is written.
struct TokenPayload: JWTPayload {
  let iss: String
  let sub: String
  let sid: String
  let iat: Int
  let exp: Int
  let ver: Int?

  /// jwt-kit's own check, which goes by the system's clock; ours are made by `AccessTokens`.
  func verify(using algorithm: some JWTAlgorithm) async throws {}

  /// What it says, if it is complete and speaks for us.
  var claims: AccessClaims? {
    let years = 0...Instant.endOfTime.milliseconds / 1000
    guard iss == AccessTokens.issuer, !sub.isEmpty, !sid.isEmpty, years.contains(iat), years.contains(exp) else {
      return nil
    }
    return AccessClaims(
      account: sub, session: sid, issuedAt: Instant(milliseconds: iat * 1000),
      expiresAt: Instant(milliseconds: exp * 1000), version: ver)
  }
}
