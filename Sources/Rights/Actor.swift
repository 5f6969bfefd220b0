public import Kernel

/// Who acts: an account with everything it may do, as of the beginning of a request. Passed in, never ambient.
public struct Actor: Sendable, Equatable {
  /// The account; nil for the system itself (jobs, commands on the host).
  public let account: AccountID?
  /// The person the account belongs to.
  public let person: PersonID?
  /// The session of this request; nil outside of one.
  public let session: SessionID?
  /// The name pages show. Never logged.
  public let name: String
  /// The request this is part of, for the audit; nil outside of one.
  public let request: String?
  private let reaches: [String: Reach]
  private let unbounded: Bool

  /// An account that may do what `reaches` says, by permission.
  public init(
    account: AccountID?, person: PersonID? = nil, session: SessionID? = nil, name: String, request: String? = nil,
    reaches: [Permission: Reach]
  ) {
    self.account = account
    self.person = person
    self.session = session
    self.name = name
    self.request = request
    self.reaches = Dictionary(uniqueKeysWithValues: reaches.map { ($0.key.name, $0.value) })
    unbounded = false
  }

  /// An account with the very rights of `template`, without working them out again: what a cache of rights hands out.
  public init(
    account: AccountID, person: PersonID?, session: SessionID?, name: String, request: String? = nil,
    rightsOf template: Actor
  ) {
    self.account = account
    self.person = person
    self.session = session
    self.name = name
    self.request = request
    reaches = template.reaches
    unbounded = template.unbounded
  }

  private init(system name: String) {
    account = nil
    person = nil
    session = nil
    self.name = name
    request = nil
    reaches = [:]
    unbounded = true
  }

  private init(_ actor: Actor, request: String) {
    account = actor.account
    person = actor.person
    session = actor.session
    name = actor.name
    self.request = request
    reaches = actor.reaches
    unbounded = actor.unbounded
  }

  /// The system itself, which may do everything: jobs and commands on the host. Never made from a request.
  public static func system(_ name: String) -> Actor { Actor(system: name) }

  /// The same actor in another request.
  public func during(request: String) -> Actor { Actor(self, request: request) }

  /// How far the permission reaches; nil when it is missing altogether.
  public func reach(_ permission: Permission) -> Reach? { unbounded ? .everywhere : reaches[permission.name] }

  /// Whether the permission is there in any scope: enough for a menu entry, never for a record.
  public func has(_ permission: Permission) -> Bool { reach(permission) != nil }

  /// How far the permission reaches; throws when it is missing altogether.
  public func require(_ permission: Permission) throws(Problem) -> Reach {
    guard let reach = reach(permission) else { throw .forbidden(permission.name) }
    return reach
  }

  /// Throws unless the permission covers a whole school. Whoever may not even see the school hears that it is not
  /// there.
  public func require(_ permission: Permission, at school: OrgID) throws(Problem) {
    guard try require(permission).covers(school) else { throw .notFound("school") }
  }
}

/// How far one permission of one person reaches: the union over all the person's roles.
public struct Reach: Sendable, Equatable {
  /// The whole installation.
  public var isEverywhere: Bool
  /// These organisations; those below them are already counted in.
  public var orgs: Set<OrgID>
  /// Own sections and their students, in these organisations.
  public var sectionsIn: Set<OrgID>
  /// Own children.
  public var children: Bool
  /// Oneself.
  public var own: Bool

  /// A reach of the given parts.
  public init(
    isEverywhere: Bool = false, orgs: Set<OrgID> = [], sectionsIn: Set<OrgID> = [], children: Bool = false,
    own: Bool = false
  ) {
    self.isEverywhere = isEverywhere
    self.orgs = orgs
    self.sectionsIn = sectionsIn
    self.children = children
    self.own = own
  }

  /// The whole installation.
  public static let everywhere = Reach(isEverywhere: true)

  /// Whether it takes in a whole organisation.
  public func covers(_ org: OrgID) -> Bool { isEverywhere || orgs.contains(org) }

  /// Whether it takes in some whole organisation: a list of a school makes sense then.
  public var coversSomeOrg: Bool { isEverywhere || !orgs.isEmpty }

  /// This and the other together.
  public func union(_ other: Reach) -> Reach {
    Reach(
      isEverywhere: isEverywhere || other.isEverywhere, orgs: orgs.union(other.orgs),
      sectionsIn: sectionsIn.union(other.sectionsIn), children: children || other.children, own: own || other.own)
  }
}
