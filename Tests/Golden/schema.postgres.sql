CREATE TABLE academics_course (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  org_id uuid NOT NULL,
  code text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  credits bigint NOT NULL,
  subject text COLLATE "C",
  search_text text COLLATE "C" NOT NULL,
  CONSTRAINT academics_course_pkey PRIMARY KEY (id),
  CONSTRAINT academics_course_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id) ON DELETE RESTRICT,
  CONSTRAINT academics_course_credits_check CHECK (credits >= 0 AND credits <= 9990000)
);
CREATE UNIQUE INDEX academics_course_code ON academics_course USING btree (org_id, code) WHERE deletion_id IS NULL;
CREATE INDEX academics_course_deletion ON academics_course USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX academics_course_order ON academics_course USING btree (code, id) WHERE deletion_id IS NULL;

CREATE TABLE academics_enrolment (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  section_id uuid NOT NULL,
  student_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  first_on date NOT NULL,
  last_on date,
  reason text COLLATE "C",
  CONSTRAINT academics_enrolment_pkey PRIMARY KEY (id),
  CONSTRAINT academics_enrolment_section_id_fkey FOREIGN KEY (section_id) REFERENCES academics_section(id) ON DELETE RESTRICT,
  CONSTRAINT academics_enrolment_student_id_fkey FOREIGN KEY (student_id) REFERENCES directory_student(id) ON DELETE RESTRICT,
  CONSTRAINT academics_enrolment_check CHECK (last_on IS NULL OR last_on >= first_on),
  CONSTRAINT academics_enrolment_kind_check CHECK (kind = ANY (ARRAY['scheduled'::text, 'homeroom'::text])),
  CONSTRAINT academics_enrolment_status_check CHECK (status = ANY (ARRAY['enrolled'::text, 'dropped'::text, 'completed'::text]))
);
CREATE INDEX academics_enrolment_deletion ON academics_enrolment USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX academics_enrolment_homeroom ON academics_enrolment USING btree (student_id) WHERE deletion_id IS NULL AND status = 'enrolled'::text AND kind = 'homeroom'::text;
CREATE UNIQUE INDEX academics_enrolment_once ON academics_enrolment USING btree (section_id, student_id) WHERE deletion_id IS NULL AND status = 'enrolled'::text;
CREATE INDEX academics_enrolment_section ON academics_enrolment USING btree (section_id, status);
CREATE INDEX academics_enrolment_student ON academics_enrolment USING btree (student_id, status);

CREATE TABLE academics_section (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  school_id uuid NOT NULL,
  course_id uuid,
  kind text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  credits bigint NOT NULL,
  capacity bigint,
  room text COLLATE "C",
  search_text text COLLATE "C" NOT NULL,
  CONSTRAINT academics_section_pkey PRIMARY KEY (id),
  CONSTRAINT academics_section_course_id_fkey FOREIGN KEY (course_id) REFERENCES academics_course(id) ON DELETE RESTRICT,
  CONSTRAINT academics_section_school_id_fkey FOREIGN KEY (school_id) REFERENCES directory_org(id) ON DELETE RESTRICT,
  CONSTRAINT academics_section_capacity_check CHECK (capacity >= 0 AND capacity <= 2000),
  CONSTRAINT academics_section_credits_check CHECK (credits >= 0 AND credits <= 9990000),
  CONSTRAINT academics_section_kind_check CHECK (kind = ANY (ARRAY['scheduled'::text, 'homeroom'::text]))
);
CREATE INDEX academics_section_course ON academics_section USING btree (course_id);
CREATE INDEX academics_section_deletion ON academics_section USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX academics_section_order ON academics_section USING btree (code, id) WHERE deletion_id IS NULL;
CREATE INDEX academics_section_school ON academics_section USING btree (school_id, code, id) WHERE deletion_id IS NULL;

CREATE TABLE academics_section_period (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  section_id uuid NOT NULL,
  period_id uuid NOT NULL,
  CONSTRAINT academics_section_period_pkey PRIMARY KEY (id),
  CONSTRAINT academics_section_period_period_id_fkey FOREIGN KEY (period_id) REFERENCES directory_period(id) ON DELETE RESTRICT,
  CONSTRAINT academics_section_period_section_id_fkey FOREIGN KEY (section_id) REFERENCES academics_section(id) ON DELETE RESTRICT
);
CREATE INDEX academics_section_period_deletion ON academics_section_period USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX academics_section_period_once ON academics_section_period USING btree (section_id, period_id) WHERE deletion_id IS NULL;
CREATE INDEX academics_section_period_period ON academics_section_period USING btree (period_id);

CREATE TABLE academics_section_staff (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  section_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text COLLATE "C" NOT NULL,
  is_primary boolean NOT NULL,
  first_on date,
  last_on date,
  CONSTRAINT academics_section_staff_pkey PRIMARY KEY (id),
  CONSTRAINT academics_section_staff_person_id_fkey FOREIGN KEY (person_id) REFERENCES directory_person(id) ON DELETE RESTRICT,
  CONSTRAINT academics_section_staff_section_id_fkey FOREIGN KEY (section_id) REFERENCES academics_section(id) ON DELETE RESTRICT,
  CONSTRAINT academics_section_staff_check CHECK (last_on IS NULL OR first_on IS NULL OR last_on >= first_on),
  CONSTRAINT academics_section_staff_role_check CHECK (role = ANY (ARRAY['teacher'::text, 'assistant'::text, 'substitute'::text, 'tutor'::text]))
);
CREATE INDEX academics_section_staff_deletion ON academics_section_staff USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX academics_section_staff_once ON academics_section_staff USING btree (section_id, person_id, role) WHERE deletion_id IS NULL AND last_on IS NULL;
CREATE INDEX academics_section_staff_person ON academics_section_staff USING btree (person_id, section_id);
CREATE INDEX academics_section_staff_section ON academics_section_staff USING btree (section_id);

CREATE TABLE accounts_account (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  person_id uuid,
  name text COLLATE "C" NOT NULL,
  sort_name text COLLATE "C" NOT NULL,
  is_enabled boolean NOT NULL,
  must_change_password boolean NOT NULL,
  password_changed_at bigint,
  CONSTRAINT accounts_account_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_account_person_id_fkey FOREIGN KEY (person_id) REFERENCES directory_person(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_account_is_enabled_check CHECK (is_enabled = ANY (ARRAY[true, false])),
  CONSTRAINT accounts_account_must_change_password_check CHECK (must_change_password = ANY (ARRAY[true, false]))
);
CREATE INDEX accounts_account_order ON accounts_account USING btree (sort_name, id) WHERE deletion_id IS NULL;
CREATE UNIQUE INDEX accounts_account_person ON accounts_account USING btree (person_id) WHERE deletion_id IS NULL;

CREATE TABLE accounts_attempt (
  key bytea NOT NULL,
  tries bigint NOT NULL,
  last_at bigint NOT NULL,
  free_at bigint NOT NULL,
  CONSTRAINT accounts_attempt_pkey PRIMARY KEY (key)
);
CREATE INDEX accounts_attempt_last ON accounts_attempt USING btree (last_at);

CREATE TABLE accounts_confirmed_address (
  login_name_id uuid NOT NULL,
  confirmed_at bigint NOT NULL,
  CONSTRAINT accounts_confirmed_address_pkey PRIMARY KEY (login_name_id),
  CONSTRAINT accounts_confirmed_address_login_name_id_fkey FOREIGN KEY (login_name_id) REFERENCES accounts_login_name(id) ON DELETE CASCADE
);

CREATE TABLE accounts_known_place (
  account_id uuid NOT NULL,
  place bytea NOT NULL,
  last_used_at bigint NOT NULL,
  CONSTRAINT accounts_known_place_pkey PRIMARY KEY (account_id, place),
  CONSTRAINT accounts_known_place_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE CASCADE
);

CREATE TABLE accounts_login_name (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  account_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  folded text COLLATE "C" NOT NULL,
  CONSTRAINT accounts_login_name_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_login_name_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_login_name_kind_check CHECK (kind = ANY (ARRAY['email'::text, 'user_name'::text]))
);
CREATE INDEX accounts_login_name_account ON accounts_login_name USING btree (account_id);
CREATE UNIQUE INDEX accounts_login_name_folded ON accounts_login_name USING btree (folded) WHERE deletion_id IS NULL;

CREATE TABLE accounts_mailed_link (
  link_id uuid NOT NULL,
  login_name_id uuid NOT NULL,
  CONSTRAINT accounts_mailed_link_pkey PRIMARY KEY (link_id),
  CONSTRAINT accounts_mailed_link_link_id_fkey FOREIGN KEY (link_id) REFERENCES accounts_recovery(id) ON DELETE CASCADE,
  CONSTRAINT accounts_mailed_link_login_name_id_fkey FOREIGN KEY (login_name_id) REFERENCES accounts_login_name(id) ON DELETE CASCADE
);
CREATE INDEX accounts_mailed_link_name ON accounts_mailed_link USING btree (login_name_id);

CREATE TABLE accounts_password (
  account_id uuid NOT NULL,
  hash text COLLATE "C" NOT NULL,
  CONSTRAINT accounts_password_pkey PRIMARY KEY (account_id),
  CONSTRAINT accounts_password_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE RESTRICT
);

CREATE TABLE accounts_preference (
  account_id uuid NOT NULL,
  theme text COLLATE "C" NOT NULL,
  density text COLLATE "C" NOT NULL,
  has_shortcuts boolean NOT NULL,
  language text COLLATE "C" NOT NULL,
  CONSTRAINT accounts_preference_pkey PRIMARY KEY (account_id),
  CONSTRAINT accounts_preference_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_preference_density_check CHECK (density = ANY (ARRAY['comfortable'::text, 'compact'::text])),
  CONSTRAINT accounts_preference_has_shortcuts_check CHECK (has_shortcuts = ANY (ARRAY[true, false])),
  CONSTRAINT accounts_preference_theme_check CHECK (theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text]))
);

