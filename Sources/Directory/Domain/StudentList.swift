public import Kernel

/// Which students a list shows.
public struct StudentFilter: Sendable, Equatable {
  /// Of this school or organisation alone.
  public var school: OrgID?
  /// Of this year group alone.
  public var grade: String?
  /// Of this status alone.
  public var status: StudentStatus?
  /// Found by the beginnings of their names' words, or of their number.
  public var search: String?

  /// Everyone, unless more is said.
  public init(school: OrgID? = nil, grade: String? = nil, status: StudentStatus? = nil, search: String? = nil) {
    self.school = school
    self.grade = grade
    self.status = status
    self.search = search
  }

  /// Whether it leaves nobody out.
  public var isEmpty: Bool { self == StudentFilter() }
}

/// How a list of students is sorted.
public enum StudentOrder: String, Sendable, CaseIterable {
  /// By family name.
  case name
  /// By family name, from the end.
  case nameDescending = "-name"
  /// By school and number.
  case number
}

/// How many rows there are, as far as it is worth counting.
public enum RowCount: Sendable, Equatable {
  /// So many.
  case exactly(Int)
  /// So many or more.
  case atLeast(Int)

  /// Where exact counting stops.
  public static let limit = 10_000

  /// From a count that stopped one after `limit`.
  public init(counted: Int, upTo limit: Int = RowCount.limit) {
    self = counted > limit ? .atLeast(limit) : .exactly(counted)
  }
}

/// A new student as the office enters it.
public struct NewStudent: Sendable, Equatable {
  /// The school.
  public var school: OrgID
  /// Who it is.
  public var person: PersonDetails
  /// A person already known here, instead of a new one.
  public var knownPerson: PersonID?
  /// The school's number; the next free one is drawn when it is nil.
  public var number: String?
  /// The year group.
  public var grade: String?
  /// The first day at the school; today unless said.
  public var firstOn: SchoolDate?
  /// An e-mail address.
  public var email: String?
  /// A telephone number.
  public var phone: String?

  /// A new student in words.
  public init(
    school: OrgID, person: PersonDetails, knownPerson: PersonID? = nil, number: String? = nil, grade: String? = nil,
    firstOn: SchoolDate? = nil, email: String? = nil, phone: String? = nil
  ) {
    self.school = school
    self.person = person
    self.knownPerson = knownPerson
    self.number = number
    self.grade = grade
    self.firstOn = firstOn
    self.email = email
    self.phone = phone
  }
}

/// What an editor makes of a student. Status changes are a step of their own.
public struct StudentEdit: Sendable, Equatable {
  /// Who it is.
  public var person: PersonDetails
  /// The school's number.
  public var number: String
  /// The year group.
  public var grade: String?
  /// The e-mail address: nil leaves it, an inner nil takes it away.
  public var email: String??
  /// The telephone number: nil leaves it, an inner nil takes it away.
  public var phone: String??

  /// An edit in words.
  public init(
    person: PersonDetails, number: String, grade: String?, email: String?? = .none, phone: String?? = .none
  ) {
    self.person = person
    self.number = number
    self.grade = grade
    self.email = email
    self.phone = phone
  }

  /// What a record says now, to begin an edit from.
  public init(_ record: StudentRecord) {
    self.init(person: record.person.details, number: record.student.number, grade: record.student.grade)
  }

  /// The same, trimmed and in NFC; throws every fault at once.
  public func checked(on today: SchoolDate) throws(Problem) -> StudentEdit {
    var validation = Validation()
    var checked = self
    checked.person = person.checked(on: today, &validation)
    checked.number = validation.line(number, at: "/number", "the student number", max: 40)
    checked.grade = validation.optionalLine(grade, at: "/grade", "the grade", max: 20)
    if let email { checked.email = .some(ContactPoint.checked(email, .email, at: "/email", &validation)) }
    if let phone { checked.phone = .some(ContactPoint.checked(phone, .phone, at: "/phone", &validation)) }
    try validation.finish()
    return checked
  }
}
