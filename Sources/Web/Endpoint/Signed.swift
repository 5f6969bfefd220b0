public import Kernel
public import Rights

/// Somebody who has signed in, and how they like their pages.
public struct Signed: Sendable {
  /// Who it is and what they may do.
  public let actor: Actor
  /// How they like their pages.
  public let look: Look
  /// Whether the password has to be changed before anything else.
  public let mustChangePassword: Bool
  /// A word for the role, shown beside the name: "Registrar".
  public let role: String

  /// Somebody who has signed in.
  public init(actor: Actor, look: Look = Look(), mustChangePassword: Bool = false, role: String = "") {
    self.actor = actor
    self.look = look
    self.mustChangePassword = mustChangePassword
    self.role = role
  }
}

/// What a request shows to say who it is.
public enum Credential: Sendable {
  /// The value of the session cookie.
  case cookie(String)
  /// The token of `Authorization: Bearer`.
  case bearer(String)
}

/// Tells who a request is. Made by the accounts, asked once for every request that shows a credential.
public protocol Authenticator: Sendable {
  /// Who it is; nil when the credential is unknown, spent or revoked. Throws `TOKEN_EXPIRED` for an expired token.
  func signedIn(by credential: Credential, request: String, at: Instant) async throws -> Signed?
}

/// Keeps answers by `Idempotency-Key`, so that a request sent twice acts once.
public protocol AnswerKeeper: Sendable {
  /// What is known of a key: nothing yet (and it is now taken), or the answer to give again. Throws 409 while the first
  /// is under way and 422 when the same key came with another body.
  func claim(_ key: String, route: String, body: [UInt8], by account: AccountID, at: Instant) async throws
    -> KeptAnswer?
  /// Keeps the answer of a key that was taken.
  func keep(_ answer: KeptAnswer, for key: String, route: String, by account: AccountID) async throws
  /// Gives a key back after a failure that changed nothing.
  func release(_ key: String, route: String, by account: AccountID) async throws
}

/// An answer kept for its key.
public struct KeptAnswer: Sendable, Equatable {
  /// The status.
  public let status: Int
  /// The `Location`, if it had one.
  public let location: String?
  /// The `ETag`, if it had one.
  public let etag: String?
  /// The body.
  public let body: [UInt8]

  /// An answer as it was given.
  public init(status: Int, location: String?, etag: String?, body: [UInt8]) {
    self.status = status
    self.location = location
    self.etag = etag
    self.body = body
  }
}
