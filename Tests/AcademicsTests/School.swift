import Academics
import Directory
import Kernel
import Persistence
import Record
import Rights
import TestSupport

/// A small school in a database: a district with two schools, two terms, four people who teach or look after children,
/// and as many students as are asked for. Its directory rows are written plainly: only teaching is under test.
struct School: Sendable {
  let database: any Database
  let clock = TestClock(Instant(milliseconds: 1_795_424_400_000))
  let district: OrgID
  let school: OrgID
  let elsewhere: OrgID
  let term: PeriodID
  let closedTerm: PeriodID
  let teacher: PersonID
  let colleague: PersonID
  let guardian: PersonID
  let students: [StudentID]
  let stranger: StudentID

  static let migrations =
    Record.migrations + DirectoryModule.migrations + AcademicsModule.migrations

  var today: SchoolDate { clock.now().utcDate }

  /// Who the guardian's children are: the first student alone.
  var scope: SectionScope {
    let child = students.first
    let guardian = guardian
    return SectionScope { person, _ in
      guard let child, person == guardian else { return "SELECT id FROM directory_student_live WHERE FALSE" }
      return "SELECT id FROM directory_student_live WHERE id = \(child)"
    }
  }

  var academics: AcademicsService {
    AcademicsService(database: database, record: Record(), clock: clock, scope: scope)
  }

  static func with(
    _ engine: TestDatabase.Engine, students count: Int = 3, _ body: (School) async throws -> Void
  ) async throws {
    try await engine.with(migrations) { database in try await body(try await School(in: database, students: count)) }
  }

  private init(in database: any Database, students count: Int) async throws {
    self.database = database
    let now = clock.now()
    let district = OrgID.new(at: now)
    let school = OrgID.new(at: now)
    let elsewhere = OrgID.new(at: now)
    let term = PeriodID.new(at: now)
    let closedTerm = PeriodID.new(at: now)
    let adults = (0..<3).map { _ in PersonID.new(at: now) }
    let students = (0..<count).map { _ in StudentID.new(at: now) }
    let stranger = StudentID.new(at: now)
    try await database.write { tx in
      try Self.org(district, nil, "district", "ALD", tx)
      try Self.org(school, district, "school", "ALD-1", tx)
      try Self.org(elsewhere, district, "school", "ALD-2", tx)
      try Self.period(term, school, "T1", now.utcDate.adding(days: -30), now.utcDate.adding(days: 30), "open", tx)
      try Self.period(
        closedTerm, school, "T0", now.utcDate.adding(days: -200), now.utcDate.adding(days: -100), "closed", tx)
      for (person, name) in zip(adults, ["Amara Okafor", "Ben Lee", "Grace Nwosu"]) {
        try Self.person(person, name, tx)
      }
      for (index, student) in students.enumerated() {
        try Self.student(student, "Student \(1000 + index)", "S\(1000 + index)", school, tx)
      }
      try Self.student(stranger, "Stranger", "X1", elsewhere, tx)
    }
    self.district = district
    self.school = school
    self.elsewhere = elsewhere
    self.term = term
    self.closedTerm = closedTerm
    teacher = adults[0]
    colleague = adults[1]
    guardian = adults[2]
    self.students = students
    self.stranger = stranger
  }

  private static func org(_ id: OrgID, _ parent: OrgID?, _ kind: String, _ code: String, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_org (id, version, changed_at, parent_id, kind, code, name, time_zone, locale, week_start)
      VALUES (\(id), 1, 0, \(parent), \(kind), \(code), \(code), 'Test/Zone', 'en', 1)
      """)
  }

  private static func period(
    _ id: PeriodID, _ org: OrgID, _ code: String, _ first: SchoolDate, _ last: SchoolDate, _ status: String,
    _ tx: any Connection
  ) throws {
    try tx.run(
      """
      INSERT INTO directory_period (id, version, changed_at, org_id, kind, code, title, first_on, last_on, status)
      VALUES (\(id), 1, 0, \(org), 'term', \(code), \(code), \(first), \(last), \(status))
      """)
  }

  private static func person(_ id: PersonID, _ name: String, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_person (id, version, changed_at, display_name, sort_name, search_name)
      VALUES (\(id), 1, 0, \(name), \(Text.folded(name)), \(Text.folded(name)))
      """)
  }

  private static func student(
    _ id: StudentID, _ name: String, _ number: String, _ school: OrgID, _ tx: any Connection
  ) throws {
    let person = PersonID.new(at: Instant(milliseconds: 1))
    try Self.person(person, name, tx)
    try tx.run(
      """
      INSERT INTO directory_student (id, version, changed_at, person_id, school_id, number, grade, status)
      VALUES (\(id), 1, 0, \(person), \(school), \(number), '9', 'active')
      """)
  }
}

extension School {
  /// May do everything at the school, and nothing elsewhere.
  var office: Actor { actor(Reach(orgs: [school])) }

  /// May see and mark the sections she teaches.
  var amara: Actor { actor(Reach(sectionsIn: [school]), person: teacher) }

  /// As Amara, in other sections.
  var ben: Actor { actor(Reach(sectionsIn: [school]), person: colleague) }

  /// May see what concerns her child.
  var grace: Actor { actor(Reach(children: true), person: guardian) }

  /// May do everything at the other school.
  var officeElsewhere: Actor { actor(Reach(orgs: [elsewhere])) }

  func actor(_ reach: Reach, person: PersonID? = nil) -> Actor {
    var reaches: [Permission: Reach] = [.viewSections: reach]
    if reach.coversSomeOrg {
      for permission in [Permission.editSections, .editEnrolments, .editCourses] { reaches[permission] = reach }
    }
    return Actor(account: .new(at: clock.now()), person: person, name: "Somebody", reaches: reaches)
  }

  /// A course and a section of it, taught by Amara in the open term.
  func section(capacity: Int? = nil, code: String = "9B-MATH", kind: Section.Kind = .scheduled) async throws -> Section
  {
    let draft = SectionDraft(
      kind: kind, course: kind == .homeroom ? nil : try await course("C-\(code)").id, code: code,
      title: kind == .homeroom ? "Homeroom" : nil, capacity: capacity, periods: [term])
    let section = try await academics.createSection(draft, at: school, actor: office)
    _ = try await academics.assign(teacher, to: section.id, isPrimary: true, actor: office)
    return section
  }

  func course(_ code: String) async throws -> Course {
    try await academics.createCourse(
      CourseDraft(code: code, title: "Mathematics", credits: Decimal4(tenThousandths: 35_000)), at: school,
      actor: office)
  }
}

/// The code of the problem that `body` throws; nil when it throws none.
func code(_ body: () async throws -> some Any) async -> String? {
  do {
    _ = try await body()
    return nil
  } catch {
    return (error as? any ProblemConvertible)?.problem.code ?? "\(error)"
  }
}
