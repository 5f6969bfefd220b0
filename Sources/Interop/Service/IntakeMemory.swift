import Academics
import Directory
import Kernel

/// What the records of a roster turned out to be here: carried from batch to batch, so that a row that refers to an
/// earlier one finds it also while nothing is written yet.
struct IntakeMemory: Sendable {
  /// A student as far as sections and families need to know.
  struct StudentPlace: Sendable, Equatable {
    let id: StudentID
    let school: OrgID
  }

  /// A section as far as its enrolments need to know.
  struct SectionPlace: Sendable {
    let id: SectionID
    let school: OrgID
    let kind: Section.Kind
    /// The days of its terms; nil when it is in none.
    var days: ClosedRange<SchoolDate>?
  }

  /// A session or a course is known by its name at one organisation.
  struct NameAtOrg: Hashable, Sendable {
    let name: String
    let org: OrgID
  }

  // Few, and copied freely.
  /// Our organisations, all of them.
  var orgs: [OrgID: Org] = [:]
  /// Ours, by the roster's name; nil for those that may not be touched or used.
  var orgNames: [String: OrgID?] = [:]
  var periods: [PeriodID: Period] = [:]
  var sessions: [NameAtOrg: PeriodID] = [:]
  var courses: [NameAtOrg: CourseID] = [:]
  /// Organisations that got a period from this import.
  var calendars: Set<OrgID> = []

  // As many as the roster has rows: only what a batch asks for is handed to it.
  var people: [String: PersonID] = [:]
  var students: [PersonID: [StudentPlace]] = [:]
  var staff: Set<PersonID> = []
  var sections: [String: SectionPlace] = [:]
  /// The homeroom this import found or gave.
  var homerooms: [StudentID: SectionID] = [:]

  /// The organisation and those above it, the nearest first.
  func withAncestors(_ org: OrgID) -> [OrgID] {
    var chain: [OrgID] = []
    var next: OrgID? = org
    while let org = next, chain.count < 50 {
      chain.append(org)
      next = orgs[org]?.details.parent
    }
    return chain
  }

  /// The nearest organisation, from this one up, that has students: a department's students are its school's.
  func school(of org: OrgID) -> OrgID? {
    withAncestors(org).first { orgs[$0]?.details.kind.hasStudents ?? false }
  }

  /// The period that a session is for a school: that of the school itself or of the nearest organisation above.
  func period(_ session: String, at org: OrgID) -> Period? {
    for org in withAncestors(org) {
      if let id = sessions[NameAtOrg(name: session, org: org)] { return periods[id] }
    }
    return nil
  }

  /// The course of a school or of an organisation above it, or else any of the name.
  func course(_ name: String, at org: OrgID) -> CourseID? {
    for org in withAncestors(org) {
      if let id = courses[NameAtOrg(name: name, org: org)] { return id }
    }
    return courses.filter { $0.key.name == name }.min { $0.key.org < $1.key.org }?.value
  }

  /// What the records of a batch may ask for.
  func part(for records: [RosterRecord]) -> IntakeMemory {
    var part = IntakeMemory()
    part.orgs = orgs
    part.orgNames = orgNames
    part.periods = periods
    part.sessions = sessions
    part.courses = courses
    part.calendars = calendars
    for record in records {
      for name in record.peopleNamed {
        guard let person = people[name] else { continue }
        part.people[name] = person
        if let places = students[person] {
          part.students[person] = places
          for place in places { if let section = homerooms[place.id] { part.homerooms[place.id] = section } }
        }
        if staff.contains(person) { part.staff.insert(person) }
      }
      if let name = record.sectionNamed, let section = sections[name] { part.sections[name] = section }
    }
    return part
  }

  /// Takes in what a batch that was written, or only looked at, has learned.
  mutating func learn(_ part: IntakeMemory) {
    orgs = part.orgs
    orgNames = part.orgNames
    periods = part.periods
    sessions = part.sessions
    courses = part.courses
    calendars = part.calendars
    people.merge(part.people) { $1 }
    students.merge(part.students) { $1 }
    staff.formUnion(part.staff)
    sections.merge(part.sections) { $1 }
    homerooms.merge(part.homerooms) { $1 }
  }
}

extension RosterRecord {
  /// The people a record is about, by the roster's names.
  var peopleNamed: [String] {
    switch self {
    case .person(let record): [record.id]
    case .student(let record): [record.person]
    case .staff(let record): [record.person]
    case .enrolment(let record): [record.person]
    case .relationship(let record): [record.student, record.guardian]
    case .org, .session, .course, .section: []
    }
  }

  /// The section a record is about.
  var sectionNamed: String? {
    switch self {
    case .section(let record): record.id
    case .enrolment(let record): record.section
    default: nil
    }
  }
}
