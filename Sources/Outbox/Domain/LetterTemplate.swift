import Kernel

/// A letter the program writes by itself: what it is for, and what may be filled in.
public struct LetterTemplate: Sendable, Equatable {
  /// Its name for ever, such as `password-reset`.
  public let key: String
  /// What it is for, as pages say it.
  public let title: String
  /// What may be filled in, with an example of each. `link` is the secret one where there is one.
  public let placeholders: [Placeholder]
  /// Whether its link proves who its reader is.
  public let hasSecret: Bool

  /// Something to be filled in.
  public struct Placeholder: Sendable, Equatable {
    /// Its name between two pairs of braces.
    public let name: String
    /// What could stand there.
    public let example: String

    init(_ name: String, _ example: String) { (self.name, self.example) = (name, example) }
  }

  private init(_ key: String, _ title: String, hasSecret: Bool = false, _ placeholders: [Placeholder]) {
    self.key = key
    self.title = title
    self.hasSecret = hasSecret
    self.placeholders = [Placeholder("site", "school.example")] + placeholders
  }

  /// All of them, by name.
  public static let all: [LetterTemplate] = [
    LetterTemplate(
      "invitation", "Invitation to a new account", hasSecret: true,
      [
        name, Placeholder("login", "ada@school.example"), Placeholder("until", "2026-11-28 09:14"),
        Placeholder("link", "https://school.example/recover/nyJ…"),
      ]),
    LetterTemplate(
      "message", "A message, to those who want it by mail",
      [
        name, Placeholder("sender", "Grace Hopper"), Placeholder("school", "Oak Hill School"),
        Placeholder("subject", "Museum on Friday"), Placeholder("text", "We leave at nine. Please bring a coat."),
        Placeholder("link", "https://school.example/messages/0193…"),
      ]),
    LetterTemplate(
      "new-sign-in", "Notice of a sign-in on a new device",
      [
        name, Placeholder("device", "Firefox on Linux"), Placeholder("address", "192.0.2.7"),
        Placeholder("time", "2026-11-21 09:14"), Placeholder("link", "https://school.example/account"),
      ]),
    LetterTemplate(
      "password-changed", "Notice of a changed password",
      [
        name, Placeholder("time", "2026-11-21 09:14"),
        Placeholder("link", "https://school.example/forgotten-password"),
      ]),
    LetterTemplate(
      "password-reset", "Link for a forgotten password", hasSecret: true,
      [
        name, Placeholder("until", "2026-11-21 09:29"),
        Placeholder("link", "https://school.example/recover/nyJ…"),
      ]),
    LetterTemplate("test", "Test of the mail server", [Placeholder("time", "2026-11-21 09:14")]),
  ]

  /// The template of that name.
  public static func find(_ key: String) -> LetterTemplate? { all.first { $0.key == key } }

  private static let name = Placeholder("name", "Ada Lovelace")

  /// An example of each placeholder, by name.
  var examples: [String: String] { Dictionary(uniqueKeysWithValues: placeholders.map { ($0.name, $0.example) }) }
}

/// The words of a letter, with `{{placeholders}}`.
public struct LetterWords: Sendable, Equatable {
  /// One line.
  public var subject: String
  /// Paragraphs with empty lines between them; a link stands in a paragraph of its own.
  public var text: String

  /// Words of the given parts.
  public init(subject: String, text: String) {
    self.subject = subject
    self.text = text
  }

  /// The names of all placeholders in it.
  var placeholders: [String] {
    (subject + "\n" + text).matches(of: Self.pattern).map { String($0.output.1) }
  }

  /// The words with values in the place of placeholders, each once: what a value says is not looked at again.
  ///
  /// In a language written from right to left a value keeps its own order (Unicode's isolates): a date does not take
  /// the words beside it along. Links and whole texts stand alone, and need none.
  func filled(_ values: [String: String], in language: String) -> LetterWords {
    let isolates = LetterLanguage.isRightToLeft(language)
    func fill(_ text: String) -> String {
      text.replacing(Self.pattern) { match in
        let name = String(match.output.1)
        let value = values[name] ?? ""
        return isolates && !["link", "text"].contains(name) ? "\u{2068}\(value)\u{2069}" : value
      }
    }
    return LetterWords(subject: fill(subject), text: fill(text))
  }

  // A regex literal is made anew where it is used, for it is not Sendable.
  private static var pattern: Regex<(Substring, Substring)> { /\{\{ *([A-Za-z]+) *\}\}/ }
}
