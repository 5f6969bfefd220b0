import Kernel
import Markup
import Rights
import WebTestSupport

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

/// Ada may do everything, Bob nothing, and who is new has to change the password first.
private let people = [
  "ada": Signed(actor: person("ada", [.seeThings: .everywhere, .editThings: .everywhere])),
  "bob": Signed(actor: person("bob")), "new": Signed(actor: person("new"), mustChangePassword: true),
]

private func person(_ name: String, _ reaches: [Permission: Reach] = [:]) -> Actor {
  Actor(account: AccountID(high: 1, low: UInt64(name.utf8.first ?? 0)), name: name, reaches: reaches)
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
    ], site: .bare, authenticator: NamedActors(people), answers: answers,
    clock: FixedClock(Instant(milliseconds: 1_795_262_400_000)), settings: settings)
}
