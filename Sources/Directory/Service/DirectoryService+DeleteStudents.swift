public import Kernel
import Persistence
import Record
public import Rights

extension DirectoryService {
  /// Puts a student into the recycle bin with everything that hangs on it; the person too, unless he or she is more
  /// than this student or needed elsewhere. Restoring the deletion brings back exactly these rows.
  public func delete(_ id: StudentID, because reason: String? = nil, by actor: Actor) async throws -> DeletionID {
    let reason = try checked(reason: reason)
    return try await database.write { tx in
      let student = try requireStudent(id, for: .editStudents, of: actor, in: tx)
      return try delete(student, change(by: actor, at: student.school, because: reason), in: tx)
    }
  }

  /// As the other `delete`, over the version its reader saw: for `If-Match`.
  public func delete(_ id: StudentID, seen version: Int, by actor: Actor) async throws -> DeletionID {
    try await database.write { tx in
      let student = try requireStudent(id, for: .editStudents, of: actor, in: tx)
      try requireNewest(version, studentRecord(student, in: tx).version, of: "student")
      return try delete(student, change(by: actor, at: student.school), in: tx)
    }
  }

  /// Does what an edit of many students does to one of them; answers whether that changed anything.
  func apply(
    _ edit: BulkEdit, to student: Student, as cause: BulkChangeID, by actor: Actor, in tx: any Connection
  ) throws -> Bool {
    let change = change(by: actor, at: student.school, as: cause.retyped())
    switch edit {
    case .grade(let grade):
      guard student.grade != grade else { return false }
      try record.update(student.with(grade: grade), in: DirectoryTables.student, change, in: tx)
    case .status(let status, let reason):
      guard student.status != status else { return false }
      try move(student, to: status, change.because(reason), in: tx)
    case .delete(let reason): _ = try delete(student, change.because(reason), in: tx)
    }
    return true
  }

  private func delete(_ student: Student, _ change: Change, in tx: any Connection) throws -> DeletionID {
    let person = try people.require(student.person, in: tx)
    let deletion = try record.beginDeletion(
      of: student.id.retyped(), kind: DirectoryTables.student.kind,
      label: "\(person.details.displayName), \(student.number)", change, in: tx)
    for follow in followers { try follow(student.id, deletion, change, tx) }
    let guardians = try guardianships.guardianships(of: [student.id], in: tx).map(\.id)
    let rights = try guardianships.rights(of: guardians, in: tx).values.flatMap { $0 }.map(\.id)
    let times = try students.enrolments(of: student.id, in: tx).map(\.id)
    try record.delete(rights, from: DirectoryTables.custodyRight, as: deletion, change, in: tx)
    try record.delete(guardians, from: DirectoryTables.guardianship, as: deletion, change, in: tx)
    try record.delete(times, from: DirectoryTables.schoolEnrolment, as: deletion, change, in: tx)
    try record.delete([student.id], from: DirectoryTables.student, as: deletion, change, in: tx)
    if try isNobody(person.id, in: tx) { try delete(person, as: deletion, change, in: tx) }
    return deletion
  }

  /// Puts a person who is nothing here any more into the recycle bin, as part of a deletion.
  func delete(_ person: Person, as deletion: DeletionID, _ change: Change, in tx: any Connection) throws {
    let names = try people.names(of: person.id, in: tx).map(\.id)
    let contacts = try people.contacts(of: person.id, in: tx).map(\.id)
    try record.delete(names, from: DirectoryTables.personName, as: deletion, change, in: tx)
    try record.delete(contacts, from: DirectoryTables.contactPoint, as: deletion, change, in: tx)
    try record.delete([person.id], from: DirectoryTables.person, as: deletion, change, in: tx)
  }
}
