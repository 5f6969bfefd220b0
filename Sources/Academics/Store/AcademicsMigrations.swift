import Persistence

enum AcademicsMigrations {
  static let all: [Migration] = [courses, sections, enrolments]

  private static let courses = Migration(
    "20261121_1020_academics_course",
    up: [
      """
      CREATE TABLE academics_course (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        org_id {id} NOT NULL REFERENCES directory_org (id) ON DELETE RESTRICT,
        code {text} NOT NULL,
        title {text} NOT NULL,
        credits {decimal} NOT NULL CHECK (credits BETWEEN 0 AND 9990000),
        subject {text},
        search_text {text} NOT NULL
      ) {strict}
      """,
      "CREATE UNIQUE INDEX academics_course_code ON academics_course (org_id, code) WHERE deletion_id IS NULL",
      "CREATE INDEX academics_course_order ON academics_course (code, id) WHERE deletion_id IS NULL",
      "CREATE INDEX academics_course_deletion ON academics_course (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW academics_course_live AS SELECT * FROM academics_course WHERE deletion_id IS NULL",
    ],
    down: ["DROP VIEW academics_course_live", "DROP TABLE academics_course"])

  private static let sections = Migration(
    "20261121_1021_academics_section",
    up: [
      """
      CREATE TABLE academics_section (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        school_id {id} NOT NULL REFERENCES directory_org (id) ON DELETE RESTRICT,
        course_id {id} REFERENCES academics_course (id) ON DELETE RESTRICT,
        kind {text} NOT NULL CHECK (kind IN ('scheduled', 'homeroom')),
        code {text} NOT NULL,
        title {text} NOT NULL,
        credits {decimal} NOT NULL CHECK (credits BETWEEN 0 AND 9990000),
        capacity {int} CHECK (capacity BETWEEN 0 AND 2000),
        room {text},
        search_text {text} NOT NULL
      ) {strict}
      """,
      "CREATE INDEX academics_section_order ON academics_section (code, id) WHERE deletion_id IS NULL",
      "CREATE INDEX academics_section_school ON academics_section (school_id, code, id) WHERE deletion_id IS NULL",
      "CREATE INDEX academics_section_course ON academics_section (course_id)",
      "CREATE INDEX academics_section_deletion ON academics_section (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW academics_section_live AS SELECT * FROM academics_section WHERE deletion_id IS NULL",
      """
      CREATE TABLE academics_section_period (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        section_id {id} NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
        period_id {id} NOT NULL REFERENCES directory_period (id) ON DELETE RESTRICT
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX academics_section_period_once ON academics_section_period (section_id, period_id)
      WHERE deletion_id IS NULL
      """,
      "CREATE INDEX academics_section_period_period ON academics_section_period (period_id)",
      """
      CREATE INDEX academics_section_period_deletion ON academics_section_period (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      """
      CREATE VIEW academics_section_period_live AS
      SELECT * FROM academics_section_period WHERE deletion_id IS NULL
      """,
      """
      CREATE TABLE academics_section_staff (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        section_id {id} NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
        person_id {id} NOT NULL REFERENCES directory_person (id) ON DELETE RESTRICT,
        role {text} NOT NULL CHECK (role IN ('teacher', 'assistant', 'substitute', 'tutor')),
        is_primary {bool} NOT NULL,
        first_on {date},
        last_on {date},
        CHECK (last_on IS NULL OR first_on IS NULL OR last_on >= first_on)
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX academics_section_staff_once ON academics_section_staff (section_id, person_id, role)
      WHERE deletion_id IS NULL AND last_on IS NULL
      """,
      "CREATE INDEX academics_section_staff_person ON academics_section_staff (person_id, section_id)",
      "CREATE INDEX academics_section_staff_section ON academics_section_staff (section_id)",
      """
      CREATE INDEX academics_section_staff_deletion ON academics_section_staff (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      "CREATE VIEW academics_section_staff_live AS SELECT * FROM academics_section_staff WHERE deletion_id IS NULL",
    ],
    down: [
      "DROP VIEW academics_section_staff_live", "DROP TABLE academics_section_staff",
      "DROP VIEW academics_section_period_live", "DROP TABLE academics_section_period",
      "DROP VIEW academics_section_live", "DROP TABLE academics_section",
    ])

  private static let enrolments = Migration(
    "20261121_1022_academics_enrolment",
    up: [
      """
      CREATE TABLE academics_enrolment (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        section_id {id} NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
        student_id {id} NOT NULL REFERENCES directory_student (id) ON DELETE RESTRICT,
        kind {text} NOT NULL CHECK (kind IN ('scheduled', 'homeroom')),
        status {text} NOT NULL CHECK (status IN ('enrolled', 'dropped', 'completed')),
        first_on {date} NOT NULL,
        last_on {date},
        reason {text},
        CHECK (last_on IS NULL OR last_on >= first_on)
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX academics_enrolment_once ON academics_enrolment (section_id, student_id)
      WHERE deletion_id IS NULL AND status = 'enrolled'
      """,
      """
      CREATE UNIQUE INDEX academics_enrolment_homeroom ON academics_enrolment (student_id)
      WHERE deletion_id IS NULL AND status = 'enrolled' AND kind = 'homeroom'
      """,
      "CREATE INDEX academics_enrolment_section ON academics_enrolment (section_id, status)",
      "CREATE INDEX academics_enrolment_student ON academics_enrolment (student_id, status)",
      "CREATE INDEX academics_enrolment_deletion ON academics_enrolment (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW academics_enrolment_live AS SELECT * FROM academics_enrolment WHERE deletion_id IS NULL",
      """
      CREATE VIEW academics_taught_section AS
      SELECT person_id, section_id, first_on, last_on FROM academics_section_staff_live
      """,
      """
      CREATE VIEW academics_taught_student AS
      SELECT taught.person_id, enrolment.student_id, taught.first_on, taught.last_on
      FROM academics_taught_section AS taught
      JOIN academics_section_live AS section ON section.id = taught.section_id
      JOIN academics_enrolment_live AS enrolment ON enrolment.section_id = taught.section_id
      WHERE enrolment.status = 'enrolled'
      """,
    ],
    down: [
      "DROP VIEW academics_taught_student", "DROP VIEW academics_taught_section",
      "DROP VIEW academics_enrolment_live", "DROP TABLE academics_enrolment",
    ])
}