CREATE TABLE accounts_recovery (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  account_id uuid NOT NULL,
  purpose text COLLATE "C" NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint,
  token_hash bytea,
  CONSTRAINT accounts_recovery_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_recovery_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_recovery_purpose_check CHECK (purpose = ANY (ARRAY['invitation'::text, 'recovery'::text]))
);
CREATE INDEX accounts_recovery_account ON accounts_recovery USING btree (account_id);
CREATE UNIQUE INDEX accounts_recovery_token ON accounts_recovery USING btree (token_hash);

CREATE TABLE accounts_refresh_token (
  token_hash bytea NOT NULL,
  session_id uuid NOT NULL,
  issued_at bigint NOT NULL,
  used_at bigint,
  CONSTRAINT accounts_refresh_token_pkey PRIMARY KEY (token_hash),
  CONSTRAINT accounts_refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES accounts_session(id) ON DELETE CASCADE
);
CREATE INDEX accounts_refresh_token_session ON accounts_refresh_token USING btree (session_id);

CREATE TABLE accounts_role (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  code text COLLATE "C",
  name text COLLATE "C" NOT NULL,
  folded text COLLATE "C" NOT NULL,
  about text COLLATE "C" NOT NULL,
  is_administrator boolean NOT NULL,
  grants text COLLATE "C" NOT NULL,
  CONSTRAINT accounts_role_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_role_is_administrator_check CHECK (is_administrator = ANY (ARRAY[true, false]))
);
CREATE UNIQUE INDEX accounts_role_code ON accounts_role USING btree (code) WHERE deletion_id IS NULL;
CREATE UNIQUE INDEX accounts_role_name ON accounts_role USING btree (folded) WHERE deletion_id IS NULL;

