public import Kernel

/// Identifies a guardianship.
public typealias GuardianshipID = ID<Guardianship>
/// Identifies a custody right.
public typealias CustodyRightID = ID<CustodyRight>

/// That a person is a guardian of a student. One guardian of each student is the primary one.
public struct Guardianship: Sendable, Equatable {
  /// What it identifies.
  public let id: GuardianshipID
  /// How often it has been saved.
  public let version: Int
  /// The student.
  public let student: StudentID
  /// The guardian.
  public let guardian: PersonID
  /// What it is like.
  public let details: GuardianshipDetails

  /// A guardianship as it was read, or a new one of version 1.
  public init(
    id: GuardianshipID, version: Int = 1, student: StudentID, guardian: PersonID, details: GuardianshipDetails
  ) {
    self.id = id
    self.version = version
    self.student = student
    self.guardian = guardian
    self.details = details
  }

  /// The same with other details.
  public func with(_ details: GuardianshipDetails) -> Guardianship {
    Guardianship(id: id, version: version, student: student, guardian: guardian, details: details)
  }
}

/// What a person may say of a guardianship.
public struct GuardianshipDetails: Sendable, Equatable {
  /// What the guardian is to the student.
  public var relation: Relation
  /// Whether the school turns to this guardian first.
  public var isPrimary: Bool
  /// Whether the student lives with this guardian.
  public var livesWith: Bool
  /// What the office should know.
  public var note: String?

  /// A guardianship in words.
  public init(relation: Relation = .guardian, isPrimary: Bool = false, livesWith: Bool = true, note: String? = nil) {
    self.relation = relation
    self.isPrimary = isPrimary
    self.livesWith = livesWith
    self.note = note
  }

  /// The same, trimmed and in NFC.
  public func checked() throws(Problem) -> GuardianshipDetails {
    var validation = Validation()
    var checked = self
    checked.note = validation.optionalText(note, at: "/note", "the note", max: 500)
    try validation.finish()
    return checked
  }
}

/// What a guardian is to a student.
public enum Relation: String, Sendable, CaseIterable {
  /// Mother.
  case mother
  /// Father.
  case father
  /// Mother or father.
  case parent
  /// Mother's or father's spouse.
  case stepparent
  /// Grandmother or grandfather.
  case grandparent
  /// Sister or brother.
  case sibling
  /// Aunt.
  case aunt
  /// Uncle.
  case uncle
  /// Any other relative.
  case relative
  /// Foster mother or father.
  case fosterParent = "foster_parent"
  /// Appointed guardian.
  case guardian
  /// An office that cares for the child.
  case agency
  /// Anyone else.
  case other

  /// The relation in the school's words.
  public var title: String {
    self == .fosterParent ? "Foster parent" : rawValue.prefix(1).uppercased() + rawValue.dropFirst()
  }
}

/// That a guardian may, or may not, do something for a time. Pages, mail and exports obey it.
public struct CustodyRight: Sendable, Equatable {
  /// What it identifies.
  public let id: CustodyRightID
  /// How often it has been saved.
  public let version: Int
  /// Whose it is.
  public let guardianship: GuardianshipID
  /// What it is about.
  public let custody: Custody
  /// Whether it is given or taken.
  public let isAllowed: Bool
  /// The first day it holds; nil for ever since.
  public let firstOn: SchoolDate?
  /// The last day it holds; nil for ever after.
  public let lastOn: SchoolDate?
  /// What the office should know, such as the court's file number.
  public let note: String?

  /// A right as it was read, or a new one of version 1.
  public init(
    id: CustodyRightID, version: Int = 1, guardianship: GuardianshipID, custody: Custody, isAllowed: Bool,
    firstOn: SchoolDate? = nil, lastOn: SchoolDate? = nil, note: String? = nil
  ) {
    self.id = id
    self.version = version
    self.guardianship = guardianship
    self.custody = custody
    self.isAllowed = isAllowed
    self.firstOn = firstOn
    self.lastOn = lastOn
    self.note = note
  }

  /// Whether it holds on a day.
  public func holds(on day: SchoolDate) -> Bool {
    firstOn.map { $0 <= day } ?? true && lastOn.map { day <= $0 } ?? true
  }
}

/// What a custody right is about.
public enum Custody: String, Sendable, CaseIterable {
  /// See the child's pages.
  case see
  /// Collect the child from school.
  case collect
  /// Get the school's letters and write to it.
  case write
}

extension Sequence<CustodyRight> {
  /// Whether a guardian with these rights may do `custody` on a day. Whoever is denied may not, whatever else is
  /// allowed; a right that is allowed for a time is not there before and after; where nothing is said, guardians may.
  public func allows(_ custody: Custody, on day: SchoolDate) -> Bool {
    let rights = filter { $0.custody == custody }
    if rights.contains(where: { !$0.isAllowed && $0.holds(on: day) }) { return false }
    let allowing = rights.filter(\.isAllowed)
    return allowing.isEmpty || allowing.contains { $0.holds(on: day) }
  }
}

/// A guardian of one student, with everything the student's page shows.
public struct StudentGuardian: Sendable, Equatable {
  /// The guardianship.
  public let guardianship: Guardianship
  /// The whole name.
  public let displayName: String
  /// The ways to reach the guardian, primary ones first.
  public let contacts: [ContactPoint]
  /// The custody rights that are written down.
  public let rights: [CustodyRight]
}

/// A person who is a guardian, in a list.
public struct GuardianRow: Sendable, Equatable {
  /// Who it is.
  public let person: PersonID
  /// How often the person has been saved.
  public let version: Int
  /// The whole name.
  public let displayName: String
  /// How many students of those the reader may see.
  public let students: Int
}
