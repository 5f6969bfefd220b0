import Academics
import Accounts
import Attendance
import Audiences
import Directory
import Foundation
import Kernel
import Messages
import Notices
import Persistence
import Record
import Rights
import TestSupport
import Web
import WebTestSupport

@testable import HomeroomApp

/// Two schools with people and sections, and somebody of each role at the first of them: what the sweeps walk through.
struct World: Sendable {
  let pipeline: Pipeline
  /// Somebody of each role, by its code.
  let people: [String: Signed]
  let database: any Database
  let wiring: Wiring
  let here: School
  let there: School
  /// A student of the first school who lies in the recycle bin.
  let deleted: StudentID

  /// A school with one of everything.
  struct School: Sendable {
    let org: OrgID
    let year: PeriodID
    let course: CourseID
    let section: SectionID
    let homeroom: SectionID
    let teacher: PersonID
    let staff: StaffID
    let guardian: PersonID
    let guardianship: GuardianshipID
    let person: PersonID
    let student: StudentID
    let enrolment: EnrolmentID
    /// A message to the staff of the school.
    var message = MessageID(high: 0, low: 0)
    let notice: NoticeID
  }

  /// The roles that are tried: the presets, each given at the first school, and nobody.
  static let roles = RolePreset.all.map(\.code)

  static let now = Instant(milliseconds: 1_795_251_240_000)

  /// Builds the world on a database that has every migration.
  static func on(_ database: any Database, clock: any WallClock = FixedClock(now)) async throws -> World {
    let folder = FileManager.default.temporaryDirectory.appending(path: "homeroom-world")
    let settings = try Settings.load(arguments: ["HOMEROOM_DATA": folder.path], environment: [:])
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let ground = Ground(
      settings: settings, clock: clock, database: database,
      migrator: Migrator(database, Wiring.migrations), ignored: [])
    let wiring = try await Wiring(ground, isPreview: true, logsRequests: false)
    try await wiring.accounts.prepare()
    var here = try await makeSchool("A", database)
    var there = try await makeSchool("B", database)
    here.message = try await writeMessage(to: here, wiring)
    there.message = try await writeMessage(to: there, wiring)
    let gone = try await makeSchool("C", database).student
    _ = try await wiring.directory.delete(gone, because: nil, by: .system("test"))
    let people = people(here)
    let pipeline = Pipeline(
      wiring.pipeline.endpoints, site: .homeroom(zone: .utc),
      authenticator: NamedActors(people), clock: FixedClock(now), settings: .init(isLimited: false))
    return World(
      pipeline: pipeline, people: people, database: database, wiring: wiring, here: here,
      there: there, deleted: gone)
  }

  private static func writeMessage(to school: School, _ wiring: Wiring) async throws -> MessageID {
    try await wiring.ground.database.write { tx in
      try wiring.messages.takeIn(
        MessageContent(audience: .school(school.org, .staff), subject: "A message", text: "To the staff."), from: nil,
        at: now, by: .system("test"), in: tx)
    }
  }

  private static func people(_ school: School) -> [String: Signed] {
    var people: [String: Signed] = [:]
    for (number, preset) in RolePreset.all.enumerated() {
      var reaches: [Permission: Reach] = [:]
      for permission in Wiring.permissions {
        let scope: Scope? = preset == .administrator ? .all : preset.grants[permission.name]
        guard let scope, permission.scopes.contains(scope) || preset == .administrator else { continue }
        reaches[permission] = reach(scope, school)
      }
      let person: PersonID? =
        switch preset.code {
        case "teacher", "faculty": school.teacher
        case "guardian": school.guardian
        case "student": school.person
        default: nil
        }
      let actor = Actor(
        account: AccountID(high: 0x7000, low: 0x8000_0000_0000_0000 | UInt64(number + 1)), person: person,
        name: preset.name, reaches: reaches)
      people[preset.code] = Signed(actor: actor, role: preset.code)
    }
    return people
  }

  private static func reach(_ scope: Scope, _ school: School) -> Reach {
    switch scope {
    case .all: .everywhere
    case .school: Reach(orgs: [school.org])
    case .sections: Reach(sectionsIn: [school.org])
    case .children: Reach(children: true)
    case .own: Reach(own: true)
    }
  }

