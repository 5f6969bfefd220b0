public import Kernel

/// A sign-in: somebody, or something, that Homeroom knows by a login name and a password.
public struct Account: Sendable, Equatable {
  /// Its identity.
  public let id: AccountID
  /// How often it has been saved.
  public var version: Int
  /// The person it belongs to; nil for those of whom the school keeps no record.
  public var person: PersonID?
  /// The name pages show.
  public var name: String
  /// Whether it can be used at all.
  public var isEnabled: Bool
  /// Whether the password was not chosen by its owner, and has to be before anything else.
  public var mustChangePassword: Bool
  /// When the owner last chose a password; nil while there is none.
  public var passwordChangedAt: Instant?

  /// An account; new ones are version 1.
  public init(
    id: AccountID, version: Int = 1, person: PersonID? = nil, name: String, isEnabled: Bool = true,
    mustChangePassword: Bool = false, passwordChangedAt: Instant? = nil
  ) {
    self.id = id
    self.version = version
    self.person = person
    self.name = name
    self.isEnabled = isEnabled
    self.mustChangePassword = mustChangePassword
    self.passwordChangedAt = passwordChangedAt
  }
}

/// An account as a list shows it.
public struct AccountLine: Sendable, Equatable {
  /// The account.
  public let account: Account
  /// What can be typed to sign in: an e-mail address, a user name, or both.
  public let loginNames: [String]
  /// The roles that are in force, or will be.
  public let roles: [AssignedRole]
}

/// How an account likes its pages.
public struct AccountPreferences: Sendable, Equatable {
  /// Light, dark, or as the device says.
  public enum Theme: String, Sendable, CaseIterable { case system, light, dark }
  /// How close rows stand.
  public enum Density: String, Sendable, CaseIterable { case comfortable, compact }

  /// Light, dark, or as the device says.
  public var theme: Theme
  /// How close rows stand.
  public var density: Density
  /// Whether single keys act (WCAG 2.1.4 asks that they can be switched off).
  public var hasShortcuts: Bool
  /// The language of the pages, as a BCP 47 tag.
  public var language: String

  /// The usual ones: as the device says, comfortable, with shortcuts, in English.
  public init(
    theme: Theme = .system, density: Density = .comfortable, hasShortcuts: Bool = true, language: String = "en"
  ) {
    self.theme = theme
    self.density = density
    self.hasShortcuts = hasShortcuts
    self.language = language
  }

  /// Letters, digits and hyphens, as tags of languages are made; anything else becomes English.
  public static func checkedLanguage(_ tag: String) -> String {
    let isTag =
      (2...35).contains(tag.utf8.count)
      && tag.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
      }
    return isTag ? tag : "en"
  }
}
