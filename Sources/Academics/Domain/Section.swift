public import Kernel

/// A group taught together: the lessons of one course, or a homeroom.
///
/// Title and credits are copied from the course when the section is made, so a later change of the course does not
/// rewrite what was taught.
public struct Section: Sendable, Equatable {
  /// Lessons of a course, or the group a student belongs to.
  public enum Kind: String, Sendable, CaseIterable {
    /// Lessons of a course.
    case scheduled
    /// The group a student belongs to; a student has one at a time.
    case homeroom
  }

  /// The section's identity.
  public let id: SectionID
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// The school it belongs to.
  public let school: OrgID
  /// The course it teaches; nil for a homeroom.
  public let course: CourseID?
  /// Lessons or homeroom.
  public let kind: Kind
  /// The short name people say: `9B-MATH`.
  public var code: String
  /// The name in full.
  public var title: String
  /// What it counts for.
  public var credits: Decimal4
  /// The seats, 0 to 2,000; nil for no limit.
  public var capacity: Int?
  /// The usual room.
  public var room: String?

  /// A section as it stands.
  public init(
    id: SectionID, version: Int = 1, school: OrgID, course: CourseID? = nil, kind: Kind = .scheduled, code: String,
    title: String, credits: Decimal4 = Decimal4(tenThousandths: 0), capacity: Int? = nil, room: String? = nil
  ) {
    self.id = id
    self.version = version
    self.school = school
    self.course = course
    self.kind = kind
    self.code = code
    self.title = title
    self.credits = credits
    self.capacity = capacity
    self.room = room
  }

  /// The most seats a section may have.
  public static let maximumCapacity = 2000
}

/// What a person writes about a section; `checked` says whether it can be kept.
public struct SectionDraft: Sendable, Equatable {
  /// Lessons or homeroom; fixed once the section is there.
  public var kind: Section.Kind
  /// The course it teaches; fixed once the section is there. Lessons need one.
  public var course: CourseID?
  /// The short name.
  public var code: String
  /// The name in full; nil takes the course's.
  public var title: String?
  /// The seats; nil for no limit.
  public var capacity: Int?
  /// The usual room.
  public var room: String?
  /// The terms it is taught in, at most 24.
  public var periods: [PeriodID]

  /// A draft as written.
  public init(
    kind: Section.Kind = .scheduled, course: CourseID? = nil, code: String, title: String? = nil,
    capacity: Int? = nil, room: String? = nil, periods: [PeriodID] = []
  ) {
    self.kind = kind
    self.course = course
    self.code = code
    self.title = title
    self.capacity = capacity
    self.room = room
    self.periods = periods
  }

  /// The draft in NFC without stray blanks; throws all its faults together.
  public func checked() throws(Problem) -> SectionDraft {
    var validation = Validation()
    var checked = self
    checked.code = validation.line(code, at: "/code", "a code", max: 60)
    checked.title = validation.optionalLine(title, at: "/title", "the title")
    checked.room = validation.optionalLine(room, at: "/room", "the room", max: 60)
    validation.check(
      kind == .homeroom || course != nil, "/courseId", "REQUIRED", "Choose the course that is taught.")
    validation.check(
      course != nil || checked.title != nil, "/title", "REQUIRED", "Enter a title; only a course would lend one.")
    if let capacity {
      validation.check(
        (0...Section.maximumCapacity).contains(capacity), "/capacity", "OUT_OF_RANGE",
        "Seats go from 0 to \(Section.maximumCapacity).")
    }
    validation.check(periods.count <= 24, "/periodIds", "TOO_MANY", "A section lies in at most 24 terms.")
    validation.check(Set(periods).count == periods.count, "/periodIds", "DUPLICATE", "Name each term once.")
    try validation.finish()
    return checked
  }
}

/// That a section is taught in a period.
public struct SectionPeriod: Sendable, Equatable {
  /// The row's identity.
  public let id: ID<SectionPeriod>
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// The section.
  public let section: SectionID
  /// The period.
  public let period: PeriodID

  /// A section in a period.
  public init(id: ID<SectionPeriod>, version: Int = 1, section: SectionID, period: PeriodID) {
    self.id = id
    self.version = version
    self.section = section
    self.period = period
  }
}

/// That a person teaches or assists in a section, from one day to another.
public struct SectionStaff: Sendable, Equatable {
  /// What the person does there.
  public enum Role: String, Sendable, CaseIterable {
    /// Teaches it.
    case teacher
    /// Assists.
    case assistant
    /// Stands in.
    case substitute
    /// Looks after its students.
    case tutor
  }

  /// The row's identity.
  public let id: ID<SectionStaff>
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// The section.
  public let section: SectionID
  /// The person.
  public let person: PersonID
  /// What the person does there.
  public let role: Role
  /// Whether this is the one who answers for the section.
  public var isPrimary: Bool
  /// The first day; nil for since ever.
  public let firstOn: SchoolDate?
  /// The last day, inclusive; nil while it lasts.
  public var lastOn: SchoolDate?

  /// An assignment as it stands.
  public init(
    id: ID<SectionStaff>, version: Int = 1, section: SectionID, person: PersonID, role: Role = .teacher,
    isPrimary: Bool = false, firstOn: SchoolDate? = nil, lastOn: SchoolDate? = nil
  ) {
    self.id = id
    self.version = version
    self.section = section
    self.person = person
    self.role = role
    self.isPrimary = isPrimary
    self.firstOn = firstOn
    self.lastOn = lastOn
  }
}
