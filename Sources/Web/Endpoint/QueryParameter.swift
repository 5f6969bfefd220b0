import Kernel

/// A parameter that an endpoint knows in the query of its address.
public struct QueryParameter: Sendable {
  /// Its name.
  public let name: String
  /// One sentence for the reference.
  public let about: String
  let schema: JSON
  let fault: @Sendable (String) -> String?

  /// Text of at most `max` characters.
  public static func text(_ name: String, max: Int = 200, _ about: String) -> QueryParameter {
    QueryParameter(
      name: name, about: about, schema: .object([("type", .string("string")), ("maxLength", .int(max))]),
      fault: { text in
        text.unicodeScalars.count <= max && Text.isPlain(text)
          ? nil : "Plain text of at most \(max) characters is expected."
      })
  }

  /// A whole number within bounds.
  public static func int(_ name: String, _ range: ClosedRange<Int>, _ about: String) -> QueryParameter {
    QueryParameter(
      name: name, about: about,
      schema: .object([
        ("type", .string("integer")), ("minimum", .int(range.lowerBound)), ("maximum", .int(range.upperBound)),
      ]),
      fault: { text in
        Int(text).map(range.contains) == true
          ? nil : "A whole number from \(range.lowerBound) to \(range.upperBound) is expected."
      })
  }

  /// `true` or `false`.
  public static func bool(_ name: String, _ about: String) -> QueryParameter {
    QueryParameter(
      name: name, about: about, schema: .object([("type", .string("boolean"))]),
      fault: { ["true", "false"].contains($0) ? nil : "true or false is expected." })
  }

  /// An identifier.
  public static func id(_ name: String, _ about: String) -> QueryParameter {
    QueryParameter(
      name: name, about: about, schema: .object([("type", .string("string")), ("format", .string("uuid"))]),
      fault: { ID<AnyEntity>($0) == nil ? "An identifier of 36 characters is expected." : nil })
  }

  /// A day.
  public static func date(_ name: String, _ about: String) -> QueryParameter {
    QueryParameter(
      name: name, about: about, schema: .object([("type", .string("string")), ("format", .string("date"))]),
      fault: { SchoolDate($0) == nil ? "A date such as 2026-09-01 is expected." : nil })
  }

  /// One of a few words.
  public static func word(_ name: String, _ words: [String], _ about: String) -> QueryParameter {
    QueryParameter(
      name: name, about: about,
      schema: .object([("type", .string("string")), ("enum", .array(words.map(JSON.string)))]),
      fault: { words.contains($0) ? nil : "One of these is expected: \(words.joined(separator: ", "))." })
  }
}
