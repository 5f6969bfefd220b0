import Directory
import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport

/// A district with two schools, a year with two terms, and the people who look after it.
struct World: Sendable {
  static let migrations = Record.migrations + JobsModule.migrations + DirectoryModule.migrations

  let database: any Database
  let clock = TestClock()
  let record = Record()
  let directory: DirectoryService
  let queue: JobQueue
  let changes: BulkChanges
  let office = Actor.system("tests")
  let district: Org
  let maple: Org
  let alder: Org
  let year: Period
  let term: Period

  /// In this world a teacher teaches whoever is in the year group `T`.
  init(_ database: any Database, followers: [DirectoryService.Follower] = []) async throws {
    self.database = database
    directory = DirectoryService(
      database: database, record: record, clock: clock,
      studentsTaught: { _ in "SELECT taught.id FROM directory_student_live AS taught WHERE taught.grade = 'T'" },
      followers: followers)
    queue = JobQueue(database: database, clock: clock)
    changes = BulkChanges(directory, queue: queue, tables: DirectoryModule.tables)
    let office = office
    district = try await directory.found(OrgDetails(kind: .district, code: "D", name: "The district"), by: office)
    maple = try await directory.found(
      OrgDetails(parent: district.id, kind: .school, code: "MS", name: "Maple Street School"), by: office)
    alder = try await directory.found(
      OrgDetails(parent: district.id, kind: .school, code: "AB", name: "Alder Bay School"), by: office)
    let today = directory.today
    year = try await directory.begin(
      PeriodDetails(
        org: district.id, kind: .year, code: "2026", title: "2026/27", firstOn: today.adding(days: -80),
        lastOn: today.adding(days: 200)), by: office)
    term = try await directory.begin(
      PeriodDetails(
        org: district.id, parent: year.id, kind: .term, code: "T1", title: "Term 1", firstOn: today.adding(days: -80),
        lastOn: today.adding(days: 30)), by: office)
    try await directory.makeCurrent(term.id, of: district.id, by: office)
  }

  /// Someone who may do `permissions` in the whole of some organisations.
  func actor(_ permissions: [Permission], at orgs: OrgID..., person: PersonID? = nil) -> Actor {
    Actor(
      account: .new(at: clock.now()), person: person, name: "someone",
      reaches: Dictionary(uniqueKeysWithValues: permissions.map { ($0, Reach(orgs: Set(orgs))) }))
  }

  /// Someone whose permissions all reach as far as `reach` says.
  func actor(_ permissions: [Permission], reaching reach: Reach, person: PersonID) -> Actor {
    Actor(
      account: .new(at: clock.now()), person: person, name: "someone",
      reaches: Dictionary(uniqueKeysWithValues: permissions.map { ($0, reach) }))
  }

  /// A student of Maple Street unless said.
  @discardableResult
  func enrol(
    _ given: String, _ family: String, number: String? = nil, grade: String? = "9", at school: OrgID? = nil,
    other: String? = nil
  ) async throws -> StudentRecord {
    try await directory.enrol(
      NewStudent(
        school: school ?? maple.id,
        person: PersonDetails(
          givenName: given, familyName: family, otherName: other, birthOn: SchoolDate("2013-01-01")),
        number: number, grade: grade),
      by: office)
  }

  /// Makes a guardian of a student.
  @discardableResult
  func guardian(
    _ given: String, _ family: String, of student: StudentID, primary: Bool = false
  ) async throws -> StudentGuardian {
    let guardians = try await directory.add(
      NewGuardian(
        person: PersonDetails(givenName: given, familyName: family),
        details: GuardianshipDetails(relation: .mother, isPrimary: primary)),
      to: student, by: office)
    return try require(guardians.first { $0.displayName == "\(given) \(family)" })
  }

  /// The names in a list, in its order.
  func names(
    _ filter: StudentFilter = StudentFilter(), _ order: StudentOrder = .name, for actor: Actor? = nil
  ) async throws -> [String] {
    try await directory.students(filter, sortedBy: order, for: actor ?? office).items.map(\.displayName)
  }

  /// How many live rows a table has.
  func count(_ table: SQL) async throws -> Int {
    try await database.read { tx in try tx.count("SELECT count(*) FROM \(table)") }
  }
}

/// The value, or a test that ends here.
func require<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Bug("something expected was not there") }
  return value
}

/// The code of the problem that `body` ends in; "" when it does not.
func code(_ body: () async throws -> Void) async -> String {
  do {
    try await body()
    return ""
  } catch let problem as any ProblemConvertible {
    return problem.problem.code
  } catch {
    return "\(error)"
  }
}
