import Kernel
import Web

/// A guardian of one student, as the API shows it.
struct GuardianJSON: Sendable {
  var id: GuardianshipID
  var person: PersonID
  var displayName: String
  var relation: Relation
  var isPrimary: Bool
  var livesWith: Bool
  var note: String?
  var email: String?
  var phone: String?
  var rights: [CustodyRightJSON]
  var version: Int

  static let shape = Shape(
    "StudentGuardian",
    sample: GuardianJSON(
      id: sampleID(10), person: sampleID(11), displayName: "Rajesh Sharma", relation: .father, isPrimary: true,
      livesWith: true, note: nil, email: "rajesh@example.org", phone: "+91 98 0000 0000",
      rights: [CustodyRightJSON.shape.sample], version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The guardianship's identifier.")
    visit("personId", &it.person, .id(), "The guardian's identifier as a person.")
    visit("displayName", &it.displayName, .line(200), "The guardian's whole name.")
    visit("relation", &it.relation, .word, "What the guardian is to the student.")
    visit("isPrimary", &it.isPrimary, .bool, "Whether the school turns to this guardian first.")
    visit("livesWith", &it.livesWith, .bool, "Whether the student lives with this guardian.")
    visit("note", &it.note, .text(500), "What the office should know.")
    visit("email", &it.email, .line(254), "Where mail reaches the guardian.")
    visit("phone", &it.phone, .line(40), "The guardian's telephone.")
    visit(
      "rights", &it.rights, .list(of: .object(CustodyRightJSON.shape), max: 20),
      "What the guardian may and may not do; where nothing is said, guardians may.")
    visit("version", &it.version, .version, "How often the guardianship was saved; also the ETag.")
  }
}

extension GuardianJSON {
  init(_ guardian: StudentGuardian) {
    let guardianship = guardian.guardianship
    self.init(
      id: guardianship.id, person: guardianship.guardian, displayName: guardian.displayName,
      relation: guardianship.details.relation, isPrimary: guardianship.details.isPrimary,
      livesWith: guardianship.details.livesWith, note: guardianship.details.note,
      email: guardian.contacts.primary(.email), phone: guardian.contacts.primary(.phone),
      rights: guardian.rights.map(CustodyRightJSON.init), version: guardianship.version)
  }
}

/// A custody right, as the API shows it.
struct CustodyRightJSON: Sendable {
  var id: CustodyRightID
  var custody: Custody
  var isAllowed: Bool
  var firstOn: SchoolDate?
  var lastOn: SchoolDate?
  var note: String?

  static let shape = Shape(
    "CustodyRight",
    sample: CustodyRightJSON(
      id: sampleID(12), custody: .collect, isAllowed: true, firstOn: SchoolDate(days: 20_700), lastOn: nil, note: nil)
  ) { visit, it in
    visit("id", &it.id, .id(), "The right's identifier.")
    visit("custody", &it.custody, .word, "What it is about.")
    visit("isAllowed", &it.isAllowed, .bool, "Whether it is given or taken.")
    visit("firstOn", &it.firstOn, .date, "The first day it holds.")
    visit("lastOn", &it.lastOn, .date, "The last day it holds.")
    visit("note", &it.note, .line(200), "What the office should know.")
  }
}

extension CustodyRightJSON {
  init(_ right: CustodyRight) {
    self.init(
      id: right.id, custody: right.custody, isAllowed: right.isAllowed, firstOn: right.firstOn, lastOn: right.lastOn,
      note: right.note)
  }
}

/// A custody right to be written down.
struct NewCustodyRightJSON: Sendable {
  var custody: Custody
  var isAllowed: Bool
  var firstOn: SchoolDate?
  var lastOn: SchoolDate?
  var note: String?

  static let shape = Shape(
    "NewCustodyRight",
    sample: NewCustodyRightJSON(custody: .collect, isAllowed: false, firstOn: nil, lastOn: nil, note: nil)
  ) { visit, it in
    visit("custody", &it.custody, .word, "What it is about.")
    visit("isAllowed", &it.isAllowed, .bool, "Whether it is given or taken.")
    visit("firstOn", &it.firstOn, .date, "The first day it holds; ever since when nobody says.")
    visit("lastOn", &it.lastOn, .date, "The last day it holds; for ever when nobody says.")
    visit("note", &it.note, .line(200), "What the office should know.")
  }
}

/// Somebody to be a guardian.
struct NewGuardianJSON: Sendable {
  var knownPerson: PersonID?
  var displayName: String?
  var person: PersonParts
  var relation: Relation
  var isPrimary: Bool?
  var livesWith: Bool?
  var note: String?
  var email: String?
  var phone: String?

  static let shape = Shape(
    "NewGuardian",
    sample: NewGuardianJSON(
      knownPerson: nil, displayName: nil, person: PersonParts(givenName: "Rajesh", familyName: "Sharma"),
      relation: .father, isPrimary: true, livesWith: true, note: nil, email: nil, phone: "+91 98 0000 0000")
  ) { visit, it in
    visit("personId", &it.knownPerson, .id(), "A person already known here, instead of a name.")
    visit("displayName", &it.displayName, .line(200), "The whole name; made of its parts when nobody says.")
    PersonParts.visit(&visit, &it.person)
    visit("relation", &it.relation, .word, "What the guardian is to the student.")
    visit("isPrimary", &it.isPrimary, .bool, "Whether to turn to this guardian first; the first one always is.")
    visit("livesWith", &it.livesWith, .bool, "Whether the student lives there; true when nobody says.")
    visit("note", &it.note, .text(500), "What the office should know.")
    visit("email", &it.email, .line(254), "Where mail reaches the guardian.")
    visit("phone", &it.phone, .line(40), "The guardian's telephone.")
  }

  var new: NewGuardian {
    NewGuardian(
      person: person.details(named: displayName), knownPerson: knownPerson,
      details: GuardianshipDetails(
        relation: relation, isPrimary: isPrimary ?? false, livesWith: livesWith ?? true, note: note),
      email: email, phone: phone)
  }
}

/// A change of a guardianship by merge patch.
struct GuardianPatchJSON: Sendable {
  var relation = Patch<Relation>.keep
  var isPrimary = Patch<Bool>.keep
  var livesWith = Patch<Bool>.keep
  var note = Patch<String>.keep

  static let shape = Shape("GuardianPatch", sample: GuardianPatchJSON(isPrimary: .set(true))) { visit, it in
    visit("relation", &it.relation, .word, nullable: false, "What the guardian is to the student.")
    visit("isPrimary", &it.isPrimary, .bool, nullable: false, "Whether to turn to this guardian first.")
    visit("livesWith", &it.livesWith, .bool, nullable: false, "Whether the student lives there.")
    visit("note", &it.note, .text(500), "What the office should know.")
  }

  func applied(to details: GuardianshipDetails) -> GuardianshipDetails {
    GuardianshipDetails(
      relation: relation.applied(to: details.relation), isPrimary: isPrimary.applied(to: details.isPrimary),
      livesWith: livesWith.applied(to: details.livesWith), note: note.applied(to: details.note))
  }
}

/// A person who is a guardian, in a list.
struct GuardianRowJSON: Sendable {
  var person: PersonID
  var displayName: String
  var students: Int

  static let shape = Shape(
    "GuardianSummary", sample: GuardianRowJSON(person: sampleID(11), displayName: "Rajesh Sharma", students: 2)
  ) { visit, it in
    visit("personId", &it.person, .id(), "The guardian's identifier as a person.")
    visit("displayName", &it.displayName, .line(200), "The whole name.")
    visit("students", &it.students, .count, "Of how many students one may see.")
  }
}
