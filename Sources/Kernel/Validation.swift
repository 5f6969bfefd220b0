import Foundation

/// Gathers what is wrong with a set of values, so that a person hears of all faults at once.
public struct Validation: Sendable {
  /// The faults found so far.
  public private(set) var errors: [Problem.FieldError] = []

  /// Nothing is wrong yet.
  public init() {}

  /// Notes a fault of the field at `pointer`.
  public mutating func fail(_ pointer: String, _ code: String, _ detail: String) {
    errors.append(Problem.FieldError(pointer: pointer, code: code, detail: detail))
  }

  /// Notes a fault unless `condition` holds.
  public mutating func check(_ condition: Bool, _ pointer: String, _ code: String, _ detail: String) {
    if !condition { fail(pointer, code, detail) }
  }

  /// One line of text, trimmed and in NFC; notes a fault and answers "" when it is missing, too long or has control
  /// characters.
  public mutating func line(_ text: String?, at pointer: String, _ label: String, max: Int = 200) -> String {
    guard let line = optionalLine(text, at: pointer, label, max: max) else {
      if !errors.contains(where: { $0.pointer == pointer }) { fail(pointer, "REQUIRED", "Enter \(label).") }
      return ""
    }
    return line
  }

  /// As `line`, but nothing, or only white space, is nil and no fault.
  public mutating func optionalLine(_ text: String?, at pointer: String, _ label: String, max: Int = 200) -> String? {
    checked(text, at: pointer, label, max: max, newlines: false)
  }

  /// Several lines of text, or nil for nothing; tabs and line ends are allowed.
  public mutating func optionalText(_ text: String?, at pointer: String, _ label: String, max: Int = 2000) -> String? {
    checked(text, at: pointer, label, max: max, newlines: true)
  }

  /// Throws all faults together, if there are any.
  public func finish() throws(Problem) {
    if !errors.isEmpty { throw Problem.invalid(errors) }
  }

  private mutating func checked(
    _ text: String?, at pointer: String, _ label: String, max: Int, newlines: Bool
  ) -> String? {
    guard let text else { return nil }
    guard text.utf8.count <= max * 4 else {
      fail(pointer, "TOO_LONG", "Shorten \(label) to \(max) characters.")
      return nil
    }
    guard Text.isPlain(text, newlines: newlines) else {
      fail(pointer, "BAD_CHARACTER", "Remove the control characters from \(label).")
      return nil
    }
    let trimmed = Text.normalized(text)
    guard trimmed.unicodeScalars.count <= max else {
      fail(pointer, "TOO_LONG", "Shorten \(label) to \(max) characters.")
      return nil
    }
    return trimmed.isEmpty ? nil : trimmed
  }
}

/// What text must be before it is kept.
public enum Text {
  /// Whether text is free of control characters (Unicode category Cc; tab and line ends pass if `newlines`),
  /// of lone direction overrides, which can make a name read as another, and of noncharacters.
  public static func isPlain(_ text: String, newlines: Bool = false) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: newlines
      case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2028, 0x2029, 0xFFFE, 0xFFFF: false
      default: true
      }
    }
  }

  /// Text in NFC without white space at its ends.
  public static func normalized(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    // ASCII is in NFC already, and almost all text is ASCII.
    return trimmed.utf8.allSatisfy { $0 < 0x80 } ? trimmed : trimmed.precomposedStringWithCanonicalMapping
  }

  /// The folded form by which names are sorted and found: lower case, without accents, in NFC, white space as one
  /// blank.
  ///
  /// One rule for the whole installation, in Swift, so that both databases sort and find alike (bytewise).
  public static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
    }
    var folded = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
      switch scalar {
      case "ß": folded.append(contentsOf: "ss".unicodeScalars)
      case "ø": folded.append("o")
      case "æ": folded.append(contentsOf: "ae".unicodeScalars)
      case "œ": folded.append(contentsOf: "oe".unicodeScalars)
      case "đ", "ð": folded.append("d")
      case "ł": folded.append("l")
      case "ı": folded.append("i")
      case "þ": folded.append(contentsOf: "th".unicodeScalars)
      default:
        // Only the marks of Latin, Greek and Cyrillic go; in Indic and Semitic scripts marks are letters.
        if !(0x0300...0x036F).contains(scalar.value) { folded.append(scalar) }
      }
    }
    return String(folded).precomposedStringWithCanonicalMapping.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}
