public import Kernel
public import Persistence
import Record
public import Rights

/// A new guardian of a student as the office enters it.
public struct NewGuardian: Sendable, Equatable {
  /// Who it is.
  public var person: PersonDetails
  /// A person already known here, instead of a new one.
  public var knownPerson: PersonID?
  /// What the guardianship is like.
  public var details: GuardianshipDetails
  /// An e-mail address.
  public var email: String?
  /// A telephone number.
  public var phone: String?

  /// A new guardian in words.
  public init(
    person: PersonDetails, knownPerson: PersonID? = nil, details: GuardianshipDetails, email: String? = nil,
    phone: String? = nil
  ) {
    self.person = person
    self.knownPerson = knownPerson
    self.details = details
    self.email = email
    self.phone = phone
  }
}

extension DirectoryService {
  /// The guardians of a student, the primary one first, with how to reach them and what they may do.
  public func guardians(of student: StudentID, for actor: Actor) async throws -> [StudentGuardian] {
    let visible = try studentsInReach(.viewGuardians, of: actor)
    let listed = try studentsInReach(.viewStudents, of: actor)
    return try await database.read { tx in
      _ = try students.require(student, where: SQL.all([listed, visible]), in: tx)
      return try guardians(of: student, in: tx)
    }
  }

  /// A page of the people who are guardians of students in reach.
  public func guardians(
    search: String? = nil, page request: PageRequest = PageRequest(), for actor: Actor
  ) async throws -> Page<GuardianRow> {
    let query = GuardianListQuery(search: search, visible: try studentsInReach(.viewGuardians, of: actor))
    return try await database.read { tx in try query.page(request, in: tx) }
  }

  /// The children the actor may see today as their guardian.
  public func ownChildren(of actor: Actor) async throws -> [StudentSummary] {
    guard let person = actor.person else { return [] }
    let today = today
    return try await database.read { tx in
      try guardianships.children(seenBy: person, on: today, in: tx)
    }
  }

  /// Whether a guardian may do something with a student on a day, or today: what mail and exports ask.
  public func allows(
    _ custody: Custody, to guardian: PersonID, of student: StudentID, on day: SchoolDate? = nil, in tx: any Connection
  ) throws -> Bool {
    guard
      let guardianship = try guardianships.guardianships(of: [student], in: tx)
        .first(where: { $0.guardian == guardian })
    else { return false }
    let rights = try guardianships.rights(of: [guardianship.id], in: tx)[guardianship.id] ?? []
    return rights.allows(custody, on: day ?? today)
  }

  /// Makes someone a guardian; answers all guardians, the primary one first.
  public func add(_ new: NewGuardian, to student: StudentID, by actor: Actor) async throws -> [StudentGuardian] {
    _ = try await addGuardian(new, to: student, by: actor)
    return try await database.read { tx in try guardians(of: student, in: tx) }
  }

  /// Makes someone a guardian. The first guardian becomes the primary one; a new primary one takes over from the old.
  public func addGuardian(_ new: NewGuardian, to student: StudentID, by actor: Actor) async throws -> StudentGuardian {
    let (email, phone) = try checkedContacts(email: new.email, phone: new.phone)
    let person = new.knownPerson == nil ? try new.person.checked(on: today) : new.person
    let checked = try new.details.checked()
    return try await database.write { tx in
      let student = try requireStudent(student, for: .editGuardians, of: actor, in: tx)
      let change = change(by: actor, at: student.school)
      let guardian = try personID(new.knownPerson, or: person, by: actor, change, in: tx)
      guard guardian != student.person else { throw DirectoryProblem.ownGuardian }
      if try guardianships.isGuardian(guardian, of: student.id, in: tx) { throw DirectoryProblem.guardianTwice }
      let most = GuardianshipStore.most
      guard try guardianships.guardians(of: student.id, in: tx).count < most else {
        throw DirectoryProblem.guardiansFull(most)
      }
      var details = checked
      if let primary = try guardianships.primary(of: student.id, except: nil, in: tx) {
        if details.isPrimary { try demote(primary, change, in: tx) }
      } else {
        details.isPrimary = true
      }
      let added = Guardianship(id: .new(at: change.at), student: student.id, guardian: guardian, details: details)
      try record.insert(added, into: DirectoryTables.guardianship, change, in: tx)
      // A known person keeps the contact points nobody named.
      if let email { try setContact(.email, to: email, of: guardian, change, in: tx) }
      if let phone { try setContact(.phone, to: phone, of: guardian, change, in: tx) }
      guard let found = try guardians(of: student.id, in: tx).first(where: { $0.guardianship.id == added.id }) else {
        throw Bug("a guardian that was just added is not there")
      }
      return found
    }
  }

