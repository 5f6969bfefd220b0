import Persistence

enum AccountsMigrations {
  static let all: [Migration] = [accounts, roles, sessions, keys, mailedLinks, languages]

  private static let accounts = Migration(
    "20261121_1040_accounts_account",
    up: [
      """
      CREATE TABLE accounts_account (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        person_id {id} REFERENCES directory_person (id) ON DELETE RESTRICT,
        name {text} NOT NULL,
        sort_name {text} NOT NULL,
        is_enabled {bool} NOT NULL CHECK (is_enabled IN (TRUE, FALSE)),
        must_change_password {bool} NOT NULL CHECK (must_change_password IN (TRUE, FALSE)),
        password_changed_at {instant}
      ) {strict}
      """,
      "CREATE UNIQUE INDEX accounts_account_person ON accounts_account (person_id) WHERE deletion_id IS NULL",
      "CREATE INDEX accounts_account_order ON accounts_account (sort_name, id) WHERE deletion_id IS NULL",
      "CREATE VIEW accounts_account_live AS SELECT * FROM accounts_account WHERE deletion_id IS NULL",
      """
      CREATE TABLE accounts_login_name (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        account_id {id} NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
        kind {text} NOT NULL CHECK (kind IN ('email', 'user_name')),
        name {text} NOT NULL,
        folded {text} NOT NULL
      ) {strict}
      """,
      "CREATE UNIQUE INDEX accounts_login_name_folded ON accounts_login_name (folded) WHERE deletion_id IS NULL",
      "CREATE INDEX accounts_login_name_account ON accounts_login_name (account_id)",
      "CREATE VIEW accounts_login_name_live AS SELECT * FROM accounts_login_name WHERE deletion_id IS NULL",
      """
      CREATE TABLE accounts_password (
        account_id {id} NOT NULL PRIMARY KEY REFERENCES accounts_account (id) ON DELETE RESTRICT,
        hash {text} NOT NULL
      ) {strict}
      """,
      """
      CREATE TABLE accounts_preference (
        account_id {id} NOT NULL PRIMARY KEY REFERENCES accounts_account (id) ON DELETE RESTRICT,
        theme {text} NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
        density {text} NOT NULL CHECK (density IN ('comfortable', 'compact')),
        has_shortcuts {bool} NOT NULL CHECK (has_shortcuts IN (TRUE, FALSE)),
        language {text} NOT NULL
      ) {strict}
      """,
    ],
    down: [
      "DROP TABLE accounts_preference", "DROP TABLE accounts_password", "DROP VIEW accounts_login_name_live",
      "DROP TABLE accounts_login_name", "DROP VIEW accounts_account_live", "DROP TABLE accounts_account",
    ])

  /// The revision grows with every change of a role, deleting and restoring included, for each raises a row's version:
  /// it tells at a glance whether rights that were worked out before still hold. Organisations have one as well.
  private static let roles = Migration(
    "20261121_1041_accounts_role",
    up: [
      """
      CREATE TABLE accounts_role (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        code {text},
        name {text} NOT NULL,
        folded {text} NOT NULL,
        about {text} NOT NULL,
        is_administrator {bool} NOT NULL CHECK (is_administrator IN (TRUE, FALSE)),
        grants {text} NOT NULL
      ) {strict}
      """,
      "CREATE UNIQUE INDEX accounts_role_name ON accounts_role (folded) WHERE deletion_id IS NULL",
      "CREATE UNIQUE INDEX accounts_role_code ON accounts_role (code) WHERE deletion_id IS NULL",
      "CREATE VIEW accounts_role_live AS SELECT * FROM accounts_role WHERE deletion_id IS NULL",
      """
      CREATE TABLE accounts_role_assignment (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        account_id {id} NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
        role_id {id} NOT NULL REFERENCES accounts_role (id) ON DELETE RESTRICT,
        org_id {id} REFERENCES directory_org (id) ON DELETE RESTRICT,
        first_on {date},
        last_on {date},
        CHECK (first_on <= last_on)
      ) {strict}
      """,
      "CREATE INDEX accounts_role_assignment_account ON accounts_role_assignment (account_id)",
      "CREATE INDEX accounts_role_assignment_role ON accounts_role_assignment (role_id)",
      "CREATE INDEX accounts_role_assignment_org ON accounts_role_assignment (org_id)",
      """
      CREATE VIEW accounts_role_assignment_live AS SELECT * FROM accounts_role_assignment WHERE deletion_id IS NULL
      """,
      """
      CREATE VIEW accounts_role_revision AS
      SELECT CAST(COALESCE(SUM(version), 0) AS {int}) AS revision FROM accounts_role
      """,
    ],
    down: [
      "DROP VIEW accounts_role_revision", "DROP VIEW accounts_role_assignment_live",
      "DROP TABLE accounts_role_assignment", "DROP VIEW accounts_role_live", "DROP TABLE accounts_role",
    ])

