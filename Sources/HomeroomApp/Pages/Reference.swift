import Kernel
import Web

/// What the reference page says of each address of the API: read from the description that programs get, so the two
/// cannot tell different things.
struct Reference: Sendable {
  /// One address with one method.
  struct Operation: Sendable {
    let method: String
    let path: String
    let summary: String
    /// Who may call: a right, anybody who has signed in, or anybody.
    let access: String
    let parameters: [Parameter]
    let bodyType: String?
    let bodySample: String?
    let answerStatus: String
    let answerType: String?
    let answerSample: String?
    let refusals: [(status: String, about: String)]
  }

  /// A part of the path, the query or the head of a request.
  struct Parameter: Sendable {
    let name: String
    let place: String
    let isRequired: Bool
    let form: String
    let about: String
  }

  /// Addresses that belong together, by the word after `/api/v1/`.
  let parts: [(name: String, operations: [Operation])]

  /// Reads an OpenAPI document.
  init(of document: JSON) {
    var parts: [String: [Operation]] = [:]
    for (path, methods) in Self.members(document["paths"]) {
      for (method, operation) in Self.members(methods) {
        let tag = operation["tags"]?.array?.first?.string ?? "other"
        parts[tag, default: []].append(Operation(method.uppercased(), path, operation))
      }
    }
    self.parts = parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  func part(_ name: String) -> [Operation]? { parts.first { $0.name == name }?.operations }

  fileprivate static func members(_ json: JSON?) -> [(name: String, value: JSON)] {
    if case .object(let members)? = json { members } else { [] }
  }

  /// JSON over several lines, as people read it.
  static func pretty(_ json: JSON, indent: String = "") -> String {
    let deeper = indent + "  "
    switch json {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { deeper + JSON.string($0.name).text + ": " + pretty($0.value, indent: deeper) }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    case .array(let elements) where !elements.isEmpty:
      return "[\n" + elements.map { deeper + pretty($0, indent: deeper) }.joined(separator: ",\n") + "\n" + indent + "]"
    default: return json.text
    }
  }
}

extension Reference.Operation {
  fileprivate init(_ method: String, _ path: String, _ json: JSON) {
    let body = Reference.members(json["requestBody"]?["content"]).first
    let answers = Reference.members(json["responses"])
    let success = answers.first { $0.name.hasPrefix("2") || $0.name.hasPrefix("3") }
    let content = Reference.members(success?.value["content"]).first
    self.init(
      method: method, path: path, summary: json["summary"]?.string ?? "", access: Self.access(json),
      parameters: json["parameters"]?.array?.map { Reference.Parameter($0) } ?? [], bodyType: body?.name,
      bodySample: body?.value["example"].map { Reference.pretty($0) }, answerStatus: success?.name ?? "200",
      answerType: content?.name, answerSample: content?.value["example"].map { Reference.pretty($0) },
      refusals: answers.filter { $0.name.hasPrefix("4") || $0.name.hasPrefix("5") }.map {
        ($0.name, $0.value["description"]?.string ?? "")
      })
  }

  private static func access(_ json: JSON) -> String {
    if json["security"]?.array?.isEmpty ?? true { return "Open to anybody." }
    return json["description"]?.string ?? "For whoever has signed in."
  }
}

extension Reference.Parameter {
  fileprivate init(_ json: JSON) {
    let schema = json["schema"]
    let words = schema?["enum"]?.array?.compactMap(\.string).joined(separator: ", ")
    let bounds = [schema?["minimum"]?.int, schema?["maximum"]?.int].compactMap { $0 }
    let kind = schema?["format"]?.string ?? schema?["type"]?.string ?? "text"
    self.init(
      name: json["name"]?.string ?? "", place: json["in"]?.string ?? "", isRequired: json["required"]?.bool ?? false,
      form: words ?? (bounds.count == 2 ? "\(kind), \(bounds[0]) to \(bounds[1])" : kind),
      about: json["description"]?.string ?? "")
  }
}
