private import Kernel

/// A column's name as it is compared: without case, accents, blanks, punctuation and anything in parentheses, so that
/// "Birth date (YYYY-MM-DD)", "birth_date" and "BirthDate" are one.
struct HeaderName: Hashable {
  let folded: String

  init(_ text: String) {
    let outside = text.prefix { $0 != "(" && $0 != "[" }
    folded = Text.folded(String(outside.isEmpty ? text[...] : outside)).filter { $0.isLetter || $0.isNumber }
  }

  /// Whether the column holds passwords or the like, in one of the languages that school systems speak.
  var isSecret: Bool {
    Self.secretWords.contains { folded.contains($0) } || Self.secretNames.contains(folded)
  }

  private static let secretWords = [
    "password", "passwort", "kennwort", "motdepasse", "contrasena", "senha", "wachtwoord", "parola", "passphrase",
    "passwd", "secret", "credential", "密码", "密碼", "パスワード", "пароль",
  ]
  private static let secretNames: Set<String> = ["pwd", "pw", "pass", "pin", "mdp", "clave", "token", "apikey"]
}
