public import Kernel

/// Somebody an audience means: a person, or an account that belongs to nobody, such as the first administrator's.
public struct AudienceMember: Sendable, Equatable {
  /// The person; nil for an account without one.
  public let person: PersonID?
  /// The account that the person signs in with; nil where there is none, or none that is enabled.
  public let account: AccountID?
  /// The students through whom a guardian is meant, in order; empty for anyone else, and for a guardian who is meant
  /// for a reason of his or her own.
  public let about: [StudentID]

  /// A member of an audience.
  public init(person: PersonID?, account: AccountID?, about: [StudentID] = []) {
    self.person = person
    self.account = account
    self.about = about
  }
}

/// Whom things reach, or do not: a person and the account that he or she reads with.
public struct AudienceReader: Sendable, Hashable {
  /// The person.
  public let person: PersonID?
  /// The account.
  public let account: AccountID?

  /// A reader.
  public init(person: PersonID?, account: AccountID?) {
    self.person = person
    self.account = account
  }

  /// What a reader is known by: the person, or the account where there is no person.
  public var key: ID<AnyEntity>? { person?.retyped() ?? account?.retyped() }
}

/// Everything by which things reach one reader on one day.
public struct AudienceKeys: Sendable, Equatable {
  /// Whether the reader has to do with the installation at all.
  public var isSomebody = false
  /// The person, while there is one who is not deleted.
  public var person: PersonID?
  /// The organisations of which the reader is a student, a guardian or staff, with all above them.
  public var places: [Audience.Group: Set<OrgID>] = [:]
  /// The sections the reader sits in or teaches.
  public var sections: Set<SectionID> = []
  /// The sections in which a child of the reader sits.
  public var sectionsOfChildren: Set<SectionID> = []
  /// Departments the reader works in, by their name, and the organisations at or below which they are.
  public var departments: [String: Set<OrgID>] = [:]
  /// Roles the reader has, and in which organisations they count in some part.
  public var roles: [RoleID: Set<OrgID>] = [:]
  /// Roles the reader has in the whole installation.
  public var rolesEverywhere: Set<RoleID> = []

  /// Nothing reaches the reader.
  public init() {}

  /// Whether something for `audience` reaches the reader.
  public func reach(_ audience: Audience) -> Bool {
    switch audience {
    case .everyone: isSomebody
    case .role(let role, let org):
      rolesEverywhere.contains(role) || roles[role].map { orgs in org.map(orgs.contains) ?? true } ?? false
    case .school(let org, .everyone): places.values.contains { $0.contains(org) }
    case .school(let org, let group): places[group]?.contains(org) ?? false
    case .section(let section): sections.contains(section)
    case .guardiansOfSection(let section): sectionsOfChildren.contains(section)
    case .department(let org, let name): departments[name]?.contains(org) ?? false
    case .person(let one): person == one
    }
  }
}