  private static let sessions = Migration(
    "20261121_1042_accounts_session",
    up: [
      """
      CREATE TABLE accounts_session (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        account_id {id} NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
        kind {text} NOT NULL CHECK (kind IN ('browser', 'api')),
        started_at {instant} NOT NULL,
        expires_at {instant} NOT NULL,
        idle_limit_ms {int} NOT NULL,
        ended_at {instant},
        ending {text},
        token_hash {blob},
        last_seen_at {instant} NOT NULL DEFAULT 0,
        address {text} NOT NULL DEFAULT '',
        agent {text} NOT NULL DEFAULT ''
      ) {strict}
      """,
      "CREATE UNIQUE INDEX accounts_session_token ON accounts_session (token_hash)",
      "CREATE INDEX accounts_session_account ON accounts_session (account_id)",
      "CREATE INDEX accounts_session_expiry ON accounts_session (expires_at)",
      "CREATE VIEW accounts_session_live AS SELECT * FROM accounts_session WHERE deletion_id IS NULL",
      """
      CREATE TABLE accounts_refresh_token (
        token_hash {blob} NOT NULL PRIMARY KEY,
        session_id {id} NOT NULL REFERENCES accounts_session (id) ON DELETE CASCADE,
        issued_at {instant} NOT NULL,
        used_at {instant}
      ) {strict}
      """,
      "CREATE INDEX accounts_refresh_token_session ON accounts_refresh_token (session_id)",
      """
      CREATE TABLE accounts_recovery (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        account_id {id} NOT NULL REFERENCES accounts_account (id) ON DELETE RESTRICT,
        purpose {text} NOT NULL CHECK (purpose IN ('invitation', 'recovery')),
        expires_at {instant} NOT NULL,
        used_at {instant},
        token_hash {blob}
      ) {strict}
      """,
      "CREATE UNIQUE INDEX accounts_recovery_token ON accounts_recovery (token_hash)",
      "CREATE INDEX accounts_recovery_account ON accounts_recovery (account_id)",
      "CREATE VIEW accounts_recovery_live AS SELECT * FROM accounts_recovery WHERE deletion_id IS NULL",
      """
      CREATE TABLE accounts_known_place (
        account_id {id} NOT NULL REFERENCES accounts_account (id) ON DELETE CASCADE,
        place {blob} NOT NULL,
        last_used_at {instant} NOT NULL,
        PRIMARY KEY (account_id, place)
      ) {strict}
      """,
      """
      CREATE TABLE accounts_attempt (
        key {blob} NOT NULL PRIMARY KEY,
        tries {int} NOT NULL,
        last_at {instant} NOT NULL,
        free_at {instant} NOT NULL
      ) {strict}
      """,
      "CREATE INDEX accounts_attempt_last ON accounts_attempt (last_at)",
    ],
    down: [
      "DROP TABLE accounts_attempt", "DROP TABLE accounts_known_place", "DROP VIEW accounts_recovery_live",
      "DROP TABLE accounts_recovery", "DROP TABLE accounts_refresh_token", "DROP VIEW accounts_session_live",
      "DROP TABLE accounts_session",
    ])

  private static let mailedLinks = Migration(
    "20261121_2100_accounts_mailed_link",
    up: [
      """
      CREATE TABLE accounts_mailed_link (
        link_id {id} NOT NULL PRIMARY KEY REFERENCES accounts_recovery (id) ON DELETE CASCADE,
        login_name_id {id} NOT NULL REFERENCES accounts_login_name (id) ON DELETE CASCADE
      ) {strict}
      """,
      "CREATE INDEX accounts_mailed_link_name ON accounts_mailed_link (login_name_id)",
      """
      CREATE TABLE accounts_confirmed_address (
        login_name_id {id} NOT NULL PRIMARY KEY REFERENCES accounts_login_name (id) ON DELETE CASCADE,
        confirmed_at {instant} NOT NULL
      ) {strict}
      """,
    ],
    down: ["DROP TABLE accounts_confirmed_address", "DROP TABLE accounts_mailed_link"])

  /// Which language somebody reads, for the slices that write to people.
  private static let languages = Migration(
    "20261122_0100_accounts_language",
    up: ["CREATE VIEW accounts_language AS SELECT account_id, language FROM accounts_preference"],
    down: ["DROP VIEW accounts_language"])

  private static let keys = Migration(
    "20261121_1043_accounts_signing_key",
    up: [
      """
      CREATE TABLE accounts_signing_key (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        kid {text} NOT NULL,
        created_at {instant} NOT NULL,
        published_at {instant},
        active_from {instant} NOT NULL,
        retires_at {instant} NOT NULL,
        revoked_at {instant},
        sealed {blob}
      ) {strict}
      """,
      "CREATE UNIQUE INDEX accounts_signing_key_kid ON accounts_signing_key (kid)",
      "CREATE VIEW accounts_signing_key_live AS SELECT * FROM accounts_signing_key WHERE deletion_id IS NULL",
      """
      CREATE VIEW accounts_key_revision AS
      SELECT CAST(COALESCE(SUM(version), 0) AS {int}) AS revision FROM accounts_signing_key
      """,
    ],
    down: [
      "DROP VIEW accounts_key_revision", "DROP VIEW accounts_signing_key_live", "DROP TABLE accounts_signing_key",
    ])
}