  private static func makeSchool(_ code: String, _ database: any Database) async throws -> School {
    let day = now.utcDate
    func id<E>(_: E.Type = E.self) -> ID<E> { .new(at: now) }
    let org = Org(
      id: id(), version: 1, details: OrgDetails(kind: .school, code: code, name: "School \(code)", timeZone: "UTC"))
    let year = Period(
      id: id(), version: 1,
      details: PeriodDetails(
        org: org.id, kind: .year, code: "26", title: "2026/27", firstOn: day.adding(days: -80),
        lastOn: day.adding(days: 200)))
    let teacher = Person(id: id(), PersonDetails(givenName: "Tess", familyName: "Teacher \(code)"))
    let guardian = Person(id: id(), PersonDetails(givenName: "Gil", familyName: "Guardian \(code)"))
    let pupil = Person(id: id(), PersonDetails(givenName: "Stu", familyName: "Student \(code)"))
    let staff = Staff(id: id(), person: teacher.id)
    let job = Employment(id: id(), staff: staff.id, details: EmploymentDetails(org: org.id, job: "Teacher"))
    let student = Student(id: id(), person: pupil.id, school: org.id, number: "\(code)-1", grade: "9")
    let belonging = SchoolEnrolment(
      id: id(), student: student.id, year: year.id, grade: "9", firstOn: day.adding(days: -80))
    let guardianship = Guardianship(
      id: id(), student: student.id, guardian: guardian.id,
      details: GuardianshipDetails(relation: .mother, isPrimary: true))
    let course = Course(
      id: id(), org: org.id, code: "MATH", title: "Mathematics", credits: Decimal4(tenThousandths: 10_000))
    let section = Section(id: id(), school: org.id, course: course.id, code: "9\(code)-MATH", title: "Mathematics")
    let homeroom = Section(id: id(), school: org.id, kind: .homeroom, code: "9\(code)", title: "Homeroom 9\(code)")
    let enrolment = Enrolment(
      id: id(), section: section.id, student: student.id, kind: .scheduled, firstOn: day.adding(days: -80))
    var teaching = TeachingIntake.Batch()
    teaching.courses = [course]
    teaching.sections = [section, homeroom]
    teaching.periods = [SectionPeriod(id: id(), section: section.id, period: year.id)]
    teaching.staff = [SectionStaff(id: id(), section: section.id, person: teacher.id, isPrimary: true)]
    teaching.enrolments = [enrolment]
    let batch = teaching
    let notice = Notices.Notice(
      id: id(), org: org.id, title: "News of \(code)", text: "At last.", audience: .school(org.id, .everyone),
      state: .approved, sentAt: now, shownFrom: now)
    try await database.write { tx in
      let change = Change(by: .system("test"), at: now, org: org.id)
      let roster = Roster(record: Record())
      try roster.insert([org], change, in: tx)
      try roster.insert([year], change, in: tx)
      try roster.insert([teacher, guardian, pupil], change, in: tx)
      try roster.insert([staff], change, in: tx)
      try roster.insert([job], change, in: tx)
      try roster.insert([student], change, in: tx)
      try roster.insert([belonging], change, in: tx)
      try roster.insert([guardianship], change, in: tx)
      try TeachingIntake(record: Record()).insert(batch, change, in: tx)
      try Record().insert(notice, into: Notices.Notice.table, change, in: tx)
      if code == "A" { try AttendanceIntake(record: Record()).insertPresets(change, in: tx) }
    }
    return School(
      org: org.id, year: year.id, course: course.id, section: section.id, homeroom: homeroom.id, teacher: teacher.id,
      staff: staff.id, guardian: guardian.id, guardianship: guardianship.id, person: pupil.id, student: student.id,
      enrolment: enrolment.id, notice: notice.id)
  }
}

extension World {
  /// Sends a request as somebody of a role, or as a stranger.
  func send(
    _ method: String, _ target: String, as role: String?, body: [UInt8] = [], type: String? = nil,
    version: String? = nil
  )
    async -> Outgoing
  {
    var headers: [String: String] = ["accept": target.hasPrefix("/api/") ? "application/json" : "text/html"]
    if let type { headers["content-type"] = type }
    if let version { headers["if-match"] = version }
    return await pipeline.respond(to: Incoming(method, target, as: role, headers: headers, body: body))
  }

  /// The identities of a school for the variables of a path; nil when a variable is not known here.
  func target(_ path: String, at school: School, student: StudentID? = nil) -> String? {
    var target: [String] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for (index, segment) in segments.enumerated() {
      guard segment.hasPrefix("{") else {
        target.append(segment)
        continue
      }
      let before = segments[..<index].last { !$0.hasPrefix("{") } ?? ""
      guard let value = value(of: segment, after: before, school, student ?? school.student) else { return nil }
      target.append(value)
    }
    return target.joined(separator: "/")
  }

  private func value(of variable: String, after before: String, _ school: School, _ student: StudentID) -> String? {
    switch (variable, before) {
    case ("{date}", _): Self.now.utcDate.description
    case ("{section}", _), (_, "sections"), (_, "register"), (_, "registers"): school.section.description
    case (_, "students"): student.description
    case (_, "guardians"): school.guardian.description
    case (_, "guardianships"): school.guardianship.description
    case (_, "staff"): school.staff.description
    case (_, "orgs"), (_, "schools"): school.org.description
    case (_, "periods"): school.year.description
    case (_, "courses"): school.course.description
    case (_, "enrolments"): school.enrolment.description
    case (_, "messages"), (_, "sent"), (_, "inbox"): school.message.description
    case (_, "notices"): school.notice.description
    default: nil
    }
  }
}
