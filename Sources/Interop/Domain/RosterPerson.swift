public import Kernel

/// A human, as a roster describes one. No password is ever here.
public struct RosterPerson: Sendable, Equatable {
  /// The words OneRoster has for sex.
  public enum Sex: String, Sendable { case male, female, other, unspecified }

  /// A number that somebody else gave the person: a state's identifier, a library card.
  public struct OtherID: Sendable, Equatable, Hashable {
    /// What sort of number.
    public var kind: String
    /// The number.
    public var value: String

    /// A number that somebody else gave.
    public init(kind: String, value: String) {
      self.kind = kind
      self.value = value
    }
  }

  /// The source's identifier.
  public var id: String
  /// The given name.
  public var givenName: String?
  /// The middle name or names.
  public var middleName: String?
  /// The family name.
  public var familyName: String?
  /// The whole name, where the source does not part it.
  public var fullName: String?
  /// The given name the person goes by.
  public var preferredGivenName: String?
  /// The middle name the person goes by.
  public var preferredMiddleName: String?
  /// The family name the person goes by.
  public var preferredFamilyName: String?
  /// The pronouns, in the person's words.
  public var pronouns: String?
  /// The e-mail address.
  public var email: String?
  /// The telephone number.
  public var phone: String?
  /// The number for text messages, if it is another.
  public var sms: String?
  /// The name to sign in with elsewhere. Imports make people, never accounts.
  public var username: String?
  /// The birth date.
  public var birthDate: SchoolDate?
  /// The sex, as registered.
  public var sex: Sex?
  /// Whether the source lets the person use systems.
  public var isEnabled = true
  /// Numbers that others gave the person.
  public var otherIDs: [OtherID] = []
  /// Where it was read.
  public var spot: RosterSpot

  /// A person of whom only the identifier is known yet.
  public init(id: String, spot: RosterSpot) {
    self.id = id
    self.spot = spot
  }
}

/// Somebody is a student of a school.
public struct RosterStudent: Sendable, Equatable {
  /// Where the student stands in the life cycle.
  public enum Status: String, Sendable {
    case active, inactive, suspended, transferred, withdrawn, expelled, graduated
  }
  /// The source's identifier, or one made of person and school.
  public var id: String
  /// The person.
  public var person: String
  /// The school; nil for the one chosen at import.
  public var school: String?
  /// The student number.
  public var number: String?
  /// The grade, in the source's words.
  public var grade: String?
  /// Where the student stands; nil where the source does not say.
  public var status: Status?
  /// The session it is said for.
  public var session: String?
  /// Whether it is the person's first role at the school.
  public var isPrimary = true
  /// The first day.
  public var firstOn: SchoolDate?
  /// The last day, inclusive.
  public var lastOn: SchoolDate?
  /// Where it was read.
  public var spot: RosterSpot

  /// A person is a student of a school.
  public init(id: String, person: String, school: String?, spot: RosterSpot) {
    self.id = id
    self.person = person
    self.school = school
    self.spot = spot
  }
}

/// Somebody works at an organisation.
public struct RosterStaff: Sendable, Equatable {
  /// What sort of work, in OneRoster's words; `other` keeps the source's.
  public enum Kind: Sendable, Equatable {
    case teacher, aide, counselor, principal, proctor
    case districtAdministrator, siteAdministrator, systemAdministrator
    case other(String)
  }
  /// The source's identifier, or one made of person, organisation and work.
  public var id: String
  /// The person.
  public var person: String
  /// The organisation.
  public var org: String
  /// What sort of work.
  public var kind: Kind
  /// The title of the post.
  public var title: String?
  /// The staff number.
  public var number: String?
  /// The session it is said for.
  public var session: String?
  /// Whether it is the person's first role at the organisation.
  public var isPrimary = true
  /// The first day.
  public var firstOn: SchoolDate?
  /// The last day, inclusive.
  public var lastOn: SchoolDate?
  /// Where it was read.
  public var spot: RosterSpot

  /// A person works at an organisation.
  public init(id: String, person: String, org: String, kind: Kind, spot: RosterSpot) {
    self.id = id
    self.person = person
    self.org = org
    self.kind = kind
    self.spot = spot
  }
}

/// Somebody sits in a section or teaches it.
public struct RosterEnrolment: Sendable, Equatable {
  /// What the person does there; `other` keeps the source's word.
  public enum Role: Sendable, Hashable {
    case student, teacher
    case other(String)
  }
  /// The source's identifier, or one made of section, person and role.
  public var id: String
  /// The section.
  public var section: String
  /// The person.
  public var person: String
  /// What the person does there.
  public var role: Role
  /// Whether this is the first of the section's teachers.
  public var isPrimary = false
  /// The first day.
  public var firstOn: SchoolDate?
  /// The last day, inclusive.
  public var lastOn: SchoolDate?
  /// Where it was read.
  public var spot: RosterSpot

  /// A person is in a section.
  public init(id: String, section: String, person: String, role: Role, spot: RosterSpot) {
    self.id = id
    self.section = section
    self.person = person
    self.role = role
    self.spot = spot
  }
}

/// Somebody looks after a student.
public struct RosterRelationship: Sendable, Equatable {
  /// The source's identifier, or one made of both people.
  public var id: String
  /// The student, a person.
  public var student: String
  /// The guardian, a person.
  public var guardian: String
  /// The relation in the source's word, lower case: `parent`, `guardian`, `aunt`.
  public var relation: String?
  /// Whether this is the first person to call.
  public var isPrimary = false
  /// Where it was read.
  public var spot: RosterSpot

  /// A person looks after a student.
  public init(id: String, student: String, guardian: String, relation: String? = nil, spot: RosterSpot) {
    self.id = id
    self.student = student
    self.guardian = guardian
    self.relation = relation
    self.spot = spot
  }
}
