import Academics
import Kernel
import Persistence

/// Reads the registers of a day: every section that runs then and has students, with how far its register is.
struct DayStore: Sendable {
  /// A page of them by the section's code: one query for the sections, one for the marks of those on the page.
  func page(
    _ page: PageRequest, of date: SchoolDate, isMissing: Bool, visible condition: SQL, in tx: any Connection
  ) throws -> Page<DayLine> {
    var conditions: [SQL] = [condition, SectionScope.running(on: date), Self.hasStudents(on: date)]
    if isMissing { conditions.append("register.taken_at IS NULL") }
    if let after = page.after {
      conditions.append(
        "(section.code, section.id) > (SELECT code, id FROM academics_section_live WHERE id = \(after))")
    }
    let rows = try tx.all(
      """
      SELECT section.id, section.school_id, section.code, section.title, section.kind, \(SectionScope.teacherName),
        (SELECT COUNT(*) FROM academics_enrolment_live AS enrolment WHERE \(Self.belongs(on: date))),
        register.id, register.taken_at
      FROM academics_section_live AS section
      LEFT JOIN attendance_register_live AS register
        ON register.section_id = section.id AND register.held_on = \(date) AND register.period_no = 0
      WHERE \(SQL.all(conditions))
      ORDER BY section.code, section.id LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """, Self.line)
    let found = Page(fetched: rows, limit: page.limit) { $0.section.retyped() }
    let tallies = try tallies(of: found.items.map(\.section), on: date, in: tx)
    return found.map { $0.with(tallies[$0.section] ?? AttendanceTally()) }
  }

  /// What the whole day comes to: five counts, each along an index, however large the school.
  func summary(of date: SchoolDate, visible condition: SQL, in tx: any Connection) throws -> DaySummary {
    var summary = DaySummary()
    summary.sections = try tx.count(
      """
      SELECT COUNT(*) FROM academics_section_live AS section
      WHERE \(SQL.all([condition, SectionScope.running(on: date), Self.hasStudents(on: date)]))
      """)
    let registers: SQL = """
      attendance_register_live AS register JOIN academics_section_live AS section ON section.id = register.section_id
      """
    let taken: SQL = """
      register.held_on = \(date) AND register.period_no = 0 AND register.taken_at IS NOT NULL AND \(condition)
      """
    summary.taken = try tx.count("SELECT COUNT(*) FROM \(registers) WHERE \(taken)")
    let codes = try countings(in: tx)
    func count(_ marks: SQL, _ sign: Int) throws {
      try tx.each(
        """
        SELECT mark.code_id, COUNT(*) FROM \(registers) JOIN \(marks) WHERE \(taken) AND mark.code_id IS NOT NULL
        GROUP BY mark.code_id LIMIT 1000
        """
      ) { row in
        guard let counting = codes[try row.next()] else { throw Bug("a mark has a code that is not there") }
        summary.tally.count(counting, sign * (try row.next()))
      }
    }
    try count("attendance_mark_live AS mark ON mark.register_id = register.id AND mark.truth = 'teacher'", 1)
    try count("attendance_mark_live AS mark ON mark.register_id = register.id AND mark.truth = 'office'", 1)
    // What the office set right was counted as the teacher saw it, too.
    try count(
      """
      attendance_mark_live AS office ON office.register_id = register.id AND office.truth = 'office'
      JOIN attendance_mark_live AS mark ON mark.register_id = register.id AND mark.student_id = office.student_id
        AND mark.truth = 'teacher'
      """, -1)
    return summary
  }

  private func tallies(
    of sections: [SectionID], on date: SchoolDate, in tx: any Connection
  ) throws -> [SectionID: AttendanceTally] {
    var tallies: [SectionID: AttendanceTally] = [:]
    guard !sections.isEmpty else { return tallies }
    try tx.each(
      """
      SELECT standing.section_id, standing.counts_as, COUNT(*) FROM attendance_standing AS standing
      WHERE standing.section_id IN \(list: sections) AND standing.held_on = \(date) AND standing.period_no = 0
      GROUP BY standing.section_id, standing.counts_as LIMIT 10000
      """
    ) { row in
      let section: SectionID = try row.next()
      tallies[section, default: AttendanceTally()].count(try row.next(), try row.next())
    }
    return tallies
  }

  private func countings(in tx: any Connection) throws -> [AttendanceCodeID: AttendanceCode.Counting] {
    let codes = try tx.all("SELECT id, counts_as FROM attendance_code_live LIMIT 10000") { row in
      (id: try row.next() as AttendanceCodeID, counts: try row.next() as AttendanceCode.Counting)
    }
    return Dictionary(codes.map { ($0.id, $0.counts) }) { first, _ in first }
  }

  private static func belongs(on date: SchoolDate) -> SQL {
    """
    enrolment.section_id = section.id AND enrolment.first_on <= \(date)
      AND (enrolment.last_on IS NULL OR enrolment.last_on >= \(date))
    """
  }

  private static func hasStudents(on date: SchoolDate) -> SQL {
    "EXISTS (SELECT 1 FROM academics_enrolment_live AS enrolment WHERE \(belongs(on: date)))"
  }

  private static func line(_ row: inout RowReader) throws -> DayLine {
    let section: SectionID = try row.next()
    let school: OrgID = try row.next()
    let code: String = try row.next()
    let title: String = try row.next()
    let kind: Section.Kind = try row.next()
    let teacher: String? = try row.next()
    let students: Int = try row.next()
    let register: RegisterID? = try row.next()
    let takenAt: Instant? = try row.next()
    return DayLine(
      section: section, school: school, code: code, title: title, kind: kind, teacher: teacher, students: students,
      state: takenAt.map(DayLine.State.taken) ?? (register == nil ? .missing : .begun), tally: AttendanceTally())
  }
}

extension DayLine {
  /// The same register with what its marks say.
  fileprivate func with(_ tally: AttendanceTally) -> DayLine {
    DayLine(
      section: section, school: school, code: code, title: title, kind: kind, teacher: teacher, students: students,
      state: state, tally: tally)
  }
}
