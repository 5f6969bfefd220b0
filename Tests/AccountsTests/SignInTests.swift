import Kernel
import Persistence
import Rights
import Secrets
import TestSupport
import Testing

@testable import Accounts

@Suite struct `Signing in` {
  @Test(arguments: TestDatabase.engines)
  func `by user name or address, in any case, with all its rights`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let person = try await world.person("Ada Byron")
      let id = try await world.service.addAccount(
        NewAccount(person: person, name: "Ada Byron", email: "Ada@North.example", userName: "2026-0042"),
        role: "teacher", org: world.north, password: World.password, by: .system("test")
      ).account
      for name in ["ada@north.example", "ADA@NORTH.EXAMPLE", "2026-0042", " ada@north.example "] {
        let signed = try await world.signIn(name)
        let identity = try #require(try await world.who(signed.token))
        #expect(identity.actor.account == id)
        #expect(identity.actor.person == person)
        #expect(identity.actor.session == signed.session)
        #expect(identity.role == "Teacher")
        #expect(identity.actor.reach(World.takeAttendance) == Reach(sectionsIn: [world.north]))
        #expect(!identity.mustChangePassword)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an unknown name, a wrong password and a disabled account sound alike`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      try await world.account("root", role: "administrator")
      let ada = try await world.account("ada", role: "teacher", at: world.north)
      try await world.service.update(ada, version: 1, isEnabled: false, actor: .system("test"))
      try await world.account("bob", role: "teacher", at: world.north)
      for attempt in [world.attempt("nobody"), world.attempt("bob", "wrong"), world.attempt("ada")] {
        await #expect(throws: AccountsProblem.wrongCredentials) { try await world.service.signIn(attempt) }
      }
      let uninvited = try await world.service.create(
        NewAccount(name: "Carol", userName: "carol"), actor: .system("test"))
      #expect(uninvited.account.passwordChangedAt == nil)
      await #expect(throws: AccountsProblem.wrongCredentials) { try await world.signIn("carol") }
    }
  }

  @Test func `checking an unknown name takes as long as a known one`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let hash = try await world.database.read { tx in
        try AccountStore().candidate(named: "ada", in: tx)?.hash
      }
      let costly = Passwords(threads: 1)
      #expect(costly.needsRehash(try #require(hash)))
      let real = try await costly.hash(World.password)
      // The quickest of several: other tests run beside this one.
      var (known, unknown) = (Duration.seconds(60), Duration.seconds(60))
      for _ in 0..<8 {
        let clock = ContinuousClock()
        known = min(known, try await clock.measure { _ = try await costly.verify("wrong", against: real) })
        unknown = min(unknown, try await clock.measure { _ = try await costly.verify("wrong", against: nil) })
      }
      #expect(unknown > known / 8 && unknown < known * 8)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a hash of another cost is replaced at the next sign-in`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let id = try await world.account("ada", role: "teacher", at: world.north)
      let old = try await Passwords(cost: PasswordCost(operations: 2, memory: 8192)).hash(World.password)
      try await world.database.write { tx in try AccountStore().setHash(old, of: id, in: tx) }
      _ = try await world.signIn("ada")
      let new = try #require(try await world.database.read { tx in try AccountStore().hash(of: id, in: tx) })
      #expect(new != old)
      #expect(!World.passwords.needsRehash(new))
      _ = try await world.signIn("ada")
      let kept = try await world.database.read { tx in try AccountStore().hash(of: id, in: tx) }
      #expect(kept == new)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after ten wrong passwords the right one has to wait as well`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      for _ in 0..<10 {
        await #expect(throws: AccountsProblem.wrongCredentials) {
          try await world.service.signIn(world.attempt("ada", "wrong"))
        }
      }
      await #expect(throws: AccountsProblem.tooManyAttempts(retryAfter: 30)) { try await world.signIn("ada") }
      world.clock.advance(by: .milliseconds(29_999))
      await #expect(throws: AccountsProblem.tooManyAttempts(retryAfter: 1)) { try await world.signIn("ADA") }
      world.clock.advance(by: .milliseconds(1))
      _ = try await world.signIn("ada")
      _ = try await world.signIn("ada")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a stranger elsewhere does not keep the owner out`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let device = try await world.signIn("ada").device
      // From many networks, until even the account as a whole is closed to strangers.
      for host in 0..<100 {
        // Refused, of course; what counts is that it was tried.
        _ = try? await world.service.signIn(world.attempt("ada", "guess", from: "198.51.100.\(host)"))
      }
      let stranger = world.attempt("ada", from: "203.0.113.5")
      #expect(try await code { try await world.service.signIn(stranger) } == "TOO_MANY_ATTEMPTS")
      _ = try await world.service.signIn(world.attempt("ada", from: "203.0.113.9", device: device))
      _ = try await world.service.signIn(world.attempt("ada"))
      // On the owner's own network only the pair is closed, and not to the owner's device.
      for _ in 0..<10 {
        _ = try? await world.service.signIn(world.attempt("ada", "guess"))  // refused, of course
      }
      #expect(try await code { try await world.signIn("ada") } == "TOO_MANY_ATTEMPTS")
      _ = try await world.service.signIn(world.attempt("ada", device: device))
      // A device of somebody else opens nothing.
      let foreign = world.attempt("ada", device: Token())
      #expect(try await code { try await world.service.signIn(foreign) } == "TOO_MANY_ATTEMPTS")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tries at once on two nodes are counted exactly`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let other = try await world.otherNode()
      let codes = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 0..<40 {
          let service = number % 2 == 0 ? world.service : other
          group.addTask { try await code { try await service.signIn(world.attempt("ada", "wrong")) } }
        }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(codes.filter { $0 == "INVALID_CREDENTIALS" }.count == 10)
      #expect(codes.filter { $0 == "TOO_MANY_ATTEMPTS" }.count == 30)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `names that no account can have are nobody's, and break nothing`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      for name in ["a\0b", "", " ", "\u{202E}ada", String(repeating: "a", count: 100_000), "' OR 1=1 --", "%"] {
        let attempt = SignInAttempt(
          name: name, password: name, address: name, agent: "\r\nSet-Cookie: a=b\0\u{1F600}")
        let refused = try await code { try await world.service.signIn(attempt) }
        #expect(refused == "INVALID_CREDENTIALS")
        #expect(attempt.agent == "Set-Cookie: a=b")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `signing in rightly again and again closes nothing`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      for _ in 0..<25 { _ = try await world.signIn("ada") }
    }
  }

  @Test func `with limits off nothing is counted`() async throws {
    try await World.with(.sqlite, settings: AccountSettings(limitsAttempts: false)) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      for _ in 0..<30 {
        _ = try? await world.service.signIn(world.attempt("ada", "wrong"))  // refused, of course
      }
      _ = try await world.signIn("ada")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `neither passwords nor tokens are in the record`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.signIn("ada")
      let pair = try await world.service.logIn(world.attempt("ada"))
      _ = try await world.service.refresh(pair.refresh.text)
      _ = try await world.service.recover("ada", by: .system("test"))
      let images = try await world.database.read { tx in
        try tx.all("SELECT payload FROM record_version") { row -> String in try row.next() }
      }
      let hash = signed.token.hash.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
      for image in images {
        #expect(!image.contains("argon2") && !image.contains(hash) && !image.contains(World.password))
        #expect(!image.contains(signed.token.text) && !image.contains("192.0.2.1"))
      }
      #expect(images.count > 10)
    }
  }
}
