import Kernel
import Web

/// A student in a list, as the API shows it.
struct StudentRowJSON: Sendable {
  var id: StudentID
  var person: PersonID
  var school: OrgID
  var number: String
  var displayName: String
  var otherName: String?
  var grade: String?
  var status: StudentStatus
  var birthOn: SchoolDate?
  var firstGuardian: String?

  static let shape = Shape(
    "StudentSummary",
    sample: StudentRowJSON(
      id: sampleID(1), person: sampleID(2), school: sampleID(3), number: "AB-20241200", displayName: "Anika Sharma",
      otherName: "अनिका शर्मा", grade: "9", status: .active, birthOn: SchoolDate(days: 15_770),
      firstGuardian: "Rajesh Sharma")
  ) { visit, it in
    visit("id", &it.id, .id(), "The student's identifier.")
    visit("personId", &it.person, .id(), "The person's identifier.")
    visit("schoolId", &it.school, .id(), "The school.")
    visit("number", &it.number, .line(40), "The school's number for the student.")
    visit("displayName", &it.displayName, .line(200), "The whole name.")
    visit("otherName", &it.otherName, .line(200), "The name in another script.")
    visit("grade", &it.grade, .line(20), "The year group.")
    visit("status", &it.status, .word, "Where the student stands.")
    visit("birthOn", &it.birthOn, .date, "Date of birth.")
    visit("firstGuardian", &it.firstGuardian, .line(200), "The primary guardian's name, for whoever may see guardians.")
  }
}

extension StudentRowJSON {
  init(_ student: StudentSummary) {
    self.init(
      id: student.id, person: student.person, school: student.school, number: student.number,
      displayName: student.displayName, otherName: student.otherName, grade: student.grade, status: student.status,
      birthOn: student.birthOn, firstGuardian: student.firstGuardian?.displayName)
  }
}

/// The members that all JSON of a person has.
struct PersonJSON: Sendable {
  var details: PersonDetails

  static let sample = PersonJSON(
    details: PersonDetails(
      displayName: "Anika Sharma", givenName: "Anika", familyName: "Sharma", otherName: "अनिका शर्मा",
      otherLanguage: "hi", birthOn: SchoolDate(days: 15_770), sex: .female, language: "hi"))

  static func visit(_ visit: inout ShapeVisitor, _ it: inout PersonDetails) {
    visit("displayName", &it.displayName, .line(200), "The whole name.")
    visit("givenName", &it.givenName, .line(100), "The given part of the name.")
    visit("middleName", &it.middleName, .line(100), "What stands between.")
    visit("familyName", &it.familyName, .line(100), "The family part, by which lists are sorted.")
    visit("preferredName", &it.preferredName, .line(100), "What the person wants to be called.")
    visit("otherName", &it.otherName, .line(200), "The name in another script.")
    visit("otherLanguage", &it.otherLanguage, .line(35), "BCP 47 tag of that script's language.")
    visit("birthOn", &it.birthOn, .date, "Date of birth.")
    visit("sex", &it.sex, .word, "As the papers say.")
    visit("pronouns", &it.pronouns, .line(40), "Pronouns in the person's own words.")
    visit("language", &it.language, .line(35), "BCP 47 tag of the language spoken at home.")
  }
}

/// A change of a person by merge patch: members that are not named stay.
struct PersonPatch: Sendable {
  var displayName = Patch<String>.keep
  var givenName = Patch<String>.keep
  var middleName = Patch<String>.keep
  var familyName = Patch<String>.keep
  var preferredName = Patch<String>.keep
  var otherName = Patch<String>.keep
  var otherLanguage = Patch<String>.keep
  var birthOn = Patch<SchoolDate>.keep
  var sex = Patch<Sex>.keep
  var pronouns = Patch<String>.keep
  var language = Patch<String>.keep

  static func visit(_ visit: inout ShapeVisitor, _ it: inout PersonPatch) {
    visit("displayName", &it.displayName, .line(200), nullable: false, "The whole name.")
    visit("givenName", &it.givenName, .line(100), "The given part of the name.")
    visit("middleName", &it.middleName, .line(100), "What stands between.")
    visit("familyName", &it.familyName, .line(100), "The family part, by which lists are sorted.")
    visit("preferredName", &it.preferredName, .line(100), "What the person wants to be called.")
    visit("otherName", &it.otherName, .line(200), "The name in another script.")
    visit("otherLanguage", &it.otherLanguage, .line(35), "BCP 47 tag of that script's language.")
    visit("birthOn", &it.birthOn, .date, "Date of birth.")
    visit("sex", &it.sex, .word, "As the papers say.")
    visit("pronouns", &it.pronouns, .line(40), "Pronouns in the person's own words.")
    visit("language", &it.language, .line(35), "BCP 47 tag of the language spoken at home.")
  }

