import Academics
import Accounts
import Audiences
import Directory
import Kernel
import Notices
import Persistence
import Record
import Rights
import TestSupport

/// A district with two schools, two sections in the first, and the people around them. Rows are written plainly: only
/// notices are under test.
struct School: Sendable {
  let database: any Database
  let clock = TestClock(Instant(milliseconds: 1_795_424_400_000))
  let district: OrgID
  let school: OrgID
  let elsewhere: OrgID
  let section: SectionID
  let otherSection: SectionID
  let teacherRole: RoleID

  /// People by their name, each with an account.
  let people: [String: (person: PersonID, account: AccountID)]
  /// The guardianship of the guardian who is denied sight.
  let denied: GuardianshipID

  static let migrations =
    Record.migrations + DirectoryModule.migrations + AcademicsModule.migrations + AccountsModule.migrations
    + NoticesModule.migrations

  /// Tess teaches 7A and Ben 7B, both at the school. Stu sits in 7A, Gil may see him and Gwen may not. Sol belongs to
  /// the other school, and Gus is her guardian. Pat leads the school, Quinn the other, Olive works in the office, Ada
  /// administrates.
  static let names = ["Tess", "Ben", "Stu", "Gil", "Gwen", "Sol", "Gus", "Pat", "Quinn", "Olive", "Ada"]

  static func with(
    _ engine: TestDatabase.Engine, _ body: @escaping @Sendable (School) async throws -> Void
  ) async throws {
    try await engine.with(migrations) { database in try await body(try await School(in: database)) }
  }

  private init(in database: any Database) async throws {
    self.database = database
    let now = clock.now()
    func id<E>(_: E.Type = E.self) -> ID<E> { .new(at: now) }
    (district, school, elsewhere, section, otherSection) = (id(), id(), id(), id(), id())
    (teacherRole, denied) = (id(), id())
    people = Dictionary(
      uniqueKeysWithValues: Self.names.map { ($0, (person: PersonID.new(at: now), account: AccountID.new(at: now))) })
    let rows = self
    try await database.write { tx in try rows.write(tx) }
  }

  var service: NoticesService { service(on: database) }

  func service(on database: any Database) -> NoticesService {
    let names = Dictionary(uniqueKeysWithValues: people.map { ($0.value.account, $0.key) })
    return NoticesService(
      database: database, record: Record(), clock: clock, zone: .utc, audiences: AudienceStore(),
      names: { accounts in names.filter { accounts.contains($0.key) } })
  }

  /// Somebody of the school, with the rights of the presets.
  func actor(_ name: String) -> Actor {
    let reaches: [Permission: Reach] =
      switch name {
      case "Tess", "Ben": [.writeNotices: Reach(sectionsIn: [school])]
      case "Olive": [.writeNotices: Reach(orgs: [school])]
      case "Pat": [.writeNotices: Reach(orgs: [school]), .approveNotices: Reach(orgs: [school])]
      case "Quinn": [.writeNotices: Reach(orgs: [elsewhere]), .approveNotices: Reach(orgs: [elsewhere])]
      case "Ada": [.writeNotices: .everywhere, .approveNotices: .everywhere]
      default: [:]
      }
    return Actor(
      account: people[name]?.account, person: name == "Ada" ? nil : people[name]?.person, name: name, reaches: reaches)
  }

  func draft(
    _ title: String = "Parents' evening", text: String = "It begins at seven.", for audience: Audience? = nil,
    isPinned: Bool = false, publishAt: Instant? = nil, expiresAt: Instant? = nil
  ) -> NoticeDraft {
    NoticeDraft(
      title: title, text: text, audience: audience ?? .guardiansOfSection(section), isPinned: isPinned,
      publishAt: publishAt, expiresAt: expiresAt)
  }

  /// A notice written by one person and approved by another.
  func approved(_ draft: NoticeDraft, by author: String = "Tess", approver: String = "Pat") async throws -> Notice {
    let notice = try await service.write(draft, sending: true, actor: actor(author))
    return try await service.take(.approve, of: notice.id, version: notice.version, actor: actor(approver)).notice
  }

  /// The titles on somebody's board, in their order.
  func board(of name: String) async throws -> [String] {
    try await service.board(actor: actor(name)).items.map(\.notice.title)
  }
}

extension School {
  private func person(_ name: String) -> PersonID? { people[name]?.person }

