import Kernel
import Persistence
import Rights
import Secrets
import TestSupport
import Testing

@testable import Accounts

/// The codes of the fields that `body` finds fault with.
private func faults(of body: () async throws -> some Any) async throws -> [String] {
  do {
    _ = try await body()
    return []
  } catch let error as any ProblemConvertible {
    return error.problem.errors.map { "\($0.pointer) \($0.code)" }
  }
}

@Suite struct `Changing a password` {
  private let new = "nine purple bicycles"

  @Test(arguments: TestDatabase.engines)
  func `ends all other sessions and keeps this one`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let here = try await world.signIn("ada")
      let there = try await world.signIn("ada")
      let client = try await world.service.logIn(world.attempt("ada"))
      let ada = try #require(try await world.who(here.token)).actor
      try await world.service.changePassword(current: World.password, new: new, actor: ada)
      #expect(try await world.who(here.token) != nil)
      #expect(try await world.who(there.token) == nil)
      #expect(try await code { try await world.service.refresh(client.refresh.text) } == "UNAUTHORIZED")
      #expect(try await code { try await world.signIn("ada") } == "INVALID_CREDENTIALS")
      _ = try await world.service.signIn(world.attempt("ada", new))
    }
  }

  @Test func `needs the present one, and one that is long and not obvious`() async throws {
    try await World.with(.sqlite, settings: AccountSettings(ownWords: ["Maple Street School"])) { world in
      let ada = try await world.actor(try await world.account("adabyron", role: "teacher", at: world.north))
      func change(_ current: String, _ new: String) async throws -> [String] {
        try await faults { try await world.service.changePassword(current: current, new: new, actor: ada) }
      }
      #expect(try await change("wrong", new) == ["/currentPassword WRONG_PASSWORD"])
      #expect(try await change(World.password, "fourteen chars") == ["/newPassword TOO_SHORT"])
      #expect(try await change(World.password, "adabyron adabyron") == ["/newPassword OWN_WORDS"])
      #expect(try await change(World.password, "maplestreetschool") == ["/newPassword OWN_WORDS"])
      #expect(try await change(World.password, World.password) == ["/newPassword SAME_PASSWORD"])
      #expect(try await change(World.password, new) == [])
    }
  }

  @Test func `asking for the present one again and again is slowed down too`() async throws {
    try await World.with(.sqlite) { world in
      let ada = try await world.actor(try await world.account("ada", role: "teacher", at: world.north))
      for _ in 0..<10 {
        // Refused, of course.
        _ = try? await world.service.changePassword(current: "wrong", new: new, actor: ada)
      }
      await #expect(throws: AccountsProblem.tooManyAttempts(retryAfter: 30)) {
        try await world.service.changePassword(current: World.password, new: new, actor: ada)
      }
      // Signing in is another matter.
      _ = try await world.signIn("ada")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one that others chose has to be changed first`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      _ = try await world.service.seedAdministrator(email: "root@d.example", password: "vq7-kite-lamp")
      let signed = try await world.service.signIn(world.attempt("root@d.example", "vq7-kite-lamp"))
      #expect(signed.mustChangePassword)
      let root = try #require(try await world.who(signed.token))
      #expect(root.mustChangePassword)
      try await world.service.changePassword(current: "vq7-kite-lamp", new: new, actor: root.actor)
      #expect(try await world.who(signed.token)?.mustChangePassword == false)
    }
  }
}

@Suite struct `Links that set a password` {
  private let new = "nine purple bicycles"

  @Test(arguments: TestDatabase.engines)
  func `one recovers an account once, and ends its sessions`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let session = try await world.signIn("ada")
      let link = try await world.service.recover("ADA", by: .system("admin recover"))
      #expect(link.expiresAt == world.clock.now().adding(.seconds(900)))
      #expect(try await world.service.account(ofLink: link.token.text).name == "ada")
      #expect(try await world.who(session.token) != nil)
      try await world.service.setPassword(new, byLink: link.token.text)
      #expect(try await world.who(session.token) == nil)
      _ = try await world.service.signIn(world.attempt("ada", new))
      #expect(try await code { try await world.service.setPassword(new, byLink: link.token.text) } == "LINK_SPENT")
      #expect(try await code { try await world.service.account(ofLink: link.token.text) } == "LINK_SPENT")
    }
  }

  @Test func `works for fifteen minutes, an invitation for seven days`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let recovery = try await world.service.recover("ada", by: .system("test"))
      let invitation = try await world.service.create(NewAccount(name: "Bob", userName: "bob"), actor: .system("test"))
      world.clock.advance(by: .milliseconds(899_999))
      #expect(try await code { try await world.service.account(ofLink: recovery.token.text) } == "")
      world.clock.advance(by: .milliseconds(1))
      #expect(try await code { try await world.service.account(ofLink: recovery.token.text) } == "LINK_SPENT")
      world.clock.advance(by: .seconds(7 * 86_400 - 901))
      #expect(try await code { try await world.service.account(ofLink: invitation.token.text) } == "")
      world.clock.advance(by: .seconds(1))
      #expect(try await code { try await world.service.account(ofLink: invitation.token.text) } == "LINK_SPENT")
    }
  }

  @Test func `a newer one takes the place of the older, and rules hold for it`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let old = try await world.service.recover("ada", by: .system("test"))
      let newer = try await world.service.recover("ada", by: .system("test"))
      #expect(try await code { try await world.service.account(ofLink: old.token.text) } == "LINK_SPENT")
      let short = try await faults { try await world.service.setPassword("too short", byLink: newer.token.text) }
      #expect(short == ["/newPassword TOO_SHORT"])
      try await world.service.setPassword(new, byLink: newer.token.text)
      #expect(try await code { try await world.service.recover("nobody", by: .system("test")) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of two who use one at once, one does`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let link = try await world.service.recover("ada", by: .system("test"))
      let done = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<8 {
          group.addTask {
            let password = "purple bicycle number \(number)"
            return try await code { try await world.service.setPassword(password, byLink: link.token.text) }.isEmpty
          }
        }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(done == 1)
    }
  }
}