CREATE TABLE accounts_role_assignment (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  account_id uuid NOT NULL,
  role_id uuid NOT NULL,
  org_id uuid,
  first_on date,
  last_on date,
  CONSTRAINT accounts_role_assignment_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_role_assignment_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_role_assignment_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_role_assignment_role_id_fkey FOREIGN KEY (role_id) REFERENCES accounts_role(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_role_assignment_check CHECK (first_on <= last_on)
);
CREATE INDEX accounts_role_assignment_account ON accounts_role_assignment USING btree (account_id);
CREATE INDEX accounts_role_assignment_org ON accounts_role_assignment USING btree (org_id);
CREATE INDEX accounts_role_assignment_role ON accounts_role_assignment USING btree (role_id);

CREATE TABLE accounts_session (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  account_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  started_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  idle_limit_ms bigint NOT NULL,
  ended_at bigint,
  ending text COLLATE "C",
  token_hash bytea,
  last_seen_at bigint NOT NULL DEFAULT 0,
  address text COLLATE "C" NOT NULL DEFAULT ''::text,
  agent text COLLATE "C" NOT NULL DEFAULT ''::text,
  CONSTRAINT accounts_session_pkey PRIMARY KEY (id),
  CONSTRAINT accounts_session_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts_account(id) ON DELETE RESTRICT,
  CONSTRAINT accounts_session_kind_check CHECK (kind = ANY (ARRAY['browser'::text, 'api'::text]))
);
CREATE INDEX accounts_session_account ON accounts_session USING btree (account_id);
CREATE INDEX accounts_session_expiry ON accounts_session USING btree (expires_at);
CREATE UNIQUE INDEX accounts_session_token ON accounts_session USING btree (token_hash);

CREATE TABLE accounts_signing_key (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  kid text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  published_at bigint,
  active_from bigint NOT NULL,
  retires_at bigint NOT NULL,
  revoked_at bigint,
  sealed bytea,
  CONSTRAINT accounts_signing_key_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX accounts_signing_key_kid ON accounts_signing_key USING btree (kid);

CREATE TABLE attendance_code (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  org_id uuid,
  letter text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  counts_as text COLLATE "C" NOT NULL,
  CONSTRAINT attendance_code_pkey PRIMARY KEY (id),
  CONSTRAINT attendance_code_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_code_counts_as_check CHECK (counts_as = ANY (ARRAY['present'::text, 'late'::text, 'absent'::text, 'excused'::text, 'neutral'::text]))
);
CREATE INDEX attendance_code_deletion ON attendance_code USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX attendance_code_letter ON attendance_code USING btree (org_id, letter) WHERE deletion_id IS NULL AND org_id IS NOT NULL;
CREATE UNIQUE INDEX attendance_code_preset ON attendance_code USING btree (letter) WHERE deletion_id IS NULL AND org_id IS NULL;

CREATE TABLE attendance_mark (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  register_id uuid NOT NULL,
  student_id uuid NOT NULL,
  truth text COLLATE "C" NOT NULL,
  code_id uuid,
  late_minutes bigint NOT NULL,
  note text COLLATE "C",
  marked_by uuid,
  CONSTRAINT attendance_mark_pkey PRIMARY KEY (id),
  CONSTRAINT attendance_mark_code_id_fkey FOREIGN KEY (code_id) REFERENCES attendance_code(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_mark_marked_by_fkey FOREIGN KEY (marked_by) REFERENCES directory_person(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_mark_register_id_fkey FOREIGN KEY (register_id) REFERENCES attendance_register(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_mark_student_id_fkey FOREIGN KEY (student_id) REFERENCES directory_student(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_mark_late_minutes_check CHECK (late_minutes >= 0 AND late_minutes <= 600),
  CONSTRAINT attendance_mark_truth_check CHECK (truth = ANY (ARRAY['teacher'::text, 'office'::text]))
);
CREATE INDEX attendance_mark_code ON attendance_mark USING btree (code_id);
CREATE INDEX attendance_mark_count ON attendance_mark USING btree (register_id, truth, code_id, deletion_id);
CREATE INDEX attendance_mark_deletion ON attendance_mark USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX attendance_mark_marked_by ON attendance_mark USING btree (marked_by);
CREATE UNIQUE INDEX attendance_mark_once ON attendance_mark USING btree (register_id, student_id, truth) WHERE deletion_id IS NULL;
CREATE INDEX attendance_mark_student ON attendance_mark USING btree (student_id, register_id);

CREATE TABLE attendance_register (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  section_id uuid NOT NULL,
  held_on date NOT NULL,
  period_no bigint NOT NULL,
  taken_by uuid,
  taken_at bigint,
  CONSTRAINT attendance_register_pkey PRIMARY KEY (id),
  CONSTRAINT attendance_register_section_id_fkey FOREIGN KEY (section_id) REFERENCES academics_section(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_register_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES directory_person(id) ON DELETE RESTRICT,
  CONSTRAINT attendance_register_period_no_check CHECK (period_no >= 0 AND period_no <= 20)
);
CREATE INDEX attendance_register_day ON attendance_register USING btree (held_on, section_id);
CREATE INDEX attendance_register_deletion ON attendance_register USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX attendance_register_once ON attendance_register USING btree (section_id, held_on, period_no) WHERE deletion_id IS NULL;
CREATE INDEX attendance_register_section ON attendance_register USING btree (section_id);
CREATE INDEX attendance_register_taken_by ON attendance_register USING btree (taken_by);

CREATE TABLE directory_bulk_change (
  id uuid NOT NULL,
  edit text NOT NULL,
  account_id uuid,
  schools text NOT NULL,
  at bigint NOT NULL,
  total bigint NOT NULL,
  state text COLLATE "C" NOT NULL,
  changed bigint NOT NULL,
  unchanged bigint NOT NULL,
  refused bigint NOT NULL,
  refusals text NOT NULL,
  left_alone bigint NOT NULL,
  job_id uuid,
  finished_at bigint,
  CONSTRAINT directory_bulk_change_pkey PRIMARY KEY (id),
  CONSTRAINT directory_bulk_change_state_check CHECK (state = ANY (ARRAY['changing'::text, 'done'::text, 'undoing'::text, 'undone'::text]))
);

CREATE TABLE directory_bulk_student (
  change_id uuid NOT NULL,
  student_id uuid NOT NULL,
  CONSTRAINT directory_bulk_student_pkey PRIMARY KEY (change_id, student_id),
  CONSTRAINT directory_bulk_student_change_id_fkey FOREIGN KEY (change_id) REFERENCES directory_bulk_change(id)
);

CREATE TABLE directory_contact_point (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  person_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  is_primary boolean NOT NULL,
  verified_at bigint,
  CONSTRAINT directory_contact_point_pkey PRIMARY KEY (id),
  CONSTRAINT directory_contact_point_person_id_fkey FOREIGN KEY (person_id) REFERENCES directory_person(id),
  CONSTRAINT directory_contact_point_kind_check CHECK (kind = ANY (ARRAY['email'::text, 'phone'::text, 'sms'::text]))
);
CREATE INDEX directory_contact_point_deletion ON directory_contact_point USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_contact_point_found ON directory_contact_point USING btree (value) WHERE deletion_id IS NULL;
CREATE UNIQUE INDEX directory_contact_point_value ON directory_contact_point USING btree (person_id, kind, value) WHERE deletion_id IS NULL;

CREATE TABLE directory_current_period (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  org_id uuid NOT NULL,
  period_id uuid NOT NULL,
  CONSTRAINT directory_current_period_pkey PRIMARY KEY (id),
  CONSTRAINT directory_current_period_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id),
  CONSTRAINT directory_current_period_period_id_fkey FOREIGN KEY (period_id) REFERENCES directory_period(id)
);
CREATE INDEX directory_current_period_deletion ON directory_current_period USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX directory_current_period_org ON directory_current_period USING btree (org_id) WHERE deletion_id IS NULL;
CREATE INDEX directory_current_period_period ON directory_current_period USING btree (period_id);

CREATE TABLE directory_custody_right (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  guardianship_id uuid NOT NULL,
  custody text COLLATE "C" NOT NULL,
  allowed boolean NOT NULL,
  first_on date,
  last_on date,
  note text COLLATE "C",
  CONSTRAINT directory_custody_right_pkey PRIMARY KEY (id),
  CONSTRAINT directory_custody_right_guardianship_id_fkey FOREIGN KEY (guardianship_id) REFERENCES directory_guardianship(id),
  CONSTRAINT directory_custody_right_check CHECK (first_on IS NULL OR last_on IS NULL OR first_on <= last_on),
  CONSTRAINT directory_custody_right_custody_check CHECK (custody = ANY (ARRAY['see'::text, 'collect'::text, 'write'::text]))
);
CREATE INDEX directory_custody_right_deletion ON directory_custody_right USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_custody_right_of ON directory_custody_right USING btree (guardianship_id, custody);

CREATE TABLE directory_employment (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  staff_id uuid NOT NULL,
  org_id uuid NOT NULL,
  job text COLLATE "C" NOT NULL,
  department text COLLATE "C",
  number text COLLATE "C",
  first_on date,
  last_on date,
  CONSTRAINT directory_employment_pkey PRIMARY KEY (id),
  CONSTRAINT directory_employment_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id),
  CONSTRAINT directory_employment_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES directory_staff(id),
  CONSTRAINT directory_employment_check CHECK (first_on IS NULL OR last_on IS NULL OR first_on <= last_on)
);
CREATE INDEX directory_employment_deletion ON directory_employment USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX directory_employment_number ON directory_employment USING btree (org_id, number) WHERE number IS NOT NULL AND deletion_id IS NULL;
CREATE INDEX directory_employment_org ON directory_employment USING btree (org_id, staff_id);
CREATE INDEX directory_employment_staff ON directory_employment USING btree (staff_id);

CREATE TABLE directory_external_id (
  source text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  external text COLLATE "C" NOT NULL,
  org_id uuid,
  internal_id uuid NOT NULL,
  import_id uuid,
  CONSTRAINT directory_external_id_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id)
);
CREATE UNIQUE INDEX directory_external_id_any ON directory_external_id USING btree (source, kind, external) WHERE org_id IS NULL;
CREATE INDEX directory_external_id_import ON directory_external_id USING btree (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX directory_external_id_internal ON directory_external_id USING btree (internal_id);
CREATE UNIQUE INDEX directory_external_id_org ON directory_external_id USING btree (source, kind, external, org_id) WHERE org_id IS NOT NULL;
CREATE INDEX directory_external_id_owner ON directory_external_id USING btree (org_id);

CREATE TABLE directory_guardianship (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  student_id uuid NOT NULL,
  guardian_id uuid NOT NULL,
  relation text COLLATE "C" NOT NULL,
  is_primary boolean NOT NULL,
  lives_with boolean NOT NULL,
  note text COLLATE "C",
  CONSTRAINT directory_guardianship_pkey PRIMARY KEY (id),
  CONSTRAINT directory_guardianship_guardian_id_fkey FOREIGN KEY (guardian_id) REFERENCES directory_person(id),
  CONSTRAINT directory_guardianship_student_id_fkey FOREIGN KEY (student_id) REFERENCES directory_student(id)
);
CREATE INDEX directory_guardianship_deletion ON directory_guardianship USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_guardianship_guardian ON directory_guardianship USING btree (guardian_id);
CREATE UNIQUE INDEX directory_guardianship_pair ON directory_guardianship USING btree (student_id, guardian_id) WHERE deletion_id IS NULL;
CREATE UNIQUE INDEX directory_guardianship_primary ON directory_guardianship USING btree (student_id) WHERE is_primary AND deletion_id IS NULL;
CREATE INDEX directory_guardianship_student ON directory_guardianship USING btree (student_id);
CREATE TRIGGER directory_guardianship_changed AFTER INSERT OR UPDATE OF is_primary, guardian_id, relation, deletion_id ON directory_guardianship FOR EACH ROW EXECUTE FUNCTION directory_copy_from_guardianship();

CREATE TABLE directory_number_series (
  org_id uuid NOT NULL,
  prefix text COLLATE "C" NOT NULL,
  digits bigint NOT NULL,
  next bigint NOT NULL,
  CONSTRAINT directory_number_series_pkey PRIMARY KEY (org_id),
  CONSTRAINT directory_number_series_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id),
  CONSTRAINT directory_number_series_digits_check CHECK (digits >= 1 AND digits <= 12)
);

CREATE TABLE directory_org (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  parent_id uuid,
  kind text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  native_name text COLLATE "C",
  time_zone text COLLATE "C" NOT NULL,
  locale text COLLATE "C" NOT NULL,
  week_start bigint NOT NULL,
  CONSTRAINT directory_org_pkey PRIMARY KEY (id),
  CONSTRAINT directory_org_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES directory_org(id),
  CONSTRAINT directory_org_kind_check CHECK (kind = ANY (ARRAY['district'::text, 'school'::text, 'department'::text, 'college'::text, 'partner'::text])),
  CONSTRAINT directory_org_week_start_check CHECK (week_start >= 1 AND week_start <= 7)
);
CREATE UNIQUE INDEX directory_org_code ON directory_org USING btree (code) WHERE deletion_id IS NULL;
CREATE INDEX directory_org_deletion ON directory_org USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_org_name ON directory_org USING btree (name, id) WHERE deletion_id IS NULL;
CREATE INDEX directory_org_parent ON directory_org USING btree (parent_id);

CREATE TABLE directory_period (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  org_id uuid NOT NULL,
  parent_id uuid,
  kind text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  title text COLLATE "C" NOT NULL,
  first_on date NOT NULL,
  last_on date NOT NULL,
  status text COLLATE "C" NOT NULL,
  CONSTRAINT directory_period_pkey PRIMARY KEY (id),
  CONSTRAINT directory_period_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id),
  CONSTRAINT directory_period_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES directory_period(id),
  CONSTRAINT directory_period_check CHECK (first_on <= last_on),
  CONSTRAINT directory_period_kind_check CHECK (kind = ANY (ARRAY['year'::text, 'semester'::text, 'term'::text, 'grading'::text, 'block'::text])),
  CONSTRAINT directory_period_status_check CHECK (status = ANY (ARRAY['open'::text, 'closed'::text]))
);
CREATE UNIQUE INDEX directory_period_code ON directory_period USING btree (org_id, code) WHERE deletion_id IS NULL;
CREATE INDEX directory_period_deletion ON directory_period USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_period_org ON directory_period USING btree (org_id, first_on);
CREATE INDEX directory_period_parent ON directory_period USING btree (parent_id);

CREATE TABLE directory_person (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  display_name text COLLATE "C" NOT NULL,
  given_name text COLLATE "C",
  middle_name text COLLATE "C",
  family_name text COLLATE "C",
  preferred_name text COLLATE "C",
  other_name text COLLATE "C",
  other_language text COLLATE "C",
  sort_name text COLLATE "C" NOT NULL,
  search_name text COLLATE "C" NOT NULL,
  birth_on date,
  sex text COLLATE "C",
  pronouns text COLLATE "C",
  language text COLLATE "C",
  CONSTRAINT directory_person_pkey PRIMARY KEY (id),
  CONSTRAINT directory_person_sex_check CHECK (sex = ANY (ARRAY['female'::text, 'male'::text, 'other'::text, 'unspecified'::text]))
);
CREATE INDEX directory_person_deletion ON directory_person USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_person_sort ON directory_person USING btree (sort_name, id) WHERE deletion_id IS NULL;
CREATE TRIGGER directory_guardian_changed AFTER UPDATE ON directory_person FOR EACH ROW WHEN (new.display_name IS DISTINCT FROM old.display_name OR new.deletion_id IS DISTINCT FROM old.deletion_id) EXECUTE FUNCTION directory_copy_from_guardian();
CREATE TRIGGER directory_person_renamed AFTER UPDATE ON directory_person FOR EACH ROW WHEN (new.sort_name IS DISTINCT FROM old.sort_name OR new.display_name IS DISTINCT FROM old.display_name OR new.other_name IS DISTINCT FROM old.other_name OR new.other_language IS DISTINCT FROM old.other_language OR new.birth_on IS DISTINCT FROM old.birth_on OR new.search_name IS DISTINCT FROM old.search_name) EXECUTE FUNCTION directory_copy_from_person();
CREATE TRIGGER directory_person_words AFTER INSERT OR UPDATE ON directory_person FOR EACH ROW EXECUTE FUNCTION directory_words_of_person();

CREATE TABLE directory_person_name (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  person_id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  display text COLLATE "C" NOT NULL,
  given text COLLATE "C",
  family text COLLATE "C",
  language text COLLATE "C",
  until_on date,
  CONSTRAINT directory_person_name_pkey PRIMARY KEY (id),
  CONSTRAINT directory_person_name_person_id_fkey FOREIGN KEY (person_id) REFERENCES directory_person(id),
  CONSTRAINT directory_person_name_kind_check CHECK (kind = ANY (ARRAY['legal'::text, 'former'::text, 'other_script'::text]))
);
CREATE INDEX directory_person_name_deletion ON directory_person_name USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX directory_person_name_person ON directory_person_name USING btree (person_id);

CREATE TABLE directory_school_enrolment (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  student_id uuid NOT NULL,
  year_id uuid,
  grade text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  first_on date NOT NULL,
  last_on date,
  reason text COLLATE "C",
  CONSTRAINT directory_school_enrolment_pkey PRIMARY KEY (id),
  CONSTRAINT directory_school_enrolment_student_id_fkey FOREIGN KEY (student_id) REFERENCES directory_student(id),
  CONSTRAINT directory_school_enrolment_year_id_fkey FOREIGN KEY (year_id) REFERENCES directory_period(id),
  CONSTRAINT directory_school_enrolment_check CHECK (last_on IS NULL OR first_on <= last_on),
  CONSTRAINT directory_school_enrolment_status_check CHECK (status = ANY (ARRAY['enrolled'::text, 'completed'::text, 'left'::text]))
);
CREATE INDEX directory_school_enrolment_deletion ON directory_school_enrolment USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX directory_school_enrolment_open ON directory_school_enrolment USING btree (student_id) WHERE last_on IS NULL AND deletion_id IS NULL;
CREATE INDEX directory_school_enrolment_student ON directory_school_enrolment USING btree (student_id, first_on);
CREATE INDEX directory_school_enrolment_year ON directory_school_enrolment USING btree (year_id);

CREATE TABLE directory_staff (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  person_id uuid NOT NULL,
  note text COLLATE "C",
  sort_name text COLLATE "C" NOT NULL DEFAULT ''::text,
  display_name text COLLATE "C" NOT NULL DEFAULT ''::text,
  CONSTRAINT directory_staff_pkey PRIMARY KEY (id),
  CONSTRAINT directory_staff_person_id_fkey FOREIGN KEY (person_id) REFERENCES directory_person(id)
);
CREATE INDEX directory_staff_deletion ON directory_staff USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX directory_staff_person ON directory_staff USING btree (person_id) WHERE deletion_id IS NULL;
CREATE INDEX directory_staff_sort ON directory_staff USING btree (sort_name, id) WHERE deletion_id IS NULL;
CREATE TRIGGER directory_staff_named BEFORE INSERT OR UPDATE OF person_id ON directory_staff FOR EACH ROW EXECUTE FUNCTION directory_copy_to_staff();

CREATE TABLE directory_student (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  person_id uuid NOT NULL,
  school_id uuid NOT NULL,
  number text COLLATE "C" NOT NULL,
  grade text COLLATE "C",
  status text COLLATE "C" NOT NULL,
  sort_name text COLLATE "C" NOT NULL DEFAULT ''::text,
  display_name text COLLATE "C" NOT NULL DEFAULT ''::text,
  other_name text COLLATE "C",
  other_language text COLLATE "C",
  birth_on date,
  words text COLLATE "C" NOT NULL DEFAULT ''::text,
  guardian_id uuid,
  guardian_name text COLLATE "C",
  guardian_relation text COLLATE "C",
  CONSTRAINT directory_student_pkey PRIMARY KEY (id),
  CONSTRAINT directory_student_person_id_fkey FOREIGN KEY (person_id) REFERENCES directory_person(id),
  CONSTRAINT directory_student_school_id_fkey FOREIGN KEY (school_id) REFERENCES directory_org(id),
  CONSTRAINT directory_student_status_check CHECK (status = ANY (ARRAY['active'::text, 'inactive'::text, 'graduated'::text, 'suspended'::text, 'on_leave'::text, 'withdrawn'::text]))
);
CREATE INDEX directory_student_deletion ON directory_student USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE UNIQUE INDEX directory_student_number ON directory_student USING btree (school_id, number) WHERE deletion_id IS NULL;
CREATE INDEX directory_student_person ON directory_student USING btree (person_id);
CREATE INDEX directory_student_school_grade ON directory_student USING btree (school_id, grade, sort_name, id) WHERE deletion_id IS NULL;
CREATE INDEX directory_student_school_sort ON directory_student USING btree (school_id, sort_name, id) WHERE deletion_id IS NULL;
CREATE INDEX directory_student_school_status ON directory_student USING btree (school_id, status, sort_name, id) WHERE deletion_id IS NULL;
CREATE INDEX directory_student_sort ON directory_student USING btree (sort_name, id) INCLUDE (person_id, school_id, number, display_name, other_name, other_language, grade, status, birth_on, version, guardian_id, guardian_name, guardian_relation) WHERE deletion_id IS NULL;
CREATE TRIGGER directory_student_named BEFORE INSERT OR UPDATE OF number, person_id ON directory_student FOR EACH ROW EXECUTE FUNCTION directory_copy_to_student();
CREATE TRIGGER directory_student_words AFTER INSERT OR UPDATE ON directory_student FOR EACH ROW EXECUTE FUNCTION directory_words_of_student();

CREATE TABLE directory_student_word (
  word text COLLATE "C" NOT NULL,
  sort_name text COLLATE "C" NOT NULL,
  student_id uuid NOT NULL,
  CONSTRAINT directory_student_word_pkey PRIMARY KEY (word, sort_name, student_id)
);

CREATE TABLE directory_word (
  word text COLLATE "C" NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT directory_word_pkey PRIMARY KEY (word, person_id)
);

CREATE TABLE interop_file (
  import_id uuid NOT NULL,
  file text COLLATE "C" NOT NULL,
  piece bigint NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT interop_file_pkey PRIMARY KEY (import_id, file, piece),
  CONSTRAINT interop_file_import_id_fkey FOREIGN KEY (import_id) REFERENCES interop_import(id)
);

CREATE TABLE interop_finding (
  import_id uuid NOT NULL,
  place bigint NOT NULL,
  severity text COLLATE "C" NOT NULL,
  file text COLLATE "C" NOT NULL,
  file_row bigint,
  file_column text COLLATE "C",
  value text COLLATE "C",
  code text COLLATE "C" NOT NULL,
  message text COLLATE "C" NOT NULL,
  CONSTRAINT interop_finding_pkey PRIMARY KEY (import_id, place),
  CONSTRAINT interop_finding_import_id_fkey FOREIGN KEY (import_id) REFERENCES interop_import(id),
  CONSTRAINT interop_finding_severity_check CHECK (severity = ANY (ARRAY['error'::text, 'warning'::text]))
);
CREATE INDEX interop_finding_code ON interop_finding USING btree (import_id, code, place);

CREATE TABLE interop_import (
  id uuid NOT NULL,
  source text COLLATE "C" NOT NULL,
  format text COLLATE "C" NOT NULL,
  file_name text COLLATE "C" NOT NULL,
  file_hash text COLLATE "C" NOT NULL,
  school_id uuid,
  mapping text,
  state text COLLATE "C" NOT NULL,
  mode text COLLATE "C" NOT NULL,
  counts text NOT NULL,
  position bigint NOT NULL,
  problem text COLLATE "C",
  account_id uuid,
  at bigint NOT NULL,
  finished_at bigint,
  job_id uuid,
  revision bigint NOT NULL,
  CONSTRAINT interop_import_pkey PRIMARY KEY (id),
  CONSTRAINT interop_import_school_id_fkey FOREIGN KEY (school_id) REFERENCES directory_org(id),
  CONSTRAINT interop_import_mode_check CHECK (mode = ANY (ARRAY['good_rows'::text, 'all_or_nothing'::text])),
  CONSTRAINT interop_import_state_check CHECK (state = ANY (ARRAY['mapping'::text, 'checked'::text, 'applying'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text]))
);
CREATE INDEX interop_import_account ON interop_import USING btree (account_id, id);
CREATE INDEX interop_import_school ON interop_import USING btree (school_id, id);

CREATE TABLE jobs_canary (
  job_id uuid NOT NULL,
  piece bigint NOT NULL,
  arrived_at bigint NOT NULL
);
CREATE INDEX jobs_canary_arrived ON jobs_canary USING btree (arrived_at);

CREATE TABLE jobs_job (
  id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL,
  payload text NOT NULL,
  org_id uuid,
  account_id uuid,
  state text COLLATE "C" NOT NULL,
  priority bigint NOT NULL,
  run_after bigint NOT NULL,
  attempts bigint NOT NULL,
  failures bigint NOT NULL,
  deaths bigint NOT NULL,
  skips bigint NOT NULL,
  attempt_limit bigint NOT NULL,
  lease_until bigint,
  lease_token bigint NOT NULL,
  cancel_asked_at bigint,
  progress_done bigint NOT NULL,
  progress_total bigint,
  step text COLLATE "C",
  result text,
  problem text,
  unique_key text COLLATE "C",
  revision bigint NOT NULL,
  created_at bigint NOT NULL,
  started_at bigint,
  finished_at bigint,
  CONSTRAINT jobs_job_pkey PRIMARY KEY (id),
  CONSTRAINT jobs_job_attempt_limit_check CHECK (attempt_limit >= 1),
  CONSTRAINT jobs_job_check CHECK ((state = 'running'::text) = (lease_until IS NOT NULL)),
  CONSTRAINT jobs_job_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'quarantined'::text, 'cancelled'::text]))
);
CREATE INDEX jobs_job_account ON jobs_job USING btree (account_id, id);
CREATE UNIQUE INDEX jobs_job_once ON jobs_job USING btree (unique_key) WHERE state = ANY (ARRAY['waiting'::text, 'running'::text]);
CREATE INDEX jobs_job_state ON jobs_job USING btree (state, id);
CREATE INDEX jobs_job_turn ON jobs_job USING btree (priority DESC, run_after, id) WHERE state = 'waiting'::text;

