import Academics
import Directory
import Kernel
import Persistence
import Record

/// Makes students of one homeroom with their guardians.
struct DemoFamily {
  let school: Org
  let year: Period
  let homeroom: SectionID
  let lessons: [SectionID]
  let grade: Int

  /// Adds the student with a running number of the school, and a guardian or two; one student in eight is a sibling of
  /// the one before and shares its guardians.
  func add(number: Int, to rows: inout DemoRows, _ plan: inout DemoPlan) {
    let sibling = plan.number(1...8) == 1 ? rows.lastFamily : nil
    let name = plan.person(like: sibling?.name)
    let person = Person(id: plan.id(), name.details(born: plan.birth(grade: grade)))
    let student = Student(
      id: plan.id(), person: person.id, school: school.id,
      number: "\(school.details.code)-\(plan.startYear)\(number + 1000)",
      grade: "\(grade)")
    rows.people.append(person)
    rows.students.append(student)
    rows.schoolEnrolments.append(
      SchoolEnrolment(
        id: plan.id(), student: student.id, year: year.id, grade: "\(grade)", firstOn: year.details.firstOn))
    for (section, kind) in [(homeroom, Section.Kind.homeroom)] + lessons.map({ ($0, .scheduled) }) {
      rows.enrolments.append(
        Enrolment(
          id: plan.id(), section: section, student: student.id, kind: kind, firstOn: year.details.firstOn))
    }
    let guardians = sibling?.guardians ?? newGuardians(of: name, to: &rows, &plan)
    for (order, guardian) in guardians.enumerated() {
      rows.guardianships.append(
        Guardianship(
          id: plan.id(), student: student.id, guardian: guardian.person,
          details: GuardianshipDetails(relation: guardian.relation, isPrimary: order == 0)))
    }
    rows.lastFamily = (name, guardians)
  }

  private func newGuardians(
    of child: SeedPerson, to rows: inout DemoRows, _ plan: inout DemoPlan
  ) -> [(person: PersonID, relation: Relation)] {
    var guardians: [(person: PersonID, relation: Relation)] = []
    for order in 0..<(plan.number(1...3) == 1 ? 2 : 1) {
      let isMother = (order == 0) == (plan.number(1...4) > 1)
      let person = Person(
        id: plan.id(), plan.person(like: child, female: isMother).details(born: plan.birth(grade: plan.number(25...40)))
      )
      rows.people.append(person)
      rows.contacts.append(
        ContactPoint(
          id: plan.id(), person: person.id, kind: .phone,
          value: "+231 77 \(plan.number(100...999)) \(plan.number(1000...9999))"))
      guardians.append((person.id, isMother ? .mother : .father))
    }
    return guardians
  }
}

/// Rows of a homeroom, written together.
struct DemoRows {
  var people: [Person] = []
  var contacts: [ContactPoint] = []
  var students: [Student] = []
  var schoolEnrolments: [SchoolEnrolment] = []
  var guardianships: [Guardianship] = []
  var enrolments: [Enrolment] = []
  var lastFamily: (name: SeedPerson, guardians: [(person: PersonID, relation: Relation)])?

  /// The first student and a guardian of it, by name.
  var firstFamily: (student: (person: PersonID, name: String)?, guardian: (person: PersonID, name: String)?) {
    func named(_ id: PersonID?) -> (person: PersonID, name: String)? {
      people.first { $0.id == id }.map { ($0.id, $0.details.displayName) }
    }
    return (named(students.first?.person), named(guardianships.first?.guardian))
  }

  func insert(_ record: Record, _ change: Change, in tx: any Connection) throws {
    let roster = Roster(record: record)
    try roster.insert(people, change, in: tx)
    try roster.insert(contacts, change, in: tx)
    try roster.insert(students, change, in: tx)
    try roster.insert(schoolEnrolments, change, in: tx)
    try roster.insert(guardianships, change, in: tx)
    var batch = TeachingIntake.Batch()
    batch.enrolments = enrolments
    try TeachingIntake(record: record).insert(batch, change, in: tx)
  }
}
