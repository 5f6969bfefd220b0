import Kernel
import Persistence
import Record
import Rights
import Secrets
import TestSupport
import Testing

@testable import Accounts

@Suite struct `Tokens of clients` {
  private func who(_ pair: TokenPair, _ world: World, on service: AccountsService? = nil) async throws -> Identity? {
    try await (service ?? world.service).identify(accessToken: pair.access.text, request: nil, at: world.clock.now())
  }

  @Test(arguments: TestDatabase.engines)
  func `an access token says who it is until it is signed out`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let ada = try await world.account("ada", role: "teacher", at: world.north)
      let pair = try await world.service.logIn(world.attempt("ada"))
      #expect(pair.access.expiresIn == 900)
      let identity = try #require(try await who(pair, world))
      #expect(identity.actor.account == ada)
      // A cookie and a token are different doors.
      #expect(try await world.who(pair.refresh) == nil)
      try await world.service.logOut(refreshToken: pair.refresh.text)
      #expect(try await who(pair, world) == nil)
      #expect(try await code { try await world.service.refresh(pair.refresh.text) } == "UNAUTHORIZED")
      try await world.service.logOut(refreshToken: Token().text)
    }
  }

  @Test func `an expired one says so, a foreign one is refused`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let pair = try await world.service.logIn(world.attempt("ada"))
      world.clock.advance(by: .seconds(899))
      #expect(try await who(pair, world) != nil)
      world.clock.advance(by: .seconds(1))
      #expect(try await code { try await who(pair, world) } == "TOKEN_EXPIRED")
      let foreign = try await code {
        try await world.service.identify(accessToken: "a.b.c", request: nil, at: world.clock.now())
      }
      #expect(foreign == "UNAUTHORIZED")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `refreshing gives another pair, and the session goes on for seven days`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      var pair = try await world.service.logIn(world.attempt("ada"))
      for _ in 0..<6 {
        world.clock.advance(by: .seconds(86_400))
        let next = try await world.service.refresh(pair.refresh.text)
        #expect(next.refresh != pair.refresh)
        #expect(try await who(next, world) != nil)
        pair = next
      }
      world.clock.advance(by: .seconds(86_400))
      let late = pair.refresh.text
      #expect(try await code { try await world.service.refresh(late) } == "UNAUTHORIZED")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `used again after thirty seconds, it ends the session`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let first = try await world.service.logIn(world.attempt("ada"))
      let second = try await world.service.refresh(first.refresh.text)
      world.clock.advance(by: .milliseconds(29_999))
      #expect(try await world.service.refresh(first.refresh.text).refresh == second.refresh)
      #expect(try await who(second, world) != nil)
      world.clock.advance(by: .milliseconds(1))
      #expect(try await code { try await world.service.refresh(first.refresh.text) } == "TOKEN_REUSED")
      #expect(try await who(second, world) == nil)
      #expect(try await code { try await world.service.refresh(second.refresh.text) } == "UNAUTHORIZED")
      let reason = try await world.database.read { tx in
        try tx.first("SELECT ending FROM accounts_session_live") { row -> String in try row.next() }
      }
      #expect(reason == "token_reused")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two hundred honest refreshes at once get one successor and no alarm`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let pair = try await world.service.logIn(world.attempt("ada"))
      let other = try await world.otherNode()
      try await other.prepare()
      let successors = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 0..<200 {
          let service = number % 2 == 0 ? world.service : other
          group.addTask { try await service.refresh(pair.refresh.text).refresh.text }
        }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      #expect(successors.count == 1)
      let tokens = try await world.database.read { tx in try tx.count("SELECT COUNT(*) FROM accounts_refresh_token") }
      #expect(tokens == 2)
      let next = try await world.service.refresh(try #require(successors.first))
      #expect(try await who(next, world) != nil)
    }
  }

  @Test func `any history of rotations ends in an alarm only for a token used long ago`() async throws {
    var random = SplitMix64.printed(for: "refresh histories")
    for _ in 0..<20 {
      try await World.with(.sqlite) { world in
        try await world.account("ada", role: "teacher", at: world.north)
        var chain = [try await world.service.logIn(world.attempt("ada")).refresh.text]
        var usedAt: [String: Instant] = [:]
        for _ in 0..<15 {
          world.clock.advance(by: .seconds(Int.random(in: 0...40, using: &random)))
          let token = try #require(chain.randomElement(using: &random))
          let isStale = usedAt[token].map { world.clock.now() >= $0.adding(.seconds(30)) } ?? false
          let code = try await code {
            let next = try await world.service.refresh(token).refresh.text
            if !chain.contains(next) { chain.append(next) }
          }
          #expect(code == (isStale ? "TOKEN_REUSED" : ""))
          if isStale { break }
          if usedAt[token] == nil { usedAt[token] = world.clock.now() }
        }
      }
    }
  }
}