CREATE TABLE jobs_owed (
  schedule_id uuid NOT NULL,
  due_at bigint NOT NULL,
  missed bigint NOT NULL,
  job_id uuid,
  skipped text COLLATE "C",
  noted_at bigint NOT NULL,
  CONSTRAINT jobs_owed_pkey PRIMARY KEY (schedule_id, due_at),
  CONSTRAINT jobs_owed_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES jobs_schedule(id) ON DELETE CASCADE,
  CONSTRAINT jobs_owed_check CHECK ((job_id IS NULL) = (skipped IS NOT NULL))
);
CREATE INDEX jobs_owed_noted ON jobs_owed USING btree (noted_at);

CREATE TABLE jobs_plan (
  schedule_id uuid NOT NULL,
  version bigint NOT NULL,
  through bigint NOT NULL,
  next_at bigint,
  CONSTRAINT jobs_plan_pkey PRIMARY KEY (schedule_id),
  CONSTRAINT jobs_plan_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES jobs_schedule(id) ON DELETE CASCADE
);

CREATE TABLE jobs_schedule (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  key text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  cron text COLLATE "C" NOT NULL,
  zone text COLLATE "C",
  missed text COLLATE "C" NOT NULL,
  is_on boolean NOT NULL,
  CONSTRAINT jobs_schedule_pkey PRIMARY KEY (id),
  CONSTRAINT jobs_schedule_key_key UNIQUE (key),
  CONSTRAINT jobs_schedule_is_on_check CHECK (is_on = ANY (ARRAY[true, false])),
  CONSTRAINT jobs_schedule_missed_check CHECK (missed = ANY (ARRAY['once'::text, 'each'::text]))
);

