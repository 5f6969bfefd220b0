/// A JSON value as it was read: names of objects keep their order, numbers their text.
///
/// Read by `JSON(parsing:)`, which is strict: RFC 8259, UTF-8, no name twice in an object, at most 64 levels deep.
/// For writing lists in a hurry there is `JSONWriter`.
public indirect enum JSON: Sendable, Equatable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number as written, such as `-1.50`.
  case number(String)
  /// A string.
  case string(String)
  /// An array.
  case array([JSON])
  /// An object: its members in order.
  case object([(name: String, value: JSON)])

  /// A whole number.
  public static func int(_ number: Int) -> JSON { .number(String(number)) }

  /// The member of an object by name; nil when it is missing or this is no object.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The string, if it is one.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The whole number, if it is one.
  public var int: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text)
  }

  /// The truth value, if it is one.
  public var bool: Bool? {
    guard case .bool(let truth) = self else { return nil }
    return truth
  }

  /// The elements, if it is an array.
  public var array: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The value as compact JSON text.
  public var text: String {
    var writer = JSONWriter()
    write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Appends the value to `writer`.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let truth): writer.bool(truth)
    case .number(let text): writer.rawNumber(text)
    case .string(let text): writer.string(text)
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members {
        writer.name(member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }

  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}
