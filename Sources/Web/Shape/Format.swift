public import Kernel

/// How one kind of value stands in JSON: how it is written, read and described.
public struct Format<Value>: Sendable {
  let write: @Sendable (Value, inout JSONWriter) -> Void
  let read: @Sendable (JSON, String, inout Validation) -> Value?
  let schema: @Sendable (inout [String: JSON]) -> JSON
}

extension Format where Value == String {
  /// One line of text of 1 to `max` characters: no control characters; kept in NFC without white space at its ends.
  public static func line(_ max: Int) -> Format { text(max: max, min: 1, newlines: false) }

  /// Text of several lines, 0 to `max` characters.
  public static func text(_ max: Int) -> Format { text(max: max, min: 0, newlines: true) }

  /// Text that is taken as it is: a password, a token. At most `max` characters.
  public static func secret(_ max: Int) -> Format {
    Format(
      write: { $1.string($0) },
      read: { json, pointer, validation in
        guard let text = json.string, text.unicodeScalars.count <= max else {
          validation.fail(pointer, "BAD_TEXT", "Text of at most \(max) characters is expected.")
          return nil
        }
        return text
      },
      schema: { _ in .object([("type", .string("string")), ("maxLength", .int(max))]) })
  }

  /// Text that the program makes and nobody sends: links, words, a letter made of a template. Written as it is, and
  /// described without a length: what it is made of has limits where it comes in.
  public static var made: Format {
    Format(
      write: { $1.string($0) },
      read: { json, pointer, validation in
        if json.string == nil { validation.fail(pointer, "NOT_TEXT", "Text is expected.") }
        return json.string
      },
      schema: { _ in .object([("type", .string("string"))]) })
  }

  private static func text(max: Int, min: Int, newlines: Bool) -> Format {
    Format(
      write: { $1.string($0) },
      read: { json, pointer, validation in
        guard let text = json.string else {
          validation.fail(pointer, "NOT_TEXT", "Text is expected.")
          return nil
        }
        guard Text.isPlain(text, newlines: newlines) else {
          validation.fail(pointer, "BAD_CHARACTER", "Remove the control characters.")
          return nil
        }
        let normalized = Text.normalized(text)
        guard (min...max).contains(normalized.unicodeScalars.count) else {
          validation.fail(
            pointer, normalized.isEmpty ? "REQUIRED" : "TOO_LONG", "Between \(min) and \(max) characters are expected.")
          return nil
        }
        return normalized
      },
      schema: { _ in
        var members: [(name: String, value: JSON)] = [("type", .string("string")), ("maxLength", .int(max))]
        if min > 0 { members.append(("minLength", .int(min))) }
        return .object(members)
      })
  }
}

extension Format where Value == Int {
  /// A whole number within bounds.
  public static func int(_ range: ClosedRange<Int>) -> Format {
    Format(
      write: { $1.int($0) },
      read: { json, pointer, validation in
        guard let number = json.int, range.contains(number) else {
          validation.fail(
            pointer, "OUT_OF_RANGE", "A whole number from \(range.lowerBound) to \(range.upperBound) is expected.")
          return nil
        }
        return number
      },
      schema: { _ in
        .object([
          ("type", .string("integer")), ("minimum", .int(range.lowerBound)), ("maximum", .int(range.upperBound)),
        ])
      })
  }

  /// The version of a record, from 1.
  public static var version: Format { int(1...1_000_000_000) }

  /// A count that the program makes.
  public static var count: Format { int(0...1_000_000_000_000) }
}

extension Format where Value == Bool {
  /// True or false.
  public static var bool: Format {
    Format(
      write: { $1.bool($0) },
      read: { json, pointer, validation in
        guard let truth = json.bool else {
          validation.fail(pointer, "NOT_A_TRUTH_VALUE", "true or false is expected.")
          return nil
        }
        return truth
      },
      schema: { _ in .object([("type", .string("boolean"))]) })
  }
}

