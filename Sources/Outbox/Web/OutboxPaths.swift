import Kernel
public import Markup

/// The addresses of the outbox.
public enum OutboxPaths {
  /// All letters.
  public static let letters: Path = "/admin/mail"
  /// All templates.
  public static let templates: Path = "/admin/mail/templates"

  static let file: Path = "/admin/mail.csv"
  static let test: Path = "/admin/mail/test"
  static let retry: Path = "/admin/mail/retry"

  static func letter(_ id: LetterID) -> Path { "/admin/mail/letters/\(id)" }
  static func resending(_ id: LetterID) -> Path { "/admin/mail/letters/\(id)/resending" }
  static func template(_ key: String, _ language: String) -> Path { "/admin/mail/templates/\(key)/\(language)" }
  static func preview(_ key: String, _ language: String) -> Path { "/admin/mail/templates/\(key)/\(language)/preview" }
  static func dropping(_ key: String, _ language: String) -> Path {
    "/admin/mail/templates/\(key)/\(language)/deletion"
  }
}
