import Persistence

enum JobsMigrations {
  static let all: [Migration] = [
    Migration(
      "20261121_0930_jobs",
      up: [
        """
        CREATE TABLE jobs_job (
          id {id} NOT NULL PRIMARY KEY,
          kind {text} NOT NULL,
          payload {json} NOT NULL,
          org_id {id},
          account_id {id},
          state {text} NOT NULL
            CHECK (state IN ('waiting', 'running', 'done', 'failed', 'quarantined', 'cancelled')),
          priority {int} NOT NULL,
          run_after {instant} NOT NULL,
          attempts {int} NOT NULL,
          failures {int} NOT NULL,
          deaths {int} NOT NULL,
          skips {int} NOT NULL,
          attempt_limit {int} NOT NULL CHECK (attempt_limit >= 1),
          lease_until {instant},
          lease_token {int} NOT NULL,
          cancel_asked_at {instant},
          progress_done {int} NOT NULL,
          progress_total {int},
          step {text},
          result {json},
          problem {json},
          unique_key {text},
          revision {int} NOT NULL,
          created_at {instant} NOT NULL,
          started_at {instant},
          finished_at {instant},
          CHECK ((state = 'running') = (lease_until IS NOT NULL))
        ) {strict}
        """,
        // Nothing else stands in it, so the line is as long as what waits; and a lease is renewed without touching any.
        "CREATE INDEX jobs_job_turn ON jobs_job (priority DESC, run_after, id) WHERE state = 'waiting'",
        "CREATE INDEX jobs_job_state ON jobs_job (state, id)",
        "CREATE INDEX jobs_job_account ON jobs_job (account_id, id)",
        "CREATE UNIQUE INDEX jobs_job_once ON jobs_job (unique_key) WHERE state IN ('waiting', 'running')",
      ],
      down: ["DROP TABLE jobs_job"]),
    Migration(
      "20261121_1120_jobs_schedule",
      up: [
        """
        CREATE TABLE jobs_schedule (
          id {id} NOT NULL PRIMARY KEY,
          version {int} NOT NULL,
          changed_at {instant} NOT NULL,
          deletion_id {id},
          key {text} NOT NULL UNIQUE,
          kind {text} NOT NULL,
          cron {text} NOT NULL,
          zone {text},
          missed {text} NOT NULL CHECK (missed IN ('once', 'each')),
          is_on {bool} NOT NULL CHECK (is_on IN (TRUE, FALSE))
        ) {strict}
        """,
        "CREATE VIEW jobs_schedule_live AS SELECT * FROM jobs_schedule WHERE deletion_id IS NULL",
        """
        CREATE TABLE jobs_plan (
          schedule_id {id} NOT NULL PRIMARY KEY REFERENCES jobs_schedule (id) ON DELETE CASCADE,
          version {int} NOT NULL,
          through {instant} NOT NULL,
          next_at {instant}
        ) {strict}
        """,
        """
        CREATE TABLE jobs_owed (
          schedule_id {id} NOT NULL REFERENCES jobs_schedule (id) ON DELETE CASCADE,
          due_at {instant} NOT NULL,
          missed {int} NOT NULL,
          job_id {id},
          skipped {text},
          noted_at {instant} NOT NULL,
          PRIMARY KEY (schedule_id, due_at),
          CHECK ((job_id IS NULL) = (skipped IS NOT NULL))
        ) {strict}
        """,
        "CREATE INDEX jobs_owed_noted ON jobs_owed (noted_at)",
        """
        CREATE TABLE jobs_canary (job_id {id} NOT NULL, piece {int} NOT NULL, arrived_at {instant} NOT NULL) {strict}
        """,
        "CREATE INDEX jobs_canary_arrived ON jobs_canary (arrived_at)",
      ],
      down: [
        "DROP TABLE jobs_canary", "DROP TABLE jobs_owed", "DROP TABLE jobs_plan", "DROP VIEW jobs_schedule_live",
        "DROP TABLE jobs_schedule",
      ]),
  ]
}
