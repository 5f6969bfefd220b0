import Academics
import Directory
import Kernel
import Rights

/// What is here of what a batch concerns, asked by the hundred before any record is decided on.
struct IntakeLook {
  var orgsByName: [String: OrgID] = [:]
  var calendars: [OrgID: [Period]] = [:]
  var people: [PersonID: Person] = [:]
  /// People found by their student number, whose name in the roster is not known here yet.
  var byNumber: Set<String> = []
  var contacts: [PersonID: [ContactPoint]] = [:]
  /// Schools and numbers by person, of the students among the records.
  var hints: [String: IntakeSurvey.Hint] = [:]
  var students: [PersonID: [Student]] = [:]
  var schoolEnrolments: [StudentID: SchoolEnrolment] = [:]
  var numbers: [OrgID: [String: StudentID]] = [:]
  var staff: [PersonID: StaffID] = [:]
  var employments: [StaffID: [Employment]] = [:]
  var staffNumbers: [OrgID: [String: StaffID]] = [:]
  var courseCodes: [OrgID: Set<String>] = [:]
  var sections: [SectionID: Section] = [:]
  var sectionPeriods: [SectionID: Set<PeriodID>] = [:]
  var sectionStaff: [SectionID: [SectionStaff]] = [:]
  var enrolments: [StudentID: [Enrolment]] = [:]
  var guardianships: [StudentID: [Guardianship]] = [:]
}

extension IntakeBatch {
  /// Asks for everything the records concern.
  func look() throws {
    if memory.orgs.isEmpty {
      memory.orgs = Dictionary(uniqueKeysWithValues: try roster.organisations(in: tx).map { ($0.id, $0) })
    }
    try lookForOrgs()
    try lookForPeople()
    try lookForStudents()
    try lookForStaff()
    try lookForSections()
    let students = Set(records.compactMap(\.guardedPerson)).compactMap { memory.people[$0] }
      .flatMap { memory.students[$0] ?? [] }.map(\.id)
    here.guardianships = Dictionary(grouping: try roster.guardianships(of: students, in: tx), by: \.student)
  }

  private func lookForOrgs() throws {
    let names = records.compactMap { record in if case .org(let org) = record { org.id } else { nil } }
    guard !names.isEmpty else { return }
    here.orgsByName = try roster.lookUp(
      names, source: setting.source, kind: RosterKind.org.rawValue, org: setting.school, in: tx)
    for name in names where here.orgsByName[name] == nil {
      if let id = OrgID(name), memory.orgs[id] != nil { here.orgsByName[name] = id }
    }
  }

  // MARK: People

  private func lookForPeople() throws {
    let names = Set(records.flatMap(\.peopleNamed)).filter { memory.people[$0] == nil }
    if !names.isEmpty {
      let known: [String: PersonID] = try roster.lookUp(
        names.sorted(), source: setting.source, kind: RosterKind.person.rawValue, org: setting.school, in: tx)
      let own = try ownPeople(names.filter { known[$0] == nil })
      let live = try roster.people(Array(known.values) + own.values, in: tx)
      here.people = Dictionary(live.map { ($0.id, $0) }) { first, _ in first }
      // Names of people in the recycle bin are free for new ones.
      for (name, id) in known.merging(own, uniquingKeysWith: { first, _ in first }) where here.people[id] != nil {
        memory.people[name] = id
      }
    }
    try lookByNumber()
    let described = records.compactMap { record -> PersonID? in
      if case .person(let person) = record { memory.people[person.id] } else { nil }
    }
    here.contacts = try roster.contacts(of: described, in: tx)
  }

  /// Identities of our own that a roster of our own making names. Who may import for some schools only may only mean
  /// people who are something there.
  private func ownPeople(_ names: Set<String>) throws -> [String: PersonID] {
    let own = names.reduce(into: [String: PersonID]()) { own, name in own[name] = PersonID(name) }
    guard !own.isEmpty, !setting.reach.isEverywhere else { return own }
    let places = try roster.places(of: Array(own.values), in: tx)
    return own.filter { places[$0.value]?.contains(where: setting.reach.covers) ?? false }
  }

  /// People who are not known by name, but whose student number is: entered by hand before, or brought by another
  /// source.
  private func lookByNumber() throws {
    for record in records {
      if case .student(let student) = record {
        here.hints[student.person] = .init(school: student.school, number: student.number)
      }
    }
    var wanted: [OrgID: [String: String]] = [:]
    for record in records {
      guard case .person(let person) = record, memory.people[person.id] == nil,
        let hint = here.hints[person.id] ?? setting.survey.hints[person.id], let number = hint.number,
        let school = hintedSchool(hint)
      else { continue }
      wanted[school, default: [:]][number] = person.id
    }
    for (school, names) in wanted {
      let holders = try roster.students(numbered: Array(names.keys), at: school, in: tx)
      guard !holders.isEmpty else { continue }
      let students = try roster.students(Array(holders.values), in: tx)
      let people = try roster.people(students.map(\.person), in: tx)
      here.people.merge(people.map { ($0.id, $0) }) { first, _ in first }
      for student in students {
        guard let name = names[student.number] else { continue }
        memory.people[name] = student.person
        here.byNumber.insert(name)
      }
    }
  }

