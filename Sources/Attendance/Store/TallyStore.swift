import Academics
import Kernel
import Persistence

/// Counts marks: by section, by student, by day. The conditions come from the reader's permission.
struct TallyStore: Sendable {
  /// Days from one to another, inclusive; open where nil.
  struct Span: Sendable {
    let from: SchoolDate?
    let to: SchoolDate?

    var condition: SQL {
      SQL.all([
        from.map { "standing.held_on >= \($0)" } ?? .empty, to.map { "standing.held_on <= \($0)" } ?? .empty,
      ])
    }
  }

  /// The marks of a section by student, one query.
  func byStudent(of section: SectionID, _ span: Span, in tx: any Connection) throws -> [StudentID: AttendanceTally] {
    var tallies: [StudentID: AttendanceTally] = [:]
    try tx.each(
      """
      SELECT standing.student_id, standing.counts_as, COUNT(*) FROM attendance_standing AS standing
      WHERE standing.section_id = \(section) AND \(span.condition)
      GROUP BY standing.student_id, standing.counts_as LIMIT 20000
      """
    ) { row in
      let student: StudentID = try row.next()
      tallies[student, default: AttendanceTally()].count(try row.next(), try row.next())
    }
    return tallies
  }

  /// The marks of a student by section, one query.
  func bySection(of student: StudentID, _ span: Span, in tx: any Connection) throws -> [SectionAttendance] {
    var found: [SectionAttendance] = []
    try tx.each(
      """
      SELECT section.id, section.code, section.title, standing.counts_as, COUNT(*)
      FROM attendance_standing AS standing
      JOIN academics_section_live AS section ON section.id = standing.section_id
      WHERE standing.student_id = \(student) AND \(span.condition)
      GROUP BY section.id, section.code, section.title, standing.counts_as
      ORDER BY section.code, section.id LIMIT 2000
      """
    ) { row in
      let id: SectionID = try row.next()
      let code: String = try row.next()
      let title: String = try row.next()
      var tally = found.last?.section == id ? found.removeLast().tally : AttendanceTally()
      tally.count(try row.next(), try row.next())
      found.append(SectionAttendance(section: id, code: code, title: title, tally: tally))
    }
    return found
  }

  /// The newest marks of a student.
  func recent(of student: StudentID, limit: Int, in tx: any Connection) throws -> [MarkLine] {
    try tx.all(
      """
      SELECT standing.held_on, standing.period_no, section.code, standing.letter, standing.counts_as,
        standing.late_minutes, standing.note
      FROM attendance_standing AS standing
      JOIN academics_section_live AS section ON section.id = standing.section_id
      WHERE standing.student_id = \(student)
      ORDER BY standing.held_on DESC, standing.period_no DESC, section.code LIMIT \(limit)
      """
    ) { row in
      MarkLine(
        date: try row.next(), period: try row.next(), section: try row.next(), letter: try row.next(),
        countsAs: try row.next(), lateMinutes: try row.next(), note: try row.next())
    }
  }

  /// The registers of a day: every section that runs then and has students, with how far its register is. One query for
  /// the sections and one for the marks.
  func day(_ date: SchoolDate, visible condition: SQL, in tx: any Connection) throws -> [DayLine] {
    var tallies: [SectionID: AttendanceTally] = [:]
    try tx.each(
      """
      SELECT standing.section_id, standing.counts_as, COUNT(*) FROM attendance_standing AS standing
      JOIN academics_section_live AS section ON section.id = standing.section_id
      WHERE standing.held_on = \(date) AND standing.period_no = 0 AND \(condition)
      GROUP BY standing.section_id, standing.counts_as LIMIT 10000
      """
    ) { row in
      let section: SectionID = try row.next()
      tallies[section, default: AttendanceTally()].count(try row.next(), try row.next())
    }
    return try tx.all(
      """
      SELECT found.id, found.school_id, found.code, found.title, found.kind, found.teacher, found.students,
        register.id, register.taken_at
      FROM (
        SELECT section.id, section.school_id, section.code, section.title, section.kind,
          \(SectionScope.teacherName) AS teacher,
          (SELECT COUNT(*) FROM academics_enrolment_live AS enrolment
            WHERE enrolment.section_id = section.id AND enrolment.first_on <= \(date)
              AND (enrolment.last_on IS NULL OR enrolment.last_on >= \(date))) AS students
        FROM academics_section_live AS section
        WHERE \(condition) AND (\(SectionScope.running(on: date)))
      ) AS found
      LEFT JOIN attendance_register_live AS register
        ON register.section_id = found.id AND register.held_on = \(date) AND register.period_no = 0
      WHERE found.students > 0
      ORDER BY found.code, found.id LIMIT 1000
      """
    ) { row in
      let section: SectionID = try row.next()
      let school: OrgID = try row.next()
      let code: String = try row.next()
      let title: String = try row.next()
      let kind: Section.Kind = try row.next()
      let teacher: String? = try row.next()
      let students: Int = try row.next()
      let register: RegisterID? = try row.next()
      let takenAt: Instant? = try row.next()
      let state: DayLine.State = takenAt.map(DayLine.State.taken) ?? (register == nil ? .missing : .begun)
      return DayLine(
        section: section, school: school, code: code, title: title, kind: kind, teacher: teacher, students: students,
        state: state, tally: tallies[section] ?? AttendanceTally())
    }
  }
}
