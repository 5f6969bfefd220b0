import Kernel
import Persistence
import Rights
import Secrets
import TestSupport
import Testing

@testable import Accounts

@Suite struct `Managing accounts` {
  @Test(arguments: TestDatabase.engines)
  func `a head sees and manages the accounts of the school, and no others`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("root", role: "administrator")
      let head = try await world.actor(try await world.account("head", role: "principal", at: world.north))
      let ada = try await world.account("ada", role: "teacher", at: world.north)
      let bob = try await world.account("bob", role: "teacher", at: world.south)
      #expect(try await world.service.list(actor: head).items.map(\.account.name) == ["ada", "head"])
      #expect(try await world.service.count(actor: head) == 2)
      #expect(try await code { try await world.service.account(bob, actor: head) } == "NOT_FOUND")
      #expect(try await code { try await world.service.startReset(of: bob, actor: head) } == "NOT_FOUND")
      let teacher = try await world.actor(ada)
      #expect(try await code { try await world.service.list(actor: teacher) } == "FORBIDDEN")
      #expect(try await world.service.orgsToGiveAt(head).map(\.code) == ["N"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nobody gets hold of an account that may do more`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("root", role: "administrator")
      let headID = try await world.account("head", role: "principal", at: world.north)
      let head = try await world.actor(headID)
      let both = try await world.account("both", role: "teacher", at: world.north)
      try await world.service.give(
        NewAccount.NewRole(role: try await world.role("teacher").id, org: world.south), to: both,
        actor: .system("test"))
      #expect(try await code { try await world.service.startReset(of: both, actor: head) } == "BEYOND_OWN_RIGHTS")
      let off = try await code { try await world.service.update(both, version: 1, isEnabled: false, actor: head) }
      #expect(off == "BEYOND_OWN_RIGHTS")
      // Whoever manages accounts but nothing else cannot reset the head's password, nor make themselves a head.
      let clerkRole = try await world.service.createRole(
        name: "Clerk", about: "", grants: ["accounts.manage": .school], actor: .system("test"))
      let clerkID = try await world.service.addAccount(
        NewAccount(name: "clerk", userName: "clerk"), role: clerkRole.name, org: world.north,
        password: World.password, by: .system("test")
      ).account
      let clerk = try await world.actor(clerkID)
      #expect(try await code { try await world.service.startReset(of: headID, actor: clerk) } == "BEYOND_OWN_RIGHTS")
      let principal = NewAccount.NewRole(role: try await world.role("principal").id, org: world.north)
      #expect(
        try await code { try await world.service.give(principal, to: clerkID, actor: clerk) } == "BEYOND_OWN_RIGHTS")
      let create = try await code {
        try await world.service.create(
          NewAccount(name: "Puppet", userName: "puppet", roles: [principal]), actor: clerk)
      }
      #expect(create == "BEYOND_OWN_RIGHTS")
      let elsewhere = NewAccount.NewRole(role: clerkRole.id, org: world.south)
      #expect(
        try await code { try await world.service.give(elsewhere, to: clerkID, actor: clerk) } == "BEYOND_OWN_RIGHTS")
      let everywhere = NewAccount.NewRole(role: clerkRole.id)
      #expect(
        try await code { try await world.service.give(everywhere, to: clerkID, actor: clerk) } == "BEYOND_OWN_RIGHTS")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an account is made with a role and a link, for a person one sees`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      try await world.account("root", role: "administrator")
      let head = try await world.actor(try await world.account("head", role: "principal", at: world.north))
      let person = try await world.person("Carol King")
      let teacher = NewAccount.NewRole(role: try await world.role("teacher").id, org: world.north)
      var new = NewAccount(person: person, name: "Carol", email: "carol@n.example", roles: [teacher])
      let link = try await world.service.create(new, actor: head)
      try await world.service.setPassword("nine purple bicycles", byLink: link.token.text)
      let signed = try await world.service.signIn(world.attempt("carol@n.example", "nine purple bicycles"))
      #expect(try await world.who(signed.token)?.actor.person == person)

      let again = new
      #expect(try await code { try await world.service.create(again, actor: head) } == "PERSON_HAS_ACCOUNT")
      new.person = nil
      new.email = "CAROL@N.example"
      let taken = new
      #expect(try await code { try await world.service.create(taken, actor: head) } == "LOGIN_NAME_TAKEN")
      new.email = "other@n.example"
      new.roles = []
      let homeless = new
      #expect(try await code { try await world.service.create(homeless, actor: head) } == "VALIDATION_ERROR")
      new.roles = [teacher]
      new.person = PersonID.new(at: world.clock.now())
      let nobody = new
      #expect(try await code { try await world.service.create(nobody, actor: head) } == "NOT_FOUND")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `switching one off ends its sessions at once, and on again lets it sign in`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      let root = try await world.actor(try await world.account("root", role: "administrator"))
      let ada = try await world.account("ada", role: "teacher", at: world.north)
      let signed = try await world.signIn("ada")
      let client = try await world.service.logIn(world.attempt("ada"))
      let off = try await world.service.update(ada, version: 1, isEnabled: false, actor: root)
      #expect(try await world.who(signed.token) == nil)
      let access = try await world.service.identify(
        accessToken: client.access.text, request: nil, at: world.clock.now())
      #expect(access == nil)
      #expect(try await code { try await world.service.refresh(client.refresh.text) } == "UNAUTHORIZED")
      #expect(try await world.service.actor(ada) == nil)
      let stale = try await code { try await world.service.update(ada, version: 1, isEnabled: true, actor: root) }
      #expect(stale == "VERSION_STALE")
      try await world.service.update(ada, version: off.version, isEnabled: true, actor: root)
      #expect(try await world.who(signed.token) == nil)
      _ = try await world.signIn("ada")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the last administrator stays`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let rootID = try await world.account("root", role: "administrator")
      let root = try await world.actor(rootID)
      let own = try #require(try await world.service.account(rootID, actor: root).roles.first).assignment
      #expect(try await code { try await world.service.take(own.id, actor: root) } == "LAST_ADMINISTRATOR")
      #expect(
        try await code { try await world.service.update(rootID, version: 1, isEnabled: false, actor: root) }
          == "OWN_ACCOUNT")
      // An administrator of one school, for a while, or without a password does not count.
      let role = try await world.role("administrator").id
      let local = try await world.account("local", role: "administrator", at: world.north)
      let today = world.clock.now().utcDate
      let passing = try await world.account("passing", role: "planner")
      try await world.service.give(
        NewAccount.NewRole(role: role, firstOn: today, lastOn: today.adding(days: 30)), to: passing, actor: root)
      #expect(try await code { try await world.service.take(own.id, actor: root) } == "LAST_ADMINISTRATOR")
      let outside = try await code {
        try await world.service.update(rootID, version: 1, isEnabled: false, actor: .system("test"))
      }
      #expect(outside == "LAST_ADMINISTRATOR")
      #expect(try await world.actor(local).reach(.manageRoles) == nil)
      _ = try await world.service.create(
        NewAccount(name: "Invited", userName: "invited", roles: [NewAccount.NewRole(role: role)]), actor: root)
      #expect(try await code { try await world.service.take(own.id, actor: root) } == "LAST_ADMINISTRATOR")
      let second = try await world.account("second", role: "administrator")
      try await world.service.take(own.id, actor: try await world.actor(second))
      #expect(try await !world.actor(rootID).has(.manageAccounts))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of two administrators who take each other's role at once, one stays`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let one = try await world.actor(try await world.account("one", role: "administrator"))
      let two = try await world.actor(try await world.account("two", role: "administrator"))
      func own(_ actor: Actor) async throws -> ID<RoleAssignment> {
        let account = try #require(actor.account)
        return try #require(try await world.service.account(account, actor: one).roles.first).assignment.id
      }
      let (first, second) = (try await own(one), try await own(two))
      async let left = code { try await world.service.take(second, actor: one) }
      async let right = code { try await world.service.take(first, actor: two) }
      #expect(try await Set([left, right]) == ["", "LAST_ADMINISTRATOR"])
    }
  }

  @Test func `the same role there at the same time is given once`() async throws {
    try await World.with(.sqlite) { world in
      let root = try await world.actor(try await world.account("root", role: "administrator"))
      let ada = try await world.account("ada", role: "teacher", at: world.north)
      let teacher = NewAccount.NewRole(role: try await world.role("teacher").id, org: world.north)
      #expect(try await code { try await world.service.give(teacher, to: ada, actor: root) } == "ROLE_ALREADY_GIVEN")
      var backwards = teacher
      backwards.firstOn = SchoolDate("2026-09-02")
      backwards.lastOn = SchoolDate("2026-09-01")
      let impossible = backwards
      #expect(try await code { try await world.service.give(impossible, to: ada, actor: root) } == "VALIDATION_ERROR")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `accounts are found by part of a name, an address or a user name`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      for name in ["José", "Josef", "100%_real"] {
        _ = try await world.service.create(
          NewAccount(name: name, email: "\(name.first ?? "x")\(name.count)@n.example"), actor: .system("test"))
      }
      func found(_ search: String) async throws -> [String] {
        try await world.service.list(search: search, actor: .system("test")).items.map(\.account.name)
      }
      #expect(try await found("jose") == ["José", "Josef"])
      #expect(try await found("@N.EXAMPLE").count == 3)
      #expect(try await found("%") == ["100%_real"])
      #expect(try await found("0!") == [])
      let page = try await world.service.list(page: PageRequest(limit: 2), actor: .system("test"))
      let rest = try await world.service.list(page: PageRequest(limit: 2, after: page.next), actor: .system("test"))
      #expect((page.items + rest.items).map(\.account.name) == ["100%_real", "José", "Josef"])
    }
  }
}

