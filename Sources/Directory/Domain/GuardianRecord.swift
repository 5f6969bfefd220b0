import Kernel

/// A guardian as a person: name, ways to reach, and of whom he or she is one.
public struct GuardianRecord: Sendable, Equatable {
  /// The person.
  public let person: Person
  /// Ways to reach the person.
  public let contacts: [ContactPoint]
  /// The students in reach.
  public let students: [StudentSummary]

  /// Counts every save of the person and of the ways to reach it, from 1: what an editor names as seen.
  public var version: Int { person.version }
}

/// What an editor makes of a guardian as a person.
public struct GuardianEdit: Sendable, Equatable {
  /// Who it is.
  public var person: PersonDetails
  /// The e-mail address: nil leaves it, an inner nil takes it away.
  public var email: String??
  /// The telephone number: nil leaves it, an inner nil takes it away.
  public var phone: String??

  /// An edit in words.
  public init(person: PersonDetails, email: String?? = .none, phone: String?? = .none) {
    self.person = person
    self.email = email
    self.phone = phone
  }

  /// The same, trimmed and in NFC; throws every fault at once.
  func checked(on today: SchoolDate) throws(Problem) -> GuardianEdit {
    var validation = Validation()
    var checked = self
    checked.person = person.checked(on: today, &validation)
    if let email { checked.email = .some(ContactPoint.checked(email, .email, at: "/email", &validation)) }
    if let phone { checked.phone = .some(ContactPoint.checked(phone, .phone, at: "/phone", &validation)) }
    try validation.finish()
    return checked
  }
}
