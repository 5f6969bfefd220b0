import Kernel
public import Persistence
import Record
public import Rights

extension DirectoryService {
  /// Enters a new student: the person, the student and the time at the school, in one transaction.
  public func enrol(_ new: NewStudent, by actor: Actor) async throws -> StudentRecord {
    let reach = try actor.require(.editStudents)
    let new = try checked(new)
    let school = try await database.read { tx in try orgs.require(new.school, in: tx) }
    guard reach.covers(school.id) else { throw Problem.notFound("organisation") }
    guard school.details.kind.hasStudents else { throw DirectoryProblem.notASchool(school.details.kind) }
    let drawn = new.number == nil ? try await numbers.next(for: school) : nil
    return try await database.write { tx in
      let change = change(by: actor, at: school.id)
      let student = try insert(new, numbered: new.number ?? drawn, by: actor, change, in: tx)
      return try studentRecord(student, in: tx)
    }
  }

  /// Draws about `count` free student numbers of a school in the caller's transaction, at least one: for imports.
  public func drawNumbers(_ count: Int, for school: Org, in tx: any Connection) throws -> [String] {
    try NumberSeriesStore().draw(count, for: school, in: tx)
  }

  private func checked(_ new: NewStudent) throws(Problem) -> NewStudent {
    var validation = Validation()
    var checked = new
    if new.knownPerson == nil { checked.person = new.person.checked(on: today, &validation) }
    checked.number = validation.optionalLine(new.number, at: "/number", "the student number", max: 40)
    checked.grade = validation.optionalLine(new.grade, at: "/grade", "the grade", max: 20)
    checked.email = ContactPoint.checked(new.email, .email, at: "/email", &validation)
    checked.phone = ContactPoint.checked(new.phone, .phone, at: "/phone", &validation)
    if let firstOn = new.firstOn {
      validation.check(
        firstOn >= today.adding(years: -30) && firstOn <= today.adding(years: 2), "/firstOn", "BAD_DATE",
        "Enter a first day within the last 30 years or the next two.")
    }
    try validation.finish()
    return checked
  }

  private func insert(
    _ new: NewStudent, numbered number: String?, by actor: Actor, _ change: Change, in tx: any Connection
  ) throws -> Student {
    guard let number else { throw Bug("a student came without a number") }
    if try students.isTaken(number, at: new.school, except: nil, in: tx) { throw DirectoryProblem.numberTaken(number) }
    let person = try personID(new.knownPerson, or: new.person, by: actor, change, in: tx)
    let student = Student(
      id: .new(at: change.at), person: person, school: new.school, number: number, grade: new.grade)
    try record.insert(student, into: DirectoryTables.student, change, in: tx)
    try record.insert(
      SchoolEnrolment(
        id: .new(at: change.at), student: student.id, year: try currentYear(at: new.school, in: tx), grade: new.grade,
        firstOn: new.firstOn ?? today),
      into: DirectoryTables.schoolEnrolment, change, in: tx)
    try setContact(.email, to: new.email, of: person, change, in: tx)
    try setContact(.phone, to: new.phone, of: person, change, in: tx)
    return student
  }

  /// A person who is known already and in sight, or a new one.
  func personID(
    _ known: PersonID?, or details: PersonDetails, by actor: Actor, _ change: Change, in tx: any Connection
  ) throws -> PersonID {
    if let known {
      guard try isInSight(known, of: actor, in: tx) else { throw Problem.notFound("person") }
      return known
    }
    let person = Person(id: .new(at: change.at), details)
    try record.insert(person, into: DirectoryTables.person, change, in: tx)
    return person.id
  }

  /// Whether the person is a student, guardian or member of staff the actor may see.
  func isInSight(_ person: PersonID, of actor: Actor, in tx: any Connection) throws -> Bool {
    try people.isInSight(
      person,
      asStudent: actor.has(.viewStudents) ? studentsInReach(.viewStudents, of: actor) : nil,
      asGuardian: actor.has(.viewGuardians) ? studentsInReach(.viewGuardians, of: actor) : nil,
      asStaff: actor.reach(.viewStaff).map { StaffReach.condition($0, of: actor.person) }, in: tx)
  }
}
