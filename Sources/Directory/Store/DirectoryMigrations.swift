import Persistence

/// The schema of the slice, oldest first. Each table that people edit has a view of its live rows behind it.
enum DirectoryMigrations {
  static let all: [Migration] = [orgs, people, students, families, staff, external, studentCopies, words, bulk]

  static let orgs = Migration(
    "20261121_1000_directory_orgs",
    up: [
      """
      CREATE TABLE directory_org (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        parent_id {id} REFERENCES directory_org (id),
        kind {text} NOT NULL CHECK (kind IN ('district', 'school', 'department', 'college', 'partner')),
        code {text} NOT NULL,
        name {text} NOT NULL,
        native_name {text},
        time_zone {text} NOT NULL,
        locale {text} NOT NULL,
        week_start {int} NOT NULL CHECK (week_start BETWEEN 1 AND 7)
      ) {strict}
      """,
      "CREATE INDEX directory_org_parent ON directory_org (parent_id)",
      "CREATE INDEX directory_org_deletion ON directory_org (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE UNIQUE INDEX directory_org_code ON directory_org (code) WHERE deletion_id IS NULL",
      "CREATE INDEX directory_org_name ON directory_org (name, id) WHERE deletion_id IS NULL",
      "CREATE VIEW directory_org_live AS SELECT * FROM directory_org WHERE deletion_id IS NULL",
      """
      CREATE VIEW directory_org_within AS
        WITH RECURSIVE within (ancestor_id, org_id) AS (
          SELECT id, id FROM directory_org_live
          UNION
          SELECT within.ancestor_id, below.id
          FROM within JOIN directory_org_live AS below ON below.parent_id = within.org_id
        )
        SELECT ancestor_id, org_id FROM within
      """,
      // Grows with every change of an organisation, deleting and restoring included: for caches of who reaches what.
      """
      CREATE VIEW directory_org_revision AS
        SELECT CAST(COALESCE(SUM(version), 0) AS {int}) AS revision FROM directory_org
      """,
      """
      CREATE TABLE directory_period (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        org_id {id} NOT NULL REFERENCES directory_org (id),
        parent_id {id} REFERENCES directory_period (id),
        kind {text} NOT NULL CHECK (kind IN ('year', 'semester', 'term', 'grading', 'block')),
        code {text} NOT NULL,
        title {text} NOT NULL,
        first_on {date} NOT NULL,
        last_on {date} NOT NULL,
        status {text} NOT NULL CHECK (status IN ('open', 'closed')),
        CHECK (first_on <= last_on)
      ) {strict}
      """,
      "CREATE INDEX directory_period_parent ON directory_period (parent_id)",
      "CREATE INDEX directory_period_deletion ON directory_period (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE INDEX directory_period_org ON directory_period (org_id, first_on)",
      "CREATE UNIQUE INDEX directory_period_code ON directory_period (org_id, code) WHERE deletion_id IS NULL",
      "CREATE VIEW directory_period_live AS SELECT * FROM directory_period WHERE deletion_id IS NULL",
      """
      CREATE TABLE directory_current_period (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        org_id {id} NOT NULL REFERENCES directory_org (id),
        period_id {id} NOT NULL REFERENCES directory_period (id)
      ) {strict}
      """,
      "CREATE UNIQUE INDEX directory_current_period_org ON directory_current_period (org_id) WHERE deletion_id IS NULL",
      "CREATE INDEX directory_current_period_period ON directory_current_period (period_id)",
      """
      CREATE INDEX directory_current_period_deletion ON directory_current_period (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      """
      CREATE VIEW directory_current_period_live AS SELECT * FROM directory_current_period WHERE deletion_id IS NULL
      """,
    ],
    down: [
      "DROP VIEW directory_current_period_live", "DROP TABLE directory_current_period",
      "DROP VIEW directory_period_live", "DROP TABLE directory_period",
      "DROP VIEW directory_org_revision", "DROP VIEW directory_org_within", "DROP VIEW directory_org_live",
      "DROP TABLE directory_org",
    ])

  static let people = Migration(
    "20261121_1001_directory_people",
    up: [
      """
      CREATE TABLE directory_person (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        display_name {text} NOT NULL,
        given_name {text},
        middle_name {text},
        family_name {text},
        preferred_name {text},
        other_name {text},
        other_language {text},
        sort_name {text} NOT NULL,
        search_name {text} NOT NULL,
        birth_on {date},
        sex {text} CHECK (sex IN ('female', 'male', 'other', 'unspecified')),
        pronouns {text},
        language {text}
      ) {strict}
      """,
      "CREATE INDEX directory_person_sort ON directory_person (sort_name, id) WHERE deletion_id IS NULL",
      "CREATE INDEX directory_person_deletion ON directory_person (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW directory_person_live AS SELECT * FROM directory_person WHERE deletion_id IS NULL",
      """
      CREATE TABLE directory_person_name (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        person_id {id} NOT NULL REFERENCES directory_person (id),
        kind {text} NOT NULL CHECK (kind IN ('legal', 'former', 'other_script')),
        display {text} NOT NULL,
        given {text},
        family {text},
        language {text},
        until_on {date}
      ) {strict}
      """,
      "CREATE INDEX directory_person_name_person ON directory_person_name (person_id)",
      """
      CREATE INDEX directory_person_name_deletion ON directory_person_name (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      "CREATE VIEW directory_person_name_live AS SELECT * FROM directory_person_name WHERE deletion_id IS NULL",
      """
      CREATE TABLE directory_contact_point (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        person_id {id} NOT NULL REFERENCES directory_person (id),
        kind {text} NOT NULL CHECK (kind IN ('email', 'phone', 'sms')),
        value {text} NOT NULL,
        is_primary {bool} NOT NULL,
        verified_at {instant}
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX directory_contact_point_value ON directory_contact_point (person_id, kind, value)
      WHERE deletion_id IS NULL
      """,
      "CREATE INDEX directory_contact_point_found ON directory_contact_point (value) WHERE deletion_id IS NULL",
      """
      CREATE INDEX directory_contact_point_deletion ON directory_contact_point (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      "CREATE VIEW directory_contact_point_live AS SELECT * FROM directory_contact_point WHERE deletion_id IS NULL",
    ],
    down: [
      "DROP VIEW directory_contact_point_live", "DROP TABLE directory_contact_point",
      "DROP VIEW directory_person_name_live", "DROP TABLE directory_person_name",
      "DROP VIEW directory_person_live", "DROP TABLE directory_person",
    ])

  static let families = Migration(
    "20261121_1003_directory_families",
    up: [
      """
      CREATE TABLE directory_guardianship (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        student_id {id} NOT NULL REFERENCES directory_student (id),
        guardian_id {id} NOT NULL REFERENCES directory_person (id),
        relation {text} NOT NULL,
        is_primary {bool} NOT NULL,
        lives_with {bool} NOT NULL,
        note {text}
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX directory_guardianship_pair ON directory_guardianship (student_id, guardian_id)
      WHERE deletion_id IS NULL
      """,
      """
      CREATE UNIQUE INDEX directory_guardianship_primary ON directory_guardianship (student_id)
      WHERE is_primary AND deletion_id IS NULL
      """,
      "CREATE INDEX directory_guardianship_student ON directory_guardianship (student_id)",
      "CREATE INDEX directory_guardianship_guardian ON directory_guardianship (guardian_id)",
      """
      CREATE INDEX directory_guardianship_deletion ON directory_guardianship (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      "CREATE VIEW directory_guardianship_live AS SELECT * FROM directory_guardianship WHERE deletion_id IS NULL",
      """
      CREATE TABLE directory_custody_right (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        guardianship_id {id} NOT NULL REFERENCES directory_guardianship (id),
        custody {text} NOT NULL CHECK (custody IN ('see', 'collect', 'write')),
        allowed {bool} NOT NULL,
        first_on {date},
        last_on {date},
        note {text},
        CHECK (first_on IS NULL OR last_on IS NULL OR first_on <= last_on)
      ) {strict}
      """,
      "CREATE INDEX directory_custody_right_of ON directory_custody_right (guardianship_id, custody)",
      """
      CREATE INDEX directory_custody_right_deletion ON directory_custody_right (deletion_id)
      WHERE deletion_id IS NOT NULL
      """,
      "CREATE VIEW directory_custody_right_live AS SELECT * FROM directory_custody_right WHERE deletion_id IS NULL",
    ],
    down: [
      "DROP VIEW directory_custody_right_live", "DROP TABLE directory_custody_right",
      "DROP VIEW directory_guardianship_live", "DROP TABLE directory_guardianship",
    ])

  static let staff = Migration(
    "20261121_1004_directory_staff",
    up: [
      """
      CREATE TABLE directory_staff (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        person_id {id} NOT NULL REFERENCES directory_person (id),
        note {text},
        sort_name {text} NOT NULL DEFAULT '',
        display_name {text} NOT NULL DEFAULT ''
      ) {strict}
      """,
      "CREATE UNIQUE INDEX directory_staff_person ON directory_staff (person_id) WHERE deletion_id IS NULL",
      "CREATE INDEX directory_staff_sort ON directory_staff (sort_name, id) WHERE deletion_id IS NULL",
      "CREATE INDEX directory_staff_deletion ON directory_staff (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW directory_staff_live AS SELECT * FROM directory_staff WHERE deletion_id IS NULL",
      "CREATE VIEW directory_staff_place AS SELECT id, sort_name FROM directory_staff",
      """
      CREATE TABLE directory_employment (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        staff_id {id} NOT NULL REFERENCES directory_staff (id),
        org_id {id} NOT NULL REFERENCES directory_org (id),
        job {text} NOT NULL,
        department {text},
        number {text},
        first_on {date},
        last_on {date},
        CHECK (first_on IS NULL OR last_on IS NULL OR first_on <= last_on)
      ) {strict}
      """,
      "CREATE INDEX directory_employment_staff ON directory_employment (staff_id)",
      "CREATE INDEX directory_employment_org ON directory_employment (org_id, staff_id)",
      """
      CREATE UNIQUE INDEX directory_employment_number ON directory_employment (org_id, number)
      WHERE number IS NOT NULL AND deletion_id IS NULL
      """,
      "CREATE INDEX directory_employment_deletion ON directory_employment (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW directory_employment_live AS SELECT * FROM directory_employment WHERE deletion_id IS NULL",
    ],
    down: [
      "DROP VIEW directory_employment_live", "DROP TABLE directory_employment",
      "DROP VIEW directory_staff_place", "DROP VIEW directory_staff_live", "DROP TABLE directory_staff",
    ])

  /// What other systems call our things. Of one installation when `org_id` is NULL, else of that organisation.
  static let external = Migration(
    "20261121_1005_directory_external",
    up: [
      """
      CREATE TABLE directory_external_id (
        source {text} NOT NULL,
        kind {text} NOT NULL,
        external {text} NOT NULL,
        org_id {id} REFERENCES directory_org (id),
        internal_id {id} NOT NULL,
        import_id {id}
      ) {strict}
      """,
      """
      CREATE UNIQUE INDEX directory_external_id_org ON directory_external_id (source, kind, external, org_id)
      WHERE org_id IS NOT NULL
      """,
      """
      CREATE UNIQUE INDEX directory_external_id_any ON directory_external_id (source, kind, external)
      WHERE org_id IS NULL
      """,
      "CREATE INDEX directory_external_id_owner ON directory_external_id (org_id)",
      "CREATE INDEX directory_external_id_internal ON directory_external_id (internal_id)",
      "CREATE INDEX directory_external_id_import ON directory_external_id (import_id) WHERE import_id IS NOT NULL",
    ],
    down: ["DROP TABLE directory_external_id"])
}
