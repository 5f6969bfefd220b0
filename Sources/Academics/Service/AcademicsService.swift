public import Kernel
public import Persistence
public import Record
public import Rights

/// Courses, sections and enrolments, for people who may see or change them.
///
/// What a person may not see is not there: hidden and missing both throw `NOT_FOUND`. Every change is one transaction
/// with its history.
public struct AcademicsService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let scope: SectionScope
  let looks: Looks
  let courses = CourseStore()
  let sections = SectionStore()
  let enrolments = EnrolmentStore()
  let choices = ChoiceStore()

  /// A service on a database; `scope` knows whose children are whose, and looks at people go into `accessLog`.
  public init(
    database: any Database, record: Record, clock: any WallClock, scope: SectionScope, accessLog: AccessLog? = nil
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.scope = scope
    looks = Looks(log: accessLog)
  }

  /// A page of the sections a person may see, by code.
  public func sections(
    _ filter: SectionFilter = SectionFilter(), page: PageRequest = PageRequest(), actor: Actor
  ) async throws -> Page<SectionLine> {
    let visible = try visible(.viewSections, actor)
    return try await database.read { tx in try sections.page(page, filter, visible: visible, in: tx) }
  }

  /// How many sections the filter finds, exact up to 10,000.
  public func sectionCount(_ filter: SectionFilter = SectionFilter(), actor: Actor) async throws -> Int {
    let visible = try visible(.viewSections, actor)
    return try await database.read { tx in try sections.count(filter, visible: visible, to: 10_000, in: tx) }
  }

  /// The sections the actor teaches on a day, by code; nobody's when the actor is no person.
  public func sectionsTaught(on day: SchoolDate, actor: Actor) async throws -> [SectionLine] {
    guard let person = actor.person else { return [] }
    let visible = try visible(.viewSections, actor)
    return try await database.read { tx in try sections.taught(by: person, on: day, visible: visible, in: tx) }
  }

  /// A section with its terms and staff.
  public func section(_ id: SectionID, actor: Actor) async throws -> SectionDetail {
    try await database.read { tx in
      let section = try require(id, .viewSections, actor, in: tx)
      return SectionDetail(
        section: section, terms: try sections.terms(of: id, in: tx), staff: try sections.staff(of: id, in: tx),
        enrolled: try enrolments.count(in: id, in: tx))
    }
  }

  /// The students of a section by name: who sits there, or with `former` all who ever did.
  ///
  /// A guardian or student who may see the section sees of the roster only those students they reach.
  public func roster(
    of id: SectionID, former: Bool = false, on page: String = "roster", actor: Actor
  ) async throws -> [RosterLine] {
    let reach = try actor.require(.viewSections)
    let shown = try await database.read { tx -> [RosterLine] in
      let section = try require(id, .viewSections, actor, in: tx)
      let lines = try enrolments.roster(of: id, former: former, in: tx)
      if reach.covers(section.school) { return lines }
      let reached = try enrolments.among(
        lines.map(\.enrolment.student), scope.students(within: reach, of: actor, at: clock.now()), in: tx)
      return lines.filter { reached.contains($0.enrolment.student) }
    }
    try await looks.note(shown, page: page, filter: id.description, actor, at: clock.now())
    return shown
  }

  /// Where a student sits and sat, for whoever reaches the student.
  public func sections(of student: StudentID, actor: Actor) async throws -> [StudentSectionLine] {
    let (person, lines) = try await database.read { tx in
      (try require(student, .viewSections, actor, in: tx), try enrolments.sections(of: student, in: tx))
    }
    try await looks.note([(student, person)], page: "sections of a student", actor, at: clock.now())
    return lines
  }
}

extension AcademicsService {
  /// The section, if the permission reaches it; `NOT_FOUND` otherwise. For other slices, in their own transaction.
  public func require(
    _ id: SectionID, _ permission: Permission, _ actor: Actor, in tx: any Connection
  ) throws -> Section {
    guard let section = try sections.find(id, visible: try visible(permission, actor), in: tx) else {
      throw Problem.notFound("section")
    }
    return section
  }

  /// A condition on `section` by a permission; throws when the permission is missing altogether.
  public func visible(_ permission: Permission, _ actor: Actor) throws(Problem) -> SQL {
    scope.sections(within: try actor.require(permission), of: actor, at: clock.now())
  }

  /// The section if one of the permissions reaches it by school or by teaching it, never only by a child or oneself:
  /// what shows every student of a section asks this. For other slices, in their own transaction.
  public func requireWhole(
    _ id: SectionID, _ permissions: [Permission], _ actor: Actor, in tx: any Connection
  ) throws -> Section {
    var reach = Reach()
    for permission in permissions { reach = reach.union(actor.reach(permission) ?? Reach()) }
    reach.children = false
    reach.own = false
    let visible = scope.sections(within: reach, of: actor, at: clock.now())
    guard let section = try sections.find(id, visible: visible, in: tx) else { throw Problem.notFound("section") }
    return section
  }

  /// A condition on `section`, an alias of the live sections, by how far a reach goes. For other slices' own queries.
  public func sections(within reach: Reach, of actor: Actor) -> SQL {
    scope.sections(within: reach, of: actor, at: clock.now())
  }

  /// Whether a permission reaches a section. For other slices, in their own transaction.
  public func reaches(
    _ section: SectionID, _ permission: Permission, _ actor: Actor, in tx: any Connection
  ) throws -> Bool {
    guard let reach = actor.reach(permission) else { return false }
    let visible = scope.sections(within: reach, of: actor, at: clock.now())
    return try reach.isEverywhere || sections.find(section, visible: visible, in: tx) != nil
  }

  /// The person behind a student, if a permission reaches the student; `NOT_FOUND` otherwise. For other slices, in
  /// their own transaction.
  @discardableResult
  public func require(
    _ student: StudentID, _ permission: Permission, _ actor: Actor, in tx: any Connection
  ) throws -> PersonID {
    let visible = scope.students(within: try actor.require(permission), of: actor, at: clock.now())
    guard let person = try enrolments.person(of: student, visible: visible, in: tx) else {
      throw Problem.notFound("student")
    }
    return person
  }

  /// The terms a section is taught in, in order. For other slices, in their own transaction.
  public func terms(of section: SectionID, in tx: any Connection) throws -> [Term] {
    try sections.terms(of: section, in: tx)
  }

  /// The students who belonged to a section on a day, by name. For other slices, in their own transaction.
  public func roster(of section: SectionID, on day: SchoolDate, in tx: any Connection) throws -> [RosterLine] {
    try enrolments.roster(of: section, on: day, in: tx)
  }

  /// The section for whoever may change it: seen but not to be changed is `FORBIDDEN`, hidden is `NOT_FOUND`.
  func requireChangeable(
    _ id: SectionID, _ permission: Permission, _ actor: Actor, in tx: any Connection
  ) throws -> Section {
    let reach = try actor.require(permission)
    if let section = try sections.find(id, visible: "TRUE", in: tx), reach.covers(section.school) { return section }
    if actor.has(.viewSections), try sections.find(id, visible: visible(.viewSections, actor), in: tx) != nil {
      throw Problem.forbidden(permission.name)
    }
    throw Problem.notFound("section")
  }
}
