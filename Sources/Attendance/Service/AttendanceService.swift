public import Academics
public import Kernel
public import Persistence
public import Record
public import Rights

/// Registers: reading, taking and counting them, for people who may.
///
/// Zones are asked for by name, because only the program knows the time zone database; an unknown name is `UTC`.
public struct AttendanceService: Sendable {
  let database: any Database
  let record: Record
  let clock: any WallClock
  let academics: AcademicsService
  let zones: @Sendable (String) -> Zone?
  let counts: RecentCounts
  let looks: Looks
  let registers = RegisterStore()
  let tallies = TallyStore()
  let days = DayStore()

  /// A service on a database; `academics` knows who sits where, `zones` a time zone by its IANA name, `counts`
  /// remembers what a day comes to everywhere.
  public init(
    database: any Database, record: Record, clock: any WallClock, academics: AcademicsService,
    accessLog: AccessLog? = nil, counts: RecentCounts = RecentCounts(), zones: @escaping @Sendable (String) -> Zone?
  ) {
    self.database = database
    self.record = record
    self.clock = clock
    self.academics = academics
    self.zones = zones
    self.counts = counts
    looks = Looks(log: accessLog)
  }

  /// The register of a section on a day, for whoever may see or take it; six queries, whatever its size.
  public func register(_ key: RegisterKey, actor: Actor) async throws -> RegisterSheet {
    try check(key)
    let opened = try await database.read { tx in
      let section = try academics.requireWhole(
        key.section, [.viewAttendance, .takeAttendance, .overrideAttendance], actor, in: tx)
      return try sheet(key, of: section, actor, in: tx)
    }
    try await looks.note(
      opened.lines.map { ($0.student, $0.person) }, page: "register", filter: "\(key.section) \(key.date)", actor,
      at: clock.now())
    return opened
  }

  /// The day it is at a school.
  public func today(at school: OrgID) async throws -> SchoolDate {
    try await database.read { tx in try zone(of: school, in: tx).date(at: clock.now()) }
  }

  /// A page of the registers of a day, missing ones too, of sections whose attendance the reader sees or takes.
  public func day(
    _ date: SchoolDate, _ filter: DayFilter, page: PageRequest = PageRequest(), actor: Actor
  ) async throws -> Page<DayLine> {
    guard let visible = try condition(filter, actor) else { return Page(items: [], next: nil) }
    return try await database.read { tx in
      try days.page(page, of: date, isMissing: filter.isMissing, visible: visible, in: tx)
    }
  }

  /// The registers of a day without pages, at most 200: for those of one teacher, or the first that are missing.
  public func day(
    _ date: SchoolDate, at school: OrgID? = nil, own: Bool = false, actor: Actor
  ) async throws -> [DayLine] {
    try await day(
      date, DayFilter(school: school, isOwn: own), page: PageRequest(limit: PageRequest.maximum), actor: actor
    ).items
  }

  /// What a day comes to, of all registers the filter takes in: counted along indices, so also for a large school. For
  /// whoever sees all schools it may be remembered for seconds.
  public func summary(of date: SchoolDate, _ filter: DayFilter = DayFilter(), actor: Actor) async throws -> DaySummary {
    guard let visible = try condition(filter, actor) else { return DaySummary() }
    let count = { try await database.read { tx in try days.summary(of: date, visible: visible, in: tx) } }
    let seesAll = [Permission.viewAttendance, .takeAttendance].contains { actor.reach($0)?.isEverywhere == true }
    guard seesAll, filter.school == nil, !filter.isOwn else { return try await count() }
    let name = "attendance:\(date):\(filter.kind?.rawValue ?? "all")"
    return DaySummary(figures: try await counts.counts(name, for: actor.account) { try await count().figures })
  }

  /// The percentages of a section: of each of its present students, and of all together.
  public func attendance(
    of section: SectionID, from: SchoolDate? = nil, to: SchoolDate? = nil, actor: Actor
  ) async throws -> (total: AttendanceTally, students: [StudentID: AttendanceTally]) {
    try await database.read { tx in
      _ = try academics.requireWhole(section, [.viewAttendance], actor, in: tx)
      let students = try tallies.byStudent(of: section, TallyStore.Span(from: from, to: to), in: tx)
      return (students.values.reduce(AttendanceTally(), +), students)
    }
  }