  func applied(to person: PersonDetails) -> PersonDetails {
    var person = person
    person.displayName = displayName.applied(to: person.displayName)
    person.givenName = givenName.applied(to: person.givenName)
    person.middleName = middleName.applied(to: person.middleName)
    person.familyName = familyName.applied(to: person.familyName)
    person.preferredName = preferredName.applied(to: person.preferredName)
    person.otherName = otherName.applied(to: person.otherName)
    person.otherLanguage = otherLanguage.applied(to: person.otherLanguage)
    person.birthOn = birthOn.applied(to: person.birthOn)
    person.sex = sex.applied(to: person.sex)
    person.pronouns = pronouns.applied(to: person.pronouns)
    person.language = language.applied(to: person.language)
    return person
  }
}

/// One student, as the API shows it.
struct StudentJSON: Sendable {
  var id: StudentID
  var personID: PersonID
  var school: OrgID
  var number: String
  var grade: String?
  var status: StudentStatus
  var person: PersonDetails
  var email: String?
  var phone: String?
  var enrolments: [SchoolEnrolmentJSON]
  var version: Int

  static let shape = Shape(
    "Student",
    sample: StudentJSON(
      id: sampleID(1), personID: sampleID(2), school: sampleID(3), number: "AB-20241200", grade: "9", status: .active,
      person: PersonJSON.sample.details, email: "anika@example.org", phone: nil,
      enrolments: [SchoolEnrolmentJSON.shape.sample], version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The student's identifier.")
    visit("personId", &it.personID, .id(), "The person's identifier.")
    visit("schoolId", &it.school, .id(), "The school.")
    visit("number", &it.number, .line(40), "The school's number for the student.")
    visit("grade", &it.grade, .line(20), "The year group.")
    visit("status", &it.status, .word, "Where the student stands.")
    PersonJSON.visit(&visit, &it.person)
    visit("email", &it.email, .line(254), "Where mail reaches the student.")
    visit("phone", &it.phone, .line(40), "The student's telephone.")
    visit(
      "enrolments", &it.enrolments, .list(of: .object(SchoolEnrolmentJSON.shape), max: 50),
      "The times at the school, newest first.")
    visit("version", &it.version, .version, "How often the student was saved; also the ETag.")
  }

  init(
    id: StudentID, personID: PersonID, school: OrgID, number: String, grade: String?, status: StudentStatus,
    person: PersonDetails, email: String?, phone: String?, enrolments: [SchoolEnrolmentJSON], version: Int
  ) {
    self.id = id
    self.personID = personID
    self.school = school
    self.number = number
    self.grade = grade
    self.status = status
    self.person = person
    self.email = email
    self.phone = phone
    self.enrolments = enrolments
    self.version = version
  }

  init(_ record: StudentRecord) {
    self.init(
      id: record.student.id, personID: record.person.id, school: record.student.school, number: record.student.number,
      grade: record.student.grade, status: record.student.status, person: record.person.details,
      email: record.contacts.primary(.email), phone: record.contacts.primary(.phone),
      enrolments: record.enrolments.map(SchoolEnrolmentJSON.init), version: record.version)
  }
}

extension Sequence<ContactPoint> {
  /// The address or number to use first of its kind.
  func primary(_ kind: ContactPoint.Kind) -> String? { first { $0.kind == kind && $0.isPrimary }?.value }
}

/// A time at the school, as the API shows it.
struct SchoolEnrolmentJSON: Sendable {
  var year: PeriodID?
  var grade: String?
  var status: SchoolEnrolment.Status
  var firstOn: SchoolDate
  var lastOn: SchoolDate?
  var reason: String?

  static let shape = Shape(
    "SchoolEnrolment",
    sample: SchoolEnrolmentJSON(
      year: sampleID(4), grade: "9", status: .enrolled, firstOn: SchoolDate(days: 20_700), lastOn: nil, reason: nil)
  ) { visit, it in
    visit("yearId", &it.year, .id(), "The school year it began in.")
    visit("grade", &it.grade, .line(20), "The year group at its beginning.")
    visit("status", &it.status, .word, "Whether it lasts, or how it ended.")
    visit("firstOn", &it.firstOn, .date, "The first day.")
    visit("lastOn", &it.lastOn, .date, "The last day, inclusive; null while it lasts.")
    visit("reason", &it.reason, .text(500), "Why it ended.")
  }
}

extension SchoolEnrolmentJSON {
  init(_ enrolment: SchoolEnrolment) {
    self.init(
      year: enrolment.year, grade: enrolment.grade, status: enrolment.status, firstOn: enrolment.firstOn,
      lastOn: enrolment.lastOn, reason: enrolment.reason)
  }
}
