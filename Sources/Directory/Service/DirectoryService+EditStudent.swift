public import Kernel
import Persistence
import Record
public import Rights

extension DirectoryService {
  /// Saves what an editor made of a student over the version the editor saw (`StudentRecord.version`).
  ///
  /// Throws `VERSION_STALE` when someone saved meanwhile. A name that changes is kept as a former one and still found.
  public func edit(_ id: StudentID, _ edit: StudentEdit, seen version: Int, by actor: Actor) async throws
    -> StudentRecord
  {
    let edit = try edit.checked(on: today)
    return try await database.write { tx in
      let student = try requireStudent(id, for: .editStudents, of: actor, in: tx)
      let change = change(by: actor, at: student.school)
      let person = try people.require(student.person, in: tx)
      try requireNewest(version, student, person)
      try save(edit.person, over: person, change, in: tx)
      var reached = false
      if let email = edit.email, try setContact(.email, to: email, of: person.id, change, in: tx) { reached = true }
      if let phone = edit.phone, try setContact(.phone, to: phone, of: person.id, change, in: tx) { reached = true }
      // Another address is a new version of the student too, or a second editor would not notice it.
      if reached || edit.number != student.number || edit.grade != student.grade {
        if try students.isTaken(edit.number, at: student.school, except: id, in: tx) {
          throw DirectoryProblem.numberTaken(edit.number)
        }
        try record.update(
          student.with(number: edit.number, grade: edit.grade), in: DirectoryTables.student, change, in: tx)
      }
      return try studentRecord(students.require(id, where: .empty, in: tx), in: tx)
    }
  }

  /// Moves a student to another status. Leaving ends the time at the school today; coming back begins a new one.
  public func changeStatus(
    of id: StudentID, to status: StudentStatus, because reason: String?, seen version: Int, by actor: Actor
  ) async throws -> StudentRecord {
    let reason = try checked(reason: reason)
    return try await database.write { tx in
      let student = try requireStudent(id, for: .editStudents, of: actor, in: tx)
      try requireNewest(version, student, people.require(student.person, in: tx))
      try move(student, to: status, change(by: actor, at: student.school, because: reason), in: tx)
      return try studentRecord(students.require(id, where: .empty, in: tx), in: tx)
    }
  }

  func move(
    _ student: Student, to status: StudentStatus, _ change: Change, in tx: any Connection
  ) throws {
    try student.status.change(to: status, because: change.reason)
    try record.update(
      student.with(grade: student.grade, status: status), in: DirectoryTables.student, change, in: tx)
    let open = try students.openEnrolments(of: [student.id], in: tx)[student.id]
    if !status.isEnrolled, let open {
      try record.update(
        open.ended(by: status, on: today, because: change.reason), in: DirectoryTables.schoolEnrolment, change, in: tx)
    } else if status.isEnrolled, open == nil {
      try record.insert(
        SchoolEnrolment(
          id: .new(at: change.at), student: student.id, year: try currentYear(at: student.school, in: tx),
          grade: student.grade, firstOn: today),
        into: DirectoryTables.schoolEnrolment, change, in: tx)
    }
  }

  /// Saves a person, keeping a name that goes out of use; nothing is written when nothing changes.
  func save(_ details: PersonDetails, over person: Person, _ change: Change, in tx: any Connection) throws {
    guard details != person.details else { return }
    var names = try people.names(of: person.id, in: tx).map(\.display)
    if let former = person.formerName(after: details, id: .new(at: change.at), on: today) {
      try record.insert(former, into: DirectoryTables.personName, change, in: tx)
      names.append(former.display)
    }
    try record.update(person.with(details, also: names), in: DirectoryTables.person, change, in: tx)
  }

  /// Both rows behind a student's page count: whichever was saved meanwhile, the editor has not seen it.
  private func requireNewest(_ version: Int, _ student: Student, _ person: Person) throws {
    try requireNewest(version, student.version + person.version - 1, of: "student")
  }

  func checkedContacts(email: String?, phone: String?) throws(Problem) -> (email: String?, phone: String?) {
    var validation = Validation()
    let email = ContactPoint.checked(email, .email, at: "/email", &validation)
    let phone = ContactPoint.checked(phone, .phone, at: "/phone", &validation)
    try validation.finish()
    return (email, phone)
  }

  /// Makes `value` the primary contact point of its kind, or removes the primary one for nil; answers whether that
  /// changed anything.
  @discardableResult
  func setContact(
    _ kind: ContactPoint.Kind, to value: String?, of person: PersonID, _ change: Change, in tx: any Connection
  ) throws -> Bool {
    let points = try people.contacts(of: person, in: tx).filter { $0.kind == kind }
    let primary = points.first(where: \.isPrimary)
    guard primary?.value != value else { return false }
    let table = DirectoryTables.contactPoint
    let replaced = points.filter { $0.isPrimary || $0.value == value }
    if let gone = replaced.first {
      let deletion = try record.beginDeletion(
        of: gone.id.retyped(), kind: table.kind, label: gone.value, change, in: tx)
      try record.delete(replaced.map(\.id), from: table, as: deletion, change, in: tx)
    }
    if let value {
      try record.insert(
        ContactPoint(id: .new(at: change.at), person: person, kind: kind, value: value), into: table, change, in: tx)
    }
    return true
  }
}