CREATE TABLE messages_channel (
  reader_id uuid NOT NULL,
  by_mail boolean NOT NULL,
  by_sms boolean NOT NULL,
  changed_at bigint NOT NULL,
  CONSTRAINT messages_channel_pkey PRIMARY KEY (reader_id)
);

CREATE TABLE messages_copy (
  message_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  person_id uuid,
  account_id uuid,
  about text NOT NULL,
  published_at bigint NOT NULL,
  expires_at bigint,
  read_at bigint,
  hidden_at bigint,
  CONSTRAINT messages_copy_pkey PRIMARY KEY (message_id, reader_id),
  CONSTRAINT messages_copy_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages_message(id) ON DELETE CASCADE
);
CREATE INDEX messages_copy_inbox ON messages_copy USING btree (reader_id, published_at, message_id) WHERE hidden_at IS NULL;
CREATE INDEX messages_copy_unread ON messages_copy USING btree (reader_id, expires_at) WHERE read_at IS NULL AND hidden_at IS NULL;

CREATE TABLE messages_delivery (
  message_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  channel text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  letter_id uuid,
  at bigint NOT NULL,
  CONSTRAINT messages_delivery_pkey PRIMARY KEY (message_id, reader_id, channel),
  CONSTRAINT messages_delivery_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages_message(id) ON DELETE CASCADE,
  CONSTRAINT messages_delivery_channel_check CHECK (channel = ANY (ARRAY['inbox'::text, 'mail'::text, 'sms'::text])),
  CONSTRAINT messages_delivery_reason_check CHECK (reason = ANY (ARRAY['unwanted'::text, 'no_address'::text, 'bad_address'::text])),
  CONSTRAINT messages_delivery_state_check CHECK (state = ANY (ARRAY['delivered'::text, 'handed'::text, 'skipped'::text]))
);

CREATE TABLE messages_message (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  author_id uuid,
  org_id uuid,
  audience_kind text COLLATE "C" NOT NULL,
  audience_org_id uuid,
  audience_role_id uuid,
  audience_section_id uuid,
  audience_person_id uuid,
  audience_word text COLLATE "C",
  subject text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  priority text COLLATE "C" NOT NULL,
  by_mail boolean NOT NULL,
  by_sms boolean NOT NULL,
  state text COLLATE "C" NOT NULL,
  publish_at bigint,
  expires_at bigint,
  sent_at bigint,
  CONSTRAINT messages_message_pkey PRIMARY KEY (id),
  CONSTRAINT messages_message_author_id_fkey FOREIGN KEY (author_id) REFERENCES accounts_account(id) ON DELETE RESTRICT,
  CONSTRAINT messages_message_org_id_fkey FOREIGN KEY (org_id) REFERENCES directory_org(id) ON DELETE RESTRICT,
  CONSTRAINT messages_message_audience_kind_check CHECK (audience_kind = ANY (ARRAY['everyone'::text, 'role'::text, 'school'::text, 'section'::text, 'section_guardians'::text, 'department'::text, 'person'::text])),
  CONSTRAINT messages_message_priority_check CHECK (priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])),
  CONSTRAINT messages_message_state_check CHECK (state = ANY (ARRAY['draft'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'withdrawn'::text]))
);
CREATE INDEX messages_message_author ON messages_message USING btree (author_id, id);
CREATE INDEX messages_message_deletion ON messages_message USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX messages_message_org ON messages_message USING btree (org_id);

CREATE TABLE notices_notice (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  org_id uuid,
  title text COLLATE "C" NOT NULL,
  text text COLLATE "C" NOT NULL,
  audience_kind text COLLATE "C" NOT NULL,
  audience_org_id uuid,
  audience_role_id uuid,
  audience_section_id uuid,
  audience_person_id uuid,
  audience_word text COLLATE "C",
  is_pinned boolean NOT NULL,
  publish_at bigint,
  expires_at bigint,
  author_id uuid,
  state text COLLATE "C" NOT NULL,
  state_before text COLLATE "C",
  sent_at bigint,
  reviewer_id uuid,
  decided_at bigint,
  shown_from bigint,
  reason text COLLATE "C",
  CONSTRAINT notices_notice_pkey PRIMARY KEY (id),
  CONSTRAINT notices_notice_check CHECK (publish_at < expires_at),
  CONSTRAINT notices_notice_check1 CHECK ((state = 'deletion_asked'::text) = (state_before IS NOT NULL)),
  CONSTRAINT notices_notice_check2 CHECK (state <> 'approved'::text OR shown_from IS NOT NULL),
  CONSTRAINT notices_notice_is_pinned_check CHECK (is_pinned = ANY (ARRAY[true, false])),
  CONSTRAINT notices_notice_state_before_check CHECK (state_before = ANY (ARRAY['draft'::text, 'review'::text, 'approved'::text, 'rejected'::text])),
  CONSTRAINT notices_notice_state_check CHECK (state = ANY (ARRAY['draft'::text, 'review'::text, 'approved'::text, 'rejected'::text, 'deletion_asked'::text]))
);
CREATE INDEX notices_notice_author ON notices_notice USING btree (author_id, id) WHERE deletion_id IS NULL;
CREATE INDEX notices_notice_board ON notices_notice USING btree (is_pinned, shown_from, id) WHERE deletion_id IS NULL AND state = 'approved'::text;
CREATE INDEX notices_notice_deletion ON notices_notice USING btree (deletion_id) WHERE deletion_id IS NOT NULL;
CREATE INDEX notices_notice_pending ON notices_notice USING btree (id) WHERE deletion_id IS NULL AND (state = ANY (ARRAY['review'::text, 'deletion_asked'::text]));