  private func write(_ tx: any Connection) throws {
    for (id, parent, name) in [
      (district, nil, "District"), (school, district, "Maple"), (elsewhere, district, "Alder"),
    ] {
      try tx.run(
        """
        INSERT INTO directory_org (id, version, changed_at, parent_id, kind, code, name, time_zone, locale, week_start)
        VALUES (\(id), 1, 0, \(parent), \(parent == nil ? "district" : "school"), \(name), \(name), 'UTC', 'en', 1)
        """)
    }
    for (name, ids) in people {
      try tx.run(
        """
        INSERT INTO directory_person (id, version, changed_at, display_name, sort_name, search_name)
        VALUES (\(ids.person), 1, 0, \(name), \(name), \(name))
        """)
      try tx.run(
        """
        INSERT INTO accounts_account
          (id, version, changed_at, person_id, name, sort_name, is_enabled, must_change_password)
        VALUES (\(ids.account), 1, 0, \(name == "Ada" ? nil : ids.person), \(name), \(name), TRUE, FALSE)
        """)
    }
    let stu = try student("Stu", at: school, tx)
    let sol = try student("Sol", at: elsewhere, tx)
    try guardianship(.new(at: clock.now()), of: stu, "Gil", tx)
    try guardianship(denied, of: stu, "Gwen", tx)
    try guardianship(.new(at: clock.now()), of: sol, "Gus", tx)
    try deny(denied, from: nil, tx)
    for name in ["Tess", "Ben", "Pat", "Olive"] { try work(name, at: school, tx) }
    try work("Quinn", at: elsewhere, tx)
    try teaching(section, "7A", "Tess", tx)
    try teaching(otherSection, "7B", "Ben", tx)
    try tx.run(
      """
      INSERT INTO academics_enrolment (id, version, changed_at, section_id, student_id, kind, status, first_on)
      VALUES (\(ID<AnyEntity>.new(at: clock.now())), 1, 0, \(section), \(stu), 'homeroom', 'enrolled',
        \(clock.now().utcDate.adding(days: -20)))
      """)
    try roles(tx)
  }

  private func student(_ name: String, at school: OrgID, _ tx: any Connection) throws -> StudentID {
    let id = StudentID.new(at: clock.now())
    try tx.run(
      """
      INSERT INTO directory_student (id, version, changed_at, person_id, school_id, number, status)
      VALUES (\(id), 1, 0, \(person(name)), \(school), \(name), 'active')
      """)
    return id
  }

  private func guardianship(
    _ id: GuardianshipID, of student: StudentID, _ guardian: String, _ tx: any Connection
  ) throws {
    try tx.run(
      """
      INSERT INTO directory_guardianship
        (id, version, changed_at, student_id, guardian_id, relation, is_primary, lives_with)
      VALUES (\(id), 1, 0, \(student), \(person(guardian)), 'parent', FALSE, TRUE)
      """)
  }

  /// Denies sight of a child from a day on.
  func deny(_ guardianship: GuardianshipID, from day: SchoolDate?, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_custody_right (id, version, changed_at, guardianship_id, custody, allowed, first_on)
      VALUES (\(ID<AnyEntity>.new(at: clock.now())), 1, 0, \(guardianship), 'see', FALSE, \(day))
      """)
  }

  private func work(_ name: String, at org: OrgID, _ tx: any Connection) throws {
    let staff = StaffID.new(at: clock.now())
    try tx.run(
      "INSERT INTO directory_staff (id, version, changed_at, person_id) VALUES (\(staff), 1, 0, \(person(name)))")
    try tx.run(
      """
      INSERT INTO directory_employment (id, version, changed_at, staff_id, org_id, job, department)
      VALUES (\(EmploymentID.new(at: clock.now())), 1, 0, \(staff), \(org), 'Work', \(name == "Tess" ? "Science" : nil))
      """)
  }

  private func teaching(_ section: SectionID, _ code: String, _ teacher: String, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO academics_section (id, version, changed_at, school_id, kind, code, title, credits, search_text)
      VALUES (\(section), 1, 0, \(school), 'homeroom', \(code), \(code), 0, \(code))
      """)
    try tx.run(
      """
      INSERT INTO academics_section_staff (id, version, changed_at, section_id, person_id, role, is_primary)
      VALUES (\(ID<AnyEntity>.new(at: clock.now())), 1, 0, \(section), \(person(teacher)), 'teacher', TRUE)
      """)
  }

  private func roles(_ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO accounts_role (id, version, changed_at, name, folded, about, is_administrator, grants)
      VALUES (\(teacherRole), 1, 0, 'Teacher', 'teacher', '', FALSE, 'notices.write:sections')
      """)
    for (name, org) in [("Tess", school), ("Ben", school), ("Ada", nil)] as [(String, OrgID?)] {
      try tx.run(
        """
        INSERT INTO accounts_role_assignment (id, version, changed_at, account_id, role_id, org_id)
        VALUES (\(ID<AnyEntity>.new(at: clock.now())), 1, 0, \(people[name]?.account), \(teacherRole), \(org))
        """)
    }
  }
}

/// The code of the problem that `body` throws, with that of its first field; nil when it throws none.
func code(_ body: () async throws -> some Any) async -> String? {
  do {
    _ = try await body()
    return nil
  } catch {
    guard let problem = (error as? any ProblemConvertible)?.problem else { return "\(error)" }
    return problem.errors.first.map { "\(problem.code) \($0.pointer) \($0.code)" } ?? problem.code
  }
}
