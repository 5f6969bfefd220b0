import Persistence

enum AttendanceMigrations {
  static let all: [Migration] = [codes, registers, marks]

  private static let codes = Migration(
    "20261121_1030_attendance_code",
    up: [
      """
      CREATE TABLE attendance_code (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        org_id {id} REFERENCES directory_org (id) ON DELETE RESTRICT,
        letter {text} NOT NULL,
        title {text} NOT NULL,
        counts_as {text} NOT NULL CHECK (counts_as IN ('present', 'late', 'absent', 'excused', 'neutral'))
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX attendance_code_letter ON attendance_code (org_id, letter)
      WHERE deletion_id IS NULL AND org_id IS NOT NULL
      """,
      """
      CREATE UNIQUE INDEX attendance_code_preset ON attendance_code (letter)
      WHERE deletion_id IS NULL AND org_id IS NULL
      """,
      "CREATE INDEX attendance_code_deletion ON attendance_code (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW attendance_code_live AS SELECT * FROM attendance_code WHERE deletion_id IS NULL",
    ],
    down: ["DROP VIEW attendance_code_live", "DROP TABLE attendance_code"])

  private static let registers = Migration(
    "20261121_1031_attendance_register",
    up: [
      """
      CREATE TABLE attendance_register (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        section_id {id} NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
        held_on {date} NOT NULL,
        period_no {int} NOT NULL CHECK (period_no BETWEEN 0 AND 20),
        taken_by {id} REFERENCES directory_person (id) ON DELETE RESTRICT,
        taken_at {instant}
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX attendance_register_once ON attendance_register (section_id, held_on, period_no)
      WHERE deletion_id IS NULL
      """,
      "CREATE INDEX attendance_register_section ON attendance_register (section_id)",
      "CREATE INDEX attendance_register_day ON attendance_register (held_on, section_id)",
      "CREATE INDEX attendance_register_taken_by ON attendance_register (taken_by)",
      "CREATE INDEX attendance_register_deletion ON attendance_register (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW attendance_register_live AS SELECT * FROM attendance_register WHERE deletion_id IS NULL",
    ],
    down: ["DROP VIEW attendance_register_live", "DROP TABLE attendance_register"])

  private static let marks = Migration(
    "20261121_1032_attendance_mark",
    up: [
      """
      CREATE TABLE attendance_mark (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        register_id {id} NOT NULL REFERENCES attendance_register (id) ON DELETE RESTRICT,
        student_id {id} NOT NULL REFERENCES directory_student (id) ON DELETE RESTRICT,
        truth {text} NOT NULL CHECK (truth IN ('teacher', 'office')),
        code_id {id} REFERENCES attendance_code (id) ON DELETE RESTRICT,
        late_minutes {int} NOT NULL CHECK (late_minutes BETWEEN 0 AND 600),
        note {text},
        marked_by {id} REFERENCES directory_person (id) ON DELETE RESTRICT
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX attendance_mark_once ON attendance_mark (register_id, student_id, truth)
      WHERE deletion_id IS NULL
      """,
      // Everything a day's counts ask for, so that a whole school's day is counted in this index alone.
      "CREATE INDEX attendance_mark_count ON attendance_mark (register_id, truth, code_id, deletion_id)",
      "CREATE INDEX attendance_mark_student ON attendance_mark (student_id, register_id)",
      "CREATE INDEX attendance_mark_code ON attendance_mark (code_id)",
      "CREATE INDEX attendance_mark_marked_by ON attendance_mark (marked_by)",
      "CREATE INDEX attendance_mark_deletion ON attendance_mark (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW attendance_mark_live AS SELECT * FROM attendance_mark WHERE deletion_id IS NULL",
      // What holds of each student in each register that was submitted: the office's word before the teacher's.
      """
      CREATE VIEW attendance_standing AS
      SELECT register.section_id, register.held_on, register.period_no, mark.register_id, mark.student_id,
        mark.code_id, code.letter, code.counts_as, mark.late_minutes, mark.note
      FROM attendance_mark_live AS mark
      JOIN attendance_register_live AS register ON register.id = mark.register_id
      JOIN attendance_code_live AS code ON code.id = mark.code_id
      WHERE register.taken_at IS NOT NULL
        AND (mark.truth = 'office' OR NOT EXISTS (
          SELECT 1 FROM attendance_mark_live AS office
          WHERE office.register_id = mark.register_id AND office.student_id = mark.student_id
            AND office.truth = 'office'))
      """,
    ],
    down: ["DROP VIEW attendance_standing", "DROP VIEW attendance_mark_live", "DROP TABLE attendance_mark"])
}