extension Format {
  /// An identifier of 36 characters.
  public static func id<Entity>() -> Format where Value == ID<Entity> {
    Format(
      write: { $1.id($0) },
      read: { json, pointer, validation in
        guard let id = json.string.flatMap(ID<Entity>.init) else {
          validation.fail(pointer, "BAD_ID", "An identifier of 36 characters is expected.")
          return nil
        }
        return id
      },
      schema: { _ in .object([("type", .string("string")), ("format", .string("uuid"))]) })
  }

  /// Several values, at most `max`.
  public static func list<Element>(of format: Format<Element>, max: Int) -> Format where Value == [Element] {
    Format(
      write: { values, writer in
        writer.beginArray()
        for value in values { format.write(value, &writer) }
        writer.endArray()
      },
      read: { json, pointer, validation in
        guard let elements = json.array, elements.count <= max else {
          validation.fail(pointer, "BAD_LIST", "A list of at most \(max) values is expected.")
          return nil
        }
        var values: [Element] = []
        for (index, element) in elements.enumerated() {
          if let value = format.read(element, "\(pointer)/\(index)", &validation) { values.append(value) }
        }
        return values
      },
      schema: { schemas in
        .object([("type", .string("array")), ("items", format.schema(&schemas)), ("maxItems", .int(max))])
      })
  }

  /// Another object.
  public static func object(_ shape: Shape<Value>) -> Format where Value: Sendable {
    Format(
      write: { shape.write($0, to: &$1) },
      read: { json, pointer, validation in shape.read(json, at: pointer, &validation) },
      schema: { schemas in
        shape.describe(into: &schemas)
        return shape.reference
      })
  }
}

extension Format where Value: RawRepresentable<String> & CaseIterable & Sendable {
  /// One of a closed set of words.
  public static var word: Format {
    Format(
      write: { $1.string($0.rawValue) },
      read: { json, pointer, validation in
        guard let word = json.string.flatMap(Value.init(rawValue:)) else {
          let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
          validation.fail(pointer, "UNKNOWN_WORD", "One of these is expected: \(words).")
          return nil
        }
        return word
      },
      schema: { _ in
        .object([("type", .string("string")), ("enum", .array(Value.allCases.map { .string($0.rawValue) }))])
      })
  }
}

extension Format where Value == SchoolDate {
  /// A day, `YYYY-MM-DD`.
  public static var date: Format {
    Format(
      write: { $1.string($0.description) },
      read: { json, pointer, validation in
        guard let date = json.string.flatMap(SchoolDate.init) else {
          validation.fail(pointer, "BAD_DATE", "A date such as 2026-09-01 is expected.")
          return nil
        }
        return date
      },
      schema: { _ in .object([("type", .string("string")), ("format", .string("date"))]) })
  }
}

extension Format where Value == Instant {
  /// A moment, RFC 3339 in UTC.
  public static var instant: Format {
    Format(
      write: { $1.string($0.description) },
      read: { json, pointer, validation in
        guard let text = json.string, let instant = Instant(text) else {
          validation.fail(pointer, "BAD_INSTANT", "A moment such as 2026-09-01T08:00:00Z is expected.")
          return nil
        }
        return instant
      },
      schema: { _ in .object([("type", .string("string")), ("format", .string("date-time"))]) })
  }
}

extension Format where Value == Decimal4 {
  /// A decimal as a string, such as `"3.5"`: at most nine digits before the point and four behind it.
  public static var decimal: Format {
    Format(
      write: { $1.string($0.description) },
      read: { json, pointer, validation in
        guard let number = json.string.flatMap(Decimal4.init) else {
          validation.fail(pointer, "BAD_DECIMAL", "A decimal in quotes is expected, such as \"3.5\".")
          return nil
        }
        return number
      },
      schema: { _ in
        .object([("type", .string("string")), ("pattern", .string("^-?[0-9]{1,9}(\\.[0-9]{1,4})?$"))])
      })
  }
}

extension Format where Value == JSON {
  /// Any JSON, for what has its own description: a job's payload, an image of a record.
  public static var anything: Format {
    Format(
      write: { $0.write(to: &$1) }, read: { json, _, _ in json },
      schema: { _ in .object([("description", .string("Any JSON."))]) })
  }
}
