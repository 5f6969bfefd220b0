import Kernel
import Markup
public import Web

extension Pipeline {
  /// Sends a request as somebody whom the `NamedActors` know, or as a stranger.
  public func send(
    _ method: String, _ target: String, as who: String? = nil, json: String? = nil, form: [(String, String)]? = nil,
    version: Int? = nil, headers: [String: String] = [:]
  ) async -> Outgoing {
    await respond(
      to: Incoming(method, target, as: who, json: json, form: form, version: version, headers: headers))
  }
}

extension Incoming {
  /// A request with a body of JSON, with a form as a page of our own sends it, or with none; `headers` have the last
  /// word. `version` is the one that was read.
  public init(
    _ method: String, _ target: String, as who: String? = nil, json: String? = nil, form: [(String, String)]? = nil,
    version: Int? = nil, headers: [String: String] = [:]
  ) {
    var usual: [String: String] = [:]
    if json != nil { usual["content-type"] = "application/json" }
    if form != nil {
      usual["content-type"] = "application/x-www-form-urlencoded"
      usual["sec-fetch-site"] = "same-origin"
    }
    if let version { usual["if-match"] = "\"\(version)\"" }
    let body = json ?? form.map(Self.encoded) ?? ""
    self.init(method, target, as: who, headers: usual.merging(headers) { $1 }, body: Array(body.utf8))
  }

  /// A request with these headers and bytes and no others; like a server it reads no further than it may.
  public init(
    _ method: String, _ target: String, as who: String? = nil, headers: [String: String], body: [UInt8]
  ) {
    var headers = headers
    if let who { headers["authorization"] = "Bearer \(who)" }
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    self.init(method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers) { limit in
      guard body.count <= limit else {
        throw Problem(.tooLarge, code: "BODY_TOO_LARGE", title: "Too large", detail: "Too large.")
      }
      return body
    }
  }

  private static func encoded(_ form: [(String, String)]) -> String {
    String(Path("/").query(form.map { ($0.0, $0.1) }).description.dropFirst(2))
  }
}
