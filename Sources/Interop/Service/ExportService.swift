public import Academics
public import Directory
public import Kernel
public import Persistence
public import Record
public import Rights

/// Takes lists and rosters out of the installation, as far as the right to export and the right to see reach.
public struct ExportService: Sendable {
  let database: any Database
  let clock: any WallClock
  let directory: DirectoryService
  let academics: AcademicsService
  private let accessLog: AccessLog?

  /// A service over the lists of the other slices; `accessLog` hears of everybody who went out in a package.
  public init(
    database: any Database, clock: any WallClock, directory: DirectoryService, academics: AcademicsService,
    accessLog: AccessLog? = nil
  ) {
    self.database = database
    self.clock = clock
    self.directory = directory
    self.academics = academics
    self.accessLog = accessLog
  }

  /// The lists that can be exported as CSV.
  public enum List: String, Sendable, CaseIterable {
    /// Students with their first guardians.
    case students
    /// Staff and their jobs.
    case staff
    /// Guardians.
    case guardians
    /// Sections with their teachers.
    case sections
  }

  /// The roster as a OneRoster 1.2 bulk package, of one school or of all in reach, and what the standard cannot
  /// hold of it. The package is put together in memory, from pages read one after the other.
  public func oneRoster(of school: OrgID? = nil, by actor: Actor) async throws -> (zip: [UInt8], leftOut: [Finding]) {
    let reach = try actor.require(.makeExports)
    if let school { try actor.require(.makeExports, at: school) }
    let orgs = try await database.read { tx in
      try Roster(record: Record()).organisations(in: tx).filter { reach.covers($0.id) }
    }
    let chosen = school.map { school in orgs.filter { $0.id == school } } ?? orgs
    if school != nil, chosen.isEmpty { throw Problem.notFound("school") }
    var writer = OneRosterWriter(systemName: "Homeroom")
    var late: [RosterRecord] = []
    var people: [ID<AnyEntity>] = []
    try await RosterExport(of: chosen, in: database).read { record in
      // A guardian's role is at the student's schools, so relationships come when all students are known.
      if case .relationship = record { late.append(record) } else { writer.add(record) }
      if case .person(let person) = record, let id = PersonID(person.id) { people.append(id.retyped()) }
    }
    try await note(people, by: actor)
    for record in late { writer.add(record) }
    let zip = try writer.finish()
    return (zip, writer.leftOut)
  }

  private func note(_ people: [ID<AnyEntity>], by actor: Actor) async throws {
    guard let accessLog, let account = actor.account else { return }
    for start in stride(from: 0, to: people.count, by: 200) {
      try await accessLog.noted(
        actor: account, page: "oneroster.zip", subjects: Array(people[start..<min(start + 200, people.count)]),
        at: clock.now())
    }
  }

  /// A list as CSV, safe to open in a spreadsheet, in pieces of at most 200 rows. Rows are those the actor may see.
  public func csv(
    _ list: List, of school: OrgID? = nil, by actor: Actor
  ) throws -> AsyncThrowingStream<[UInt8], any Error> {
    let reach = try actor.require(.makeExports)
    if let school { try actor.require(.makeExports, at: school) }
    // Guardians are of no school themselves, so whoever exports for some schools only cannot have their list.
    if list == .guardians, !reach.isEverywhere { throw Problem.forbidden(Permission.makeExports.name) }
    let schools: [OrgID?] = school.map { [$0] } ?? (reach.isEverywhere ? [nil] : reach.orgs.sorted().map { $0 })
    let walk = ListWalk(schools: schools) { school, after in
      let page = PageRequest(limit: PageRequest.maximum, after: after)
      switch list {
      case .students: return try await students(school, page, actor)
      case .staff: return try await staff(school, page, actor)
      case .guardians: return try await guardians(page, actor)
      case .sections: return try await sections(school, page, actor)
      }
    }
    var writer = CSVWriter(header: Self.header(of: list), hasByteOrderMark: true)
    walk.begin(with: writer.takeBytes())
    return AsyncThrowingStream { try await walk.next() }
  }

  private static func header(of list: List) -> [String] {
    switch list {
    case .students:
      ["Number", "Name", "Given name", "Family name", "Grade", "Status", "Birth date", "School", "First guardian"]
    case .staff: ["Name", "Job", "Department", "Staff number", "School", "First day", "Last day"]
    case .guardians: ["Name", "Students", "E-mail", "Telephone"]
    case .sections: ["Code", "Title", "Kind", "Room", "School", "Teacher", "Students"]
    }
  }

  // MARK: One page of rows

  private func students(_ school: OrgID?, _ request: PageRequest, _ actor: Actor) async throws -> Page<[String]> {
    let page = try await directory.students(StudentFilter(school: school), page: request, for: actor)
    let (people, names) = try await database.read { tx in
      (try Roster(record: Record()).people(page.items.map(\.person), in: tx), try Self.schoolNames(in: tx))
    }
    let byID = Dictionary(people.map { ($0.id, $0.details) }) { first, _ in first }
    return page.map { student in
      let details = byID[student.person]
      return [
        student.number, student.displayName, details?.givenName ?? "", details?.familyName ?? "", student.grade ?? "",
        student.status.title, student.birthOn?.description ?? "", names[student.school] ?? "",
        student.firstGuardian?.displayName ?? "",
      ]
    }
  }

  private func staff(_ school: OrgID?, _ request: PageRequest, _ actor: Actor) async throws -> Page<[String]> {
    let page = try await directory.staff(at: school, page: request, for: actor)
    let names = try await database.read { tx in try Self.schoolNames(in: tx) }
    return page.map { member in
      let job = member.jobs.first { $0.org == school } ?? member.jobs.first
      return [
        member.displayName, job?.job ?? "", job?.department ?? "", job?.number ?? "",
        job.flatMap { names[$0.org] } ?? "", job?.firstOn?.description ?? "", job?.lastOn?.description ?? "",
      ]
    }
  }

  private func guardians(_ request: PageRequest, _ actor: Actor) async throws -> Page<[String]> {
    let page = try await directory.guardians(page: request, for: actor)
    let contacts = try await database.read { tx in
      try Roster(record: Record()).contacts(of: page.items.map(\.person), in: tx)
    }
    return page.map { guardian in
      let own = contacts[guardian.person] ?? []
      return [
        guardian.displayName, String(guardian.students), own.first { $0.kind == .email }?.value ?? "",
        own.first { $0.kind != .email }?.value ?? "",
      ]
    }
  }

  private func sections(_ school: OrgID?, _ request: PageRequest, _ actor: Actor) async throws -> Page<[String]> {
    let page = try await academics.sections(SectionFilter(school: school), page: request, actor: actor)
    let names = try await database.read { tx in try Self.schoolNames(in: tx) }
    return page.map { line -> [String] in
      [
        line.section.code, line.section.title, line.section.kind.rawValue, line.section.room ?? "",
        names[line.section.school] ?? "", line.teacher ?? "", String(line.enrolled),
      ]
    }
  }

  private static func schoolNames(in tx: any Connection) throws -> [OrgID: String] {
    let orgs = try Roster(record: Record()).organisations(in: tx)
    return Dictionary(orgs.map { ($0.id, $0.details.name) }) { first, _ in first }
  }
}
