public import Kernel

/// Where a record was read: file, and row as a spreadsheet numbers it, the header being row 1.
public struct RosterSpot: Sendable, Hashable {
  /// The file's name.
  public let file: String
  /// The row.
  public let row: Int

  /// A row of a file.
  public init(file: String, row: Int) {
    self.file = file
    self.row = row
  }
}

/// One fact of a roster, whatever format it came in. Every `id` and every reference is the *source's* identifier.
///
/// A record comes after all it refers to. Kinds come together in the order organisations (parents first), sessions,
/// courses, people, their roles at schools, sections, enrolments, relationships; but a person may be followed at once
/// by what belongs to it, and a plain list gives its homerooms before its people.
public enum RosterRecord: Sendable, Equatable {
  /// A school, district, department, …
  case org(RosterOrg)
  /// A school year, term, …
  case session(RosterSession)
  /// A course that sections teach.
  case course(RosterCourse)
  /// A human.
  case person(RosterPerson)
  /// Somebody is a student of a school.
  case student(RosterStudent)
  /// Somebody works at an organisation.
  case staff(RosterStaff)
  /// A class of students, scheduled or a homeroom.
  case section(RosterSection)
  /// Somebody sits in a section or teaches it.
  case enrolment(RosterEnrolment)
  /// Somebody looks after a student.
  case relationship(RosterRelationship)

  /// The source's identifier, or one made of its parts where the source gives none.
  public var id: String {
    switch self {
    case .org(let record): record.id
    case .session(let record): record.id
    case .course(let record): record.id
    case .person(let record): record.id
    case .student(let record): record.id
    case .staff(let record): record.id
    case .section(let record): record.id
    case .enrolment(let record): record.id
    case .relationship(let record): record.id
    }
  }

  /// Where it was read.
  public var spot: RosterSpot {
    switch self {
    case .org(let record): record.spot
    case .session(let record): record.spot
    case .course(let record): record.spot
    case .person(let record): record.spot
    case .student(let record): record.spot
    case .staff(let record): record.spot
    case .section(let record): record.spot
    case .enrolment(let record): record.spot
    case .relationship(let record): record.spot
    }
  }

  /// What sort of record it is.
  public var kind: RosterKind {
    switch self {
    case .org: .org
    case .session: .session
    case .course: .course
    case .person: .person
    case .student: .student
    case .staff: .staff
    case .section: .section
    case .enrolment: .enrolment
    case .relationship: .relationship
    }
  }
}

/// The sorts of records, for counting and for identifiers.
public enum RosterKind: String, Sendable, CaseIterable {
  case org, session, course, person, student, staff, section, enrolment, relationship
}

/// A school, district, department, …
public struct RosterOrg: Sendable, Equatable {
  /// What sort of organisation; `other` keeps the source's word.
  public enum Kind: Sendable, Equatable {
    case school, district, department, college
    case other(String)
  }
  /// The source's identifier.
  public var id: String
  /// The name.
  public var name: String
  /// What sort of organisation.
  public var kind: Kind
  /// The school number or another short code.
  public var code: String?
  /// The organisation above.
  public var parent: String?
  /// Where it was read.
  public var spot: RosterSpot

  /// An organisation.
  public init(id: String, name: String, kind: Kind, code: String? = nil, parent: String? = nil, spot: RosterSpot) {
    self.id = id
    self.name = name
    self.kind = kind
    self.code = code
    self.parent = parent
    self.spot = spot
  }
}

/// A school year, semester, term or grading period.
public struct RosterSession: Sendable, Equatable {
  /// What sort of session; `other` keeps the source's word.
  public enum Kind: Sendable, Equatable {
    case year, semester, term, gradingPeriod
    case other(String)
  }
  /// The source's identifier; unique together with `org`, as one foreign term may serve several schools.
  public var id: String
  /// The organisation it belongs to; nil where the source has sessions for all.
  public var org: String?
  /// The title.
  public var title: String
  /// What sort of session.
  public var kind: Kind
  /// The first day.
  public var firstOn: SchoolDate
  /// The last day, inclusive.
  public var lastOn: SchoolDate
  /// The session it is a part of.
  public var parent: String?
  /// The year in which the school year ends.
  public var schoolYear: Int?
  /// Where it was read.
  public var spot: RosterSpot

  /// A session.
  public init(
    id: String, org: String? = nil, title: String, kind: Kind, firstOn: SchoolDate, lastOn: SchoolDate,
    parent: String? = nil, schoolYear: Int? = nil, spot: RosterSpot
  ) {
    self.id = id
    self.org = org
    self.title = title
    self.kind = kind
    self.firstOn = firstOn
    self.lastOn = lastOn
    self.parent = parent
    self.schoolYear = schoolYear
    self.spot = spot
  }
}

/// A course that sections teach.
public struct RosterCourse: Sendable, Equatable {
  /// The source's identifier; unique together with `org`.
  public var id: String
  /// The organisation that offers it.
  public var org: String?
  /// The course code.
  public var code: String?
  /// The title.
  public var title: String
  /// The school year it is meant for.
  public var year: String?
  /// Its subjects, in the source's words.
  public var subjects: [String]
  /// The grades it is meant for.
  public var grades: [String]
  /// Where it was read.
  public var spot: RosterSpot

  /// A course.
  public init(
    id: String, org: String? = nil, code: String? = nil, title: String, year: String? = nil, subjects: [String] = [],
    grades: [String] = [], spot: RosterSpot
  ) {
    self.id = id
    self.org = org
    self.code = code
    self.title = title
    self.year = year
    self.subjects = subjects
    self.grades = grades
    self.spot = spot
  }
}

/// A class of students, scheduled or a homeroom.
public struct RosterSection: Sendable, Equatable {
  /// Whether lessons are taught in it, or it is where students belong.
  public enum Kind: String, Sendable { case scheduled, homeroom }
  /// The source's identifier.
  public var id: String
  /// The school; nil for the one chosen at import.
  public var school: String?
  /// The course it teaches; homerooms may have none.
  public var course: String?
  /// The title.
  public var title: String
  /// A short code.
  public var code: String?
  /// Scheduled or homeroom.
  public var kind: Kind
  /// The sessions it runs in.
  public var sessions: [String]
  /// The room or place.
  public var location: String?
  /// The periods of the day it meets in.
  public var periods: [String]
  /// The grades of its students.
  public var grades: [String]
  /// Where it was read.
  public var spot: RosterSpot

  /// A section.
  public init(
    id: String, school: String?, course: String? = nil, title: String, code: String? = nil, kind: Kind = .scheduled,
    sessions: [String] = [], location: String? = nil, periods: [String] = [], grades: [String] = [], spot: RosterSpot
  ) {
    self.id = id
    self.school = school
    self.course = course
    self.title = title
    self.code = code
    self.kind = kind
    self.sessions = sessions
    self.location = location
    self.periods = periods
    self.grades = grades
    self.spot = spot
  }
}
