import Kernel
import Web

/// A job, as the API shows it.
struct JobJSON: Sendable {
  var id: EmploymentID
  var details: EmploymentDetails
  var version: Int

  static let shape = Shape(
    "Employment",
    sample: JobJSON(
      id: sampleID(21),
      details: EmploymentDetails(org: sampleID(3), job: "Teacher", department: "Science", number: "T-12"), version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The job's identifier.")
    visitDetails(&visit, &it.details)
    visit("version", &it.version, .version, "How often it was saved; also the ETag.")
  }

  static func visitDetails(_ visit: inout ShapeVisitor, _ it: inout EmploymentDetails) {
    visit("orgId", &it.org, .id(), "Where.")
    visit("job", &it.job, .line(100), "As what.")
    visit("department", &it.department, .line(100), "In which department.")
    visit("number", &it.number, .line(40), "The number of the employee there.")
    visit("firstOn", &it.firstOn, .date, "The first day.")
    visit("lastOn", &it.lastOn, .date, "The last day, inclusive; null while it lasts.")
  }
}

extension JobJSON {
  init(_ employment: Employment) {
    self.init(id: employment.id, details: employment.details, version: employment.version)
  }
}

/// A job to be given.
struct NewJobJSON: Sendable {
  var details: EmploymentDetails

  static let shape = Shape("NewJob", sample: NewJobJSON(details: JobJSON.shape.sample.details)) { visit, it in
    JobJSON.visitDetails(&visit, &it.details)
  }
}

/// A change of a job by merge patch.
struct JobPatchJSON: Sendable {
  var job = Patch<String>.keep
  var department = Patch<String>.keep
  var number = Patch<String>.keep
  var firstOn = Patch<SchoolDate>.keep
  var lastOn = Patch<SchoolDate>.keep

  static let shape = Shape("JobPatch", sample: JobPatchJSON(lastOn: .set(SchoolDate(days: 20_900)))) { visit, it in
    visit("job", &it.job, .line(100), nullable: false, "As what.")
    visit("department", &it.department, .line(100), "In which department.")
    visit("number", &it.number, .line(40), "The number of the employee there.")
    visit("firstOn", &it.firstOn, .date, "The first day.")
    visit("lastOn", &it.lastOn, .date, "The last day, inclusive; null while it lasts.")
  }

  func applied(to details: EmploymentDetails) -> EmploymentDetails {
    EmploymentDetails(
      org: details.org, job: job.applied(to: details.job), department: department.applied(to: details.department),
      number: number.applied(to: details.number), firstOn: firstOn.applied(to: details.firstOn),
      lastOn: lastOn.applied(to: details.lastOn))
  }
}

/// A member of staff in a list, as the API shows it.
struct StaffRowJSON: Sendable {
  var id: StaffID
  var person: PersonID
  var displayName: String
  var jobs: [String]

  static let shape = Shape(
    "StaffSummary",
    sample: StaffRowJSON(id: sampleID(20), person: sampleID(22), displayName: "Amara Okafor", jobs: ["Teacher"])
  ) { visit, it in
    visit("id", &it.id, .id(), "The identifier as a member of staff.")
    visit("personId", &it.person, .id(), "The person's identifier.")
    visit("displayName", &it.displayName, .line(200), "The whole name.")
    visit("jobs", &it.jobs, .list(of: .line(100), max: 20), "The jobs, those that last first.")
  }
}

/// One member of staff, as the API shows it.
struct StaffJSON: Sendable {
  var id: StaffID
  var personID: PersonID
  var person: PersonDetails
  var note: String?
  var email: String?
  var phone: String?
  var jobs: [JobJSON]
  var version: Int

  static let shape = Shape(
    "Staff",
    sample: StaffJSON(
      id: sampleID(20), personID: sampleID(22),
      person: PersonDetails(displayName: "Amara Okafor", givenName: "Amara", familyName: "Okafor"), note: nil,
      email: "amara@example.org", phone: nil, jobs: [JobJSON.shape.sample], version: 1)
  ) { visit, it in
    visit("id", &it.id, .id(), "The identifier as a member of staff.")
    visit("personId", &it.personID, .id(), "The person's identifier.")
    PersonJSON.visit(&visit, &it.person)
    visit("note", &it.note, .text(500), "What the office should know.")
    visit("email", &it.email, .line(254), "Where mail reaches the person.")
    visit("phone", &it.phone, .line(40), "The telephone.")
    visit("jobs", &it.jobs, .list(of: .object(JobJSON.shape), max: 20), "The jobs, those that last first.")
    visit("version", &it.version, .version, "How often it was saved; also the ETag.")
  }
}

extension StaffJSON {
  init(_ record: StaffRecord) {
    self.init(
      id: record.staff.id, personID: record.person.id, person: record.person.details, note: record.staff.note,
      email: record.contacts.primary(.email), phone: record.contacts.primary(.phone),
      jobs: record.employments.map(JobJSON.init), version: record.version)
  }
}

/// A new member of staff, as the API takes it.
struct NewStaffJSON: Sendable {
  var knownPerson: PersonID?
  var displayName: String?
  var person: PersonParts
  var job: NewJobJSON
  var email: String?
  var phone: String?

  static let shape = Shape(
    "NewStaff",
    sample: NewStaffJSON(
      knownPerson: nil, displayName: nil, person: PersonParts(givenName: "Amara", familyName: "Okafor"),
      job: NewJobJSON.shape.sample, email: "amara@example.org", phone: nil)
  ) { visit, it in
    visit("personId", &it.knownPerson, .id(), "A person already known here, instead of a name.")
    visit("displayName", &it.displayName, .line(200), "The whole name; made of its parts when nobody says.")
    PersonParts.visit(&visit, &it.person)
    visit("job", &it.job, .object(NewJobJSON.shape), "The first job.")
    visit("email", &it.email, .line(254), "Where mail reaches the person.")
    visit("phone", &it.phone, .line(40), "The telephone.")
  }

  var new: NewStaff {
    NewStaff(
      person: person.details(named: displayName), knownPerson: knownPerson, employment: job.details, email: email,
      phone: phone)
  }
}

/// A change of a member of staff by merge patch.
struct StaffPatchJSON: Sendable {
  var person = PersonPatch()
  var note = Patch<String>.keep

  static let shape = Shape("StaffPatch", sample: StaffPatchJSON(note: .set("Room 3"))) { visit, it in
    PersonPatch.visit(&visit, &it.person)
    visit("note", &it.note, .text(500), "What the office should know.")
  }
}
