import Academics
import Directory
import Kernel
import Persistence
import Record
import Rights

/// Reads the roster of some organisations page by page and says it in neutral records, each after all it refers to.
struct RosterExport: Sendable {
  /// Rows read at once.
  static let pageSize = 200

  let database: any Database
  let orgs: [Org]
  private let roster = Roster(record: Record())
  private let teaching = TeachingIntake(record: Record())
  private let spot = RosterSpot(file: "export", row: 0)

  /// The roster of `orgs`: names of organisations above them and periods of those come with it.
  init(of orgs: [Org], in database: any Database) {
    self.orgs = orgs
    self.database = database
  }

  /// Hands over every record.
  func read(_ take: (RosterRecord) -> Void) async throws {
    let all = try await database.read { tx in try roster.organisations(in: tx) }
    let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
    let own = Set(orgs.map(\.id))
    let named = all.filter { org in own.contains(org.id) || orgs.contains { isAbove(org.id, $0, byID) } }
    for org in parentsFirst(named, id: { $0.id.description }, parent: { $0.details.parent?.description }).sorted {
      take(.org(record(org, named: Set(named.map(\.id)))))
    }
    let periods = try await database.read { tx in try roster.periods(of: named.map(\.id), in: tx) }
    let inOrder = parentsFirst(
      periods.reversed(), id: { $0.id.description }, parent: { $0.details.parent?.description })
    for period in inOrder.sorted { take(.session(record(period))) }
    try await courses(at: named.map(\.id), take)
    let schools = orgs.map(\.id)
    try await students(at: schools, take)
    try await staff(at: schools, take)
    try await sections(at: schools, periods, byID, take)
  }

  private func isAbove(_ org: OrgID, _ below: Org, _ all: [OrgID: Org]) -> Bool {
    var next = below.details.parent
    for _ in 0..<50 {
      guard let parent = next else { return false }
      if parent == org { return true }
      next = all[parent]?.details.parent
    }
    return false
  }

  // MARK: Organisations, periods, courses

  private func record(_ org: Org, named: Set<OrgID>) -> RosterOrg {
    let kind: RosterOrg.Kind =
      switch org.details.kind {
      case .district: .district
      case .school: .school
      case .department: .department
      case .college: .college
      case .partner: .other("partner")
      }
    return RosterOrg(
      id: org.id.description, name: org.details.name, kind: kind, code: org.details.code,
      parent: org.details.parent.flatMap { named.contains($0) ? $0.description : nil }, spot: spot)
  }

  private func record(_ period: Period) -> RosterSession {
    let kind: RosterSession.Kind =
      switch period.details.kind {
      case .year: .year
      case .semester: .semester
      case .term: .term
      case .grading: .gradingPeriod
      case .block: .other("block")
      }
    return RosterSession(
      id: period.id.description, org: period.details.org.description, title: period.details.title, kind: kind,
      firstOn: period.details.firstOn, lastOn: period.details.lastOn, parent: period.details.parent?.description,
      spot: spot)
  }

  private func courses(at orgs: [OrgID], _ take: (RosterRecord) -> Void) async throws {
    var last: CourseID?
    while true {
      let after = last
      let page = try await database.read { tx in
        try teaching.courses(at: orgs, after: after, limit: Self.pageSize, in: tx)
      }
      for course in page {
        take(
          .course(
            RosterCourse(
              id: course.id.description, org: course.org.description, code: course.code, title: course.title,
              subjects: (course.subject ?? "").split(separator: ",").map { Text.normalized(String($0)) }, spot: spot)))
      }
      guard page.count == Self.pageSize else { return }
      last = page.last?.id
    }
  }

  // MARK: People

  private struct StudentPage: Sendable {
    let students: [Student]
    let people: [Person]
    let times: [StudentID: SchoolEnrolment]
    let guardianships: [Guardianship]
    let contacts: [PersonID: [ContactPoint]]
  }

  private func students(at schools: [OrgID], _ take: (RosterRecord) -> Void) async throws {
    var last: StudentID?
    while true {
      let after = last
      let page = try await database.read { tx in
        let students = try roster.students(at: schools, after: after, limit: Self.pageSize, in: tx)
        let guardianships = try roster.guardianships(of: students.map(\.id), in: tx)
        let people = Set(students.map(\.person) + guardianships.map(\.guardian)).sorted()
        return StudentPage(
          students: students, people: try roster.people(people, in: tx),
          times: try roster.latestEnrolments(of: students.map(\.id), in: tx), guardianships: guardianships,
          contacts: try roster.contacts(of: people, in: tx))
      }
      for person in page.people { take(.person(record(person, page.contacts[person.id] ?? []))) }
      let people = Dictionary(page.students.map { ($0.id, $0.person) }) { first, _ in first }
      for student in page.students { take(.student(record(student, page.times[student.id]))) }
      for guardianship in page.guardianships {
        guard let student = people[guardianship.student] else { continue }
        take(
          .relationship(
            RosterRelationship(
              id: guardianship.id.description, student: student.description,
              guardian: guardianship.guardian.description, relation: FamilyWord.word(guardianship.details.relation),
              spot: spot)))
      }
      guard page.students.count == Self.pageSize else { return }
      last = page.students.last?.id
    }
  }

