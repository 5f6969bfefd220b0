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
}
