public import Kernel
import Persistence
import Record
public import Rights

extension DirectoryService {
  /// A page of the students the actor may see, with their primary guardians where the actor may see those.
  public func students(
    _ filter: StudentFilter = StudentFilter(), sortedBy order: StudentOrder = .name,
    page request: PageRequest = PageRequest(), for actor: Actor
  ) async throws -> Page<StudentSummary> {
    let query = try query(filter, order, for: actor)
    return try await database.read { tx in
      try withoutOthersGuardians(query.page(request, in: tx), for: actor, tx)
    }
  }

  /// A page of students with what stands around it.
  public struct StudentListing: Sendable {
    /// The students.
    public let page: Page<StudentSummary>
    /// The schools whose students the actor sees, by name.
    public let schools: [OrgName]
    /// The year groups of the school the list is of, if it is of one.
    public let grades: [String]
    /// How many students the list has, exact as far as was asked.
    public let count: RowCount
  }

  /// A page of students with what stands around it, read at once: one hop to the database, one state of it.
  public func listing(
    _ filter: StudentFilter, sortedBy order: StudentOrder, page request: PageRequest, countUpTo limit: Int,
    for actor: Actor
  ) async throws -> StudentListing {
    let query = try query(filter, order, for: actor)
    let reach = try actor.require(.viewStudents)
    return try await database.read { tx in
      let page = try withoutOthersGuardians(query.page(request, in: tx), for: actor, tx)
      let schools = schoolNames(try orgs.all(in: tx), within: reach)
      let school = filter.school ?? (schools.count == 1 ? schools.first?.id : nil)
      let mayAsk = school.map { reach.covers($0) || reach.sectionsIn.contains($0) } ?? false
      return StudentListing(
        page: page, schools: schools,
        grades: try school.flatMap { mayAsk ? try GradesQuery().grades(of: $0, in: tx) : nil } ?? [],
        count: try query.count(upTo: limit, in: tx))
    }
  }

  /// How many students the list has, exact as far as `limit`, ten thousand at most.
  public func countStudents(
    _ filter: StudentFilter = StudentFilter(), upTo limit: Int = RowCount.limit, for actor: Actor
  ) async throws -> RowCount {
    let query = try query(filter, .name, for: actor)
    return try await database.read { tx in try query.count(upTo: limit, in: tx) }
  }

  /// The ids of all students the list has, at most `limit`: for editing all that match.
  public func studentIDs(_ filter: StudentFilter, limit: Int, for actor: Actor) async throws -> [StudentID] {
    let query = try query(filter, .name, for: actor)
    return try await database.read { tx in try query.ids(limit: limit, in: tx) }
  }

  /// The year groups of a school, as far as the actor may see the school.
  public func grades(of school: OrgID, for actor: Actor) async throws -> [String] {
    let reach = try actor.require(.viewStudents)
    guard reach.covers(school) || reach.sectionsIn.contains(school) else { return [] }
    return try await database.read { tx in try GradesQuery().grades(of: school, in: tx) }
  }

  /// Everything about one student.
  public func student(_ id: StudentID, for actor: Actor) async throws -> StudentRecord {
    let visible = try studentsInReach(.viewStudents, of: actor)
    return try await database.read { tx in
      try studentRecord(students.require(id, where: visible, in: tx), in: tx)
    }
  }

  /// Everything about one student that is known to be in sight.
  func studentRecord(_ student: Student, in tx: any Connection) throws -> StudentRecord {
    StudentRecord(
      student: student, person: try people.require(student.person, in: tx),
      schoolName: try orgs.find(student.school, in: tx)?.details.name ?? "",
      names: try people.names(of: student.person, in: tx), contacts: try people.contacts(of: student.person, in: tx),
      enrolments: try students.enrolments(of: student.id, in: tx))
  }

  func query(_ filter: StudentFilter, _ order: StudentOrder, for actor: Actor) throws -> StudentListQuery {
    let reach = try actor.require(.viewStudents)
    return StudentListQuery(
      filter: filter, order: order, visible: reaches.condition(reach, of: actor.person, on: today),
      showsGuardians: actor.reach(.viewGuardians) != nil,
      onlySchool: reach == Reach(orgs: reach.orgs) && reach.orgs.count == 1 ? reach.orgs.first : nil)
  }

  /// Guardians are shown of the students whose guardians the actor may see, which can be fewer than are listed.
  private func withoutOthersGuardians(
    _ page: Page<StudentSummary>, for actor: Actor, _ tx: any Connection
  ) throws -> Page<StudentSummary> {
    guard let reach = actor.reach(.viewGuardians) else { return page }
    var hidden = page.items.filter { !reach.covers($0.school) }.map(\.id)
    if !hidden.isEmpty, !reach.sectionsIn.isEmpty {
      let taught = reaches.condition(reach, of: actor.person, on: today)
      let seen = Set(try students.find(hidden, where: taught, in: tx).map(\.id))
      hidden.removeAll(where: seen.contains)
    }
    guard !hidden.isEmpty else { return page }
    let concealed = Set(hidden)
    return page.map { student in
      var student = student
      if concealed.contains(student.id) { student.firstGuardian = nil }
      return student
    }
  }
}
