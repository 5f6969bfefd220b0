public import Kernel

/// The form of one JSON type, said once: it writes the type, reads it and describes it, so the three cannot drift.
///
/// ```swift
/// extension StudentJSON {
///   static let shape = Shape("Student", sample: .sample) { visit, it in
///     visit("id", &it.id, .id, "The student's identifier.")
///     visit("name", &it.name, .line(200), "The name as it is shown.")
///     visit("email", &it.email, .line(254), "Where mail reaches the student.")   // String? is optional by its type
///   }
/// }
/// ```
/// The sample is the example of the reference, and what reading starts from.
public struct Shape<Value: Sendable>: Sendable {
  /// The name of the schema in the API's description, such as `Student`.
  public let name: String
  /// A believable value.
  public let sample: Value
  let members: @Sendable (inout ShapeVisitor, inout Value) -> Void

  /// A JSON object: its schema's name, a sample and its members, each visited once.
  public init(
    _ name: StaticString, sample: Value, _ members: @escaping @Sendable (inout ShapeVisitor, inout Value) -> Void
  ) {
    self.name = name.description
    self.sample = sample
    self.members = members
  }

  /// Appends the value to `writer`.
  public func write(_ value: Value, to writer: inout JSONWriter) {
    write([value], to: &writer)
  }

  /// Appends each value, one after the other.
  func write(_ values: [Value], to writer: inout JSONWriter) {
    var visitor = ShapeVisitor(writing: writer)
    writer = JSONWriter(capacity: 0)
    for var value in values {
      visitor.writer.beginObject()
      members(&visitor, &value)
      visitor.writer.endObject()
    }
    writer = visitor.writer
  }

  /// The value as JSON text.
  public func text(of value: Value) -> String {
    var writer = JSONWriter()
    write(value, to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Reads a value; throws all faults together, each with its JSON pointer.
  public func read(_ json: JSON) throws(Problem) -> Value {
    var validation = Validation()
    let value = read(json, at: "", &validation)
    try validation.finish()
    return value ?? sample
  }

  /// Reads a value at a pointer, noting faults; nil when it is no object.
  func read(_ json: JSON, at pointer: String, _ validation: inout Validation) -> Value? {
    guard case .object(let given) = json else {
      validation.fail(pointer, "NOT_AN_OBJECT", "An object is expected here.")
      return nil
    }
    var visitor = ShapeVisitor(reading: given, at: pointer, validation)
    var value = sample
    members(&visitor, &value)
    visitor.refuseUnknownMembers()
    validation = visitor.validation
    return value
  }

  /// The JSON Schema of the object, and of all objects in it, by name.
  func describe(into schemas: inout [String: JSON]) {
    guard schemas[name] == nil else { return }
    schemas[name] = .null
    var visitor = ShapeVisitor(describing: schemas)
    var value = sample
    members(&visitor, &value)
    schemas = visitor.schemas
    schemas[name] = visitor.schema
  }

  /// The schema by reference.
  var reference: JSON { .object([("$ref", .string("#/components/schemas/\(name)"))]) }
}

/// A member of a merge patch (RFC 7396): left alone, set, or cleared by `null`.
public enum Patch<Value: Sendable>: Sendable {
  /// The body does not name it.
  case keep
  /// A new value.
  case set(Value)
  /// `null`: the value goes.
  case clear

  /// The value after the patch; clearing gives nil.
  public func applied(to old: Value?) -> Value? {
    switch self {
    case .keep: old
    case .set(let value): value
    case .clear: nil
    }
  }

  /// The value after the patch, for what cannot be empty: clearing leaves the old one, so refuse it first.
  public func applied(to old: Value) -> Value {
    if case .set(let value) = self { return value }
    return old
  }

  /// Whether the body names it.
  public var isGiven: Bool {
    if case .keep = self { return false }
    return true
  }
}
