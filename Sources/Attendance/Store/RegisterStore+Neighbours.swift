import Academics
import Directory
import Kernel
import Persistence

extension RegisterStore {
  /// All live marks of a student.
  func marks(of student: StudentID, in tx: any Connection) throws -> [ID<Mark>] {
    try tx.all("SELECT id FROM attendance_mark_live WHERE student_id = \(student) ORDER BY id LIMIT 100000") { row in
      try row.next()
    }
  }

  /// Whether a register or a mark names the person.
  func isNamed(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try tx.exists(
      """
      SELECT 1 FROM attendance_register_live WHERE taken_by = \(person)
      UNION ALL SELECT 1 FROM attendance_mark_live WHERE marked_by = \(person) LIMIT 1
      """)
  }

  /// The sections and days of registers that are there.
  func days(of registers: [RegisterID], in tx: any Connection) throws -> [(section: SectionID, date: SchoolDate)] {
    try tx.all("SELECT section_id, held_on FROM attendance_register_live WHERE id IN \(list: registers)") { row in
      (section: try row.next(), date: try row.next())
    }
  }

  /// The sections and days of marks that are there.
  func days(ofMarks marks: [ID<Mark>], in tx: any Connection) throws -> [(section: SectionID, date: SchoolDate)] {
    try tx.all(
      """
      SELECT register.section_id, register.held_on FROM attendance_mark_live AS mark
      JOIN attendance_register_live AS register ON register.id = mark.register_id
      WHERE mark.id IN \(list: marks)
      """
    ) { row in (section: try row.next(), date: try row.next()) }
  }

  /// The school of a section.
  func school(of section: SectionID, in tx: any Connection) throws -> OrgID? {
    try tx.first("SELECT school_id FROM academics_section_live WHERE id = \(section)") { row in try row.next() }
  }
}
