import Kernel
import Web

/// A new student, as the API takes it.
struct NewStudentJSON: Sendable {
  var school: OrgID
  var knownPerson: PersonID?
  var displayName: String?
  var person: PersonParts
  var number: String?
  var grade: String?
  var firstOn: SchoolDate?
  var email: String?
  var phone: String?

  static let shape = Shape(
    "NewStudent",
    sample: NewStudentJSON(
      school: sampleID(3), knownPerson: nil, displayName: nil,
      person: PersonParts(givenName: "Anika", familyName: "Sharma", birthOn: SchoolDate(days: 15_770)),
      number: nil, grade: "9", firstOn: nil, email: nil, phone: nil)
  ) { visit, it in
    visit("schoolId", &it.school, .id(), "The school.")
    visit("personId", &it.knownPerson, .id(), "A person already known here, instead of a name.")
    visit("displayName", &it.displayName, .line(200), "The whole name; made of its parts when nobody says.")
    PersonParts.visit(&visit, &it.person)
    visit("number", &it.number, .line(40), "The school's number; the next free one when nobody says.")
    visit("grade", &it.grade, .line(20), "The year group.")
    visit("firstOn", &it.firstOn, .date, "The first day at the school; today when nobody says.")
    visit("email", &it.email, .line(254), "Where mail reaches the student.")
    visit("phone", &it.phone, .line(40), "The student's telephone.")
  }

  var new: NewStudent {
    NewStudent(
      school: school, person: person.details(named: displayName), knownPerson: knownPerson, number: number,
      grade: grade, firstOn: firstOn, email: email, phone: phone)
  }
}

/// What may be said of a new person besides the whole name.
struct PersonParts: Sendable {
  var givenName: String?
  var middleName: String?
  var familyName: String?
  var preferredName: String?
  var otherName: String?
  var otherLanguage: String?
  var birthOn: SchoolDate?
  var sex: Sex?
  var pronouns: String?
  var language: String?

  static func visit(_ visit: inout ShapeVisitor, _ it: inout PersonParts) {
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

  func details(named displayName: String?) -> PersonDetails {
    PersonDetails(
      displayName: displayName ?? "", givenName: givenName, middleName: middleName, familyName: familyName,
      preferredName: preferredName, otherName: otherName, otherLanguage: otherLanguage, birthOn: birthOn, sex: sex,
      pronouns: pronouns, language: language)
  }
}

/// A change of a student by merge patch.
struct StudentPatchJSON: Sendable {
  var person = PersonPatch()
  var number = Patch<String>.keep
  var grade = Patch<String>.keep
  var email = Patch<String>.keep
  var phone = Patch<String>.keep

  static let shape = Shape("StudentPatch", sample: StudentPatchJSON(grade: .set("10"))) { visit, it in
    PersonPatch.visit(&visit, &it.person)
    visit("number", &it.number, .line(40), nullable: false, "The school's number for the student.")
    visit("grade", &it.grade, .line(20), "The year group.")
    visit("email", &it.email, .line(254), "Where mail reaches the student.")
    visit("phone", &it.phone, .line(40), "The student's telephone.")
  }

  func applied(to record: StudentRecord) -> StudentEdit {
    StudentEdit(
      person: person.applied(to: record.person.details), number: number.applied(to: record.student.number),
      grade: grade.applied(to: record.student.grade),
      email: email.isGiven ? .some(email.applied(to: nil)) : .none,
      phone: phone.isGiven ? .some(phone.applied(to: nil)) : .none)
  }
}

/// A step in the life of a student.
struct StatusChangeJSON: Sendable {
  var status: StudentStatus
  var reason: String?

  static let shape = Shape(
    "StudentStatusChange", sample: StatusChangeJSON(status: .withdrawn, reason: "Moved to another town")
  ) { visit, it in
    visit("status", &it.status, .word, "What the student becomes.")
    visit("reason", &it.reason, .text(500), "Why; needed to leave, to be suspended, and to come back after the end.")
  }
}
