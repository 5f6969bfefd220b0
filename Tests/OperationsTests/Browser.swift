import Foundation
import Jobs
import Kernel
import Markup
import Record
import Rights
import Testing
import Web

@testable import Operations

/// Knows whoever says their name: `Bearer ada`.
struct NameAuthenticator: Authenticator {
  func signedIn(by credential: Credential, request: String, at: Instant) async throws -> Signed? {
    guard case .bearer(let name) = credential else { return nil }
    return Library.people[name].map { Signed(actor: $0) }
  }
}

extension Library {
  /// Every address of the slice, with a doctor of `checks`.
  func pipeline(checks: [DoctorCheck] = []) -> Pipeline {
    let health = HealthService(database: database, parts: [.init("mail") { .unused }], clock: clock)
    let module = OperationsModule(
      history: service,
      jobs: .init(
        queue,
        scheduler: JobScheduler(
          queue, record: Record(), regular: [RegularJob("sort", kind: "sort", cron: "0 2 * * *")], zone: .utc,
          zones: { $0 == "UTC" ? .utc : nil }), kinds: [JobWords("sort", "Sorting of books") { _ in "/books" }],
        names: { _ in [Self.ben.account ?? .new(at: Self.monday): "Ben"] }),
      system: .init(doctor: Doctor(checks), health: health, version: "1.2.3") { [("Memory", "80 MB")] }, zone: .utc,
      recordPath: { kind, id in kind == "book" ? "/books/\(id)" : nil })
    return Pipeline(
      module.endpoints, site: .bare, authenticator: NameAuthenticator(), clock: clock, settings: .init(isLimited: false)
    )
  }
}

extension Pipeline {
  /// Sends a request as somebody.
  func send(_ method: String, _ target: String, as who: String?, form: String? = nil, _ headers: [String: String] = [:])
    async -> Outgoing
  {
    var headers = headers
    if let who { headers["authorization"] = "Bearer \(who)" }
    if form != nil { headers["content-type"] = "application/x-www-form-urlencoded" }
    if headers["accept"] == nil { headers["accept"] = target.hasPrefix("/api/") ? "application/json" : "text/html" }
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let bytes = Array((form ?? "").utf8)
    return await respond(
      to: Incoming(
        method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers, body: { _ in bytes }))
  }

  func get(_ target: String, as who: String?) async -> Outgoing { await send("GET", target, as: who) }

  func post(_ target: String, as who: String?, _ form: String = "") async -> Outgoing {
    await send("POST", target, as: who, form: form)
  }
}

extension Outgoing {
  var text: String {
    guard case .bytes(let bytes) = body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  var json: JSON { (try? JSON(parsing: text)) ?? .null }  // a test that reads JSON from anything else fails on .null

  var location: String? { self["Location"] }

  /// The pieces of a stream as text, at most so many.
  func pieces(_ most: Int = 20) async throws -> [String] {
    guard case .stream(let stream) = body else { return [] }
    var pieces: [String] = []
    for try await piece in stream {
      pieces.append(String(decoding: piece, as: UTF8.self))
      if pieces.count == most { break }
    }
    return pieces
  }
}
