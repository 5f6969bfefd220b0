public import Kernel

/// Identifies a member of staff.
public typealias StaffID = ID<Staff>
/// Identifies an employment.
public typealias EmploymentID = ID<Employment>

/// A person who works, or worked, at one or more of the organisations.
public struct Staff: Sendable, Equatable {
  /// What it identifies.
  public let id: StaffID
  /// How often it has been saved.
  public let version: Int
  /// Who it is.
  public let person: PersonID
  /// What the office should know.
  public let note: String?

  /// A member of staff as read, or a new one of version 1.
  public init(id: StaffID, version: Int = 1, person: PersonID, note: String? = nil) {
    self.id = id
    self.version = version
    self.person = person
    self.note = note
  }
}

/// A job of a member of staff at an organisation.
public struct Employment: Sendable, Equatable {
  /// What it identifies.
  public let id: EmploymentID
  /// How often it has been saved.
  public let version: Int
  /// Whose it is.
  public let staff: StaffID
  /// What it is.
  public let details: EmploymentDetails

  /// An employment as it was read, or a new one of version 1.
  public init(id: EmploymentID, version: Int = 1, staff: StaffID, details: EmploymentDetails) {
    self.id = id
    self.version = version
    self.staff = staff
    self.details = details
  }
}

/// What a person may say of an employment.
public struct EmploymentDetails: Sendable, Equatable {
  /// Where.
  public var org: OrgID
  /// As what, such as `Teacher`.
  public var job: String
  /// In which department.
  public var department: String?
  /// The number of the employee there.
  public var number: String?
  /// The first day.
  public var firstOn: SchoolDate?
  /// The last day; nil while it lasts.
  public var lastOn: SchoolDate?

  /// An employment in words.
  public init(
    org: OrgID, job: String, department: String? = nil, number: String? = nil, firstOn: SchoolDate? = nil,
    lastOn: SchoolDate? = nil
  ) {
    self.org = org
    self.job = job
    self.department = department
    self.number = number
    self.firstOn = firstOn
    self.lastOn = lastOn
  }

  /// The same, trimmed and in NFC; throws every fault at once.
  public func checked() throws(Problem) -> EmploymentDetails {
    var validation = Validation()
    var checked = self
    checked.job = validation.line(job, at: "/job", "the job", max: 100)
    checked.department = validation.optionalLine(department, at: "/department", "the department", max: 100)
    checked.number = validation.optionalLine(number, at: "/number", "the staff number", max: 40)
    if let firstOn, let lastOn {
      validation.check(
        firstOn <= lastOn, "/lastOn", "BEFORE_START", "Choose a last day that is not before the first day.")
    }
    try validation.finish()
    return checked
  }
}

/// A member of staff in a list.
public struct StaffSummary: Sendable, Equatable {
  /// What it identifies.
  public let id: StaffID
  /// Who it is.
  public let person: PersonID
  /// The whole name.
  public let displayName: String
  /// The jobs, where the reader may see them.
  public var jobs: [EmploymentDetails] = []
}

/// Everything about one member of staff that belongs to this slice.
public struct StaffRecord: Sendable, Equatable {
  /// The member of staff.
  public let staff: Staff
  /// The person.
  public let person: Person
  /// Ways to reach the person.
  public let contacts: [ContactPoint]
  /// The jobs, the lasting ones first.
  public let employments: [Employment]

  /// Counts every save of the row and of the person, from 1: what an editor names as seen.
  public var version: Int { staff.version + person.version - 1 }
}

/// A new member of staff as the office enters it.
public struct NewStaff: Sendable, Equatable {
  /// Who it is.
  public var person: PersonDetails
  /// A person already known here, instead of a new one.
  public var knownPerson: PersonID?
  /// The first job.
  public var employment: EmploymentDetails
  /// An e-mail address.
  public var email: String?
  /// A telephone number.
  public var phone: String?

  /// A new member of staff in words.
  public init(
    person: PersonDetails, knownPerson: PersonID? = nil, employment: EmploymentDetails, email: String? = nil,
    phone: String? = nil
  ) {
    self.person = person
    self.knownPerson = knownPerson
    self.employment = employment
    self.email = email
    self.phone = phone
  }
}
