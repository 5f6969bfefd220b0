public import Kernel
public import Rights

/// One request on its way to a handler: who calls, with what, when.
public struct Call: Sendable {
  /// The request as it came in.
  public let incoming: Incoming
  /// Who calls; nil for a stranger. `actor` is the same, or a refusal.
  public let signed: Signed?
  /// The identity of the request, said in `X-Request-Id`, the log and the audit.
  public let id: String
  /// When the request came in.
  public let at: Instant
  /// The address of the client, behind trusted proxies too.
  public let client: String
  /// Whether the client's connection is encrypted, behind trusted proxies too.
  public let isSecure: Bool
  /// What the pages around the content need to know.
  public let site: Site
  /// How many new messages the caller has, as far as pages say it.
  public var unread: Int?
  let variables: [String: String]
  let parameters: [(name: String, value: String)]
  let body: [UInt8]

  /// Who calls. Endpoints that are not open can rely on it.
  public var actor: Actor {
    get throws(Problem) {
      guard let signed else { throw .unauthenticated }
      return signed.actor
    }
  }

  /// A variable of the path as an identifier; anything else is not there.
  public func id<Entity>(_ name: String) throws(Problem) -> ID<Entity> {
    guard let id = variables[name].flatMap(ID<Entity>.init) else { throw .notFound("page") }
    return id
  }

  /// A variable of the path as text.
  public func variable(_ name: String) -> String { variables[name] ?? "" }

  /// A variable of the path as a day; anything else is not there.
  public func date(_ name: String) throws(Problem) -> SchoolDate {
    guard let date = variables[name].flatMap(SchoolDate.init) else { throw .notFound("page") }
    return date
  }

  /// A query parameter; nil when it is missing or empty. Declared ones have been checked already.
  public func query(_ name: String) -> String? {
    parameters.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// A query parameter as a whole number.
  public func number(_ name: String) -> Int? { query(name).flatMap { Int($0) } }

  /// All values of a query parameter.
  public func queries(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }

  /// All query parameters in their order.
  public var allQueries: [(name: String, value: String)] { parameters }

  /// The page asked for by `limit`, `after` and `offset`.
  public var page: PageRequest {
    PageRequest(
      limit: number("limit") ?? PageRequest.usual, after: query("after").flatMap(ID<AnyEntity>.init),
      offset: number("offset") ?? 0)
  }

  /// The body as JSON of a shape; throws what cannot be parsed (400) and what is invalid (422).
  public func json<Value>(_ shape: Shape<Value>) throws(Problem) -> Value {
    let type = (incoming.headers["content-type"] ?? "").split(separator: ";").first.map { $0.lowercased() } ?? ""
    guard type == "application/json" || type == "application/merge-patch+json" else {
      throw Problem(
        .unsupportedMedia, code: "UNSUPPORTED_MEDIA_TYPE", title: "Not JSON",
        detail: "Send the body as application/json.")
    }
    let json: JSON
    do {
      json = try JSON(parsing: body)
    } catch {
      throw Problem(
        .malformed, code: "BAD_JSON", title: "The body cannot be read",
        detail: "The body is not JSON: \(error.reason), at byte \(error.offset).")
    }
    return try shape.read(json)
  }

  /// The body as the fields of a form.
  public func form() throws(Problem) -> FormFields {
    try FormFields(body, contentType: incoming.headers["content-type"] ?? "")
  }

  /// The body as it came.
  public var bytes: [UInt8] { body }

  /// The version that `If-Match` names; throws 428 without one.
  public func version() throws(Problem) -> Int {
    guard let tag = incoming.headers["if-match"] else {
      throw Problem(
        .versionRequired, code: "VERSION_REQUIRED", title: "Name the version",
        detail: "Send the ETag that you read as If-Match, so that nobody's change is overwritten unseen.")
    }
    let number = tag.filter { $0 != "\"" && $0 != " " }
    guard let version = Int(number.hasPrefix("W/") ? number.dropFirst(2) : number[...]), version > 0 else {
      throw Problem(
        .stale, code: "VERSION_STALE", title: "Changed meanwhile",
        detail: "If-Match names no version of this record. Read it again.")
    }
    return version
  }

  /// Whether the client asked for just one region of the page (`X-Fragment`).
  public var fragment: String? { incoming.headers["x-fragment"] }
}

extension Problem {
  /// Nobody is signed in, or no longer.
  public static let unauthenticated = Problem(
    .unauthenticated, code: "UNAUTHORIZED", title: "Not signed in",
    detail: "Sign in, or send a valid access token as Authorization: Bearer.")
}
