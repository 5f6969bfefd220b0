import Kernel

/// Cuts names into the words by which they are found: folded, each once, letters and digits only.
///
/// Both engines index exactly these words, so they find alike. Names without blanks between their parts (Chinese,
/// Japanese, Korean) are also indexed from each later character on, so that a given name alone is found; names with an
/// apostrophe also without it.
public enum SearchWords {
  /// Words under which `names` are found, with one blank between them.
  public static func indexed(_ names: [String?]) -> String {
    var words: [String] = []
    var seen: Set<String> = []
    func add(_ word: String) {
      if words.count < 60, seen.insert(word).inserted { words.append(word) }
    }
    for name in names {
      guard let name else { continue }
      for word in cut(name) {
        add(word)
        for ending in endings(of: word) { add(ending) }
      }
      if name.unicodeScalars.contains(where: isApostrophe) {
        for word in cut(String(String.UnicodeScalarView(name.unicodeScalars.filter { !isApostrophe($0) }))) {
          add(word)
        }
      }
    }
    return words.joined(separator: " ")
  }

  /// The words a person typed, at most six of 40 characters.
  public static func typed(_ text: String) -> [String] {
    cut(String(text.prefix(200))).prefix(6).map { String($0.prefix(40)) }
  }

  /// Whether a word says enough to be looked up by its beginning: three letters, or one of a script that writes words
  /// with a character or two.
  public static func isTelling(_ word: String) -> Bool {
    word.unicodeScalars.count >= 3 || word.unicodeScalars.contains(where: isDense)
  }

  private static func cut(_ text: String) -> [String] {
    Text.folded(text).unicodeScalars.split { !isPartOfWord($0) }.map { String(String.UnicodeScalarView($0)) }
  }

  private static func endings(of word: String) -> [String] {
    guard word.unicodeScalars.count <= 12, word.unicodeScalars.allSatisfy(isDense) else { return [] }
    return word.indices.dropFirst().map { String(word[$0...]) }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return isASCIIPartOfWord(scalar) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark, .privateUse:
      return !isApostrophe(scalar)
    default: return false
    }
  }

  private static func isASCIIPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  /// Han, Hiragana, Katakana and Hangul.
  private static func isDense(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x323AF: true
    default: false
    }
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "'" || scalar == "\u{2019}" || scalar == "\u{02BC}"
  }
}
