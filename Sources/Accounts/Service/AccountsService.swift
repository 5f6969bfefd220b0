public import Kernel
public import Persistence
public import Record
public import Rights
public import Secrets

/// Signing in and out, accounts, and who may do what.
///
/// One service for browsers, clients and the commands on the host. Every change is one transaction with its history;
/// passwords and tokens are kept as hashes, apart from what the history shows.
public struct AccountsService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let settings: AccountSettings
  let passwords: Passwords
  let keys: SigningKeys
  let permissions: [Permission]
  let neighbours: Neighbours
  let post: AccountPost?
  let remembered = RightsCache()
  let accounts = AccountStore()
  let roles = RoleStore()
  let sessions = SessionStore()
  let attempts = AttemptStore()
  let links = RecoveryStore()
  let mailed = MailedLinkStore()

  /// A service over all `permissions` of the installation; `neighbours` answers what accounts ask of other slices, and
  /// `post` takes what is written to their owners. Without it nothing is written.
  public init(
    database: any Database, record: Record, clock: any WallClock, settings: AccountSettings, passwords: Passwords,
    keys: SigningKeys, permissions: [Permission], neighbours: Neighbours, post: AccountPost? = nil
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.settings = settings
    self.passwords = passwords
    self.keys = keys
    self.permissions = permissions
    self.neighbours = neighbours
    self.post = post
  }

  /// Makes what an installation needs before anybody signs in: the roles, if there are none, and a key to sign with.
  ///
  /// Safe to call at every start, on several nodes at once.
  public func prepare() async throws {
    let change = Change(by: .system("start"), at: clock.now())
    try await database.write { tx in try ensureRoles(change, in: tx) }
    try await keys.prepare()
  }

  /// The day it is where the roles' days begin and end.
  var today: SchoolDate { settings.zone.date(at: clock.now()) }

  func ensureRoles(_ change: Change, in tx: any Connection) throws {
    guard try roles.isEmpty(tx) else { return }
    let presets = RolePreset.all.map { preset in
      Role(
        id: .new(at: change.at), code: preset.code, name: preset.name, about: preset.about,
        isAdministrator: preset == .administrator, grants: preset.grants)
    }
    try record.insert(presets, into: Role.table, change, in: tx)
  }

  /// Ends sessions; those that were ended already, or meanwhile, are left as they are.
  func end(
    _ ended: [Session], because ending: Session.Ending, _ change: Change, in tx: any Connection
  ) throws {
    let rows = ended.filter { $0.endedAt == nil }.map { session in
      var session = session
      session.endedAt = change.at
      session.ending = ending
      return session
    }
    if !rows.isEmpty { try record.update(rows, in: Session.table, change, in: tx) }
  }

  func endAll(
    of account: AccountID, except kept: SessionID? = nil, because ending: Session.Ending, _ change: Change,
    in tx: any Connection
  ) throws {
    try end(try sessions.unended(of: account, in: tx).filter { $0.id != kept }, because: ending, change, in: tx)
  }
}

/// What accounts need to know from other slices, asked inside their own transaction.
public struct Neighbours: Sendable {
  /// The name of a person whom the actor may see; nil for everybody else.
  public let person: @Sendable (PersonID, Actor, any Connection) throws -> String?
  /// The organisations an actor may give roles at, by name: those its reach covers.
  public let orgs: @Sendable (Reach, any Connection) throws -> [OrgName]

  /// An organisation by its name.
  public struct OrgName: Sendable, Equatable {
    /// Which it is.
    public let id: OrgID
    /// What it is called.
    public let name: String
    /// Its short name, as commands take it.
    public let code: String

    /// An organisation by its name and code.
    public init(id: OrgID, name: String, code: String) {
      self.id = id
      self.name = name
      self.code = code
    }
  }

  /// What the directory answers.
  public init(
    person: @escaping @Sendable (PersonID, Actor, any Connection) throws -> String?,
    orgs: @escaping @Sendable (Reach, any Connection) throws -> [OrgName]
  ) {
    self.person = person
    self.orgs = orgs
  }
}

extension Actor {
  /// An account as the maker of a change to itself, while it is signing in.
  static func itself(_ account: Account) -> Actor {
    Actor(account: account.id, person: account.person, name: account.name, reaches: [:])
  }
}