  /// Saves a guardianship over the version its editor saw.
  public func edit(
    _ id: GuardianshipID, of student: StudentID, _ details: GuardianshipDetails, seen version: Int, by actor: Actor
  ) async throws -> [StudentGuardian] {
    let details = try details.checked()
    return try await database.write { tx in
      let student = try requireStudent(student, for: .editGuardians, of: actor, in: tx)
      let change = change(by: actor, at: student.school)
      let seen = try guardianships.require(id, of: student.id, in: tx)
      if details.isPrimary, let primary = try guardianships.primary(of: student.id, except: id, in: tx) {
        try demote(primary, change, in: tx)
      }
      try record.update(
        Guardianship(id: id, version: version, student: student.id, guardian: seen.guardian, details: details),
        in: DirectoryTables.guardianship, change, in: tx)
      return try guardians(of: student.id, in: tx)
    }
  }

  /// Ends a guardianship: it goes to the recycle bin with its rights, and the person too if nothing else is known of
  /// him or her.
  public func remove(
    _ id: GuardianshipID, of student: StudentID, seen version: Int? = nil, by actor: Actor
  ) async throws -> DeletionID {
    try await database.write { tx in
      let student = try requireStudent(student, for: .editGuardians, of: actor, in: tx)
      let change = change(by: actor, at: student.school)
      let guardianship = try guardianships.require(id, of: student.id, in: tx)
      try requireNewest(version, guardianship.version, of: "guardian")
      let person = try people.require(guardianship.guardian, in: tx)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: DirectoryTables.guardianship.kind, label: person.details.displayName, change, in: tx)
      let rights = try guardianships.rights(of: [id], in: tx)[id] ?? []
      try record.delete(rights.map(\.id), from: DirectoryTables.custodyRight, as: deletion, change, in: tx)
      try record.delete([id], from: DirectoryTables.guardianship, as: deletion, change, in: tx)
      if try isNobody(person.id, in: tx) { try delete(person, as: deletion, change, in: tx) }
      return deletion
    }
  }

  /// Writes down that a guardian may, or may not, do something for a time.
  public func add(
    _ custody: Custody, allowed: Bool, from firstOn: SchoolDate? = nil, until lastOn: SchoolDate? = nil,
    note: String? = nil, to id: GuardianshipID, of student: StudentID, by actor: Actor
  ) async throws -> [StudentGuardian] {
    var validation = Validation()
    let note = validation.optionalLine(note, at: "/note", "the note")
    if let firstOn, let lastOn {
      validation.check(
        firstOn <= lastOn, "/lastOn", "BEFORE_START", "Choose a last day that is not before the first day.")
    }
    try validation.finish()
    return try await database.write { tx in
      let student = try requireStudent(student, for: .editGuardians, of: actor, in: tx)
      let change = change(by: actor, at: student.school)
      let guardianship = try guardianships.require(id, of: student.id, in: tx)
      try record.insert(
        CustodyRight(
          id: .new(at: change.at), guardianship: guardianship.id, custody: custody, isAllowed: allowed,
          firstOn: firstOn, lastOn: lastOn, note: note),
        into: DirectoryTables.custodyRight, change, in: tx)
      return try guardians(of: student.id, in: tx)
    }
  }

  /// Takes a custody right back out.
  public func remove(
    _ right: CustodyRightID, from id: GuardianshipID, of student: StudentID, by actor: Actor
  ) async throws -> DeletionID {
    try await database.write { tx in
      let student = try requireStudent(student, for: .editGuardians, of: actor, in: tx)
      let change = change(by: actor, at: student.school)
      let guardianship = try guardianships.require(id, of: student.id, in: tx)
      guard let gone = try guardianships.rights(of: [guardianship.id], in: tx)[id]?.first(where: { $0.id == right })
      else { throw Problem.notFound("custody right") }
      let deletion = try record.beginDeletion(
        of: right.retyped(), kind: DirectoryTables.custodyRight.kind, label: gone.custody.rawValue, change, in: tx)
      try record.delete([right], from: DirectoryTables.custodyRight, as: deletion, change, in: tx)
      return deletion
    }
  }

  private func demote(_ primary: Guardianship, _ change: Change, in tx: any Connection) throws {
    var details = primary.details
    details.isPrimary = false
    try record.update(primary.with(details), in: DirectoryTables.guardianship, change, in: tx)
  }

  private func guardians(of student: StudentID, in tx: any Connection) throws -> [StudentGuardian] {
    let found = try guardianships.guardians(of: student, in: tx)
    let contacts = try people.contacts(of: found.map { $0.0.guardian }, in: tx)
    let rights = try guardianships.rights(of: found.map { $0.0.id }, in: tx)
    return found.map { guardianship, name in
      StudentGuardian(
        guardianship: guardianship, displayName: name, contacts: contacts[guardianship.guardian] ?? [],
        rights: rights[guardianship.id] ?? [])
    }
  }
}
