import Kernel
import Persistence
import Rights
import Secrets
import TestSupport
import Testing

@testable import Accounts

@Suite struct `Sessions of browsers` {
  @Test(arguments: TestDatabase.engines)
  func `signing out counts at once, on every node`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.signIn("ada")
      let other = try await world.otherNode()
      let actor = try #require(try await world.who(signed.token)).actor
      #expect(try await other.identify(token: signed.token.text, request: nil, at: world.clock.now()) != nil)
      try await world.service.signOut(actor)
      #expect(try await world.who(signed.token) == nil)
      #expect(try await other.identify(token: signed.token.text, request: nil, at: world.clock.now()) == nil)
    }
  }

  @Test func `twelve idle hours end it, a moment less does not`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.signIn("ada")
      world.clock.advance(by: .seconds(12 * 3600) - .milliseconds(1))
      #expect(try await world.who(signed.token) != nil)
      world.clock.advance(by: .seconds(12 * 3600))
      #expect(try await world.who(signed.token) == nil)
    }
  }

  @Test func `seven days end it however busy it is`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.signIn("ada")
      for _ in 0..<(7 * 24 - 1) {
        world.clock.advance(by: .seconds(3600))
        #expect(try await world.who(signed.token) != nil)
      }
      world.clock.advance(by: .seconds(3600) - .milliseconds(1))
      #expect(try await world.who(signed.token) != nil)
      world.clock.advance(by: .milliseconds(1))
      #expect(try await world.who(signed.token) == nil)
    }
  }

  @Test func `on a device one stays signed in on, idle days do not end it`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.service.signIn(world.attempt("ada"), stays: true)
      world.clock.advance(by: .seconds(6 * 86_400))
      #expect(try await world.who(signed.token) != nil)
      world.clock.advance(by: .seconds(86_400))
      #expect(try await world.who(signed.token) == nil)
    }
  }

  @Test func `its use is written down once a minute`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.signIn("ada")
      let start = world.clock.now()
      func seen() async throws -> Instant? {
        let actor = try #require(try await world.who(signed.token)).actor
        return try await world.service.ownSessions(actor).first?.lastSeenAt
      }
      world.clock.advance(by: .milliseconds(59_999))
      #expect(try await seen() == start)
      world.clock.advance(by: .milliseconds(2))
      #expect(try await seen() == world.clock.now())
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one sees and ends one's own, never another's`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      try await world.account("bob", role: "teacher", at: world.north)
      let first = try await world.signIn("ada")
      world.clock.advance(by: .seconds(1))
      let second = try await world.signIn("ada")
      let bobs = try await world.signIn("bob")
      let ada = try #require(try await world.who(second.token)).actor
      let lines = try await world.service.ownSessions(ada)
      #expect(lines.map(\.session.id) == [second.session, first.session])
      #expect(lines.first?.address == "192.0.2.1" && lines.first?.agent == "Tests")
      #expect(try await code { try await world.service.endSession(bobs.session, actor: ada) } == "NOT_FOUND")
      try await world.service.endSession(first.session, actor: ada)
      #expect(try await world.who(first.token) == nil)
      #expect(try await world.who(second.token) != nil)
      _ = try await world.signIn("ada")
      _ = try await world.service.logIn(world.attempt("ada"))
      #expect(try await world.service.endOtherSessions(ada) == 2)
      #expect(try await world.service.ownSessions(ada).map(\.session.id) == [second.session])
      #expect(try await world.who(bobs.token) != nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `rights follow roles at the next request`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let root = try await world.account("root", role: "administrator")
      let ada = try await world.account("ada", role: "librarian", at: world.north)
      let token = try await world.signIn("ada").token
      let administrator = try await world.actor(root)
      func reach() async throws -> Reach? { try await world.who(token)?.actor.reach(World.viewStudents) }
      #expect(try await reach() == Reach(orgs: [world.north]))

      let librarian = try await world.role("librarian")
      let given = try await world.service.give(
        NewAccount.NewRole(role: librarian.id, org: world.district), to: ada, actor: administrator)
      #expect(try await reach() == Reach(orgs: [world.district, world.north, world.south]))

      // A new school below the district is reached as soon as it is there.
      let west = try await World.org("W", below: world.district, world.database)
      #expect(try await reach()?.orgs.contains(west) == true)

      try await world.service.take(given.id, actor: administrator)
      #expect(try await reach() == Reach(orgs: [world.north]))

      try await world.service.updateRole(
        librarian.id, version: librarian.version, name: "Librarian", about: "", grants: [:], actor: administrator)
      #expect(try await reach() == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a role counts from its first day to its last, in the school's zone`(
    engine: TestDatabase.Engine
  ) async throws {
    let zone = Zone(name: "Test/East") { _ in 8 * 3600 }
    try await World.with(engine, settings: AccountSettings(zone: zone)) { world in
      let root = try await world.account("root", role: "administrator")
      let ada = try await world.account("ada", role: "planner")
      let day = zone.date(at: world.clock.now()).adding(days: 1)
      try await world.service.give(
        NewAccount.NewRole(
          role: try await world.role("teacher").id, org: world.north, firstOn: day, lastOn: day),
        to: ada, actor: try await world.actor(root))
      func isTeacher() async throws -> Bool { try await world.actor(ada).has(World.takeAttendance) }
      #expect(try await !isTeacher())
      world.clock.set(zone.start(of: day).adding(.milliseconds(-1)))
      #expect(try await !isTeacher())
      world.clock.set(zone.start(of: day))
      #expect(try await isTeacher())
      world.clock.set(zone.start(of: day.adding(days: 1)).adding(.milliseconds(-1)))
      #expect(try await isTeacher())
      world.clock.set(zone.start(of: day.adding(days: 1)))
      #expect(try await !isTeacher())
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `old ones are tidied away, live ones stay`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      _ = try await world.service.logIn(world.attempt("ada"))
      world.clock.advance(by: .seconds(37 * 86_400 - 1))
      let live = try await world.signIn("ada")
      #expect(try await world.service.tidy() == 0)
      world.clock.advance(by: .seconds(2))
      #expect(try await world.service.tidy() == 1)
      #expect(try await world.who(live.token) != nil)
    }
  }

  @Test(arguments: ["", "x", String(repeating: "A", count: 43), String(repeating: "é", count: 43)])
  func `a cookie of anything else is nobody`(text: String) async throws {
    try await World.with(.sqlite) { world in
      let found = try await world.service.identify(token: text, request: nil, at: world.clock.now())
      #expect(found == nil)
    }
  }

  @Test func `how one likes pages is kept, and comes with every request`() async throws {
    try await World.with(.sqlite) { world in
      let ada = try await world.account("ada", role: "teacher", at: world.north)
      let token = try await world.signIn("ada").token
      #expect(try await world.who(token)?.preferences == AccountPreferences())
      let liked = AccountPreferences(theme: .dark, density: .compact, hasShortcuts: false, language: "ar")
      try await world.service.setPreferences(liked, actor: try await world.actor(ada))
      #expect(try await world.who(token)?.preferences == liked)
      var hostile = liked
      hostile.language = "en\"><script>"
      try await world.service.setPreferences(hostile, actor: try await world.actor(ada))
      #expect(try await world.who(token)?.preferences.language == "en")
    }
  }
}
