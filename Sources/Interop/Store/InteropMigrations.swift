import Persistence

/// Imports, what was found in them, and the files themselves, without what stood in columns of passwords.
enum InteropMigrations {
  static let all: [Migration] = [imports]

  private static let imports = Migration(
    "20261121_1050_interop",
    up: [
      """
      CREATE TABLE interop_import (
        id {id} NOT NULL PRIMARY KEY,
        source {text} NOT NULL,
        format {text} NOT NULL,
        file_name {text} NOT NULL,
        file_hash {text} NOT NULL,
        school_id {id} REFERENCES directory_org (id),
        mapping {json},
        state {text} NOT NULL
          CHECK (state IN ('mapping', 'checked', 'applying', 'done', 'failed', 'undoing', 'undone')),
        mode {text} NOT NULL CHECK (mode IN ('good_rows', 'all_or_nothing')),
        counts {json} NOT NULL,
        position {int} NOT NULL,
        problem {text},
        account_id {id},
        at {instant} NOT NULL,
        finished_at {instant},
        job_id {id},
        revision {int} NOT NULL
      ) {strict}
      """,
      "CREATE INDEX interop_import_account ON interop_import (account_id, id)",
      "CREATE INDEX interop_import_school ON interop_import (school_id, id)",
      """
      CREATE TABLE interop_finding (
        import_id {id} NOT NULL REFERENCES interop_import (id),
        place {int} NOT NULL,
        severity {text} NOT NULL CHECK (severity IN ('error', 'warning')),
        file {text} NOT NULL,
        file_row {int},
        file_column {text},
        value {text},
        code {text} NOT NULL,
        message {text} NOT NULL,
        PRIMARY KEY (import_id, place)
      ) {strict}
      """,
      "CREATE INDEX interop_finding_code ON interop_finding (import_id, code, place)",
      """
      CREATE TABLE interop_file (
        import_id {id} NOT NULL REFERENCES interop_import (id),
        file {text} NOT NULL,
        piece {int} NOT NULL,
        bytes {blob} NOT NULL,
        PRIMARY KEY (import_id, file, piece)
      ) {strict}
      """,
    ],
    down: ["DROP TABLE interop_file", "DROP TABLE interop_finding", "DROP TABLE interop_import"])
}