  /// The percentages of a student by section, for whoever reaches the student: also guardians and students themselves.
  public func attendance(
    of student: StudentID, from: SchoolDate? = nil, to: SchoolDate? = nil, actor: Actor
  ) async throws -> [SectionAttendance] {
    let (person, sections) = try await database.read { tx in
      (
        try academics.require(student, .viewAttendance, actor, in: tx),
        try tallies.bySection(of: student, TallyStore.Span(from: from, to: to), in: tx)
      )
    }
    try await looks.note([(student, person)], page: "attendance of a student", actor, at: clock.now())
    return sections
  }

  /// The newest marks of a student, at most 200.
  public func marks(of student: StudentID, limit: Int = 50, actor: Actor) async throws -> [MarkLine] {
    try await database.read { tx in
      try academics.require(student, .viewAttendance, actor, in: tx)
      return try tallies.recent(of: student, limit: min(max(limit, 1), 200), in: tx)
    }
  }
}

extension AttendanceService {
  func zone(of school: OrgID, in tx: any Connection) throws -> Zone {
    zones(try registers.zoneName(of: school, in: tx)) ?? .utc
  }

  func check(_ key: RegisterKey) throws(Problem) {
    guard (0...RegisterKey.maximumPeriod).contains(key.period) else { throw .notFound("register") }
  }

  func sheet(
    _ key: RegisterKey, of section: Section, _ actor: Actor, withPast: Bool = true, in tx: any Connection
  ) throws -> RegisterSheet {
    let roster = try academics.roster(of: key.section, on: key.date, in: tx)
    let head = try registers.header(key, in: tx)
    let marks = try head.map { try registers.marks(of: $0.header.id, in: tx) } ?? []
    var standings: [StudentID: Standing] = [:]
    var names: [ID<Mark>: String] = [:]
    for (mark, markedBy) in marks {
      standings[mark.student, default: Standing()][mark.truth] = mark
      names[mark.id] = markedBy
    }
    let past = withPast ? try registers.lastFive(before: key, in: tx) : [:]
    var seen: Set<StudentID> = []
    let lines = roster.compactMap { line -> RegisterLine? in
      // Who left and came back on the same day has two enrolments and one line.
      guard seen.insert(line.enrolment.student).inserted else { return nil }
      let standing = standings[line.enrolment.student] ?? Standing()
      return RegisterLine(
        student: line.enrolment.student, person: line.person, name: line.name, number: line.number,
        enrolledOn: line.enrolment.firstOn,
        standing: standing, markedBy: standing.mark.flatMap { names[$0.id] },
        lastFive: past[line.enrolment.student] ?? [])
    }
    let zone = try zone(of: section.school, in: tx)
    return RegisterSheet(
      section: section, key: key, zone: zone, day: RegisterDay(key.date, at: clock.now(), in: zone),
      header: head?.header, takenBy: head?.takenBy, codes: try registers.codes(of: section.school, in: tx).codes,
      lines: lines, mayTake: try academics.reaches(section.id, .takeAttendance, actor, in: tx),
      mayOverride: actor.reach(.overrideAttendance)?.covers(section.school) ?? false)
  }

  /// The sections that a filter takes in and the actor sees or takes the attendance of; nil for nobody's own.
  private func condition(_ filter: DayFilter, _ actor: Actor) throws -> SQL? {
    var ways: [SQL] = []
    for permission in [Permission.viewAttendance, .takeAttendance] {
      guard var reach = actor.reach(permission) else { continue }
      reach.children = false
      reach.own = false
      ways.append(academics.sections(within: reach, of: actor))
    }
    guard !ways.isEmpty else { throw Problem.forbidden(Permission.viewAttendance.name) }
    var conditions = [SQL.any(ways)]
    if let school = filter.school { conditions.append("section.school_id = \(school)") }
    if let kind = filter.kind { conditions.append("section.kind = \(kind)") }
    if filter.isOwn {
      guard let person = actor.person else { return nil }
      conditions.append("section.id IN (\(SectionScope.sections(taughtBy: person, at: clock.now())))")
    }
    return SQL.all(conditions)
  }
}
