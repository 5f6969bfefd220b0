public import Kernel

/// Whom something is for: a message, or a notice on the board.
///
/// An audience is a rule, not a list: who is meant is worked out on the day it matters. Guardians belong to it only
/// through a child whose custody rights allow it that day; people who were deleted belong to none.
public enum Audience: Sendable, Hashable {
  /// Students who belong to a school, guardians in sight of one of them, staff who work today, and whoever has a role
  /// today: all who have to do with the installation.
  case everyone
  /// Whoever has the role today and may sign in. With an organisation: where the role counts in some part of it, as it
  /// was given there, below it or above it. The role alone decides, so it has to end when somebody leaves; but a role
  /// whose rights come from children, such as Guardian, counts only with a child custody lets the guardian hear of.
  case role(RoleID, at: OrgID?)
  /// The people of an organisation and of all below it.
  case school(OrgID, Group)
  /// The students of a section, and whoever teaches or assists in it today.
  case section(SectionID)
  /// The guardians of the students of a section.
  case guardiansOfSection(SectionID)
  /// Staff whose work of today at the organisation, or below it, is in the department of exactly that name. A
  /// department that is an organisation itself is `school(…, .staff)`.
  case department(OrgID, String)
  /// One person.
  case person(PersonID)

  /// Which people of an organisation.
  public enum Group: String, Sendable, CaseIterable {
    /// Students, their guardians and staff.
    case everyone
    /// Students who belong to it: neither graduated nor withdrawn.
    case students
    /// The guardians of those students, as far as custody allows.
    case guardians
    /// Those with a job there that has begun and not ended.
    case staff
  }

  /// The word for each case, as it is kept.
  public enum Kind: String, Sendable, CaseIterable {
    /// `everyone`.
    case everyone
    /// `role`.
    case role
    /// `school`.
    case school
    /// `section`.
    case section
    /// `guardiansOfSection`.
    case guardiansOfSection = "section_guardians"
    /// `department`.
    case department
    /// `person`.
    case person
  }

  /// Which case it is.
  public var kind: Kind {
    switch self {
    case .everyone: .everyone
    case .role: .role
    case .school: .school
    case .section: .section
    case .guardiansOfSection: .guardiansOfSection
    case .department: .department
    case .person: .person
    }
  }

  /// Whether guardians may belong to it on account of a child.
  public var hasGuardians: Bool {
    switch self {
    case .everyone, .guardiansOfSection, .school(_, .everyone), .school(_, .guardians): true
    default: false
    }
  }

  /// The organisation it names.
  public var org: OrgID? {
    switch self {
    case .role(_, let org): org
    case .school(let org, _), .department(let org, _): org
    default: nil
    }
  }
}

/// As addresses, forms and the API spell it: `everyone`, `role:ROLE`, `role:ROLE:ORG`, `school:ORG:guardians`,
/// `section:SECTION`, `section_guardians:SECTION`, `department:ORG:Science`, `person:PERSON`.
extension Audience: LosslessStringConvertible {
  public var description: String {
    switch self {
    case .everyone: kind.rawValue
    case .role(let role, let org): "role:\(role)" + (org.map { ":\($0)" } ?? "")
    case .school(let org, let group): "school:\(org):\(group.rawValue)"
    case .section(let section), .guardiansOfSection(let section): "\(kind.rawValue):\(section)"
    case .department(let org, let name): "department:\(org):\(name)"
    case .person(let person): "person:\(person)"
    }
  }

  /// Reads what `description` says; nil for anything else.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard let kind = parts.first.flatMap(Kind.init) else { return nil }
    var fields = AudienceFields(kind: kind)
    switch (kind, parts.count) {
    case (.everyone, 1): break
    case (.role, 2...3):
      fields.role = RoleID(parts[1])
      if parts.count == 3 {
        guard let org = OrgID(parts[2]) else { return nil }
        fields.org = org
      }
    case (.school, 3), (.department, 3):
      fields.org = OrgID(parts[1])
      fields.word = parts[2]
    case (.section, 2), (.guardiansOfSection, 2): fields.section = SectionID(parts[1])
    case (.person, 2): fields.person = PersonID(parts[1])
    default: return nil
    }
    self.init(fields)
  }
}

/// The parts of an audience, each in a column of its own.
public struct AudienceFields: Sendable, Equatable {
  /// Which case it is.
  public var kind: Audience.Kind
  /// The organisation.
  public var org: OrgID?
  /// The role.
  public var role: RoleID?
  /// The section.
  public var section: SectionID?
  /// The person.
  public var person: PersonID?
  /// Which people of a school, or the department's name.
  public var word: String?

  /// The parts, all but the kind left out where the case has none.
  public init(
    kind: Audience.Kind, org: OrgID? = nil, role: RoleID? = nil, section: SectionID? = nil, person: PersonID? = nil,
    word: String? = nil
  ) {
    self.kind = kind
    self.org = org
    self.role = role
    self.section = section
    self.person = person
    self.word = word
  }
}

extension Audience {
  /// Its parts.
  public var fields: AudienceFields {
    switch self {
    case .everyone: AudienceFields(kind: .everyone)
    case .role(let role, let org): AudienceFields(kind: .role, org: org, role: role)
    case .school(let org, let group): AudienceFields(kind: .school, org: org, word: group.rawValue)
    case .section(let section): AudienceFields(kind: .section, section: section)
    case .guardiansOfSection(let section): AudienceFields(kind: .guardiansOfSection, section: section)
    case .department(let org, let name): AudienceFields(kind: .department, org: org, word: name)
    case .person(let person): AudienceFields(kind: .person, person: person)
    }
  }

  /// The audience of these parts; nil when one that the case needs is missing, or the department's name is none.
  public init?(_ fields: AudienceFields) {
    switch fields.kind {
    case .everyone: self = .everyone
    case .role:
      guard let role = fields.role else { return nil }
      self = .role(role, at: fields.org)
    case .school:
      guard let org = fields.org, let group = fields.word.flatMap(Group.init) else { return nil }
      self = .school(org, group)
    case .section:
      guard let section = fields.section else { return nil }
      self = .section(section)
    case .guardiansOfSection:
      guard let section = fields.section else { return nil }
      self = .guardiansOfSection(section)
    case .department:
      guard let org = fields.org, let name = fields.word, !name.isEmpty, name.unicodeScalars.count <= 100,
        Text.isPlain(name)
      else { return nil }
      self = .department(org, name)
    case .person:
      guard let person = fields.person else { return nil }
      self = .person(person)
    }
  }
}