CREATE TABLE outbox_file (
  letter_id uuid NOT NULL,
  position bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  media_type text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT outbox_file_pkey PRIMARY KEY (letter_id, "position"),
  CONSTRAINT outbox_file_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES outbox_letter(id) ON DELETE CASCADE
);

CREATE TABLE outbox_letter (
  id uuid NOT NULL,
  channel text COLLATE "C" NOT NULL,
  template text COLLATE "C",
  recipient text COLLATE "C" NOT NULL,
  name text COLLATE "C",
  subject text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  secret bytea,
  account_id uuid,
  org_id uuid,
  asked_by uuid,
  key text COLLATE "C",
  state text COLLATE "C" NOT NULL,
  attempts bigint NOT NULL,
  is_handed boolean NOT NULL,
  words text COLLATE "C",
  created_at bigint NOT NULL,
  next_at bigint,
  sent_at bigint,
  until bigint,
  CONSTRAINT outbox_letter_pkey PRIMARY KEY (id),
  CONSTRAINT outbox_letter_key_key UNIQUE (key),
  CONSTRAINT outbox_letter_channel_check CHECK (channel = ANY (ARRAY['mail'::text, 'sms'::text])),
  CONSTRAINT outbox_letter_check CHECK ((state = 'sent'::text) = (sent_at IS NOT NULL)),
  CONSTRAINT outbox_letter_is_handed_check CHECK (is_handed = ANY (ARRAY[true, false])),
  CONSTRAINT outbox_letter_state_check CHECK (state = ANY (ARRAY['pending'::text, 'sent'::text, 'failed'::text, 'doubtful'::text]))
);
CREATE INDEX outbox_letter_asked_by ON outbox_letter USING btree (asked_by, id);
CREATE INDEX outbox_letter_state ON outbox_letter USING btree (state, id);