  private func record(_ student: Student, _ time: SchoolEnrolment?) -> RosterStudent {
    var record = RosterStudent(
      id: student.id.description, person: student.person.description, school: student.school.description, spot: spot)
    (record.number, record.grade) = (student.number, student.grade)
    (record.firstOn, record.lastOn) = (time?.firstOn, time?.lastOn)
    return record
  }

  private func record(_ person: Person, _ contacts: [ContactPoint]) -> RosterPerson {
    var record = RosterPerson(id: person.id.description, spot: spot)
    let details = person.details
    (record.givenName, record.middleName, record.familyName) = (
      details.givenName, details.middleName, details.familyName
    )
    record.fullName = details.displayName
    record.preferredGivenName = details.preferredName
    record.pronouns = details.pronouns
    record.birthDate = details.birthOn
    record.sex = details.sex.flatMap { RosterPerson.Sex(rawValue: $0.rawValue) }
    for contact in contacts.reversed() {
      switch contact.kind {
      case .email: record.email = contact.value
      case .phone: record.phone = contact.value
      case .sms: record.sms = contact.value
      }
    }
    return record
  }

  private func staff(at orgs: [OrgID], _ take: (RosterRecord) -> Void) async throws {
    var last: EmploymentID?
    while true {
      let after = last
      let (jobs, people, contacts) = try await database.read { tx in
        let jobs = try roster.employments(at: orgs, after: after, limit: Self.pageSize, in: tx)
        let people = Set(jobs.map(\.person)).sorted()
        return (jobs, try roster.people(people, in: tx), try roster.contacts(of: people, in: tx))
      }
      for person in people { take(.person(record(person, contacts[person.id] ?? []))) }
      for (job, person) in jobs {
        var staff = RosterStaff(
          id: job.id.description, person: person.description, org: job.details.org.description,
          kind: StaffJob.kind(of: job.details.job), spot: spot)
        staff.number = job.details.number
        (staff.firstOn, staff.lastOn) = (job.details.firstOn, job.details.lastOn)
        take(.staff(staff))
      }
      guard jobs.count == Self.pageSize else { return }
      last = jobs.last?.employment.id
    }
  }

  // MARK: Sections

  private struct SectionPage: Sendable {
    let sections: [Section]
    let periods: [SectionID: [PeriodID]]
    let staff: [SectionStaff]
    let enrolments: [(enrolment: Enrolment, person: PersonID)]
  }

  private func sections(
    at schools: [OrgID], _ periods: [Period], _ orgs: [OrgID: Org], _ take: (RosterRecord) -> Void
  ) async throws {
    // Sections hold up to two thousand students each, so fewer of them are read at once.
    let size = Self.pageSize / 8
    var last: SectionID?
    while true {
      let after = last
      let page = try await database.read { tx in
        let sections = try teaching.sections(at: schools, after: after, limit: size, in: tx)
        let ids = sections.map(\.id)
        let terms = Dictionary(grouping: try teaching.periods(of: ids, in: tx), by: \.section)
        return SectionPage(
          sections: sections, periods: terms.mapValues { $0.map(\.period) }, staff: try teaching.staff(of: ids, in: tx),
          enrolments: try teaching.enrolments(in: ids, in: tx))
      }
      for section in page.sections {
        take(
          .section(
            record(section, page.periods[section.id] ?? [usual(periods, section.school, orgs)].compactMap { $0 })))
      }
      for assignment in page.staff { take(.enrolment(record(assignment))) }
      for (enrolment, person) in page.enrolments {
        var record = RosterEnrolment(
          id: enrolment.id.description, section: enrolment.section.description, person: person.description,
          role: .student, spot: spot)
        (record.firstOn, record.lastOn) = (enrolment.firstOn, enrolment.lastOn)
        take(.enrolment(record))
      }
      guard page.sections.count == size else { return }
      last = page.sections.last?.id
    }
  }

  /// OneRoster has no section outside of every term: one that is in none here goes with the latest year of its school.
  private func usual(_ periods: [Period], _ school: OrgID, _ orgs: [OrgID: Org]) -> PeriodID? {
    var place: OrgID? = school
    for _ in 0..<50 {
      guard let org = place else { return nil }
      let own = periods.filter { $0.details.org == org && $0.details.parent == nil }
      if let latest = own.max(by: { $0.details.lastOn < $1.details.lastOn }) { return latest.id }
      place = orgs[org]?.details.parent
    }
    return nil
  }

  private func record(_ section: Section, _ periods: [PeriodID]) -> RosterSection {
    RosterSection(
      id: section.id.description, school: section.school.description, course: section.course?.description,
      title: section.title, code: section.code, kind: section.kind == .homeroom ? .homeroom : .scheduled,
      sessions: periods.map(\.description), location: section.room, spot: spot)
  }

  private func record(_ assignment: SectionStaff) -> RosterEnrolment {
    var record = RosterEnrolment(
      id: assignment.id.description, section: assignment.section.description, person: assignment.person.description,
      role: assignment.role == .teacher ? .teacher : .other("aide"), spot: spot)
    record.isPrimary = assignment.isPrimary
    (record.firstOn, record.lastOn) = (assignment.firstOn, assignment.lastOn)
    return record
  }
}
