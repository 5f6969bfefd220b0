import Kernel

/// The languages letters are written in from the start. A school adds others, and changes these, as it likes.
enum LetterLanguage {
  /// By tag, each in its own words.
  static let all: [(tag: String, name: String, words: [String: LetterWords])] = [
    ("en", "English", english), ("ar", "العربية", arabic), ("de", "Deutsch", german), ("es", "Español", spanish),
    ("fr", "Français", french), ("pt", "Português", portuguese), ("zh-Hant", "繁體中文", chinese),
  ]

  /// The words we bring, in the language that comes nearest: `fr-CA` is served by `fr`, and an unknown one by English.
  static func words(_ key: String, in language: String) -> LetterWords? {
    let exact = all.first { $0.tag.lowercased() == language.lowercased() }
    let near = all.first { $0.tag.prefix(2) == language.prefix(2).lowercased() }
    return (exact ?? near)?.words[key] ?? english[key]
  }

  /// Whether a language is written from right to left.
  static func isRightToLeft(_ language: String) -> Bool { ["ar", "fa", "he", "ur"].contains(language.prefix(2)) }
}
