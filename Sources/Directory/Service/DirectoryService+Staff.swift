public import Kernel
import Persistence
import Record
public import Rights

extension DirectoryService {
  /// A page of the staff the actor may see, with their jobs in one query.
  public func staff(
    at school: OrgID? = nil, search: String? = nil, page request: PageRequest = PageRequest(), for actor: Actor
  ) async throws -> Page<StaffSummary> {
    let visible = StaffReach.condition(try actor.require(.viewStaff), of: actor.person)
    return try await database.read { tx in
      let page = try staff.page(school: school, search: search, where: visible, request, in: tx)
      let jobs = try staff.employments(of: page.items.map(\.id), in: tx)
      return page.map { member in
        var member = member
        member.jobs = (jobs[member.id] ?? []).map(\.details)
        return member
      }
    }
  }

  /// Everything about one member of staff.
  public func staffMember(_ id: StaffID, for actor: Actor) async throws -> StaffRecord {
    let visible = StaffReach.condition(try actor.require(.viewStaff), of: actor.person)
    return try await database.read { tx in try staffRecord(staff.require(id, where: visible, in: tx), in: tx) }
  }

  /// Enters a new member of staff with a first job.
  public func employ(_ new: NewStaff, by actor: Actor) async throws -> StaffRecord {
    let reach = try actor.require(.editStaff)
    guard reach.covers(new.employment.org) else { throw Problem.notFound("organisation") }
    let (email, phone) = try checkedContacts(email: new.email, phone: new.phone)
    let details = new.knownPerson == nil ? try new.person.checked(on: today) : new.person
    let job = try new.employment.checked()
    return try await database.write { tx in
      _ = try orgs.require(job.org, in: tx)
      let change = change(by: actor, at: job.org)
      let person = try personID(new.knownPerson, or: details, by: actor, change, in: tx)
      if try staff.find(person: person, in: tx) != nil { throw DirectoryProblem.staffTwice }
      let member = Staff(id: .new(at: change.at), person: person)
      try record.insert(member, into: DirectoryTables.staff, change, in: tx)
      try insert(job, of: member.id, change, in: tx)
      if let email { try setContact(.email, to: email, of: person, change, in: tx) }
      if let phone { try setContact(.phone, to: phone, of: person, change, in: tx) }
      return try staffRecord(member, in: tx)
    }
  }

  /// Saves what an editor made of a member of staff over the version the editor saw (`StaffRecord.version`).
  public func edit(
    _ id: StaffID, _ details: PersonDetails, note: String?, seen version: Int, by actor: Actor
  ) async throws -> StaffRecord {
    let details = try details.checked(on: today)
    var validation = Validation()
    let note = validation.optionalText(note, at: "/note", "the note", max: 500)
    try validation.finish()
    return try await database.write { tx in
      let (member, change) = try requireStaff(id, of: actor, in: tx)
      let person = try people.require(member.person, in: tx)
      try requireNewest(version, member.version + person.version - 1, of: "member of staff")
      try save(details, over: person, change, in: tx)
      if note != member.note {
        try record.update(
          Staff(id: id, version: member.version, person: member.person, note: note), in: DirectoryTables.staff, change,
          in: tx)
      }
      return try staffRecord(staff.require(id, where: .empty, in: tx), in: tx)
    }
  }

  /// Gives a member of staff a further job.
  public func add(_ job: EmploymentDetails, to id: StaffID, by actor: Actor) async throws -> StaffRecord {
    let job = try job.checked()
    guard try actor.require(.editStaff).covers(job.org) else { throw Problem.notFound("organisation") }
    return try await database.write { tx in
      let (member, change) = try requireStaff(id, of: actor, in: tx)
      try insert(job, of: id, change.at(job.org), in: tx)
      return try staffRecord(member, in: tx)
    }
  }

  /// Saves a job over the version its editor saw; ending one is setting its last day.
  public func edit(
    _ job: EmploymentID, of id: StaffID, _ details: EmploymentDetails, seen version: Int, by actor: Actor
  ) async throws -> StaffRecord {
    let details = try details.checked()
    guard try actor.require(.editStaff).covers(details.org) else { throw Problem.notFound("organisation") }
    return try await database.write { tx in
      let (member, change) = try requireStaff(id, of: actor, in: tx)
      _ = try staff.requireEmployment(job, of: id, in: tx)
      try record.update(
        Employment(id: job, version: version, staff: id, details: details), in: DirectoryTables.employment,
        change.at(details.org), in: tx)
      return try staffRecord(member, in: tx)
    }
  }

  /// Puts a member of staff into the recycle bin with the jobs, and the person too if nothing else is known of it.
  public func delete(
    _ id: StaffID, because reason: String? = nil, seen version: Int? = nil, by actor: Actor
  ) async throws -> DeletionID {
    let reason = try checked(reason: reason)
    return try await database.write { tx in
      let (member, change) = try requireStaff(id, of: actor, because: reason, in: tx)
      let person = try people.require(member.person, in: tx)
      try requireNewest(version, member.version + person.version - 1, of: "member of staff")
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: DirectoryTables.staff.kind, label: person.details.displayName, change, in: tx)
      let jobs = try staff.employments(of: [id], in: tx)[id] ?? []
      try record.delete(jobs.map(\.id), from: DirectoryTables.employment, as: deletion, change, in: tx)
      try record.delete([id], from: DirectoryTables.staff, as: deletion, change, in: tx)
      if try isNobody(person.id, in: tx) { try delete(person, as: deletion, change, in: tx) }
      return deletion
    }
  }

  /// The member of staff, if the actor may change it: who works at a place the right reaches.
  private func requireStaff(
    _ id: StaffID, of actor: Actor, because reason: String? = nil, in tx: any Connection
  ) throws -> (Staff, Change) {
    let visible = StaffReach.condition(try actor.require(.viewStaff), of: actor.person)
    let member = try staff.require(id, where: visible, in: tx)
    let reach = try actor.require(.editStaff)
    let jobs = try staff.employments(of: [id], in: tx)[id] ?? []
    guard reach.isEverywhere || jobs.contains(where: { reach.covers($0.details.org) }) else {
      throw Problem.forbidden("staff.edit")
    }
    return (member, change(by: actor, at: jobs.first?.details.org, because: reason))
  }

  private func insert(
    _ job: EmploymentDetails, of staff: StaffID, _ change: Change, in tx: any Connection
  ) throws {
    try record.insert(
      Employment(id: .new(at: change.at), staff: staff, details: job), into: DirectoryTables.employment, change, in: tx)
  }

  private func staffRecord(_ member: Staff, in tx: any Connection) throws -> StaffRecord {
    StaffRecord(
      staff: member, person: try people.require(member.person, in: tx),
      contacts: try people.contacts(of: member.person, in: tx),
      employments: try staff.employments(of: [member.id], in: tx)[member.id] ?? [])
  }
}
