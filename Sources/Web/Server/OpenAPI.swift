public import Kernel
import Rights

/// The description of the API (OpenAPI 3.1), made from the table of endpoints.
public struct OpenAPI: Sendable {
  private let endpoints: [Endpoint]
  private let version: String
  private let server: String

  /// The description of these endpoints, at an address.
  public init(_ endpoints: [Endpoint], version: String, server: String) {
    self.endpoints = endpoints.filter(\.isAPI)
    self.version = version
    self.server = server
  }

  /// The document.
  public var document: JSON {
    var schemas: [String: JSON] = ["Problem": Problem.schema]
    var paths: [(name: String, value: JSON)] = []
    for (path, group) in Dictionary(grouping: endpoints, by: \.path).sorted(by: { $0.key < $1.key }) {
      let operations = group.sorted { $0.method.rawValue < $1.method.rawValue }
        .map { (name: $0.method.rawValue.lowercased(), value: operation($0, &schemas)) }
      paths.append((path, .object(operations)))
    }
    return .object([
      ("openapi", .string("3.1.0")),
      ("info", .object([("title", .string("Homeroom")), ("version", .string(version))])),
      ("servers", .array([.object([("url", .string(server))])])),
      ("paths", .object(paths)),
      (
        "components",
        .object([
          ("schemas", .object(schemas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })),
          (
            "securitySchemes",
            .object([
              ("bearer", .object([("type", .string("http")), ("scheme", .string("bearer"))])),
              (
                "session",
                .object([
                  ("type", .string("apiKey")), ("in", .string("cookie")), ("name", .string(SessionCookie.plainName)),
                ])
              ),
            ])
          ),
        ])
      ),
    ])
  }

  private func operation(_ endpoint: Endpoint, _ schemas: inout [String: JSON]) -> JSON {
    var members: [(name: String, value: JSON)] = [
      ("operationId", .string(identifier(endpoint))),
      ("summary", .string(endpoint.summary)),
      ("tags", .array([.string(tag(endpoint))])),
    ]
    let parameters = pathParameters(endpoint) + queryParameters(endpoint) + headerParameters(endpoint)
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let input = endpoint.input { members.append(("requestBody", body(input, &schemas))) }
    members.append(("responses", responses(endpoint, &schemas)))
    switch endpoint.access {
    case .open: members.append(("security", .array([])))
    case .signedIn: members.append(("security", Self.security))
    case .needs(let permission): members += needing([permission])
    case .needsAny(let permissions): members += needing(permissions)
    }
    return .object(members)
  }

  private func needing(_ permissions: [Permission]) -> [(name: String, value: JSON)] {
    [
      ("security", Self.security),
      ("description", .string("Needs the right \(permissions.map(\.name).joined(separator: " or ")).")),
    ]
  }

  private static let security = JSON.array([
    .object([("bearer", .array([]))]), .object([("session", .array([]))]),
  ])

  private func identifier(_ endpoint: Endpoint) -> String {
    let words = endpoint.path.split { "/{}-.".contains($0) }.map(String.init)
    return ([endpoint.method.rawValue.lowercased()] + words).joined(separator: "_")
  }

  private func tag(_ endpoint: Endpoint) -> String {
    let parts = endpoint.path.split(separator: "/")
    return String(parts.starts(with: ["api", "v1"]) ? parts.dropFirst(2).first ?? "api" : parts.first ?? "root")
  }

  private func pathParameters(_ endpoint: Endpoint) -> [JSON] {
    endpoint.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
      let name = String(segment.dropFirst().dropLast())
      let format: [(name: String, value: JSON)] =
        switch name {
        case "date", "day": [("format", .string("date"))]
        case let name where name == "id" || name.hasSuffix("Id") || name == "section": [("format", .string("uuid"))]
        default: []
        }
      return .object([
        ("name", .string(name)), ("in", .string("path")), ("required", .bool(true)),
        ("schema", .object([("type", .string("string"))] + format)),
      ])
    }
  }

  private func queryParameters(_ endpoint: Endpoint) -> [JSON] {
    endpoint.query.map { parameter in
      .object([
        ("name", .string(parameter.name)), ("in", .string("query")), ("description", .string(parameter.about)),
        ("schema", parameter.schema),
      ])
    }
  }

  private func headerParameters(_ endpoint: Endpoint) -> [JSON] {
    guard endpoint.needsVersion else { return [] }
    return [
      .object([
        ("name", .string("If-Match")), ("in", .string("header")), ("required", .bool(true)),
        ("description", .string("The ETag that was read.")),
        ("schema", .object([("type", .string("string")), ("pattern", .string("^\"[1-9][0-9]{0,8}\"$"))])),
      ])
    ]
  }

  private func body(_ input: Endpoint.Input, _ schemas: inout [String: JSON]) -> JSON {
    var content: [(name: String, value: JSON)] = [("schema", input.schema(&schemas))]
    if let sample = input.sample, let example = try? JSON(parsing: sample) {  // a sample of ours; no example if broken
      content.append(("example", example))
    }
    return .object([
      ("required", .bool(true)), ("content", .object([(input.mediaType, .object(content))])),
    ])
  }

  private func responses(_ endpoint: Endpoint, _ schemas: inout [String: JSON]) -> JSON {
    var responses: [(name: String, value: JSON)] = [(String(endpoint.status), success(endpoint, &schemas))]
    if let later = endpoint.laterStatus { responses.append((String(later), success(endpoint, &schemas))) }
    for status in refusals(of: endpoint) {
      responses.append(
        (
          String(status),
          .object([
            ("description", .string(Self.words[status] ?? "Refused")),
            (
              "content",
              .object([
                (
                  "application/problem+json",
                  .object([("schema", .object([("$ref", .string("#/components/schemas/Problem"))]))])
                )
              ])
            ),
          ])
        ))
    }
    return .object(responses)
  }

  /// What an endpoint may refuse follows from what it takes; its own refusals come on top.
  private func refusals(of endpoint: Endpoint) -> [Int] {
    var statuses: Set<Int> = Set(endpoint.refusals).union([429, 503])
    if case .open = endpoint.access {} else { statuses.formUnion([401, 403]) }
    if endpoint.path.contains("{") { statuses.insert(404) }
    if !endpoint.query.isEmpty { statuses.formUnion([400, 422]) }
    if endpoint.method != .get { statuses.formUnion([400, 403, 404, 409, 413, 415, 422]) }
    if endpoint.needsVersion { statuses.formUnion([412, 428]) }
    statuses.insert(400)
    statuses.remove(endpoint.status)
    return statuses.sorted()
  }

  private func success(_ endpoint: Endpoint, _ schemas: inout [String: JSON]) -> JSON {
    switch endpoint.answer {
    case .page, .nothing: return .object([("description", .string("Done."))])
    case .file(let type):
      return .object([
        ("description", .string("The file.")),
        ("content", .object([(type, .object([("schema", .object([("type", .string("string"))]))]))])),
      ])
    case .json(let schema): return answer(schema(&schemas), example: nil)
    case .object(_, let schema, let sample):
      return answer(envelope([("data", schema(&schemas))]), example: "{\"data\":\(sample)}")
    case .list(_, let schema, let sample):
      let rows = JSON.object([("type", .string("array")), ("items", schema(&schemas))])
      return answer(
        envelope([("data", rows), ("page", Self.page)]),
        example: "{\"data\":[\(sample)],\"page\":{\"limit\":50,\"next\":null}}")
    }
  }

  private func answer(_ schema: JSON, example: String?) -> JSON {
    var content: [(name: String, value: JSON)] = [("schema", schema)]
    if let example, let json = try? JSON(parsing: example) { content.append(("example", json)) }  // as above
    return .object([
      ("description", .string("Done.")),
      ("content", .object([("application/json", .object(content))])),
    ])
  }

  private func envelope(_ members: [(name: String, value: JSON)]) -> JSON {
    .object([
      ("type", .string("object")), ("properties", .object(members)),
      ("required", .array(members.map { .string($0.name) })),
    ])
  }

  private static let page: JSON = .object([
    ("type", .string("object")),
    (
      "properties",
      .object([
        ("limit", .object([("type", .string("integer"))])),
        ("next", .object([("type", .array([.string("string"), .string("null")]))])),
        ("total", .object([("description", .string("The number of rows, or `{\"atLeast\": 10000}`."))])),
      ])
    ),
    ("required", .array([.string("limit"), .string("next")])),
  ])

  private static let words: [Int: String] = [
    400: "The request cannot be read.", 401: "Not signed in.", 403: "The right is missing.", 404: "Not there.",
    409: "The state refuses.", 412: "Changed meanwhile; `current` is the newest version.", 413: "Too large.",
    415: "A media type that is not read.", 422: "Values are invalid.", 428: "If-Match is missing.",
    429: "Too many requests.", 503: "Not now.",
  ]
}