@Suite struct `Deciding what roles may do` {
  @Test(arguments: TestDatabase.engines)
  func `a role is made, changed over the version one saw, and removed when nobody has it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await World.with(engine) { world in
      let root = try await world.actor(try await world.account("root", role: "administrator"))
      let role = try await world.service.createRole(
        name: "Nurse", about: "Sees everybody.", grants: ["students.view": .school], actor: root)
      try await world.service.updateRole(
        role.id, version: 1, name: "School nurse", about: "", grants: ["students.view": .all], actor: root)
      let stale = try await code {
        try await world.service.updateRole(role.id, version: 1, name: "X", about: "", grants: [:], actor: root)
      }
      #expect(stale == "VERSION_STALE")
      let line = try await world.service.role(role.id, actor: root)
      #expect(line.role.name == "School nurse" && line.role.grants == ["students.view": .all] && line.holders == 0)
      let ada = try await world.account("ada", role: "School nurse")
      #expect(try await code { try await world.service.deleteRole(role.id, version: 2, actor: root) } == "ROLE_IN_USE")
      #expect(
        try await code { try await world.service.deleteRole(role.id, version: 1, actor: root) } == "VERSION_STALE")
      let given = try #require(try await world.service.account(ada, actor: root).roles.first).assignment
      try await world.service.take(given.id, actor: root)
      try await world.service.deleteRole(role.id, version: 2, actor: root)
      #expect(try await code { try await world.service.role(role.id, actor: root) } == "NOT_FOUND")
    }
  }

  @Test func `the administrator's role is fixed, and names are had once`() async throws {
    try await World.with(.sqlite) { world in
      let root = try await world.actor(try await world.account("root", role: "administrator"))
      let fixed = try await world.role("administrator")
      let empty = try await code {
        try await world.service.updateRole(
          fixed.id, version: 1, name: "Administrator", about: "", grants: [:], actor: root)
      }
      #expect(empty == "ROLE_FIXED")
      #expect(try await code { try await world.service.deleteRole(fixed.id, version: 1, actor: root) } == "ROLE_FIXED")
      let taken = try await code {
        try await world.service.createRole(name: "TEACHER", about: "", grants: [:], actor: root)
      }
      #expect(taken == "ROLE_NAME_TAKEN")
    }
  }

  @Test func `permissions and scopes must be known, and one's own`() async throws {
    try await World.with(.sqlite) { world in
      let root = try await world.actor(try await world.account("root", role: "administrator"))
      func create(_ grants: [String: Scope], by actor: Actor) async throws -> String {
        try await code { try await world.service.createRole(name: "New", about: "", grants: grants, actor: actor) }
      }
      #expect(try await create(["students.paint": .all], by: root) == "VALIDATION_ERROR")
      #expect(try await create(["students.edit": .children], by: root) == "VALIDATION_ERROR")
      let ruler = Actor(
        account: root.account, name: "Ruler", reaches: [.manageRoles: .everywhere, World.viewStudents: .everywhere])
      #expect(try await create(["students.edit": .school], by: ruler) == "BEYOND_OWN_RIGHTS")
      #expect(try await create(["students.view": .school], by: ruler) == "")
      let head = try await world.actor(try await world.account("head", role: "principal", at: world.north))
      #expect(try await create([:], by: head) == "FORBIDDEN")
    }
  }

  @Test func `rights of parts that are not there yet are kept`() async throws {
    try await World.with(.sqlite) { world in
      let root = try await world.actor(try await world.account("root", role: "administrator"))
      let accountant = try await world.role("accountant")
      #expect(accountant.grants["finance.edit"] == .school)
      let saved = try await world.service.updateRole(
        accountant.id, version: accountant.version, name: accountant.name, about: "", grants: [:], actor: root)
      #expect(saved.grants["finance.edit"] == .school)
      #expect(saved.grants["students.view"] == nil)
    }
  }
}

