public import Kernel
public import Rights
public import Web

/// Knows whoever says their name: `Bearer ada`.
public struct NamedActors: Authenticator {
  private let people: [String: Signed]

  /// Knows these people, as they would be after signing in.
  public init(_ people: [String: Signed]) { self.people = people }

  /// Knows these people, who like their pages as they come.
  public init(_ actors: [String: Actor]) { people = actors.mapValues { Signed(actor: $0) } }

  public func signedIn(by credential: Credential, request: String, at: Instant) async throws -> Signed? {
    guard case .bearer(let name) = credential, let known = people[name] else { return nil }
    return Signed(
      actor: known.actor.during(request: request), look: known.look, mustChangePassword: known.mustChangePassword,
      role: known.role)
  }
}
