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
          state {text} NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
          priority {int} NOT NULL,
          run_after {instant} NOT NULL,
          attempts {int} NOT NULL,
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
        "CREATE INDEX jobs_job_turn ON jobs_job (state, priority DESC, run_after, id)",
        "CREATE INDEX jobs_job_lease ON jobs_job (state, lease_until)",
        "CREATE INDEX jobs_job_state ON jobs_job (state, id)",
        "CREATE INDEX jobs_job_account ON jobs_job (account_id, id)",
        "CREATE UNIQUE INDEX jobs_job_once ON jobs_job (unique_key) WHERE state IN ('waiting', 'running')",
      ],
      down: ["DROP TABLE jobs_job"])
  ]
}
