import Kernel
import Web

/// A guardian as a person, as the API shows it.
struct GuardianPersonJSON: Sendable {
  var person: PersonID
  var details: PersonDetails
  var email: String?
  var phone: String?
  var students: [StudentID]
  var version: Int

  static let shape = Shape(
    "Guardian",
    sample: GuardianPersonJSON(
      person: sampleID(11), details: PersonDetails(displayName: "Rajesh Sharma", givenName: "Rajesh"),
      email: "rajesh@example.org", phone: "+91 98 0000 0000", students: [sampleID(1)], version: 1)
  ) { visit, it in
    visit("personId", &it.person, .id(), "The guardian's identifier as a person.")
    PersonJSON.visit(&visit, &it.details)
    visit("email", &it.email, .line(254), "Where mail reaches the guardian.")
    visit("phone", &it.phone, .line(40), "The guardian's telephone.")
    visit("studentIds", &it.students, .list(of: .id(), max: 50), "Of which students, as far as one may see them.")
    visit("version", &it.version, .version, "How often it was saved; also the ETag.")
  }
}

extension GuardianPersonJSON {
  init(_ record: GuardianRecord) {
    self.init(
      person: record.person.id, details: record.person.details, email: record.contacts.primary(.email),
      phone: record.contacts.primary(.phone), students: record.students.map(\.id), version: record.version)
  }
}

/// A change of a guardian as a person by merge patch.
struct GuardianPersonPatchJSON: Sendable {
  var person = PersonPatch()
  var email = Patch<String>.keep
  var phone = Patch<String>.keep

  static let shape = Shape(
    "GuardianPersonPatch", sample: GuardianPersonPatchJSON(phone: .set("+91 98 0000 0001"))
  ) { visit, it in
    PersonPatch.visit(&visit, &it.person)
    visit("email", &it.email, .line(254), "Where mail reaches the guardian.")
    visit("phone", &it.phone, .line(40), "The guardian's telephone.")
  }

  func applied(to record: GuardianRecord) -> GuardianEdit {
    GuardianEdit(
      person: person.applied(to: record.person.details), email: email.isGiven ? .some(email.applied(to: nil)) : .none,
      phone: phone.isGiven ? .some(phone.applied(to: nil)) : .none)
  }
}