@Suite struct `The first account` {
  private let password = "seven wet umbrellas"

  @Test(arguments: TestDatabase.engines)
  func `is an administrator, and can be made only once, however many try`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      #expect(try await world.service.isEmpty())
      let codes = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 0..<10 {
          group.addTask {
            try await code {
              try await world.service.createFirstAdministrator(
                name: "Root", email: "root\(number)@d.example", password: password)
            }
          }
        }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(codes.filter(\.isEmpty).count == 1)
      #expect(codes.filter { $0 == "ALREADY_SET_UP" }.count == 9)
      #expect(try await !world.service.isEmpty())
      let page = try await world.service.list(actor: .system("test"))
      let root = try await world.actor(try #require(page.items.first).account.id)
      #expect(World.permissions.allSatisfy { root.reach($0) == .everywhere })
    }
  }

  @Test func `needs a name, an address and a good password`() async throws {
    try await World.with(.sqlite) { world in
      let empty = try await faults {
        try await world.service.createFirstAdministrator(name: " ", email: "", password: password)
      }
      #expect(empty == ["/name REQUIRED", "/email REQUIRED"])
      let weak = try await faults {
        try await world.service.createFirstAdministrator(name: "Root", email: "r@d.example", password: "short")
      }
      #expect(weak == ["/password TOO_SHORT"])
      #expect(try await world.service.isEmpty())
    }
  }

  @Test func `from the settings is made in an empty installation only`() async throws {
    try await World.with(.sqlite) { world in
      #expect(try await world.service.seedAdministrator(email: "a@d.example", password: "vq7-kite-lamp") != nil)
      #expect(try await world.service.seedAdministrator(email: "b@d.example", password: "vq7-kite-lamp") == nil)
      let obvious = try await faults {
        try await world.service.addAccount(
          NewAccount(name: "Bob", userName: "bob"), role: "teacher", org: nil, password: "passwordpassword",
          by: .system("test"))
      }
      #expect(obvious == ["/password COMMON_PASSWORD"])
    }
  }

  @Test func `on the host, a role is found by code or name, and no password gives a link`() async throws {
    try await World.with(.sqlite) { world in
      let (bob, link) = try await world.service.addAccount(
        NewAccount(name: "Bob", email: "bob@n.example"), role: "Office assistant", org: world.north, password: nil,
        by: .system("user add"))
      #expect(link?.account.id == bob)
      let unknown = try await faults {
        try await world.service.addAccount(
          NewAccount(name: "Eve", userName: "eve"), role: "queen", org: nil, password: nil, by: .system("user add"))
      }
      #expect(unknown == ["/role UNKNOWN_ROLE"])
    }
  }
}
