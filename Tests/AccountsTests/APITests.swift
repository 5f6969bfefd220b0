import Kernel
import Rights
import Secrets
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct `The API of accounts` {
  private func login(_ name: String, _ world: World, at path: String = "/api/v1/auth/login") async throws -> Browser {
    var client = Browser(world)
    let tokens = await client.api("POST", path, #"{"email":"\#(name)","password":"\#(World.password)"}"#)
    #expect(tokens.status == 200)
    client.token = try #require(tokens.json("accessToken")?.string)
    return client
  }

  @Test(arguments: ["/api/v1/auth", "/auth"])
  func `signs in, refreshes and signs out, also as the guides say it`(base: String) async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var client = Browser(world)
      let tokens = await client.api(
        "POST", "\(base)/login", #"{"email":"ada","password":"\#(World.password)"}"#)
      #expect(tokens.json("tokenType")?.string == "Bearer" && tokens.json("expiresIn")?.int == 900)
      let refresh = try #require(tokens.json("refreshToken")?.string)
      let next = await client.api("POST", "\(base)/refresh", #"{"refreshToken":"\#(refresh)"}"#)
      client.token = try #require(next.json("accessToken")?.string)
      let me = await client.api("GET", "/api/v1/auth/me")
      #expect(me.json("data.name")?.string == "ada" && me.json("data.role")?.string == "Teacher")
      #expect(me.json("data.permissions")?.array?.contains(.string("attendance.take")) == true)
      let sessions = await client.api("GET", "/api/v1/sessions")
      #expect(sessions.json("data.0.kind")?.string == "api" && sessions.json("data.0.isCurrent")?.bool == true)
      #expect(await client.api("POST", "\(base)/logout").status == 204)
      let after = await client.api("GET", "/api/v1/auth/me")
      #expect(after.status == 401 && after.json("code")?.string == "UNAUTHORIZED")
    }
  }

  @Test func `says what is wrong with signing in, in the usual form`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var client = Browser(world)
      let wrong = await client.api("POST", "/api/v1/auth/login", #"{"email":"ada","password":"guess"}"#)
      #expect(wrong.status == 401 && wrong.json("code")?.string == "INVALID_CREDENTIALS")
      #expect(wrong["Content-Type"] == "application/problem+json")
      let empty = await client.api("POST", "/api/v1/auth/login", "{}")
      #expect(empty.status == 422 && empty.json("errors.0.pointer")?.string == "/email")
      #expect(await client.api("POST", "/api/v1/auth/login", "{").status == 400)
      for _ in 0..<9 {
        _ = await client.api("POST", "/api/v1/auth/login", #"{"email":"ada","password":"guess"}"#)
      }
      let slowed = await client.api("POST", "/api/v1/auth/login", #"{"email":"ada","password":"guess"}"#)
      #expect(slowed.status == 429 && slowed.json("code")?.string == "TOO_MANY_ATTEMPTS")
      #expect(slowed["Retry-After"] == "30")
    }
  }

  @Test func `tells an expired token from a revoked one, and a reused one from both`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var client = Browser(world)
      let tokens = await client.api(
        "POST", "/api/v1/auth/login", #"{"email":"ada","password":"\#(World.password)"}"#)
      let refresh = try #require(tokens.json("refreshToken")?.string)
      client.token = try #require(tokens.json("accessToken")?.string)
      world.clock.advance(by: .seconds(900))
      let expired = await client.api("GET", "/api/v1/auth/me")
      #expect(expired.status == 401 && expired.json("code")?.string == "TOKEN_EXPIRED")
      client.token = nil
      let body = #"{"refreshToken":"\#(refresh)"}"#
      #expect(await client.api("POST", "/api/v1/auth/refresh", body).status == 200)
      world.clock.advance(by: .seconds(30))
      let reused = await client.api("POST", "/api/v1/auth/refresh", body)
      #expect(reused.status == 401 && reused.json("code")?.string == "TOKEN_REUSED")
      let foreign = await client.api("POST", "/api/v1/auth/refresh", #"{"refreshToken":"x"}"#)
      #expect(foreign.status == 401)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `makes an account, changes it over its version, gives and takes roles`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      try await world.account("root", role: "administrator")
      var client = try await login("root", world)
      let teacher = try await world.role("teacher").id
      let made = await client.api(
        "POST", "/api/v1/accounts",
        #"{"name":"Bob","userName":"bob","roles":[{"role":"\#(teacher)","org":"\#(world.north)"}]}"#)
      #expect(made.status == 201)
      let url = try #require(made.json("data.url")?.string)
      let id = try #require(made.json("data.account")?.string)
      #expect(made.location == "/api/v1/accounts/\(id)" && url.hasPrefix("https://school.example/recover/"))
      let reset = await client.api(
        "POST", "/auth/password-reset/confirm",
        #"{"token":"\#(url.split(separator: "/").last ?? "")","password":"nine purple bicycles"}"#)
      #expect(reset.status == 204)

      let shown = await client.api("GET", "/api/v1/accounts/\(id)")
      #expect(shown["ETag"] == "\"2\"" && shown.json("data.hasPassword")?.bool == true)
      let patch = #"{"isEnabled":false}"#
      #expect(await client.api("PATCH", "/api/v1/accounts/\(id)", patch).status == 428)
      let stale = await client.api("PATCH", "/api/v1/accounts/\(id)", patch, version: 1)
      #expect(stale.status == 412 && stale.json("current.version")?.int == 2)
      let off = await client.api("PATCH", "/api/v1/accounts/\(id)", patch, version: 2)
      #expect(off.json("data.isEnabled")?.bool == false && off["ETag"] == "\"3\"")

      let given = await client.api("POST", "/api/v1/accounts/\(id)/roles", #"{"role":"\#(teacher)","org":null}"#)
      #expect(given.status == 201 && given.json("data.roles")?.array?.count == 2)
      let location = try #require(given.location)
      #expect(await client.api("DELETE", location).status == 204)
      #expect(await client.api("DELETE", location).status == 404)
      let link = await client.api("POST", "/api/v1/accounts/\(id)/password-link")
      #expect(link.status == 201 && link.json("data.account")?.string == id)

      let list = await client.api("GET", "/api/v1/accounts?count=true&limit=1")
      #expect(list.json("page.total")?.int == 2 && list.json("data.0.name")?.string == "Bob")
      let next = try #require(list.json("page.next")?.string)
      let rest = await client.api("GET", "/api/v1/accounts?after=\(next)")
      #expect(rest.json("data.0.name")?.string == "root" && rest.json("page.next") == .null)
    }
  }

  @Test func `makes roles out of permissions`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("root", role: "administrator")
      var client = try await login("root", world)
      let all = await client.api("GET", "/api/v1/permissions")
      #expect(all.json("data")?.array?.count == World.permissions.count)
      let made = await client.api(
        "POST", "/api/v1/roles", #"{"name":"Nurse","grants":[{"permission":"students.view","scope":"school"}]}"#)
      #expect(made.status == 201)
      let id = try #require(made.json("data.id")?.string)
      let twice = await client.api(
        "PATCH", "/api/v1/roles/\(id)",
        #"{"grants":[{"permission":"students.view","scope":"school"},{"permission":"students.view","scope":"all"}]}"#,
        version: 1)
      #expect(twice.status == 422 && twice.json("errors.0.code")?.string == "TWICE")
      let renamed = await client.api("PATCH", "/api/v1/roles/\(id)", #"{"name":"School nurse"}"#, version: 1)
      #expect(renamed.json("data.name")?.string == "School nurse")
      #expect(renamed.json("data.grants.0.permission")?.string == "students.view")
      let unknown = await client.api(
        "PATCH", "/api/v1/roles/\(id)", #"{"grants":[{"permission":"a/b","scope":"all"}]}"#, version: 2)
      #expect(unknown.status == 422 && unknown.json("errors.0.pointer")?.string == "/grants/a~1b")
      #expect(await client.api("DELETE", "/api/v1/roles/\(id)").status == 428)
      #expect(await client.api("DELETE", "/api/v1/roles/\(id)", version: 2).status == 204)
      #expect(await client.api("GET", "/api/v1/roles/\(id)").status == 404)
    }
  }

  @Test func `ends one's own sessions and changes one's own password`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var one = try await login("ada", world)
      var two = try await login("ada", world)
      let sessions = await one.api("GET", "/api/v1/sessions")
      let other = try #require(
        sessions.json("data")?.array?.first { $0["isCurrent"]?.bool == false }?["id"]?.string)
      #expect(await one.api("DELETE", "/api/v1/sessions/\(other)").status == 204)
      #expect(await two.api("GET", "/api/v1/auth/me").status == 401)
      let weak = await one.api(
        "POST", "/api/v1/auth/password", #"{"currentPassword":"\#(World.password)","newPassword":"short"}"#)
      #expect(weak.status == 422 && weak.json("errors.0.pointer")?.string == "/newPassword")
      let changed = await one.api(
        "POST", "/api/v1/auth/password",
        #"{"currentPassword":"\#(World.password)","newPassword":"nine purple bicycles"}"#)
      #expect(changed.status == 204)
      #expect(await one.api("GET", "/api/v1/auth/me").status == 200)
    }
  }

  @Test func `two nodes behave as one`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let otherService = try await world.otherNode()
      var here = try await login("ada", world)
      var there = Browser(world, service: otherService)
      there.token = here.token
      #expect(await there.api("GET", "/api/v1/auth/me").status == 200)
      #expect(await here.api("POST", "/api/v1/auth/logout").status == 204)
      #expect(await there.api("GET", "/api/v1/auth/me").status == 401)
    }
  }
}
