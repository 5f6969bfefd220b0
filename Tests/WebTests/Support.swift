import Kernel
import Markup
import Rights

@testable import Web

extension Permission {
  static let seeThings = Permission("things.view", "See things")
  static let editThings = Permission("things.edit", "Change things")
}

/// A thing with a name, as the API of these tests knows it.
struct Thing: Sendable, Equatable {
  var name: String
  var size: Int
  var note: String?
  var version: Int

  static let shape = Shape("Thing", sample: Thing(name: "Chair", size: 3, note: nil, version: 1)) { visit, it in
    visit("name", &it.name, .line(20), "Its name.")
    visit("size", &it.size, .int(1...10), "Its size.")
    visit("note", &it.note, .text(100), "What there is to say about it.")
    visit("version", &it.version, .version, "How often it was saved.")
  }
}

struct ThingPatch: Sendable {
  var name: Patch<String> = .keep
  var note: Patch<String> = .keep

  static let shape = Shape("ThingPatch", sample: ThingPatch(name: .set("Stool"))) { visit, it in
    visit("name", &it.name, .line(20), nullable: false, "Its name.")
    visit("note", &it.note, .text(100), "What there is to say about it.")
  }
}

/// Knows whoever says their name: `Bearer ada`, or the cookie `homeroom=ada`.
struct NameAuthenticator: Authenticator {
  func signedIn(by credential: Credential, request: String, at: Instant) async throws -> Signed? {
    let name =
      switch credential {
      case .cookie(let name), .bearer(let name): name
      }
    guard ["ada", "bob", "new"].contains(name) else { return nil }
    let reaches: [Permission: Reach] = name == "ada" ? [.seeThings: .everywhere, .editThings: .everywhere] : [:]
    let account = AccountID(high: 1, low: UInt64(name.utf8.first ?? 0))
    return Signed(
      actor: Actor(account: account, name: name, request: request, reaches: reaches), mustChangePassword: name == "new")
  }
}

/// A pipeline over a few things, at noon of a day.
func pipeline(_ settings: Pipeline.Settings = .init(), answers: (any AnswerKeeper)? = nil) -> Pipeline {
  Pipeline(
    [
      Endpoint(
        .get, "/api/v1/things", "Lists things.", .needs(.seeThings),
        query: Endpoint.listQuery + [.text("q", max: 10, "Words.")], answer: .many(Thing.shape),
        aliases: ["/api/things/"]
      ) { call in
        .many(
          Page(items: [Thing.shape.sample], next: nil), Thing.shape, limit: call.page.limit, total: .atLeast(10_000))
      },
      Endpoint(
        .post, "/api/v1/things", "Makes a thing.", .needs(.editThings), input: .json(Thing.shape),
        answer: .one(Thing.shape), status: 201
      ) { call in .created(try call.json(Thing.shape), Thing.shape, version: 1, at: "/api/v1/things/1") },
      Endpoint(
        .patch, "/api/v1/things/{id}", "Changes a thing.", .needs(.editThings), input: .patch(ThingPatch.shape),
        answer: .one(Thing.shape), needsVersion: true
      ) { call in
        let patch = try call.json(ThingPatch.shape)
        let version = try call.version()
        guard version == 2 else { throw Problem.stale("thing", current: "{\"version\":2}") }
        var thing = Thing.shape.sample
        thing.name = patch.name.applied(to: thing.name)
        return .one(thing, Thing.shape, version: 3)
      },
      Endpoint(.get, "/api/v1/broken", "Fails.", .signedIn, answer: .nothing) { _ in throw Bug("Ada's secret") },
      .page("/things", "Things.", .needs(.seeThings), query: [.int("size", 1...10, "Size.")]) { call in
        try call.page("Things", within: "/things") { p { call.query("size") ?? "any" } }
      },
      .form("/things", "Saves a thing.", .needs(.editThings)) { call in
        let form = try call.form()
        return .seeOther("/things", flash: "Saved \(form.text("name")).")
      },
      .page("/login", "Sign in.", .open(because: "a door")) { call in call.plainPage("Sign in") { p { "Who?" } } },
      Endpoint(.get, "/livez", "Lives.", .open(because: "a probe"), cost: .free, answer: .file("text/plain")) { _ in
        .text("OK")
      },
    ], site: .bare, authenticator: NameAuthenticator(), answers: answers,
    clock: FixedClock(Instant(milliseconds: 1_795_262_400_000)), settings: settings)
}

extension Pipeline {
  /// Sends a request as `who`.
  func send(
    _ method: String, _ target: String, as who: String? = nil, body: String? = nil, _ headers: [String: String] = [:]
  ) async -> Outgoing {
    var headers = headers
    if let who { headers["authorization"] = "Bearer \(who)" }
    if body != nil, headers["content-type"] == nil { headers["content-type"] = "application/json" }
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let bytes = Array((body ?? "").utf8)
    return await respond(
      to: Incoming(
        method: method, path: parts[0], query: parts.count > 1 ? parts[1] : "", headers: headers,
        body: { limit in
          guard bytes.count <= limit else {
            throw Problem(.tooLarge, code: "BODY_TOO_LARGE", title: "Too large", detail: "Too large.")
          }
          return bytes
        }))
  }
}

extension Outgoing {
  var text: String {
    guard case .bytes(let bytes) = body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  var json: JSON { (try? JSON(parsing: text)) ?? .null }  // a test that reads JSON from anything else fails on .null
}
