import Academics
import Kernel
import Persistence

/// Reads registers and their marks. Whoever calls has found the section under the reader's permission before.
struct RegisterStore: Sendable {
  /// The head of a register, with the name of who submitted it.
  func header(_ key: RegisterKey, in tx: any Connection) throws -> (header: RegisterHeader, takenBy: String?)? {
    try tx.first(
      """
      SELECT \(RegisterHeader.columns), person.display_name
      FROM attendance_register_live AS register
      LEFT JOIN directory_person_live AS person ON person.id = register.taken_by
      WHERE register.section_id = \(key.section) AND register.held_on = \(key.date)
        AND register.period_no = \(key.period)
      """
    ) { row in (try RegisterHeader(row: &row), try row.next()) }
  }

  /// The marks of a register, with the name of who made each.
  func marks(of register: RegisterID, in tx: any Connection) throws -> [(mark: Mark, markedBy: String?)] {
    try tx.all(
      """
      SELECT \(Mark.columns), person.display_name
      FROM attendance_mark_live AS mark
      LEFT JOIN directory_person_live AS person ON person.id = mark.marked_by
      WHERE mark.register_id = \(register)
      ORDER BY mark.student_id, mark.truth LIMIT \(Register.maximumSize * 2)
      """
    ) { row in (try Mark(row: &row), try row.next()) }
  }

  /// The codes of the section's last five submitted registers before a day, by student, oldest first. One query.
  func lastFive(before key: RegisterKey, in tx: any Connection) throws -> [StudentID: [AttendanceCodeID?]] {
    let rows = try tx.all(
      """
      SELECT recent.held_on, recent.period_no, mark.student_id, mark.truth, mark.code_id
      FROM (
        SELECT id, held_on, period_no FROM attendance_register_live
        WHERE section_id = \(key.section) AND taken_at IS NOT NULL
          AND (held_on < \(key.date) OR (held_on = \(key.date) AND period_no < \(key.period)))
        ORDER BY held_on DESC, period_no DESC LIMIT 5
      ) AS recent
      JOIN attendance_mark_live AS mark ON mark.register_id = recent.id
      ORDER BY recent.held_on, recent.period_no
      """
    ) { row in
      PastMark(
        key: RegisterKey(section: key.section, date: try row.next(), period: try row.next()),
        student: try row.next(), truth: try row.next(), code: try row.next())
    }
    return PastMark.columns(of: rows)
  }

  /// The school's own codes beside the built-in ones, and whether those are written down yet.
  func codes(of school: OrgID, in tx: any Connection) throws -> (codes: AttendanceCodes, presetsAreThere: Bool) {
    let rows: [AttendanceCode] = try tx.all(
      """
      SELECT \(AttendanceCode.columns) FROM attendance_code_live
      WHERE org_id IS NULL OR org_id = \(school) ORDER BY letter, id LIMIT 100
      """)
    let presets = Set(rows.filter { $0.org == nil }.map(\.id))
    return (
      AttendanceCodes(own: rows.filter { $0.org != nil }), presets.isSuperset(of: AttendanceCode.presets.map(\.id))
    )
  }

  /// The name of the time zone of a school.
  func zoneName(of school: OrgID, in tx: any Connection) throws -> String {
    let name = try tx.first("SELECT time_zone FROM directory_org_live WHERE id = \(school)") { row -> String in
      try row.next()
    }
    guard let name else { throw Problem.notFound("school") }
    return name
  }

  /// A person's name.
  func name(of person: PersonID, in tx: any Connection) throws -> String? {
    try tx.first("SELECT display_name FROM directory_person_live WHERE id = \(person)") { row in try row.next() }
  }
}

/// A mark of an earlier register, as the small row of five shows it.
private struct PastMark {
  let key: RegisterKey
  let student: StudentID
  let truth: Mark.Truth
  let code: AttendanceCodeID?

  /// For each student one place for each register, nil where the student has no mark; the office's word holds.
  static func columns(of marks: [PastMark]) -> [StudentID: [AttendanceCodeID?]] {
    var keys: [RegisterKey] = []
    for mark in marks where keys.last != mark.key { keys.append(mark.key) }
    var columns: [StudentID: [AttendanceCodeID?]] = [:]
    var overruled: Set<StudentID> = []
    var place = -1
    var current: RegisterKey?
    for mark in marks {
      if mark.key != current {
        current = mark.key
        place += 1
        overruled = []
      }
      if mark.truth == .teacher, overruled.contains(mark.student) { continue }
      if mark.truth == .office { overruled.insert(mark.student) }
      columns[mark.student, default: Array(repeating: nil, count: keys.count)][place] = mark.code
    }
    return columns
  }
}
