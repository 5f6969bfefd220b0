public import Kernel
import Persistence
import Record
public import Rights

extension DirectoryService {
  /// A guardian and the students in reach of whom he or she is one.
  public func guardian(_ id: PersonID, for actor: Actor) async throws -> GuardianRecord {
    let visible = try studentsInReach(.viewGuardians, of: actor)
    return try await database.read { tx in try guardianRecord(id, where: visible, in: tx) }
  }

  /// Saves a guardian's own name and ways to reach, over the version the editor saw (`GuardianRecord.version`).
  ///
  /// One who is a student or a member of staff as well is changed by whoever may change those too.
  public func editGuardian(
    _ id: PersonID, _ edit: GuardianEdit, seen version: Int, by actor: Actor
  ) async throws -> GuardianRecord {
    let edit = try edit.checked(on: today)
    let visible = try studentsInReach(.viewGuardians, of: actor)
    return try await database.write { tx in
      let seen = try guardianRecord(id, where: visible, in: tx)
      let school = try requireEditing(seen, by: actor, in: tx)
      try requireNewest(version, seen.version, of: "guardian")
      let change = change(by: actor, at: school)
      var reached = false
      if let email = edit.email, try setContact(.email, to: email, of: id, change, in: tx) { reached = true }
      if let phone = edit.phone, try setContact(.phone, to: phone, of: id, change, in: tx) { reached = true }
      if edit.person != seen.person.details {
        try save(edit.person, over: seen.person, change, in: tx)
      } else if reached {
        // Another address is a new version of the person too, or a second editor would not notice it.
        try record.update(seen.person, in: DirectoryTables.person, change, in: tx)
      }
      return try guardianRecord(id, where: visible, in: tx)
    }
  }

  /// Whether the actor may change a guardian as a person: what decides about the link to the form.
  public func mayEdit(_ guardian: GuardianRecord, by actor: Actor) async throws -> Bool {
    try await database.read { tx in
      do {
        _ = try requireEditing(guardian, by: actor, in: tx)
        return true
      } catch let problem as Problem where problem.kind == .forbidden {
        return false
      }
    }
  }

  private func guardianRecord(_ id: PersonID, where visible: SQL, in tx: any Connection) throws -> GuardianRecord {
    let wards = try guardianships.wards(of: id, where: visible, in: tx)
    guard !wards.isEmpty else { throw Problem.notFound("guardian") }
    return GuardianRecord(
      person: try people.require(id, in: tx), contacts: try people.contacts(of: id, in: tx), students: wards)
  }

  /// The school at which the actor may change the guardian.
  private func requireEditing(
    _ guardian: GuardianRecord, by actor: Actor, in tx: any Connection
  ) throws -> OrgID {
    let reach = try actor.require(.editGuardians)
    guard let school = guardian.students.first(where: { reach.covers($0.school) })?.school else {
      throw Problem.forbidden(Permission.editGuardians.name)
    }
    if try staff.find(person: guardian.person.id, in: tx) != nil { _ = try actor.require(.editStaff) }
    if try !students.students(of: guardian.person.id, in: tx).isEmpty { _ = try actor.require(.editStudents) }
    return school
  }
}
