CREATE TABLE academics_course (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  org_id BLOB NOT NULL REFERENCES directory_org (id) ON DELETE RESTRICT,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  credits INTEGER NOT NULL CHECK (credits BETWEEN 0 AND 9990000),
  subject TEXT,
  search_text TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX academics_course_code ON academics_course (org_id, code) WHERE deletion_id IS NULL;

CREATE INDEX academics_course_deletion ON academics_course (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX academics_course_order ON academics_course (code, id) WHERE deletion_id IS NULL;

CREATE VIEW academics_course_live AS SELECT * FROM academics_course WHERE deletion_id IS NULL;

CREATE TABLE academics_enrolment (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  section_id BLOB NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
  student_id BLOB NOT NULL REFERENCES directory_student (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('scheduled', 'homeroom')),
  status TEXT NOT NULL CHECK (status IN ('enrolled', 'dropped', 'completed')),
  first_on TEXT NOT NULL,
  last_on TEXT,
  reason TEXT,
  CHECK (last_on IS NULL OR last_on >= first_on)
) STRICT;

CREATE INDEX academics_enrolment_deletion ON academics_enrolment (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX academics_enrolment_homeroom ON academics_enrolment (student_id)
WHERE deletion_id IS NULL AND status = 'enrolled' AND kind = 'homeroom';

CREATE UNIQUE INDEX academics_enrolment_once ON academics_enrolment (section_id, student_id)
WHERE deletion_id IS NULL AND status = 'enrolled';

CREATE INDEX academics_enrolment_section ON academics_enrolment (section_id, status);

CREATE INDEX academics_enrolment_student ON academics_enrolment (student_id, status);

CREATE VIEW academics_enrolment_live AS SELECT * FROM academics_enrolment WHERE deletion_id IS NULL;

CREATE TABLE academics_section (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  school_id BLOB NOT NULL REFERENCES directory_org (id) ON DELETE RESTRICT,
  course_id BLOB REFERENCES academics_course (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('scheduled', 'homeroom')),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  credits INTEGER NOT NULL CHECK (credits BETWEEN 0 AND 9990000),
  capacity INTEGER CHECK (capacity BETWEEN 0 AND 2000),
  room TEXT,
  search_text TEXT NOT NULL
) STRICT;

CREATE INDEX academics_section_course ON academics_section (course_id);

CREATE INDEX academics_section_deletion ON academics_section (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX academics_section_order ON academics_section (code, id) WHERE deletion_id IS NULL;

CREATE INDEX academics_section_school ON academics_section (school_id, code, id) WHERE deletion_id IS NULL;

CREATE VIEW academics_section_live AS SELECT * FROM academics_section WHERE deletion_id IS NULL;

CREATE TABLE academics_section_period (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  section_id BLOB NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
  period_id BLOB NOT NULL REFERENCES directory_period (id) ON DELETE RESTRICT
) STRICT;

CREATE INDEX academics_section_period_deletion ON academics_section_period (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX academics_section_period_once ON academics_section_period (section_id, period_id)
WHERE deletion_id IS NULL;

CREATE INDEX academics_section_period_period ON academics_section_period (period_id);

CREATE VIEW academics_section_period_live AS
SELECT * FROM academics_section_period WHERE deletion_id IS NULL;

CREATE TABLE academics_section_staff (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  section_id BLOB NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
  person_id BLOB NOT NULL REFERENCES directory_person (id) ON DELETE RESTRICT,
  role TEXT NOT NULL CHECK (role IN ('teacher', 'assistant', 'substitute', 'tutor')),
  is_primary INTEGER NOT NULL,
  first_on TEXT,
  last_on TEXT,
  CHECK (last_on IS NULL OR first_on IS NULL OR last_on >= first_on)
) STRICT;

CREATE INDEX academics_section_staff_deletion ON academics_section_staff (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX academics_section_staff_once ON academics_section_staff (section_id, person_id, role)
WHERE deletion_id IS NULL AND last_on IS NULL;

CREATE INDEX academics_section_staff_person ON academics_section_staff (person_id, section_id);

CREATE INDEX academics_section_staff_section ON academics_section_staff (section_id);

CREATE VIEW academics_section_staff_live AS SELECT * FROM academics_section_staff WHERE deletion_id IS NULL;

CREATE VIEW academics_taught_section AS
SELECT person_id, section_id, first_on, last_on FROM academics_section_staff_live;

CREATE VIEW academics_taught_student AS
SELECT taught.person_id, enrolment.student_id, taught.first_on, taught.last_on
FROM academics_taught_section AS taught
JOIN academics_section_live AS section ON section.id = taught.section_id
JOIN academics_enrolment_live AS enrolment ON enrolment.section_id = taught.section_id
WHERE enrolment.status = 'enrolled';

CREATE TABLE accounts_account (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  person_id BLOB REFERENCES directory_person (id) ON DELETE RESTRICT,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  is_enabled INTEGER NOT NULL CHECK (is_enabled IN (TRUE, FALSE)),
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (TRUE, FALSE)),
  password_changed_at INTEGER
) STRICT;

CREATE INDEX accounts_account_order ON accounts_account (sort_name, id) WHERE deletion_id IS NULL;

CREATE UNIQUE INDEX accounts_account_person ON accounts_account (person_id) WHERE deletion_id IS NULL;

CREATE VIEW accounts_account_live AS SELECT * FROM accounts_account WHERE deletion_id IS NULL;

CREATE TABLE accounts_attempt (
  key BLOB NOT NULL PRIMARY KEY,
  tries INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  free_at INTEGER NOT NULL
) STRICT;

CREATE INDEX accounts_attempt_last ON accounts_attempt (last_at);

CREATE TABLE accounts_confirmed_address (
  login_name_id BLOB NOT NULL PRIMARY KEY REFERENCES accounts_login_name (id) ON DELETE CASCADE,
  confirmed_at INTEGER NOT NULL
) STRICT;

CREATE VIEW accounts_key_revision AS
SELECT CAST(COALESCE(SUM(version), 0) AS INTEGER) AS revision FROM accounts_signing_key;

CREATE TABLE accounts_known_place (
  account_id BLOB NOT NULL REFERENCES accounts_account (id) ON DELETE CASCADE,
  place BLOB NOT NULL,
  last_used_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, place)
) STRICT;

CREATE VIEW accounts_language AS SELECT account_id, language FROM accounts_preference;

CREATE TABLE accounts_login_name (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  account_id BLOB NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('email', 'user_name')),
  name TEXT NOT NULL,
  folded TEXT NOT NULL
) STRICT;

CREATE INDEX accounts_login_name_account ON accounts_login_name (account_id);

CREATE UNIQUE INDEX accounts_login_name_folded ON accounts_login_name (folded) WHERE deletion_id IS NULL;

CREATE VIEW accounts_login_name_live AS SELECT * FROM accounts_login_name WHERE deletion_id IS NULL;

CREATE TABLE accounts_mailed_link (
  link_id BLOB NOT NULL PRIMARY KEY REFERENCES accounts_recovery (id) ON DELETE CASCADE,
  login_name_id BLOB NOT NULL REFERENCES accounts_login_name (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX accounts_mailed_link_name ON accounts_mailed_link (login_name_id);

CREATE TABLE accounts_password (
  account_id BLOB NOT NULL PRIMARY KEY REFERENCES accounts_account (id) ON DELETE RESTRICT,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE accounts_preference (
  account_id BLOB NOT NULL PRIMARY KEY REFERENCES accounts_account (id) ON DELETE RESTRICT,
  theme TEXT NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
  density TEXT NOT NULL CHECK (density IN ('comfortable', 'compact')),
  has_shortcuts INTEGER NOT NULL CHECK (has_shortcuts IN (TRUE, FALSE)),
  language TEXT NOT NULL
) STRICT;

CREATE TABLE accounts_recovery (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  account_id BLOB NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
  purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'recovery')),
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  token_hash BLOB
) STRICT;

CREATE INDEX accounts_recovery_account ON accounts_recovery (account_id);

CREATE UNIQUE INDEX accounts_recovery_token ON accounts_recovery (token_hash);

CREATE VIEW accounts_recovery_live AS SELECT * FROM accounts_recovery WHERE deletion_id IS NULL;

CREATE TABLE accounts_refresh_token (
  token_hash BLOB NOT NULL PRIMARY KEY,
  session_id BLOB NOT NULL REFERENCES accounts_session (id) ON DELETE CASCADE,
  issued_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE INDEX accounts_refresh_token_session ON accounts_refresh_token (session_id);

CREATE TABLE accounts_role (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  code TEXT,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  about TEXT NOT NULL,
  is_administrator INTEGER NOT NULL CHECK (is_administrator IN (TRUE, FALSE)),
  grants TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX accounts_role_code ON accounts_role (code) WHERE deletion_id IS NULL;

CREATE UNIQUE INDEX accounts_role_name ON accounts_role (folded) WHERE deletion_id IS NULL;

CREATE TABLE accounts_role_assignment (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  account_id BLOB NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
  role_id BLOB NOT NULL REFERENCES accounts_role (id) ON DELETE RESTRICT,
  org_id BLOB REFERENCES directory_org (id) ON DELETE RESTRICT,
  first_on TEXT,
  last_on TEXT,
  CHECK (first_on <= last_on)
) STRICT;

CREATE INDEX accounts_role_assignment_account ON accounts_role_assignment (account_id);

CREATE INDEX accounts_role_assignment_org ON accounts_role_assignment (org_id);

CREATE INDEX accounts_role_assignment_role ON accounts_role_assignment (role_id);

CREATE VIEW accounts_role_assignment_live AS SELECT * FROM accounts_role_assignment WHERE deletion_id IS NULL;

CREATE VIEW accounts_role_live AS SELECT * FROM accounts_role WHERE deletion_id IS NULL;

CREATE VIEW accounts_role_revision AS
SELECT CAST(COALESCE(SUM(version), 0) AS INTEGER) AS revision FROM accounts_role;

CREATE TABLE accounts_session (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  account_id BLOB NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('browser', 'api')),
  started_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  idle_limit_ms INTEGER NOT NULL,
  ended_at INTEGER,
  ending TEXT,
  token_hash BLOB,
  last_seen_at INTEGER NOT NULL DEFAULT 0,
  address TEXT NOT NULL DEFAULT '',
  agent TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX accounts_session_account ON accounts_session (account_id);

CREATE INDEX accounts_session_expiry ON accounts_session (expires_at);

CREATE UNIQUE INDEX accounts_session_token ON accounts_session (token_hash);

CREATE VIEW accounts_session_live AS SELECT * FROM accounts_session WHERE deletion_id IS NULL;

CREATE TABLE accounts_signing_key (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  kid TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  active_from INTEGER NOT NULL,
  retires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  sealed BLOB
) STRICT;

CREATE UNIQUE INDEX accounts_signing_key_kid ON accounts_signing_key (kid);

CREATE VIEW accounts_signing_key_live AS SELECT * FROM accounts_signing_key WHERE deletion_id IS NULL;

CREATE TABLE attendance_code (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  org_id BLOB REFERENCES directory_org (id) ON DELETE RESTRICT,
  letter TEXT NOT NULL,
  title TEXT NOT NULL,
  counts_as TEXT NOT NULL CHECK (counts_as IN ('present', 'late', 'absent', 'excused', 'neutral'))
) STRICT;

CREATE INDEX attendance_code_deletion ON attendance_code (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX attendance_code_letter ON attendance_code (org_id, letter)
WHERE deletion_id IS NULL AND org_id IS NOT NULL;

CREATE UNIQUE INDEX attendance_code_preset ON attendance_code (letter)
WHERE deletion_id IS NULL AND org_id IS NULL;

CREATE VIEW attendance_code_live AS SELECT * FROM attendance_code WHERE deletion_id IS NULL;

CREATE TABLE attendance_mark (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  register_id BLOB NOT NULL REFERENCES attendance_register (id) ON DELETE RESTRICT,
  student_id BLOB NOT NULL REFERENCES directory_student (id) ON DELETE RESTRICT,
  truth TEXT NOT NULL CHECK (truth IN ('teacher', 'office')),
  code_id BLOB REFERENCES attendance_code (id) ON DELETE RESTRICT,
  late_minutes INTEGER NOT NULL CHECK (late_minutes BETWEEN 0 AND 600),
  note TEXT,
  marked_by BLOB REFERENCES directory_person (id) ON DELETE RESTRICT
) STRICT;

CREATE INDEX attendance_mark_code ON attendance_mark (code_id);

CREATE INDEX attendance_mark_count ON attendance_mark (register_id, truth, code_id, deletion_id);

CREATE INDEX attendance_mark_deletion ON attendance_mark (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX attendance_mark_marked_by ON attendance_mark (marked_by);

CREATE UNIQUE INDEX attendance_mark_once ON attendance_mark (register_id, student_id, truth)
WHERE deletion_id IS NULL;

CREATE INDEX attendance_mark_student ON attendance_mark (student_id, register_id);

CREATE VIEW attendance_mark_live AS SELECT * FROM attendance_mark WHERE deletion_id IS NULL;

CREATE TABLE attendance_register (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  section_id BLOB NOT NULL REFERENCES academics_section (id) ON DELETE RESTRICT,
  held_on TEXT NOT NULL,
  period_no INTEGER NOT NULL CHECK (period_no BETWEEN 0 AND 20),
  taken_by BLOB REFERENCES directory_person (id) ON DELETE RESTRICT,
  taken_at INTEGER
) STRICT;

CREATE INDEX attendance_register_day ON attendance_register (held_on, section_id);

CREATE INDEX attendance_register_deletion ON attendance_register (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX attendance_register_once ON attendance_register (section_id, held_on, period_no)
WHERE deletion_id IS NULL;

CREATE INDEX attendance_register_section ON attendance_register (section_id);

CREATE INDEX attendance_register_taken_by ON attendance_register (taken_by);

CREATE VIEW attendance_register_live AS SELECT * FROM attendance_register WHERE deletion_id IS NULL;

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
      AND office.truth = 'office'));

CREATE TABLE directory_bulk_change (
  id BLOB NOT NULL PRIMARY KEY,
  edit TEXT NOT NULL,
  account_id BLOB,
  schools TEXT NOT NULL,
  at INTEGER NOT NULL,
  total INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('changing', 'done', 'undoing', 'undone')),
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  refusals TEXT NOT NULL,
  left_alone INTEGER NOT NULL,
  job_id BLOB,
  finished_at INTEGER
) STRICT;

CREATE TABLE directory_bulk_student (
  change_id BLOB NOT NULL REFERENCES directory_bulk_change (id),
  student_id BLOB NOT NULL,
  PRIMARY KEY (change_id, student_id)
) STRICT;

CREATE TABLE directory_contact_point (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  person_id BLOB NOT NULL REFERENCES directory_person (id),
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'sms')),
  value TEXT NOT NULL,
  is_primary INTEGER NOT NULL,
  verified_at INTEGER
) STRICT;

CREATE INDEX directory_contact_point_deletion ON directory_contact_point (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_contact_point_found ON directory_contact_point (value) WHERE deletion_id IS NULL;

CREATE UNIQUE INDEX directory_contact_point_value ON directory_contact_point (person_id, kind, value)
WHERE deletion_id IS NULL;

CREATE VIEW directory_contact_point_live AS SELECT * FROM directory_contact_point WHERE deletion_id IS NULL;

CREATE TABLE directory_current_period (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  org_id BLOB NOT NULL REFERENCES directory_org (id),
  period_id BLOB NOT NULL REFERENCES directory_period (id)
) STRICT;

CREATE INDEX directory_current_period_deletion ON directory_current_period (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX directory_current_period_org ON directory_current_period (org_id) WHERE deletion_id IS NULL;

CREATE INDEX directory_current_period_period ON directory_current_period (period_id);

CREATE VIEW directory_current_period_live AS SELECT * FROM directory_current_period WHERE deletion_id IS NULL;

CREATE TABLE directory_custody_right (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  guardianship_id BLOB NOT NULL REFERENCES directory_guardianship (id),
  custody TEXT NOT NULL CHECK (custody IN ('see', 'collect', 'write')),
  allowed INTEGER NOT NULL,
  first_on TEXT,
  last_on TEXT,
  note TEXT,
  CHECK (first_on IS NULL OR last_on IS NULL OR first_on <= last_on)
) STRICT;

CREATE INDEX directory_custody_right_deletion ON directory_custody_right (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_custody_right_of ON directory_custody_right (guardianship_id, custody);

CREATE VIEW directory_custody_right_live AS SELECT * FROM directory_custody_right WHERE deletion_id IS NULL;

CREATE TABLE directory_employment (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  staff_id BLOB NOT NULL REFERENCES directory_staff (id),
  org_id BLOB NOT NULL REFERENCES directory_org (id),
  job TEXT NOT NULL,
  department TEXT,
  number TEXT,
  first_on TEXT,
  last_on TEXT,
  CHECK (first_on IS NULL OR last_on IS NULL OR first_on <= last_on)
) STRICT;

CREATE INDEX directory_employment_deletion ON directory_employment (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX directory_employment_number ON directory_employment (org_id, number)
WHERE number IS NOT NULL AND deletion_id IS NULL;

CREATE INDEX directory_employment_org ON directory_employment (org_id, staff_id);

CREATE INDEX directory_employment_staff ON directory_employment (staff_id);

CREATE VIEW directory_employment_live AS SELECT * FROM directory_employment WHERE deletion_id IS NULL;

CREATE TABLE directory_external_id (
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  external TEXT NOT NULL,
  org_id BLOB REFERENCES directory_org (id),
  internal_id BLOB NOT NULL,
  import_id BLOB
) STRICT;

CREATE UNIQUE INDEX directory_external_id_any ON directory_external_id (source, kind, external)
WHERE org_id IS NULL;

CREATE INDEX directory_external_id_import ON directory_external_id (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX directory_external_id_internal ON directory_external_id (internal_id);

CREATE UNIQUE INDEX directory_external_id_org ON directory_external_id (source, kind, external, org_id)
WHERE org_id IS NOT NULL;

CREATE INDEX directory_external_id_owner ON directory_external_id (org_id);

CREATE TABLE directory_guardianship (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  student_id BLOB NOT NULL REFERENCES directory_student (id),
  guardian_id BLOB NOT NULL REFERENCES directory_person (id),
  relation TEXT NOT NULL,
  is_primary INTEGER NOT NULL,
  lives_with INTEGER NOT NULL,
  note TEXT
) STRICT;

CREATE INDEX directory_guardianship_deletion ON directory_guardianship (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_guardianship_guardian ON directory_guardianship (guardian_id);

CREATE UNIQUE INDEX directory_guardianship_pair ON directory_guardianship (student_id, guardian_id)
WHERE deletion_id IS NULL;

CREATE UNIQUE INDEX directory_guardianship_primary ON directory_guardianship (student_id)
WHERE is_primary AND deletion_id IS NULL;

CREATE INDEX directory_guardianship_student ON directory_guardianship (student_id);

CREATE TRIGGER directory_guardianship_changed
AFTER UPDATE OF is_primary, guardian_id, relation, deletion_id ON directory_guardianship BEGIN
  UPDATE directory_student SET (guardian_id, guardian_name, guardian_relation) = (
    SELECT p.id, p.display_name, g.relation
    FROM directory_guardianship AS g JOIN directory_person AS p ON p.id = g.guardian_id
    WHERE g.student_id = NEW.student_id AND g.is_primary AND g.deletion_id IS NULL AND p.deletion_id IS NULL)
  WHERE id = NEW.student_id;
END;

CREATE TRIGGER directory_guardianship_new AFTER INSERT ON directory_guardianship
WHEN NEW.is_primary AND NEW.deletion_id IS NULL BEGIN
  UPDATE directory_student SET (guardian_id, guardian_name, guardian_relation) = (
    SELECT p.id, p.display_name, NEW.relation FROM directory_person AS p
    WHERE p.id = NEW.guardian_id AND p.deletion_id IS NULL)
  WHERE id = NEW.student_id;
END;

CREATE VIEW directory_guardianship_live AS SELECT * FROM directory_guardianship WHERE deletion_id IS NULL;

CREATE TABLE directory_number_series (
  org_id BLOB NOT NULL PRIMARY KEY REFERENCES directory_org (id),
  prefix TEXT NOT NULL,
  digits INTEGER NOT NULL CHECK (digits BETWEEN 1 AND 12),
  next INTEGER NOT NULL
) STRICT;

CREATE TABLE directory_org (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  parent_id BLOB REFERENCES directory_org (id),
  kind TEXT NOT NULL CHECK (kind IN ('district', 'school', 'department', 'college', 'partner')),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  native_name TEXT,
  time_zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  week_start INTEGER NOT NULL CHECK (week_start BETWEEN 1 AND 7)
) STRICT;

CREATE UNIQUE INDEX directory_org_code ON directory_org (code) WHERE deletion_id IS NULL;

CREATE INDEX directory_org_deletion ON directory_org (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_org_name ON directory_org (name, id) WHERE deletion_id IS NULL;

CREATE INDEX directory_org_parent ON directory_org (parent_id);

CREATE VIEW directory_org_live AS SELECT * FROM directory_org WHERE deletion_id IS NULL;

CREATE VIEW directory_org_revision AS
  SELECT CAST(COALESCE(SUM(version), 0) AS INTEGER) AS revision FROM directory_org;

CREATE VIEW directory_org_within AS
  WITH RECURSIVE within (ancestor_id, org_id) AS (
    SELECT id, id FROM directory_org_live
    UNION
    SELECT within.ancestor_id, below.id
    FROM within JOIN directory_org_live AS below ON below.parent_id = within.org_id
  )
  SELECT ancestor_id, org_id FROM within;

CREATE TABLE directory_period (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  org_id BLOB NOT NULL REFERENCES directory_org (id),
  parent_id BLOB REFERENCES directory_period (id),
  kind TEXT NOT NULL CHECK (kind IN ('year', 'semester', 'term', 'grading', 'block')),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  first_on TEXT NOT NULL,
  last_on TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  CHECK (first_on <= last_on)
) STRICT;

CREATE UNIQUE INDEX directory_period_code ON directory_period (org_id, code) WHERE deletion_id IS NULL;

CREATE INDEX directory_period_deletion ON directory_period (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_period_org ON directory_period (org_id, first_on);

CREATE INDEX directory_period_parent ON directory_period (parent_id);

CREATE VIEW directory_period_live AS SELECT * FROM directory_period WHERE deletion_id IS NULL;

CREATE TABLE directory_person (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  display_name TEXT NOT NULL,
  given_name TEXT,
  middle_name TEXT,
  family_name TEXT,
  preferred_name TEXT,
  other_name TEXT,
  other_language TEXT,
  sort_name TEXT NOT NULL,
  search_name TEXT NOT NULL,
  birth_on TEXT,
  sex TEXT CHECK (sex IN ('female', 'male', 'other', 'unspecified')),
  pronouns TEXT,
  language TEXT
) STRICT;

CREATE INDEX directory_person_deletion ON directory_person (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_person_sort ON directory_person (sort_name, id) WHERE deletion_id IS NULL;

CREATE TRIGGER directory_guardian_changed AFTER UPDATE OF display_name, deletion_id ON directory_person
WHEN NEW.display_name IS NOT OLD.display_name OR NEW.deletion_id IS NOT OLD.deletion_id BEGIN
  UPDATE directory_student SET (guardian_id, guardian_name, guardian_relation) = (
    SELECT p.id, p.display_name, g.relation
    FROM directory_guardianship AS g JOIN directory_person AS p ON p.id = g.guardian_id
    WHERE g.student_id = directory_student.id AND g.is_primary AND g.deletion_id IS NULL
      AND p.deletion_id IS NULL)
  WHERE id IN (SELECT g.student_id FROM directory_guardianship AS g WHERE g.guardian_id = NEW.id);
END;

CREATE TRIGGER directory_person_renamed
AFTER UPDATE OF sort_name, display_name, other_name, other_language, birth_on, search_name ON directory_person
WHEN NEW.sort_name IS NOT OLD.sort_name OR NEW.display_name IS NOT OLD.display_name
  OR NEW.other_name IS NOT OLD.other_name OR NEW.other_language IS NOT OLD.other_language
  OR NEW.birth_on IS NOT OLD.birth_on OR NEW.search_name IS NOT OLD.search_name BEGIN
  UPDATE directory_student
  SET sort_name = NEW.sort_name, display_name = NEW.display_name, other_name = NEW.other_name,
    other_language = NEW.other_language, birth_on = NEW.birth_on,
    words = NEW.search_name || ' '
      || lower(replace(replace(replace(replace(number, '-', ' '), '/', ' '), '.', ' '), '_', ' ')) || ' '
      || lower(replace(replace(replace(replace(number, '-', ''), '/', ''), '.', ''), '_', ''))
  WHERE person_id = NEW.id;
  UPDATE directory_staff SET sort_name = NEW.sort_name, display_name = NEW.display_name
  WHERE person_id = NEW.id;
END;

CREATE TRIGGER directory_person_words_changed AFTER UPDATE OF search_name ON directory_person
WHEN NEW.search_name IS NOT OLD.search_name BEGIN
  DELETE FROM directory_word WHERE person_id = NEW.id AND word IN (
    SELECT value FROM json_each(
      '["' || replace(replace(replace(OLD.search_name, '\', ' '), '"', ' '), ' ', '","') || '"]')
    WHERE value <> '');
  INSERT OR IGNORE INTO directory_word (word, person_id)
    SELECT value, NEW.id FROM json_each(
      '["' || replace(replace(replace(NEW.search_name, '\', ' '), '"', ' '), ' ', '","') || '"]')
    WHERE value <> '';
END;

CREATE TRIGGER directory_person_words_new AFTER INSERT ON directory_person BEGIN
  INSERT OR IGNORE INTO directory_word (word, person_id)
    SELECT value, NEW.id FROM json_each(
      '["' || replace(replace(replace(NEW.search_name, '\', ' '), '"', ' '), ' ', '","') || '"]')
    WHERE value <> '';
END;

CREATE VIEW directory_person_live AS SELECT * FROM directory_person WHERE deletion_id IS NULL;

CREATE TABLE directory_person_name (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  person_id BLOB NOT NULL REFERENCES directory_person (id),
  kind TEXT NOT NULL CHECK (kind IN ('legal', 'former', 'other_script')),
  display TEXT NOT NULL,
  given TEXT,
  family TEXT,
  language TEXT,
  until_on TEXT
) STRICT;

CREATE INDEX directory_person_name_deletion ON directory_person_name (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE INDEX directory_person_name_person ON directory_person_name (person_id);

CREATE VIEW directory_person_name_live AS SELECT * FROM directory_person_name WHERE deletion_id IS NULL;

CREATE TABLE directory_school_enrolment (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  student_id BLOB NOT NULL REFERENCES directory_student (id),
  year_id BLOB REFERENCES directory_period (id),
  grade TEXT,
  status TEXT NOT NULL CHECK (status IN ('enrolled', 'completed', 'left')),
  first_on TEXT NOT NULL,
  last_on TEXT,
  reason TEXT,
  CHECK (last_on IS NULL OR first_on <= last_on)
) STRICT;

CREATE INDEX directory_school_enrolment_deletion ON directory_school_enrolment (deletion_id)
WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX directory_school_enrolment_open ON directory_school_enrolment (student_id)
WHERE last_on IS NULL AND deletion_id IS NULL;

CREATE INDEX directory_school_enrolment_student ON directory_school_enrolment (student_id, first_on);

CREATE INDEX directory_school_enrolment_year ON directory_school_enrolment (year_id);

CREATE VIEW directory_school_enrolment_live AS SELECT * FROM directory_school_enrolment WHERE deletion_id IS NULL;

CREATE TABLE directory_staff (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  person_id BLOB NOT NULL REFERENCES directory_person (id),
  note TEXT,
  sort_name TEXT NOT NULL DEFAULT '',
  display_name TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX directory_staff_deletion ON directory_staff (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX directory_staff_person ON directory_staff (person_id) WHERE deletion_id IS NULL;

CREATE INDEX directory_staff_sort ON directory_staff (sort_name, id) WHERE deletion_id IS NULL;

CREATE TRIGGER directory_staff_new AFTER INSERT ON directory_staff BEGIN
  UPDATE directory_staff SET (sort_name, display_name) = (
    SELECT p.sort_name, p.display_name FROM directory_person AS p WHERE p.id = NEW.person_id)
  WHERE id = NEW.id;
END;

CREATE VIEW directory_staff_live AS SELECT * FROM directory_staff WHERE deletion_id IS NULL;

CREATE VIEW directory_staff_place AS SELECT id, sort_name FROM directory_staff;

CREATE TABLE directory_student (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  person_id BLOB NOT NULL REFERENCES directory_person (id),
  school_id BLOB NOT NULL REFERENCES directory_org (id),
  number TEXT NOT NULL,
  grade TEXT,
  status TEXT NOT NULL
    CHECK (status IN ('active', 'inactive', 'graduated', 'suspended', 'on_leave', 'withdrawn')),
  sort_name TEXT NOT NULL DEFAULT '',
  display_name TEXT NOT NULL DEFAULT '',
  other_name TEXT,
  other_language TEXT,
  birth_on TEXT,
  words TEXT NOT NULL DEFAULT '',
  guardian_id BLOB,
  guardian_name TEXT,
  guardian_relation TEXT
) STRICT;

CREATE INDEX directory_student_deletion ON directory_student (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE UNIQUE INDEX directory_student_number ON directory_student (school_id, number) WHERE deletion_id IS NULL;

CREATE INDEX directory_student_person ON directory_student (person_id);

CREATE INDEX directory_student_school_grade ON directory_student (school_id, grade, sort_name, id)
WHERE deletion_id IS NULL;

CREATE INDEX directory_student_school_sort ON directory_student (school_id, sort_name, id)
WHERE deletion_id IS NULL;

CREATE INDEX directory_student_school_status ON directory_student (school_id, status, sort_name, id)
WHERE deletion_id IS NULL;

CREATE INDEX directory_student_sort ON directory_student (
  sort_name, id, person_id, school_id, number, display_name, other_name, other_language, grade, status, birth_on,
  version, guardian_id, guardian_name, guardian_relation) WHERE deletion_id IS NULL;

CREATE TRIGGER directory_student_changed AFTER UPDATE OF number, person_id ON directory_student
WHEN NEW.number IS NOT OLD.number OR NEW.person_id IS NOT OLD.person_id BEGIN
  UPDATE directory_student
  SET (sort_name, display_name, other_name, other_language, birth_on, words) = (
    SELECT p.sort_name, p.display_name, p.other_name, p.other_language, p.birth_on,
      p.search_name || ' '
      || lower(replace(replace(replace(replace(NEW.number, '-', ' '), '/', ' '), '.', ' '), '_', ' ')) || ' '
      || lower(replace(replace(replace(replace(NEW.number, '-', ''), '/', ''), '.', ''), '_', ''))
    FROM directory_person AS p WHERE p.id = NEW.person_id)
  WHERE id = NEW.id;
END;

CREATE TRIGGER directory_student_new AFTER INSERT ON directory_student BEGIN
  UPDATE directory_student
  SET (sort_name, display_name, other_name, other_language, birth_on, words) = (
    SELECT p.sort_name, p.display_name, p.other_name, p.other_language, p.birth_on,
      p.search_name || ' '
      || lower(replace(replace(replace(replace(NEW.number, '-', ' '), '/', ' '), '.', ' '), '_', ' ')) || ' '
      || lower(replace(replace(replace(replace(NEW.number, '-', ''), '/', ''), '.', ''), '_', ''))
    FROM directory_person AS p WHERE p.id = NEW.person_id)
  WHERE id = NEW.id;
END;

CREATE TRIGGER directory_student_words_changed
AFTER UPDATE OF words, sort_name, deletion_id ON directory_student
WHEN NEW.words IS NOT OLD.words OR NEW.sort_name IS NOT OLD.sort_name
  OR (NEW.deletion_id IS NULL) <> (OLD.deletion_id IS NULL) BEGIN
  DELETE FROM directory_student_word WHERE sort_name = OLD.sort_name AND student_id = OLD.id AND word IN (
    SELECT value FROM json_each(
      '["' || replace(replace(replace(OLD.words, '\', ' '), '"', ' '), ' ', '","') || '"]')
    WHERE value <> '');
  INSERT OR IGNORE INTO directory_student_word (word, sort_name, student_id)
    SELECT value, NEW.sort_name, NEW.id FROM json_each(
      '["' || replace(replace(replace(NEW.words, '\', ' '), '"', ' '), ' ', '","') || '"]')
    WHERE value <> '' AND NEW.deletion_id IS NULL;
END;

CREATE VIEW directory_student_live AS SELECT * FROM directory_student WHERE deletion_id IS NULL;

CREATE VIEW directory_student_place AS SELECT id, school_id, number, sort_name FROM directory_student;

CREATE TABLE directory_student_word (
  word TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  student_id BLOB NOT NULL,
  PRIMARY KEY (word, sort_name, student_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE directory_word (
  word TEXT NOT NULL,
  person_id BLOB NOT NULL,
  PRIMARY KEY (word, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE interop_file (
  import_id BLOB NOT NULL REFERENCES interop_import (id),
  file TEXT NOT NULL,
  piece INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (import_id, file, piece)
) STRICT;

CREATE TABLE interop_finding (
  import_id BLOB NOT NULL REFERENCES interop_import (id),
  place INTEGER NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
  file TEXT NOT NULL,
  file_row INTEGER,
  file_column TEXT,
  value TEXT,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (import_id, place)
) STRICT;

CREATE INDEX interop_finding_code ON interop_finding (import_id, code, place);

CREATE TABLE interop_import (
  id BLOB NOT NULL PRIMARY KEY,
  source TEXT NOT NULL,
  format TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  school_id BLOB REFERENCES directory_org (id),
  mapping TEXT,
  state TEXT NOT NULL
    CHECK (state IN ('mapping', 'checked', 'applying', 'done', 'failed', 'undoing', 'undone')),
  mode TEXT NOT NULL CHECK (mode IN ('good_rows', 'all_or_nothing')),
  counts TEXT NOT NULL,
  position INTEGER NOT NULL,
  problem TEXT,
  account_id BLOB,
  at INTEGER NOT NULL,
  finished_at INTEGER,
  job_id BLOB,
  revision INTEGER NOT NULL
) STRICT;

CREATE INDEX interop_import_account ON interop_import (account_id, id);

CREATE INDEX interop_import_school ON interop_import (school_id, id);

CREATE TABLE jobs_canary (job_id BLOB NOT NULL, piece INTEGER NOT NULL, arrived_at INTEGER NOT NULL) STRICT;

CREATE INDEX jobs_canary_arrived ON jobs_canary (arrived_at);

CREATE TABLE jobs_job (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  org_id BLOB,
  account_id BLOB,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'running', 'done', 'failed', 'quarantined', 'cancelled')),
  priority INTEGER NOT NULL,
  run_after INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  deaths INTEGER NOT NULL,
  skips INTEGER NOT NULL,
  attempt_limit INTEGER NOT NULL CHECK (attempt_limit >= 1),
  lease_until INTEGER,
  lease_token INTEGER NOT NULL,
  cancel_asked_at INTEGER,
  progress_done INTEGER NOT NULL,
  progress_total INTEGER,
  step TEXT,
  result TEXT,
  problem TEXT,
  unique_key TEXT,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  CHECK ((state = 'running') = (lease_until IS NOT NULL))
) STRICT;

CREATE INDEX jobs_job_account ON jobs_job (account_id, id);

CREATE UNIQUE INDEX jobs_job_once ON jobs_job (unique_key) WHERE state IN ('waiting', 'running');

CREATE INDEX jobs_job_state ON jobs_job (state, id);

CREATE INDEX jobs_job_turn ON jobs_job (priority DESC, run_after, id) WHERE state = 'waiting';

CREATE TABLE jobs_owed (
  schedule_id BLOB NOT NULL REFERENCES jobs_schedule (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  missed INTEGER NOT NULL,
  job_id BLOB,
  skipped TEXT,
  noted_at INTEGER NOT NULL,
  PRIMARY KEY (schedule_id, due_at),
  CHECK ((job_id IS NULL) = (skipped IS NOT NULL))
) STRICT;

CREATE INDEX jobs_owed_noted ON jobs_owed (noted_at);

CREATE TABLE jobs_plan (
  schedule_id BLOB NOT NULL PRIMARY KEY REFERENCES jobs_schedule (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  through INTEGER NOT NULL,
  next_at INTEGER
) STRICT;

CREATE TABLE jobs_schedule (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  cron TEXT NOT NULL,
  zone TEXT,
  missed TEXT NOT NULL CHECK (missed IN ('once', 'each')),
  is_on INTEGER NOT NULL CHECK (is_on IN (TRUE, FALSE))
) STRICT;

CREATE VIEW jobs_schedule_live AS SELECT * FROM jobs_schedule WHERE deletion_id IS NULL;

CREATE TABLE messages_channel (
  reader_id BLOB NOT NULL PRIMARY KEY,
  by_mail INTEGER NOT NULL,
  by_sms INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE messages_copy (
  message_id BLOB NOT NULL REFERENCES messages_message (id) ON DELETE CASCADE,
  reader_id BLOB NOT NULL,
  person_id BLOB,
  account_id BLOB,
  about TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  expires_at INTEGER,
  read_at INTEGER,
  hidden_at INTEGER,
  PRIMARY KEY (message_id, reader_id)
) STRICT;

CREATE INDEX messages_copy_inbox ON messages_copy (reader_id, published_at, message_id)
WHERE hidden_at IS NULL;

CREATE INDEX messages_copy_unread ON messages_copy (reader_id, expires_at)
WHERE read_at IS NULL AND hidden_at IS NULL;

CREATE TABLE messages_delivery (
  message_id BLOB NOT NULL REFERENCES messages_message (id) ON DELETE CASCADE,
  reader_id BLOB NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('inbox', 'mail', 'sms')),
  state TEXT NOT NULL CHECK (state IN ('delivered', 'handed', 'skipped')),
  reason TEXT CHECK (reason IN ('unwanted', 'no_address', 'bad_address')),
  letter_id BLOB,
  at INTEGER NOT NULL,
  PRIMARY KEY (message_id, reader_id, channel)
) STRICT;

CREATE TABLE messages_message (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  author_id BLOB REFERENCES accounts_account (id) ON DELETE RESTRICT,
  org_id BLOB REFERENCES directory_org (id) ON DELETE RESTRICT,
  audience_kind TEXT NOT NULL CHECK (audience_kind IN
    ('everyone', 'role', 'school', 'section', 'section_guardians', 'department', 'person')),
  audience_org_id BLOB,
  audience_role_id BLOB,
  audience_section_id BLOB,
  audience_person_id BLOB,
  audience_word TEXT,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  by_mail INTEGER NOT NULL,
  by_sms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'queued', 'sending', 'sent', 'withdrawn')),
  publish_at INTEGER,
  expires_at INTEGER,
  sent_at INTEGER
) STRICT;

CREATE INDEX messages_message_author ON messages_message (author_id, id);

CREATE INDEX messages_message_deletion ON messages_message (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX messages_message_org ON messages_message (org_id);

CREATE VIEW messages_message_live AS SELECT * FROM messages_message WHERE deletion_id IS NULL;

CREATE TABLE notices_notice (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  org_id BLOB,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  audience_kind TEXT NOT NULL,
  audience_org_id BLOB,
  audience_role_id BLOB,
  audience_section_id BLOB,
  audience_person_id BLOB,
  audience_word TEXT,
  is_pinned INTEGER NOT NULL CHECK (is_pinned IN (TRUE, FALSE)),
  publish_at INTEGER,
  expires_at INTEGER,
  author_id BLOB,
  state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'approved', 'rejected', 'deletion_asked')),
  state_before TEXT CHECK (state_before IN ('draft', 'review', 'approved', 'rejected')),
  sent_at INTEGER,
  reviewer_id BLOB,
  decided_at INTEGER,
  shown_from INTEGER,
  reason TEXT,
  CHECK (publish_at < expires_at),
  CHECK ((state = 'deletion_asked') = (state_before IS NOT NULL)),
  CHECK (state <> 'approved' OR shown_from IS NOT NULL)
) STRICT;

CREATE INDEX notices_notice_author ON notices_notice (author_id, id) WHERE deletion_id IS NULL;

CREATE INDEX notices_notice_board ON notices_notice (is_pinned, shown_from, id)
WHERE deletion_id IS NULL AND state = 'approved';

CREATE INDEX notices_notice_deletion ON notices_notice (deletion_id) WHERE deletion_id IS NOT NULL;

CREATE INDEX notices_notice_pending ON notices_notice (id)
WHERE deletion_id IS NULL AND state IN ('review', 'deletion_asked');

CREATE VIEW notices_notice_live AS SELECT * FROM notices_notice WHERE deletion_id IS NULL;

CREATE TABLE outbox_file (
  letter_id BLOB NOT NULL REFERENCES outbox_letter (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (letter_id, position)
) STRICT;

CREATE TABLE outbox_letter (
  id BLOB NOT NULL PRIMARY KEY,
  channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
  template TEXT,
  recipient TEXT NOT NULL,
  name TEXT,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  language TEXT NOT NULL,
  secret BLOB,
  account_id BLOB,
  org_id BLOB,
  asked_by BLOB,
  key TEXT UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'doubtful')),
  attempts INTEGER NOT NULL,
  is_handed INTEGER NOT NULL CHECK (is_handed IN (TRUE, FALSE)),
  words TEXT,
  created_at INTEGER NOT NULL,
  next_at INTEGER,
  sent_at INTEGER,
  until INTEGER,
  CHECK ((state = 'sent') = (sent_at IS NOT NULL))
) STRICT;

CREATE INDEX outbox_letter_asked_by ON outbox_letter (asked_by, id);

CREATE INDEX outbox_letter_state ON outbox_letter (state, id);

CREATE TABLE outbox_template (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  deletion_id BLOB,
  key TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX outbox_template_key ON outbox_template (key, language) WHERE deletion_id IS NULL;

CREATE VIEW outbox_template_live AS SELECT * FROM outbox_template WHERE deletion_id IS NULL;

CREATE TABLE record_access (
  id BLOB NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id BLOB NOT NULL,
  page TEXT NOT NULL,
  filter TEXT,
  subject_ids TEXT NOT NULL,
  repeats INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

CREATE INDEX record_access_actor ON record_access (actor_id, at);

CREATE TABLE record_audit (
  id BLOB NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id BLOB,
  org_id BLOB,
  action TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_id BLOB NOT NULL,
  version INTEGER NOT NULL,
  request TEXT,
  reason TEXT,
  cause_id BLOB,
  seal_no INTEGER,
  hash BLOB
) STRICT;

CREATE INDEX record_audit_actor ON record_audit (actor_id, id);

CREATE INDEX record_audit_cause ON record_audit (cause_id, id) WHERE cause_id IS NOT NULL;

CREATE INDEX record_audit_object ON record_audit (object_id, version);

CREATE INDEX record_audit_org ON record_audit (org_id, id) WHERE org_id IS NOT NULL;

CREATE INDEX record_audit_undo ON record_audit (cause_id, kind, object_id, version) WHERE cause_id IS NOT NULL;

CREATE TABLE record_deletion (
  id BLOB NOT NULL PRIMARY KEY,
  root_kind TEXT NOT NULL,
  root_id BLOB NOT NULL,
  label TEXT NOT NULL,
  org_id BLOB,
  actor_id BLOB,
  at INTEGER NOT NULL,
  reason TEXT,
  restored_at INTEGER
) STRICT;

CREATE INDEX record_deletion_root ON record_deletion (root_id);

CREATE INDEX record_deletion_waiting ON record_deletion (id) WHERE restored_at IS NULL;

CREATE TABLE record_idempotency (
  account_id BLOB NOT NULL,
  route TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER,
  location TEXT,
  etag TEXT,
  answer BLOB,
  PRIMARY KEY (account_id, route, key)
) STRICT;

CREATE INDEX record_idempotency_at ON record_idempotency (at);

CREATE TABLE record_version (
  kind TEXT NOT NULL,
  id BLOB NOT NULL,
  version INTEGER NOT NULL,
  audit_id BLOB NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (id, kind, version)
) STRICT;

CREATE TABLE schema_migration (
  name TEXT NOT NULL PRIMARY KEY,
  checksum TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;
