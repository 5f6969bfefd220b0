import Foundation
import Kernel
import Record
import Secrets
import Web

@testable import Accounts

/// A browser, or a client, in front of all addresses of accounts.
struct Browser {
  let pipeline: Pipeline
  var cookies: [String: String] = [:]
  var token: String?
  var isSecure = false
  var address = "192.0.2.1"

  let log: AccessLog

  init(_ world: World, service: AccountsService? = nil) {
    let service = service ?? world.service
    log = AccessLog(database: world.database)
    pipeline = Pipeline(
      AccountsModule(service, publicURL: "https://school.example/", accessLog: log).endpoints, site: .bare,
      authenticator: AccountsAuthenticator(service), clock: world.clock, settings: .init(isLimited: false))
  }

  /// What came back, as text.
  struct Page {
    let status: Int
    let headers: [(name: String, value: String)]
    let text: String

    var location: String? { self["Location"] }
    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }
    var cookies: [String] { headers.filter { $0.name == "Set-Cookie" }.map(\.value) }

    /// The JSON at a path of names, such as `data.id`.
    func json(_ path: String) -> JSON? {
      // What is no JSON has nothing at any path.
      guard var value = try? JSON(parsing: text) else { return nil }
      for name in path.split(separator: ".") {
        if let index = Int(name) {
          guard let elements = value.array, index < elements.count else { return nil }
          value = elements[index]
        } else {
          guard let member = value[String(name)] else { return nil }
          value = member
        }
      }
      return value
    }

    /// The value of a hidden field.
    func hidden(_ name: String) -> String? {
      guard let field = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
      return String(text[field.upperBound...].prefix { $0 != "\"" })
    }
  }

  mutating func get(_ target: String, accept: String = "text/html") async -> Page {
    await send("GET", target, headers: ["accept": accept])
  }

  mutating func post(_ target: String, _ fields: KeyValuePairs<String, String>) async -> Page {
    let body = fields.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
    return await send(
      "POST", target, body: body,
      headers: [
        "content-type": "application/x-www-form-urlencoded", "accept": "text/html", "sec-fetch-site": "same-origin",
      ])
  }

  mutating func api(_ method: String, _ target: String, _ body: String? = nil, version: Int? = nil) async -> Page {
    var headers = ["content-type": "application/json", "accept": "application/json"]
    if let version { headers["if-match"] = "\"\(version)\"" }
    return await send(method, target, body: body, headers: headers)
  }

  private mutating func send(
    _ method: String, _ target: String, body: String? = nil, headers: [String: String]
  ) async -> Page {
    var headers = headers
    if !cookies.isEmpty { headers["cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
    if let token { headers["authorization"] = "Bearer \(token)" }
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let bytes = Array((body ?? "").utf8)
    let outgoing = await pipeline.respond(
      to: Incoming(
        method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers, peer: address,
        isSecure: isSecure, body: { _ in bytes }))
    var text = ""
    if case .bytes(let bytes) = outgoing.body { text = String(decoding: bytes, as: UTF8.self) }
    let page = Page(status: outgoing.status, headers: outgoing.headers, text: text)
    for cookie in page.cookies {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      cookies[String(pair[0])] = cookie.contains("Max-Age=0") ? nil : String(pair[1])
    }
    return page
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      return scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
        ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