@Suite struct `Signing keys` {
  @Test(arguments: TestDatabase.engines)
  func `two nodes that start at once share one key`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let clock = TestClock()
      let masterKey = MasterKey()
      let kids = try await withThrowingTaskGroup(of: [String].self) { group in
        for _ in 0..<4 {
          group.addTask {
            let keys = try await SigningKeys(database: database, record: Record(), clock: clock, masterKey: masterKey)
            try await keys.prepare()
            return keys.ring.keys.map(\.kid)
          }
        }
        return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
      }
      #expect(kids.count == 1)
      #expect(kids.first?.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a rotation signs nobody out, whichever node they are on`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let other = try await world.otherNode()
      // The next key is made and published a day before it signs.
      world.clock.advance(by: .seconds(89 * 86_400))
      let made = try await world.service.keys.prepare()
      #expect(made != nil)
      #expect(try await world.service.keys.prepare() == nil)
      world.clock.advance(by: .seconds(86_400 - 60))
      let before = try await world.service.logIn(world.attempt("ada"))
      world.clock.advance(by: .seconds(120))
      let after = try await world.service.logIn(world.attempt("ada"))
      for service in [world.service, other] {
        for pair in [before, after] {
          let found = try await service.identify(accessToken: pair.access.text, request: nil, at: world.clock.now())
          #expect(found != nil)
        }
      }
      #expect(world.service.keys.ring.signing(at: world.clock.now())?.kid == made)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after an emergency all access tokens are dead everywhere, and refreshing goes on`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let other = try await world.otherNode()
      try await other.prepare()
      let pair = try await world.service.logIn(world.attempt("ada"))
      #expect(try await other.identify(accessToken: pair.access.text, request: nil, at: world.clock.now()) != nil)
      try await world.service.keys.revokeAll(by: .system("test"))
      for service in [other, world.service] {
        let refused = try await code {
          try await service.identify(accessToken: pair.access.text, request: nil, at: world.clock.now())
        }
        #expect(refused == "UNAUTHORIZED")
      }
      let next = try await other.refresh(pair.refresh.text)
      #expect(
        try await world.service.identify(accessToken: next.access.text, request: nil, at: world.clock.now()) != nil)
    }
  }

  @Test func `a key of the settings is one more in the ring`() async throws {
    try await World.with(.sqlite) { world in
      let configured = try SigningKey.configured(String(repeating: "k", count: 32))
      let keys = try await SigningKeys(
        database: world.database, record: Record(), clock: world.clock, masterKey: world.masterKey,
        configured: [configured])
      try await keys.prepare()
      #expect(keys.ring.verifying(configured.kid, at: world.clock.now()) != nil)
      #expect(keys.ring.signing(at: world.clock.now())?.kid != configured.kid)
    }
  }

  @Test func `another master key opens nothing`() async throws {
    try await World.with(.sqlite) { world in
      let keys = try await SigningKeys(
        database: world.database, record: Record(), clock: world.clock, masterKey: MasterKey())
      await #expect(throws: SealProblem.refused) { try await keys.prepare() }
    }
  }
}
