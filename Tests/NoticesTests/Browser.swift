import Kernel
import Markup
import Notices
import Rights
import Web

/// Who a name in a test signs in as.
struct NamedActors: Authenticator {
  let actors: [String: Actor]

  func signedIn(by credential: Credential, request: String, at: Instant) async throws -> Signed? {
    guard case .bearer(let name) = credential, let actor = actors[name] else { return nil }
    return Signed(actor: actor.during(request: request))
  }
}

/// The pages and the API of notices without a server, used by the people of the school.
struct Browser: Sendable {
  private let pipeline: Pipeline

  init(_ school: School) {
    let actors = Dictionary(uniqueKeysWithValues: School.names.map { ($0, school.actor($0)) })
    pipeline = Pipeline(
      NoticesModule(school.service, zone: .utc, undo: { "/trash/\($0)" }).endpoints, site: .bare,
      authenticator: NamedActors(actors: actors), clock: school.clock)
  }

  /// Sends a request as somebody; a body is JSON, or a form when `form` is given.
  func send(
    _ method: String, _ target: String, as who: String, json: String? = nil,
    form: [(String, String)]? = nil, version: Int? = nil
  ) async -> Outgoing {
    var headers = ["authorization": "Bearer \(who)", "sec-fetch-site": "same-origin"]
    var body = json
    if json != nil { headers["content-type"] = "application/json" }
    if let form {
      headers["content-type"] = "application/x-www-form-urlencoded"
      body = String(Path("/").query(form.map { ($0.0, $0.1) }).description.dropFirst(2))
    }
    if let version { headers["if-match"] = "\"\(version)\"" }
    let bytes = Array((body ?? "").utf8)
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    return await pipeline.respond(
      to: Incoming(
        method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers, body: { _ in bytes }))
  }
}

extension Outgoing {
  /// The body as text, of streams too.
  var text: String {
    get async throws {
      switch body {
      case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
      case .stream(let stream):
        var bytes: [UInt8] = []
        for try await piece in stream { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
      }
    }
  }

  /// The body as JSON.
  var json: JSON { get async throws { try JSON(parsing: await text) } }
}
