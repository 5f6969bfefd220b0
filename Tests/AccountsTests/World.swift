import Directory
import Kernel
import Persistence
import Record
import Rights
import Secrets
import TestSupport
import Testing

@testable import Accounts

/// A small district with two schools, a clock, and accounts to sign in with.
struct World: Sendable {
  let database: any Database
  let clock: TestClock
  let service: AccountsService
  let masterKey: MasterKey
  let district: OrgID
  let north: OrgID
  let south: OrgID

  static let migrations = Record.migrations + DirectoryModule.migrations + AccountsModule.migrations
  /// As other slices declare them.
  static let viewStudents = Permission(
    "students.view", "See students", scopes: [.all, .school, .sections, .children, .own])
  static let editStudents = Permission("students.edit", "Change students")
  static let takeAttendance = Permission("attendance.take", "Take registers", scopes: [.all, .school, .sections])
  static let permissions = AccountsModule.permissions + [viewStudents, editStudents, takeAttendance]
  static let passwords = Passwords(cost: .least, threads: 4, waiting: 1000)
  static let password = "seven wet umbrellas"

  /// Runs `body` in a world of its own.
  static func with(
    _ engine: TestDatabase.Engine, settings: AccountSettings = AccountSettings(),
    _ body: (World) async throws -> Void
  ) async throws {
    try await engine.with(migrations) { database in
      try await body(try await World(database, settings: settings))
    }
  }

  init(_ database: any Database, settings: AccountSettings) async throws {
    self.database = database
    clock = TestClock()
    masterKey = MasterKey()
    service = try await Self.service(database, clock, masterKey, settings)
    try await service.prepare()
    district = try await Self.org("D", below: nil, database)
    north = try await Self.org("N", below: district, database)
    south = try await Self.org("S", below: district, database)
  }

  /// Another node on the same database.
  func otherNode() async throws -> AccountsService {
    try await Self.service(database, clock, masterKey, AccountSettings())
  }

  static func service(
    _ database: any Database, _ clock: TestClock, _ masterKey: MasterKey, _ settings: AccountSettings,
    post: AccountPost? = nil
  ) async throws -> AccountsService {
    AccountsService(
      database: database, record: Record(), clock: clock, settings: settings, passwords: passwords,
      keys: try await SigningKeys(database: database, record: Record(), clock: clock, masterKey: masterKey),
      permissions: permissions,
      neighbours: Neighbours(
        person: { id, actor, tx in
          guard actor.has(viewStudents) else { return nil }
          return try tx.first("SELECT display_name FROM directory_person_live WHERE id = \(id)") { try $0.next() }
        },
        orgs: { reach, tx in
          try tx.all("SELECT id, name, code FROM directory_org_live ORDER BY code") { row in
            Neighbours.OrgName(id: try row.next(), name: try row.next(), code: try row.next())
          }.filter { reach.covers($0.id) }
        }), post: post)
  }

  static func org(_ code: String, below parent: OrgID?, _ database: any Database) async throws -> OrgID {
    let id = OrgID.new(at: Instant(milliseconds: 1))
    let kind = parent == nil ? "district" : "school"
    try await database.write { tx in
      try tx.run(
        """
        INSERT INTO directory_org
          (id, version, changed_at, parent_id, kind, code, name, time_zone, locale, week_start)
        VALUES (\(id), 1, 1, \(parent), \(kind), \(code), \(code), 'UTC', 'en', 1)
        """)
    }
    return id
  }

  func person(_ name: String) async throws -> PersonID {
    let id = PersonID.new(at: clock.now())
    try await database.write { tx in
      try tx.run(
        """
        INSERT INTO directory_person (id, version, changed_at, display_name, sort_name, search_name)
        VALUES (\(id), 1, 1, \(name), \(name), \(name))
        """)
    }
    return id
  }

  /// An account with a password and one role; its name is also its user name.
  @discardableResult
  func account(_ name: String, role: String, at org: OrgID? = nil) async throws -> AccountID {
    try await service.addAccount(
      NewAccount(name: name, userName: name), role: role, org: org, password: Self.password, by: .system("test")
    ).account
  }

  func attempt(
    _ name: String, _ password: String = World.password, from address: String = "192.0.2.1", device: Token? = nil
  ) -> SignInAttempt {
    SignInAttempt(name: name, password: password, address: address, agent: "Tests", device: device)
  }

  func signIn(_ name: String) async throws -> SignedInBrowser { try await service.signIn(attempt(name)) }

  /// Who shows this cookie, now.
  func who(_ token: Token) async throws -> Identity? {
    try await service.identify(token: token.text, request: nil, at: clock.now())
  }

  /// The rights of an account, now.
  func actor(_ id: AccountID) async throws -> Actor { try #require(try await service.actor(id)) }

  func role(_ code: String) async throws -> Role {
    try #require(try await database.read { tx in try RoleStore().find(codeOrName: code, in: tx) })
  }
}

/// The code of the problem that `body` throws, or "".
func code(of body: () async throws -> some Any) async throws -> String {
  do {
    _ = try await body()
    return ""
  } catch let error as any ProblemConvertible {
    return error.problem.code
  }
}
