public import Academics
public import Kernel

/// A register as its page shows it: who is on it, what stands, and what the reader may do.
public struct RegisterSheet: Sendable {
  /// The section.
  public let section: Section
  /// Which register it is.
  public let key: RegisterKey
  /// The time zone of the school: moments are shown in it.
  public let zone: Zone
  /// How the day stands at the school.
  public let day: RegisterDay
  /// Its head; nil before the first mark.
  public let header: RegisterHeader?
  /// Who submitted it, by name.
  public let takenBy: String?
  /// The codes that are offered.
  public let codes: AttendanceCodes
  /// The students by name.
  public let lines: [RegisterLine]
  /// Whether the reader may take it while it is open.
  public let mayTake: Bool
  /// Whether the reader may change it once it is locked, with a reason.
  public let mayOverride: Bool

  /// Whether the reader can save marks now.
  public var isWritable: Bool { day == .open && mayTake || day == .locked && mayOverride }
}

/// One student on a register.
public struct RegisterLine: Sendable, Equatable {
  /// The student.
  public let student: StudentID
  /// The person behind the student.
  public let person: PersonID
  /// The name that is shown.
  public let name: String
  /// The student's number at the school.
  public let number: String
  /// When the student came into the section.
  public let enrolledOn: SchoolDate
  /// What stands.
  public let standing: Standing
  /// Who made the mark that holds, by name.
  public let markedBy: String?
  /// The codes in the last five registers of the section before this day, oldest first; nil for one without a mark.
  public let lastFive: [AttendanceCodeID?]
}

/// What came of saving a register.
public struct SavedRegister: Sendable, Equatable {
  /// The register's head as it stands now.
  public let header: RegisterHeader
  /// How many marks were written.
  public let written: Int
  /// How many blanks became present.
  public let filled: Int
  /// What somebody else altered meanwhile, with the name of who.
  public let conflicts: [NamedConflict]

  /// A conflict and the name of the earlier one.
  public struct NamedConflict: Sendable, Equatable {
    /// The conflict.
    public let conflict: MarkConflict
    /// Who was earlier, by name; nil for an account without a person.
    public let markedBy: String?
  }
}

/// A section's register on a day, as the day's list shows it.
public struct DayLine: Sendable, Equatable {
  /// How far the register is.
  public enum State: Sendable, Equatable {
    /// Nothing is marked.
    case missing
    /// Something is marked, and it is not submitted.
    case begun
    /// Submitted at that moment.
    case taken(Instant)
  }

  /// The section.
  public let section: SectionID
  /// The school.
  public let school: OrgID
  /// The section's short name.
  public let code: String
  /// The section's name in full.
  public let title: String
  /// Homeroom or lessons.
  public let kind: Section.Kind
  /// Who answers for it, by name.
  public let teacher: String?
  /// How many belong to it on that day.
  public let students: Int
  /// How far the register is.
  public let state: State
  /// What its marks say.
  public let tally: AttendanceTally
}

/// What a day comes to: registers, and the marks of those that were taken.
public struct DaySummary: Sendable, Equatable {
  /// The sections that run on the day and have students.
  public internal(set) var sections = 0
  /// How many of their registers are submitted.
  public internal(set) var taken = 0
  /// The marks of these.
  public internal(set) var tally = AttendanceTally()

  /// Nothing.
  public init() {}

  /// The same from its figures; nothing when they are not as many as there should be.
  init(figures: [Int]) {
    guard figures.count == 7 else { return }
    (sections, taken) = (figures[0], figures[1])
    (tally.present, tally.late, tally.absent) = (figures[2], figures[3], figures[4])
    (tally.excused, tally.neutral) = (figures[5], figures[6])
  }

  /// Every figure, in an order of its own.
  var figures: [Int] {
    [sections, taken, tally.present, tally.late, tally.absent, tally.excused, tally.neutral]
  }

  /// The registers that are not submitted.
  public var missing: Int { max(0, sections - taken) }
}

/// Which registers of a day are asked for.
public struct DayFilter: Sendable, Equatable {
  /// Of this school.
  public var school: OrgID?
  /// Of homerooms, or of lessons.
  public var kind: Section.Kind?
  /// Of sections that the reader teaches.
  public var isOwn: Bool
  /// Not submitted.
  public var isMissing: Bool

  /// All registers that may be seen or taken.
  public init(school: OrgID? = nil, kind: Section.Kind? = nil, isOwn: Bool = false, isMissing: Bool = false) {
    self.school = school
    self.kind = kind
    self.isOwn = isOwn
    self.isMissing = isMissing
  }
}

/// One student's attendance in one section.
public struct SectionAttendance: Sendable, Equatable {
  /// The section.
  public let section: SectionID
  /// Its short name.
  public let code: String
  /// Its name in full.
  public let title: String
  /// The student's marks in it.
  public let tally: AttendanceTally
}

/// One mark in a student's history.
public struct MarkLine: Sendable, Equatable {
  /// The day.
  public let date: SchoolDate
  /// The lesson of the day; 0 for the day as a whole.
  public let period: Int
  /// The section's short name.
  public let section: String
  /// The code's letter.
  public let letter: String
  /// What it counts as.
  public let countsAs: AttendanceCode.Counting
  /// Minutes late.
  public let lateMinutes: Int
  /// The note.
  public let note: String?
}
