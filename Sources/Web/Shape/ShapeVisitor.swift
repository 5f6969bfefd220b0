import Kernel

/// Goes through the members of a JSON object to write, read or describe them; made and used by `Shape`.
public struct ShapeVisitor {
  enum Task { case write, read, describe }

  let task: Task
  var writer = JSONWriter(capacity: 0)
  private var given: [(name: String, value: JSON)] = []
  private let pointer: String
  private(set) var validation = Validation()
  private(set) var schemas: [String: JSON] = [:]
  private var properties: [(name: String, value: JSON)] = []
  private var required: [JSON] = []
  private var known: [StaticString] = []

  init(writing writer: JSONWriter) {
    task = .write
    pointer = ""
    self.writer = writer
  }

  init(reading given: [(name: String, value: JSON)], at pointer: String, _ validation: Validation) {
    task = .read
    self.given = given
    self.pointer = pointer
    self.validation = validation
  }

  init(describing schemas: [String: JSON]) {
    task = .describe
    pointer = ""
    self.schemas = schemas
  }

  /// A member that is always there.
  public mutating func callAsFunction<Value>(
    _ name: StaticString, _ value: inout Value, _ format: @autoclosure () -> Format<Value>, _ about: StaticString
  ) {
    member(name, &value, format(), about)
  }

  mutating func member<Value>(
    _ name: StaticString, _ value: inout Value, _ format: Format<Value>, _ about: StaticString
  ) {
    switch task {
    case .write:
      writer.key(name)
      format.write(value, &writer)
    case .read:
      guard let json = take(name) else {
        validation.fail(pointer(to: name), "REQUIRED", "\"\(name)\" is required.")
        return
      }
      if let read = format.read(json, pointer(to: name), &validation) { value = read }
    case .describe:
      required.append(.string(name.description))
      describe(name, format.schema(&schemas), about)
    }
  }

  /// A member that may be missing or `null`.
  public mutating func callAsFunction<Value>(
    _ name: StaticString, _ value: inout Value?, _ format: @autoclosure () -> Format<Value>, _ about: StaticString
  ) {
    member(name, &value, format(), about)
  }

  mutating func member<Value>(
    _ name: StaticString, _ value: inout Value?, _ format: Format<Value>, _ about: StaticString
  ) {
    switch task {
    case .write:
      writer.key(name)
      if let value { format.write(value, &writer) } else { writer.null() }
    case .read:
      guard let json = take(name), json != .null else {
        value = nil
        return
      }
      value = format.read(json, pointer(to: name), &validation)
    case .describe: describe(name, nullable(format.schema(&schemas)), about)
    }
  }

  /// A member of a merge patch. One that is not nullable cannot be cleared.
  public mutating func callAsFunction<Value>(
    _ name: StaticString, _ value: inout Patch<Value>, _ format: @autoclosure () -> Format<Value>,
    nullable isNullable: Bool = true, _ about: StaticString
  ) {
    let format = format()
    switch task {
    case .write:
      guard case .set(let set) = value else { return }
      writer.key(name)
      format.write(set, &writer)
    case .read:
      value = .keep
      guard let json = take(name) else { return }
      if json == .null {
        if isNullable {
          value = .clear
        } else {
          validation.fail(pointer(to: name), "REQUIRED", "\"\(name)\" cannot be empty.")
        }
      } else if let read = format.read(json, pointer(to: name), &validation) {
        value = .set(read)
      }
    case .describe:
      let schema = format.schema(&schemas)
      describe(name, isNullable ? nullable(schema) : schema, about)
    }
  }

  /// Notes every member of the body that no visit asked for.
  mutating func refuseUnknownMembers() {
    for member in given where !known.contains(where: { $0.description == member.name }) {
      let name = member.name.replacing("~", with: "~0").replacing("/", with: "~1")
      validation.fail(
        "\(pointer)/\(name.prefix(100))", "UNKNOWN_FIELD", "There is no such member. Remove it, or check its spelling.")
    }
  }

  var schema: JSON {
    var members: [(name: String, value: JSON)] = [("type", .string("object")), ("properties", .object(properties))]
    if !required.isEmpty { members.append(("required", .array(required))) }
    members.append(("additionalProperties", .bool(false)))
    return .object(members)
  }

  private mutating func take(_ name: StaticString) -> JSON? {
    known.append(name)
    let name = name.description
    return given.first { $0.name == name }?.value
  }

  private mutating func describe(_ name: StaticString, _ schema: JSON, _ about: StaticString) {
    guard case .object(let members) = schema else { return }
    properties.append((name.description, .object(members + [("description", .string(about.description))])))
  }

  private func nullable(_ schema: JSON) -> JSON {
    guard case .object(var members) = schema else { return schema }
    guard let type = members.firstIndex(where: { $0.name == "type" }) else {
      return .object([("anyOf", .array([schema, .object([("type", .string("null"))])]))])
    }
    members[type].value = .array([members[type].value, .string("null")])
    if let words = members.firstIndex(where: { $0.name == "enum" }), let choices = members[words].value.array {
      members[words].value = .array(choices + [.null])
    }
    return .object(members)
  }

  private func pointer(to name: StaticString) -> String { "\(pointer)/\(name)" }
}
