public import Kernel
public import Persistence
public import Record
public import Rights

/// What other slices ask the directory for, each in its own transaction.
extension DirectoryService {
  /// The name of a person whom the actor may see; nil for everybody else.
  public func nameOfPerson(
    _ person: PersonID, visibleTo actor: Actor, in tx: any Connection
  ) throws -> String? {
    guard try isInSight(person, of: actor, in: tx) else { return nil }
    return try people.require(person, in: tx).details.displayName
  }

  /// An organisation by its names.
  public struct OrgName: Sendable, Equatable {
    /// Which it is.
    public let id: OrgID
    /// Its name.
    public let name: String
    /// Its code.
    public let code: String
  }

  /// The organisations a reach covers, by name.
  public func orgs(within reach: Reach, in tx: any Connection) throws -> [OrgName] {
    try orgs.all(in: tx).filter { reach.covers($0.id) }
      .map { OrgName(id: $0.id, name: $0.details.name, code: $0.details.code) }
  }

  /// The schools whose students the actor sees, some or all of them, by name.
  public func schoolNames(for actor: Actor) async throws -> [OrgName] {
    let reach = try actor.require(.viewStudents)
    return schoolNames(try await database.read { tx in try orgs.all(in: tx) }, within: reach)
  }

  func schoolNames(_ orgs: [Org], within reach: Reach) -> [OrgName] {
    orgs.filter { $0.details.kind.hasStudents }
      .filter { reach.covers($0.id) || reach.sectionsIn.contains($0.id) || reach.children || reach.own }
      .map { OrgName(id: $0.id, name: $0.details.name, code: $0.details.code) }
  }

  /// The organisation with a code, for commands on the host.
  public func organisation(code: String, in tx: any Connection) throws -> Org? { try orgs.find(code: code, in: tx) }

  /// What was done to a student and to the person, the newest first: for whoever may see the student and the audit.
  public func history(of id: StudentID, for actor: Actor) async throws -> [RecordedVersion] {
    let visible = try studentsInReach(.viewStudents, of: actor)
    let reach = try actor.require(.viewAudit)
    return try await database.read { tx in
      let student = try students.require(id, where: visible, in: tx)
      guard reach.covers(student.school) else { throw Problem.forbidden("audit.view") }
      let history = History()
      let rows =
        try history.versions(of: id.retyped(), kind: DirectoryTables.student.kind, in: tx)
        + history.versions(of: student.person.retyped(), kind: DirectoryTables.person.kind, in: tx)
      return Array(rows.sorted { $0.at == $1.at ? $0.id > $1.id : $0.at > $1.at }.prefix(PageRequest.usual))
    }
  }
}