CREATE TABLE outbox_template (
  id uuid NOT NULL,
  version bigint NOT NULL,
  changed_at bigint NOT NULL,
  deletion_id uuid,
  key text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  CONSTRAINT outbox_template_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX outbox_template_key ON outbox_template USING btree (key, language) WHERE deletion_id IS NULL;

CREATE TABLE record_access (
  id uuid NOT NULL,
  at bigint NOT NULL,
  actor_id uuid NOT NULL,
  page text COLLATE "C" NOT NULL,
  filter text COLLATE "C",
  subject_ids text COLLATE "C" NOT NULL,
  repeats bigint NOT NULL,
  last_at bigint NOT NULL,
  CONSTRAINT record_access_pkey PRIMARY KEY (id)
);
CREATE INDEX record_access_actor ON record_access USING btree (actor_id, at);

CREATE TABLE record_audit (
  id uuid NOT NULL,
  at bigint NOT NULL,
  actor_id uuid,
  org_id uuid,
  action text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  object_id uuid NOT NULL,
  version bigint NOT NULL,
  request text COLLATE "C",
  reason text COLLATE "C",
  cause_id uuid,
  seal_no bigint,
  hash bytea,
  CONSTRAINT record_audit_pkey PRIMARY KEY (id)
);
CREATE INDEX record_audit_actor ON record_audit USING btree (actor_id, id);
CREATE INDEX record_audit_cause ON record_audit USING btree (cause_id, id) WHERE cause_id IS NOT NULL;
CREATE INDEX record_audit_object ON record_audit USING btree (object_id, version);
CREATE INDEX record_audit_org ON record_audit USING btree (org_id, id) WHERE org_id IS NOT NULL;
CREATE INDEX record_audit_undo ON record_audit USING btree (cause_id, kind, object_id, version) WHERE cause_id IS NOT NULL;

CREATE TABLE record_deletion (
  id uuid NOT NULL,
  root_kind text COLLATE "C" NOT NULL,
  root_id uuid NOT NULL,
  label text COLLATE "C" NOT NULL,
  org_id uuid,
  actor_id uuid,
  at bigint NOT NULL,
  reason text COLLATE "C",
  restored_at bigint,
  CONSTRAINT record_deletion_pkey PRIMARY KEY (id)
);
CREATE INDEX record_deletion_root ON record_deletion USING btree (root_id);
CREATE INDEX record_deletion_waiting ON record_deletion USING btree (id) WHERE restored_at IS NULL;

CREATE TABLE record_idempotency (
  account_id uuid NOT NULL,
  route text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  body_hash bytea NOT NULL,
  at bigint NOT NULL,
  status bigint,
  location text COLLATE "C",
  etag text COLLATE "C",
  answer bytea,
  CONSTRAINT record_idempotency_pkey PRIMARY KEY (account_id, route, key)
);
CREATE INDEX record_idempotency_at ON record_idempotency USING btree (at);

CREATE TABLE record_version (
  kind text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  version bigint NOT NULL,
  audit_id uuid NOT NULL,
  payload text NOT NULL,
  CONSTRAINT record_version_pkey PRIMARY KEY (id, kind, version)
);

CREATE TABLE schema_migration (
  name text COLLATE "C" NOT NULL,
  checksum text COLLATE "C" NOT NULL,
  applied_at bigint NOT NULL,
  CONSTRAINT schema_migration_pkey PRIMARY KEY (name)
);

CREATE VIEW academics_course_live AS
 SELECT academics_course.id,
    academics_course.version,
    academics_course.changed_at,
    academics_course.deletion_id,
    academics_course.org_id,
    academics_course.code,
    academics_course.title,
    academics_course.credits,
    academics_course.subject,
    academics_course.search_text
   FROM academics_course
  WHERE academics_course.deletion_id IS NULL;

CREATE VIEW academics_enrolment_live AS
 SELECT academics_enrolment.id,
    academics_enrolment.version,
    academics_enrolment.changed_at,
    academics_enrolment.deletion_id,
    academics_enrolment.section_id,
    academics_enrolment.student_id,
    academics_enrolment.kind,
    academics_enrolment.status,
    academics_enrolment.first_on,
    academics_enrolment.last_on,
    academics_enrolment.reason
   FROM academics_enrolment
  WHERE academics_enrolment.deletion_id IS NULL;

CREATE VIEW academics_section_live AS
 SELECT academics_section.id,
    academics_section.version,
    academics_section.changed_at,
    academics_section.deletion_id,
    academics_section.school_id,
    academics_section.course_id,
    academics_section.kind,
    academics_section.code,
    academics_section.title,
    academics_section.credits,
    academics_section.capacity,
    academics_section.room,
    academics_section.search_text
   FROM academics_section
  WHERE academics_section.deletion_id IS NULL;

CREATE VIEW academics_section_period_live AS
 SELECT academics_section_period.id,
    academics_section_period.version,
    academics_section_period.changed_at,
    academics_section_period.deletion_id,
    academics_section_period.section_id,
    academics_section_period.period_id
   FROM academics_section_period
  WHERE academics_section_period.deletion_id IS NULL;

CREATE VIEW academics_section_staff_live AS
 SELECT academics_section_staff.id,
    academics_section_staff.version,
    academics_section_staff.changed_at,
    academics_section_staff.deletion_id,
    academics_section_staff.section_id,
    academics_section_staff.person_id,
    academics_section_staff.role,
    academics_section_staff.is_primary,
    academics_section_staff.first_on,
    academics_section_staff.last_on
   FROM academics_section_staff
  WHERE academics_section_staff.deletion_id IS NULL;

CREATE VIEW academics_taught_section AS
 SELECT academics_section_staff_live.person_id,
    academics_section_staff_live.section_id,
    academics_section_staff_live.first_on,
    academics_section_staff_live.last_on
   FROM academics_section_staff_live;

CREATE VIEW academics_taught_student AS
 SELECT taught.person_id,
    enrolment.student_id,
    taught.first_on,
    taught.last_on
   FROM academics_taught_section taught
     JOIN academics_section_live section ON section.id = taught.section_id
     JOIN academics_enrolment_live enrolment ON enrolment.section_id = taught.section_id
  WHERE enrolment.status = 'enrolled'::text;

CREATE VIEW accounts_account_live AS
 SELECT accounts_account.id,
    accounts_account.version,
    accounts_account.changed_at,
    accounts_account.deletion_id,
    accounts_account.person_id,
    accounts_account.name,
    accounts_account.sort_name,
    accounts_account.is_enabled,
    accounts_account.must_change_password,
    accounts_account.password_changed_at
   FROM accounts_account
  WHERE accounts_account.deletion_id IS NULL;

CREATE VIEW accounts_key_revision AS
 SELECT COALESCE(sum(accounts_signing_key.version), 0::numeric)::bigint AS revision
   FROM accounts_signing_key;

CREATE VIEW accounts_language AS
 SELECT accounts_preference.account_id,
    accounts_preference.language
   FROM accounts_preference;

CREATE VIEW accounts_login_name_live AS
 SELECT accounts_login_name.id,
    accounts_login_name.version,
    accounts_login_name.changed_at,
    accounts_login_name.deletion_id,
    accounts_login_name.account_id,
    accounts_login_name.kind,
    accounts_login_name.name,
    accounts_login_name.folded
   FROM accounts_login_name
  WHERE accounts_login_name.deletion_id IS NULL;

CREATE VIEW accounts_recovery_live AS
 SELECT accounts_recovery.id,
    accounts_recovery.version,
    accounts_recovery.changed_at,
    accounts_recovery.deletion_id,
    accounts_recovery.account_id,
    accounts_recovery.purpose,
    accounts_recovery.expires_at,
    accounts_recovery.used_at,
    accounts_recovery.token_hash
   FROM accounts_recovery
  WHERE accounts_recovery.deletion_id IS NULL;

CREATE VIEW accounts_role_assignment_live AS
 SELECT accounts_role_assignment.id,
    accounts_role_assignment.version,
    accounts_role_assignment.changed_at,
    accounts_role_assignment.deletion_id,
    accounts_role_assignment.account_id,
    accounts_role_assignment.role_id,
    accounts_role_assignment.org_id,
    accounts_role_assignment.first_on,
    accounts_role_assignment.last_on
   FROM accounts_role_assignment
  WHERE accounts_role_assignment.deletion_id IS NULL;

CREATE VIEW accounts_role_live AS
 SELECT accounts_role.id,
    accounts_role.version,
    accounts_role.changed_at,
    accounts_role.deletion_id,
    accounts_role.code,
    accounts_role.name,
    accounts_role.folded,
    accounts_role.about,
    accounts_role.is_administrator,
    accounts_role.grants
   FROM accounts_role
  WHERE accounts_role.deletion_id IS NULL;

CREATE VIEW accounts_role_revision AS
 SELECT COALESCE(sum(accounts_role.version), 0::numeric)::bigint AS revision
   FROM accounts_role;

CREATE VIEW accounts_session_live AS
 SELECT accounts_session.id,
    accounts_session.version,
    accounts_session.changed_at,
    accounts_session.deletion_id,
    accounts_session.account_id,
    accounts_session.kind,
    accounts_session.started_at,
    accounts_session.expires_at,
    accounts_session.idle_limit_ms,
    accounts_session.ended_at,
    accounts_session.ending,
    accounts_session.token_hash,
    accounts_session.last_seen_at,
    accounts_session.address,
    accounts_session.agent
   FROM accounts_session
  WHERE accounts_session.deletion_id IS NULL;

CREATE VIEW accounts_signing_key_live AS
 SELECT accounts_signing_key.id,
    accounts_signing_key.version,
    accounts_signing_key.changed_at,
    accounts_signing_key.deletion_id,
    accounts_signing_key.kid,
    accounts_signing_key.created_at,
    accounts_signing_key.published_at,
    accounts_signing_key.active_from,
    accounts_signing_key.retires_at,
    accounts_signing_key.revoked_at,
    accounts_signing_key.sealed
   FROM accounts_signing_key
  WHERE accounts_signing_key.deletion_id IS NULL;

CREATE VIEW attendance_code_live AS
 SELECT attendance_code.id,
    attendance_code.version,
    attendance_code.changed_at,
    attendance_code.deletion_id,
    attendance_code.org_id,
    attendance_code.letter,
    attendance_code.title,
    attendance_code.counts_as
   FROM attendance_code
  WHERE attendance_code.deletion_id IS NULL;

CREATE VIEW attendance_mark_live AS
 SELECT attendance_mark.id,
    attendance_mark.version,
    attendance_mark.changed_at,
    attendance_mark.deletion_id,
    attendance_mark.register_id,
    attendance_mark.student_id,
    attendance_mark.truth,
    attendance_mark.code_id,
    attendance_mark.late_minutes,
    attendance_mark.note,
    attendance_mark.marked_by
   FROM attendance_mark
  WHERE attendance_mark.deletion_id IS NULL;

CREATE VIEW attendance_register_live AS
 SELECT attendance_register.id,
    attendance_register.version,
    attendance_register.changed_at,
    attendance_register.deletion_id,
    attendance_register.section_id,
    attendance_register.held_on,
    attendance_register.period_no,
    attendance_register.taken_by,
    attendance_register.taken_at
   FROM attendance_register
  WHERE attendance_register.deletion_id IS NULL;

CREATE VIEW attendance_standing AS
 SELECT register.section_id,
    register.held_on,
    register.period_no,
    mark.register_id,
    mark.student_id,
    mark.code_id,
    code.letter,
    code.counts_as,
    mark.late_minutes,
    mark.note
   FROM attendance_mark_live mark
     JOIN attendance_register_live register ON register.id = mark.register_id
     JOIN attendance_code_live code ON code.id = mark.code_id
  WHERE register.taken_at IS NOT NULL AND (mark.truth = 'office'::text OR NOT (EXISTS ( SELECT 1
           FROM attendance_mark_live office
          WHERE office.register_id = mark.register_id AND office.student_id = mark.student_id AND office.truth = 'office'::text)));

CREATE VIEW directory_contact_point_live AS
 SELECT directory_contact_point.id,
    directory_contact_point.version,
    directory_contact_point.changed_at,
    directory_contact_point.deletion_id,
    directory_contact_point.person_id,
    directory_contact_point.kind,
    directory_contact_point.value,
    directory_contact_point.is_primary,
    directory_contact_point.verified_at
   FROM directory_contact_point
  WHERE directory_contact_point.deletion_id IS NULL;

CREATE VIEW directory_current_period_live AS
 SELECT directory_current_period.id,
    directory_current_period.version,
    directory_current_period.changed_at,
    directory_current_period.deletion_id,
    directory_current_period.org_id,
    directory_current_period.period_id
   FROM directory_current_period
  WHERE directory_current_period.deletion_id IS NULL;

CREATE VIEW directory_custody_right_live AS
 SELECT directory_custody_right.id,
    directory_custody_right.version,
    directory_custody_right.changed_at,
    directory_custody_right.deletion_id,
    directory_custody_right.guardianship_id,
    directory_custody_right.custody,
    directory_custody_right.allowed,
    directory_custody_right.first_on,
    directory_custody_right.last_on,
    directory_custody_right.note
   FROM directory_custody_right
  WHERE directory_custody_right.deletion_id IS NULL;

CREATE VIEW directory_employment_live AS
 SELECT directory_employment.id,
    directory_employment.version,
    directory_employment.changed_at,
    directory_employment.deletion_id,
    directory_employment.staff_id,
    directory_employment.org_id,
    directory_employment.job,
    directory_employment.department,
    directory_employment.number,
    directory_employment.first_on,
    directory_employment.last_on
   FROM directory_employment
  WHERE directory_employment.deletion_id IS NULL;

CREATE VIEW directory_guardianship_live AS
 SELECT directory_guardianship.id,
    directory_guardianship.version,
    directory_guardianship.changed_at,
    directory_guardianship.deletion_id,
    directory_guardianship.student_id,
    directory_guardianship.guardian_id,
    directory_guardianship.relation,
    directory_guardianship.is_primary,
    directory_guardianship.lives_with,
    directory_guardianship.note
   FROM directory_guardianship
  WHERE directory_guardianship.deletion_id IS NULL;

CREATE VIEW directory_org_live AS
 SELECT directory_org.id,
    directory_org.version,
    directory_org.changed_at,
    directory_org.deletion_id,
    directory_org.parent_id,
    directory_org.kind,
    directory_org.code,
    directory_org.name,
    directory_org.native_name,
    directory_org.time_zone,
    directory_org.locale,
    directory_org.week_start
   FROM directory_org
  WHERE directory_org.deletion_id IS NULL;

CREATE VIEW directory_org_revision AS
 SELECT COALESCE(sum(directory_org.version), 0::numeric)::bigint AS revision
   FROM directory_org;

CREATE VIEW directory_org_within AS
 WITH RECURSIVE within(ancestor_id, org_id) AS (
         SELECT directory_org_live.id,
            directory_org_live.id
           FROM directory_org_live
        UNION
         SELECT within_1.ancestor_id,
            below.id
           FROM within within_1
             JOIN directory_org_live below ON below.parent_id = within_1.org_id
        )
 SELECT within.ancestor_id,
    within.org_id
   FROM within;

CREATE VIEW directory_period_live AS
 SELECT directory_period.id,
    directory_period.version,
    directory_period.changed_at,
    directory_period.deletion_id,
    directory_period.org_id,
    directory_period.parent_id,
    directory_period.kind,
    directory_period.code,
    directory_period.title,
    directory_period.first_on,
    directory_period.last_on,
    directory_period.status
   FROM directory_period
  WHERE directory_period.deletion_id IS NULL;

CREATE VIEW directory_person_live AS
 SELECT directory_person.id,
    directory_person.version,
    directory_person.changed_at,
    directory_person.deletion_id,
    directory_person.display_name,
    directory_person.given_name,
    directory_person.middle_name,
    directory_person.family_name,
    directory_person.preferred_name,
    directory_person.other_name,
    directory_person.other_language,
    directory_person.sort_name,
    directory_person.search_name,
    directory_person.birth_on,
    directory_person.sex,
    directory_person.pronouns,
    directory_person.language
   FROM directory_person
  WHERE directory_person.deletion_id IS NULL;

CREATE VIEW directory_person_name_live AS
 SELECT directory_person_name.id,
    directory_person_name.version,
    directory_person_name.changed_at,
    directory_person_name.deletion_id,
    directory_person_name.person_id,
    directory_person_name.kind,
    directory_person_name.display,
    directory_person_name.given,
    directory_person_name.family,
    directory_person_name.language,
    directory_person_name.until_on
   FROM directory_person_name
  WHERE directory_person_name.deletion_id IS NULL;

CREATE VIEW directory_school_enrolment_live AS
 SELECT directory_school_enrolment.id,
    directory_school_enrolment.version,
    directory_school_enrolment.changed_at,
    directory_school_enrolment.deletion_id,
    directory_school_enrolment.student_id,
    directory_school_enrolment.year_id,
    directory_school_enrolment.grade,
    directory_school_enrolment.status,
    directory_school_enrolment.first_on,
    directory_school_enrolment.last_on,
    directory_school_enrolment.reason
   FROM directory_school_enrolment
  WHERE directory_school_enrolment.deletion_id IS NULL;

CREATE VIEW directory_staff_live AS
 SELECT directory_staff.id,
    directory_staff.version,
    directory_staff.changed_at,
    directory_staff.deletion_id,
    directory_staff.person_id,
    directory_staff.note,
    directory_staff.sort_name,
    directory_staff.display_name
   FROM directory_staff
  WHERE directory_staff.deletion_id IS NULL;

CREATE VIEW directory_staff_place AS
 SELECT directory_staff.id,
    directory_staff.sort_name
   FROM directory_staff;

CREATE VIEW directory_student_live AS
 SELECT directory_student.id,
    directory_student.version,
    directory_student.changed_at,
    directory_student.deletion_id,
    directory_student.person_id,
    directory_student.school_id,
    directory_student.number,
    directory_student.grade,
    directory_student.status,
    directory_student.sort_name,
    directory_student.display_name,
    directory_student.other_name,
    directory_student.other_language,
    directory_student.birth_on,
    directory_student.words,
    directory_student.guardian_id,
    directory_student.guardian_name,
    directory_student.guardian_relation
   FROM directory_student
  WHERE directory_student.deletion_id IS NULL;

CREATE VIEW directory_student_place AS
 SELECT directory_student.id,
    directory_student.school_id,
    directory_student.number,
    directory_student.sort_name
   FROM directory_student;

CREATE VIEW jobs_schedule_live AS
 SELECT jobs_schedule.id,
    jobs_schedule.version,
    jobs_schedule.changed_at,
    jobs_schedule.deletion_id,
    jobs_schedule.key,
    jobs_schedule.kind,
    jobs_schedule.cron,
    jobs_schedule.zone,
    jobs_schedule.missed,
    jobs_schedule.is_on
   FROM jobs_schedule
  WHERE jobs_schedule.deletion_id IS NULL;

CREATE VIEW messages_message_live AS
 SELECT messages_message.id,
    messages_message.version,
    messages_message.changed_at,
    messages_message.deletion_id,
    messages_message.author_id,
    messages_message.org_id,
    messages_message.audience_kind,
    messages_message.audience_org_id,
    messages_message.audience_role_id,
    messages_message.audience_section_id,
    messages_message.audience_person_id,
    messages_message.audience_word,
    messages_message.subject,
    messages_message.body,
    messages_message.priority,
    messages_message.by_mail,
    messages_message.by_sms,
    messages_message.state,
    messages_message.publish_at,
    messages_message.expires_at,
    messages_message.sent_at
   FROM messages_message
  WHERE messages_message.deletion_id IS NULL;

CREATE VIEW notices_notice_live AS
 SELECT notices_notice.id,
    notices_notice.version,
    notices_notice.changed_at,
    notices_notice.deletion_id,
    notices_notice.org_id,
    notices_notice.title,
    notices_notice.text,
    notices_notice.audience_kind,
    notices_notice.audience_org_id,
    notices_notice.audience_role_id,
    notices_notice.audience_section_id,
    notices_notice.audience_person_id,
    notices_notice.audience_word,
    notices_notice.is_pinned,
    notices_notice.publish_at,
    notices_notice.expires_at,
    notices_notice.author_id,
    notices_notice.state,
    notices_notice.state_before,
    notices_notice.sent_at,
    notices_notice.reviewer_id,
    notices_notice.decided_at,
    notices_notice.shown_from,
    notices_notice.reason
   FROM notices_notice
  WHERE notices_notice.deletion_id IS NULL;

CREATE VIEW outbox_template_live AS
 SELECT outbox_template.id,
    outbox_template.version,
    outbox_template.changed_at,
    outbox_template.deletion_id,
    outbox_template.key,
    outbox_template.language,
    outbox_template.subject,
    outbox_template.body
   FROM outbox_template
  WHERE outbox_template.deletion_id IS NULL;

CREATE OR REPLACE FUNCTION directory_copy_from_guardian()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM directory_copy_guardian(g.student_id) FROM directory_guardianship AS g WHERE g.guardian_id = NEW.id;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION directory_copy_from_guardianship()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' OR NEW.is_primary THEN
    PERFORM directory_copy_guardian(NEW.student_id);
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION directory_copy_from_person()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE directory_student SET person_id = person_id WHERE person_id = NEW.id;
  UPDATE directory_staff SET person_id = person_id WHERE person_id = NEW.id;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION directory_copy_guardian(student uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
  UPDATE directory_student AS s
  SET (guardian_id, guardian_name, guardian_relation) = (
    SELECT p.id, p.display_name, g.relation
    FROM directory_guardianship AS g JOIN directory_person AS p ON p.id = g.guardian_id
    WHERE g.student_id = s.id AND g.is_primary AND g.deletion_id IS NULL AND p.deletion_id IS NULL)
  WHERE s.id = student;
$function$
;

CREATE OR REPLACE FUNCTION directory_copy_to_staff()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT p.sort_name, p.display_name INTO NEW.sort_name, NEW.display_name
  FROM directory_person AS p WHERE p.id = NEW.person_id;
  RETURN NEW;
END $function$
;

CREATE OR REPLACE FUNCTION directory_copy_to_student()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT p.sort_name, p.display_name, p.other_name, p.other_language, p.birth_on,
    p.search_name || ' ' || lower(translate(NEW.number, '-/._', '    ')) || ' '
    || lower(translate(NEW.number, '-/._', ''))
  INTO NEW.sort_name, NEW.display_name, NEW.other_name, NEW.other_language, NEW.birth_on, NEW.words
  FROM directory_person AS p WHERE p.id = NEW.person_id;
  RETURN NEW;
END $function$
;

CREATE OR REPLACE FUNCTION directory_replace_words(person uuid, before text, after text)
 RETURNS void
 LANGUAGE sql
AS $function$
  DELETE FROM directory_word WHERE person_id = person AND word = ANY (string_to_array(before, ' '));
  INSERT INTO directory_word (word, person_id)
    SELECT DISTINCT cut, person FROM unnest(string_to_array(after, ' ')) AS cut WHERE cut <> ''
    ON CONFLICT DO NOTHING;
$function$
;

CREATE OR REPLACE FUNCTION directory_words_of_person()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM directory_replace_words(NEW.id, '', NEW.search_name);
  ELSIF NEW.search_name <> OLD.search_name THEN
    PERFORM directory_replace_words(NEW.id, OLD.search_name, NEW.search_name);
  END IF;
  RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION directory_words_of_student()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.words, NEW.sort_name, NEW.deletion_id IS NULL)
      = (OLD.words, OLD.sort_name, OLD.deletion_id IS NULL) THEN
      RETURN NULL;
    END IF;
    DELETE FROM directory_student_word WHERE sort_name = OLD.sort_name AND student_id = OLD.id
      AND word = ANY (string_to_array(OLD.words, ' '));
  END IF;
  IF NEW.deletion_id IS NULL THEN
    INSERT INTO directory_student_word (word, sort_name, student_id)
      SELECT DISTINCT cut, NEW.sort_name, NEW.id FROM unnest(string_to_array(NEW.words, ' ')) AS cut
      WHERE cut <> '' ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $function$
;
