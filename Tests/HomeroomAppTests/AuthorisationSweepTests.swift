import Accounts
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web

@testable import HomeroomApp

@Suite struct `Every address` {
  @Test func `is listed with the right it needs`() async throws {
    let endpoints = try await Wiring.forDescription().pipeline.endpoints
    let lines = endpoints.map { "\($0.method.rawValue) \($0.path) [\($0.access.words)]" }.sorted()
    #expect(Set(lines).count == lines.count)
    try Golden("routes.txt").check(lines.joined(separator: "\n") + "\n")
  }

  @Test func `that anybody may call is one of a short list`() async throws {
    let open = try await Wiring.forDescription().pipeline.endpoints.compactMap { endpoint -> String? in
      if case .open = endpoint.access { endpoint.path } else { nil }
    }
    let doors: Set<String> = [
      "/", "/assets/{name}", "/robots.txt", "/login", "/first-run", "/recover/{token}", "/api/openapi.json",
      "/api/docs", "/api/v1/auth/login", "/api/v1/auth/refresh", "/health", "/healthz", "/ready", "/livez", "/metrics",
      "/problems/{code}", "/api/v1/auth/logout", "/logout", "/api/v1/auth/password-reset/confirm", "/preview",
      "/forgotten-password", "/api/v1/auth/password-reset/request",
    ]
    #expect(Set(open).subtracting(doors) == [])
  }

  @Test(arguments: TestDatabase.engines)
  func `refuses strangers, and roles without the right`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      for endpoint in world.pipeline.endpoints {
        if case .open = endpoint.access { continue }
        guard let target = world.target(endpoint.path, at: world.here) else { continue }
        let stranger = await world.send(endpoint.method.rawValue, target, as: nil)
        #expect(
          stranger.status == 401 || (stranger.status == 303 && stranger["Location"]?.hasPrefix("/login") == true),
          "\(endpoint.method) \(target) answered a stranger with \(stranger.status)")
        for role in World.roles where !world.isOpen(endpoint, to: role) {
          let answer = await world.send(endpoint.method.rawValue, target, as: role)
          #expect(answer.status == 403, "\(endpoint.method) \(target) answered a \(role) with \(answer.status)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `shows another school's and deleted records to nobody of this one`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      var cells = 0
      for endpoint in world.pipeline.endpoints where endpoint.method == .get && endpoint.path.contains("{") {
        guard let other = world.target(endpoint.path, at: world.there), other.contains("-7") else { continue }
        for role in World.roles where world.isOpen(endpoint, to: role) && !world.isEverywhere(endpoint, role) {
          let answer = await world.send("GET", other, as: role)
          #expect(
            answer.status == 404, "GET \(endpoint.path) of another school answered a \(role) with \(answer.status)")
          cells += 1
        }
        guard let gone = world.target(endpoint.path, at: world.here, student: world.deleted),
          gone.contains(world.deleted.description)
        else { continue }
        for role in World.roles where world.isOpen(endpoint, to: role) {
          let answer = await world.send("GET", gone, as: role)
          #expect(
            answer.status == 404, "GET \(endpoint.path) of a deleted student answered a \(role) with \(answer.status)")
          cells += 1
        }
      }
      #expect(cells > 50)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `changes nothing of another school, whatever is sent`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      let before = try await database.read { tx in try CanonicalDump.write(Wiring.tables, in: tx) }
      for endpoint in world.pipeline.endpoints where endpoint.method != .get && endpoint.path.contains("{") {
        guard let other = world.target(endpoint.path, at: world.there), other.contains("-7") else { continue }
        let sample = Array((endpoint.input?.sample ?? "{}").utf8)
        for role in World.roles where !world.isEverywhere(endpoint, role) {
          let answer = await world.send(
            endpoint.method.rawValue, other, as: role, body: endpoint.isAPI ? sample : [],
            type: endpoint.isAPI ? "application/json" : "application/x-www-form-urlencoded", version: "\"1\"")
          #expect(
            [403, 404, 409, 422].contains(answer.status) || (answer.status == 303 && !endpoint.isAPI),
            "\(endpoint.method) \(endpoint.path) of another school answered a \(role) with \(answer.status)")
        }
      }
      let after = try await database.read { tx in try CanonicalDump.write(Wiring.tables, in: tx) }
      #expect(before == after)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `survives nonsense`(engine: TestDatabase.Engine) async throws {
    try await engine.with(Wiring.migrations) { database in
      let world = try await World.on(database)
      let nonsense = ["", "{", "[]", "{\"a\":null}", "\u{0}", String(repeating: "[", count: 200), "name=%00&x[]=1"]
      let words = ["x", "00000000-0000-7000-8000-000000000000", "%00", "..%2F..%2Fetc", "-1", "%F0%9F%98%80"]
      for endpoint in world.pipeline.endpoints {
        for (index, body) in nonsense.enumerated() {
          let word = words[index % words.count]
          let target = endpoint.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") ? word : String($0) }.joined(separator: "/")
          let type = index % 2 == 0 ? "application/json" : "application/x-www-form-urlencoded"
          let answer = await world.send(
            endpoint.method.rawValue, target + "?limit=0&after=x&q=%00&week=zz", as: "administrator",
            body: Array(body.utf8), type: type, version: "\"99\"")
          #expect(answer.status < 500, "\(endpoint.method) \(target) broke on \(body.prefix(20)): \(answer.status)")
        }
      }
    }
  }
}

extension World {
  /// Whether a role has the right in every school: what it sees and changes elsewhere is its business.
  fileprivate func isEverywhere(_ endpoint: Endpoint, _ role: String) -> Bool {
    guard let actor = people[role]?.actor else { return false }
    return switch endpoint.access {
    case .open, .signedIn: role == "administrator"
    case .needs(let permission): actor.reach(permission)?.isEverywhere == true
    case .needsAny(let permissions): permissions.contains { actor.reach($0)?.isEverywhere == true }
    }
  }

  /// Whether somebody of a role has the right at the door.
  fileprivate func isOpen(_ endpoint: Endpoint, to role: String) -> Bool {
    guard let actor = people[role]?.actor else { return false }
    return switch endpoint.access {
    case .open, .signedIn: true
    case .needs(let permission): actor.has(permission)
    case .needsAny(let permissions): permissions.contains(where: actor.has)
    }
  }
}
