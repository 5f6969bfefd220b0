public import Kernel
import Markup
public import Web

/// Tells the pipeline who a request is, by cookie or by access token.
public struct AccountsAuthenticator: Authenticator {
  private let service: AccountsService

  /// Asks `service`.
  public init(_ service: AccountsService) { self.service = service }

  public func signedIn(by credential: Credential, request: String, at now: Instant) async throws -> Signed? {
    let identity =
      switch credential {
      case .cookie(let token): try await service.identify(token: token, request: request, at: now)
      case .bearer(let token): try await service.identify(accessToken: token, request: request, at: now)
      }
    return identity.map { identity in
      Signed(
        actor: identity.actor, look: Look(identity.preferences), mustChangePassword: identity.mustChangePassword,
        role: identity.role)
    }
  }
}

extension Look {
  init(_ preferences: AccountPreferences) {
    self.init()
    language = preferences.language
    direction = ["ar", "fa", "he", "ur"].contains(preferences.language.prefix(2)) ? .rtl : .ltr
    theme =
      switch preferences.theme {
      case .system: .system
      case .light: .light
      case .dark: .dark
      }
    density = preferences.density == .compact ? .compact : .comfortable
    hasShortcuts = preferences.hasShortcuts
  }
}

extension AccountPreferences {
  init(_ look: Look) {
    self.init(
      theme: Theme(rawValue: look.theme.rawValue) ?? .system,
      density: Density(rawValue: look.density.rawValue) ?? .comfortable, hasShortcuts: look.hasShortcuts,
      language: look.language)
  }
}
