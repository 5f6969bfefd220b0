import Foundation
import Kernel
import Record
import Secrets
import Web
import WebTestSupport

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
    await send(Incoming("GET", target, headers: ["accept": accept]))
  }

  mutating func post(_ target: String, _ fields: KeyValuePairs<String, String>) async -> Page {
    await send(Incoming("POST", target, form: fields.map { ($0.key, $0.value) }, headers: ["accept": "text/html"]))
  }

  mutating func api(_ method: String, _ target: String, _ body: String? = nil, version: Int? = nil) async -> Page {
    let headers = ["content-type": "application/json", "accept": "application/json"]
    return await send(Incoming(method, target, json: body, version: version, headers: headers))
  }

  private mutating func send(_ incoming: Incoming) async -> Page {
    var incoming = incoming
    if !cookies.isEmpty {
      incoming.headers["cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    if let token { incoming.headers["authorization"] = "Bearer \(token)" }
    incoming.peer = address
    incoming.isSecure = isSecure
    let outgoing = await pipeline.respond(to: incoming)
    let page = Page(status: outgoing.status, headers: outgoing.headers, text: outgoing.text)
    for cookie in page.cookies {
      let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      cookies[String(pair[0])] = cookie.contains("Max-Age=0") ? nil : String(pair[1])
    }
    return page
  }
}