@Suite struct `What every request asks` {
  @Test(arguments: TestDatabase.engines)
  func `is answered by indexes alone`(engine: TestDatabase.Engine) async throws {
    try await World.with(engine) { world in
      let session = try await world.database.plan(
        of: """
          SELECT taste.theme, given.role_id FROM accounts_session_live AS session
          JOIN accounts_account_live AS account ON account.id = session.account_id
          LEFT JOIN accounts_preference AS taste ON taste.account_id = session.account_id
          LEFT JOIN accounts_role_assignment_live AS given ON given.account_id = session.account_id
          WHERE session.token_hash = \([UInt8](repeating: 0, count: 32))
          """)
      #expect(!session.contains("SCAN") && !session.contains("Seq Scan"))
      #expect(session.contains("accounts_session_token") && session.contains("accounts_role_assignment_account"))
    }
  }

  @Test func `is one statement, and two more when roles or organisations have changed`() async throws {
    try await World.with(.sqlite) { world in
      try await world.account("ada", role: "teacher", at: world.north)
      let token = try await world.signIn("ada").token
      let counter = QueryCounter(world.database)
      let service = try await World.service(counter, world.clock, world.masterKey, AccountSettings())
      func statements() async throws -> Int {
        let before = counter.count
        _ = try await service.identify(token: token.text, request: nil, at: world.clock.now())
        return counter.count - before
      }
      #expect(try await statements() == 3)
      #expect(try await statements() == 1)
      _ = try await World.org("W", below: world.district, world.database)
      #expect(try await statements() == 3)
      #expect(try await statements() == 1)
    }
  }
}