  /// The school of a hint, without finding fault; nil when it may not be used.
  func hintedSchool(_ hint: IntakeSurvey.Hint) -> OrgID? {
    let place = hint.school.map { memory.orgNames[$0] ?? nil } ?? setting.school
    return place.flatMap(memory.school)
  }

  // MARK: What people are

  private func lookForStudents() throws {
    var asked: Set<PersonID> = []
    var numbers: [OrgID: Set<String>] = [:]
    for record in records {
      switch record {
      case .student(let student):
        if let person = memory.people[student.person] { asked.insert(person) }
        if let school = hintedSchool(.init(school: student.school, number: nil)) {
          numbers[school, default: []].insert(student.number ?? student.person)
        }
      case .enrolment(let enrolment) where enrolment.role == .student:
        if let person = memory.people[enrolment.person], memory.students[person] == nil { asked.insert(person) }
      case .relationship(let relationship):
        if let person = memory.people[relationship.student], memory.students[person] == nil { asked.insert(person) }
      default: break
      }
    }
    here.students = try roster.students(of: asked.sorted(), in: tx)
    for (person, students) in here.students {
      let places = students.filter { setting.reach.covers($0.school) }
        .map { IntakeMemory.StudentPlace(id: $0.id, school: $0.school) }
      let known = memory.students[person] ?? []
      memory.students[person] = known + places.filter { !known.contains($0) }
    }
    here.schoolEnrolments = try roster.openEnrolments(of: here.students.values.flatMap { $0.map(\.id) }, in: tx)
    for (school, numbers) in numbers {
      here.numbers[school] = try roster.students(numbered: numbers.sorted(), at: school, in: tx)
    }
    let seated = records.compactMap { record -> [StudentID]? in
      guard case .enrolment(let enrolment) = record, enrolment.role == .student,
        let person = memory.people[enrolment.person]
      else { return nil }
      return memory.students[person]?.map(\.id)
    }
    here.enrolments = Dictionary(
      grouping: try teaching.enrolments(of: Set(seated.joined()).sorted(), in: tx), by: \.student)
  }

  private func lookForStaff() throws {
    var workers: Set<PersonID> = []
    var teachers: Set<PersonID> = []
    var numbers: [OrgID: Set<String>] = [:]
    for record in records {
      switch record {
      case .staff(let staff):
        if let person = memory.people[staff.person] { workers.insert(person) }
        if let number = staff.number, let org = memory.orgNames[staff.org] ?? nil {
          numbers[org, default: []].insert(number)
        }
      case .enrolment(let enrolment) where enrolment.role != .student:
        if let person = memory.people[enrolment.person], !memory.staff.contains(person) { teachers.insert(person) }
      default: break
      }
    }
    here.staff = try roster.staff(of: workers.union(teachers).sorted(), in: tx)
    memory.staff.formUnion(here.staff.keys)
    here.employments = try roster.employments(of: workers.compactMap { here.staff[$0] }.sorted(), in: tx)
    for (org, numbers) in numbers {
      here.staffNumbers[org] = try roster.staff(numbered: numbers.sorted(), at: org, in: tx)
    }
  }

  // MARK: Sections

  private func lookForSections() throws {
    let names = Set(records.compactMap(\.sectionNamed)).filter { memory.sections[$0] == nil }
    if !names.isEmpty {
      var known: [String: SectionID] = try roster.lookUp(
        names.sorted(), source: setting.source, kind: RosterKind.section.rawValue, org: setting.school, in: tx)
      for name in names where known[name] == nil { known[name] = SectionID(name) }
      let live = try teaching.sections(Array(known.values), in: tx).filter { setting.reach.covers($0.school) }
      here.sections = Dictionary(live.map { ($0.id, $0) }) { first, _ in first }
      let rows = try teaching.periods(of: live.map(\.id), in: tx)
      here.sectionPeriods = Dictionary(grouping: rows, by: \.section).mapValues { Set($0.map(\.period)) }
      let missing = Set(rows.map(\.period)).filter { memory.periods[$0] == nil }
      for period in try roster.rows(missing.sorted(), of: Period.self, in: tx) { memory.periods[period.id] = period }
      for (name, id) in known {
        guard let section = here.sections[id] else { continue }
        memory.sections[name] = IntakeMemory.SectionPlace(
          id: id, school: section.school, kind: section.kind, days: days(of: here.sectionPeriods[id] ?? []))
      }
    }
    let taught = records.compactMap { record -> SectionID? in
      guard case .enrolment(let enrolment) = record, enrolment.role != .student else { return nil }
      return memory.sections[enrolment.section]?.id
    }
    here.sectionStaff = Dictionary(
      grouping: try teaching.staff(of: Set(taught).sorted(), in: tx), by: \.section)
  }

  /// The days from the beginning of the first of some periods to the end of the last.
  func days(of periods: Set<PeriodID>) -> ClosedRange<SchoolDate>? {
    let details = periods.compactMap { memory.periods[$0]?.details }
    guard let first = details.map(\.firstOn).min(), let last = details.map(\.lastOn).max() else { return nil }
    return first...last
  }
}

extension RosterRecord {
  /// The person whom a relationship is about.
  fileprivate var guardedPerson: String? {
    if case .relationship(let relationship) = self { relationship.student } else { nil }
  }
}
