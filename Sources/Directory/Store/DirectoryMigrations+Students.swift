import Persistence

extension DirectoryMigrations {
  /// The columns from `sort_name` on are copies of the person's, and of the primary guardian's, kept by triggers (see
  /// `studentCopies`), so that a page of the list is one walk along one index. On SQLite that index holds all that the
  /// list shows, because fetching fifty rows from fifty places costs ten times as much as the walk.
  static let students = Migration(
    "20261121_1002_directory_students",
    up: [
      """
      CREATE TABLE directory_student (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        person_id {id} NOT NULL REFERENCES directory_person (id),
        school_id {id} NOT NULL REFERENCES directory_org (id),
        number {text} NOT NULL,
        grade {text},
        status {text} NOT NULL
          CHECK (status IN ('active', 'inactive', 'graduated', 'suspended', 'on_leave', 'withdrawn')),
        sort_name {text} NOT NULL DEFAULT '',
        display_name {text} NOT NULL DEFAULT '',
        other_name {text},
        other_language {text},
        birth_on {date},
        words {text} NOT NULL DEFAULT '',
        guardian_id {id},
        guardian_name {text},
        guardian_relation {text}
      ) {strict}
      """,
      "CREATE INDEX directory_student_person ON directory_student (person_id)",
      """
      CREATE INDEX directory_student_school_sort ON directory_student (school_id, sort_name, id)
      WHERE deletion_id IS NULL
      """,
      """
      CREATE INDEX directory_student_school_status ON directory_student (school_id, status, sort_name, id)
      WHERE deletion_id IS NULL
      """,
      """
      CREATE INDEX directory_student_school_grade ON directory_student (school_id, grade, sort_name, id)
      WHERE deletion_id IS NULL
      """,
      """
      {sqlite}CREATE INDEX directory_student_sort ON directory_student (
        sort_name, id, person_id, school_id, number, display_name, other_name, other_language, grade, status, birth_on,
        version, guardian_id, guardian_name, guardian_relation) WHERE deletion_id IS NULL
      """,
      """
      {postgres}CREATE INDEX directory_student_sort ON directory_student (sort_name, id) INCLUDE (
        person_id, school_id, number, display_name, other_name, other_language, grade, status, birth_on, version,
        guardian_id, guardian_name, guardian_relation) WHERE deletion_id IS NULL
      """,
      "CREATE UNIQUE INDEX directory_student_number ON directory_student (school_id, number) WHERE deletion_id IS NULL",
      "CREATE INDEX directory_student_deletion ON directory_student (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW directory_student_live AS SELECT * FROM directory_student WHERE deletion_id IS NULL",
      "CREATE VIEW directory_student_place AS SELECT id, school_id, number, sort_name FROM directory_student",
      """
      CREATE TABLE directory_number_series (
        org_id {id} NOT NULL PRIMARY KEY REFERENCES directory_org (id),
        prefix {text} NOT NULL,
        digits {int} NOT NULL CHECK (digits BETWEEN 1 AND 12),
        next {int} NOT NULL
      ) {strict}
      """,
      """
      CREATE TABLE directory_school_enrolment (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        student_id {id} NOT NULL REFERENCES directory_student (id),
        year_id {id} REFERENCES directory_period (id),
        grade {text},
        status {text} NOT NULL CHECK (status IN ('enrolled', 'completed', 'left')),
        first_on {date} NOT NULL,
        last_on {date},
        reason {text},
        CHECK (last_on IS NULL OR first_on <= last_on)
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX directory_school_enrolment_open ON directory_school_enrolment (student_id)
      WHERE last_on IS NULL AND deletion_id IS NULL
      """,
      "CREATE INDEX directory_school_enrolment_student ON directory_school_enrolment (student_id, first_on)",
      "CREATE INDEX directory_school_enrolment_year ON directory_school_enrolment (year_id)",
      """
      CREATE INDEX directory_school_enrolment_deletion ON directory_school_enrolment (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      """
      CREATE VIEW directory_school_enrolment_live AS SELECT * FROM directory_school_enrolment WHERE deletion_id IS NULL
      """,
    ],
    down: [
      "DROP VIEW directory_school_enrolment_live", "DROP TABLE directory_school_enrolment",
      "DROP TABLE directory_number_series",
      "DROP VIEW directory_student_place", "DROP VIEW directory_student_live", "DROP TABLE directory_student",
    ])
}
