import Persistence

enum OutboxMigrations {
  static let all: [Migration] = [
    Migration(
      "20261121_2050_outbox",
      up: [
        """
        CREATE TABLE outbox_letter (
          id {id} NOT NULL PRIMARY KEY,
          channel {text} NOT NULL CHECK (channel IN ('mail', 'sms')),
          template {text},
          recipient {text} NOT NULL,
          name {text},
          subject {text} NOT NULL,
          body {text} NOT NULL,
          language {text} NOT NULL,
          secret {blob},
          account_id {id},
          org_id {id},
          asked_by {id},
          key {text} UNIQUE,
          state {text} NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'doubtful')),
          attempts {int} NOT NULL,
          is_handed {bool} NOT NULL CHECK (is_handed IN (TRUE, FALSE)),
          words {text},
          created_at {instant} NOT NULL,
          next_at {instant},
          sent_at {instant},
          until {instant},
          CHECK ((state = 'sent') = (sent_at IS NOT NULL))
        ) {strict}
        """,
        "CREATE INDEX outbox_letter_state ON outbox_letter (state, id)",
        "CREATE INDEX outbox_letter_asked_by ON outbox_letter (asked_by, id)",
        """
        CREATE TABLE outbox_file (
          letter_id {id} NOT NULL REFERENCES outbox_letter (id) ON DELETE CASCADE,
          position {int} NOT NULL,
          name {text} NOT NULL,
          media_type {text} NOT NULL,
          bytes {blob} NOT NULL,
          PRIMARY KEY (letter_id, position)
        ) {strict}
        """,
        """
        CREATE TABLE outbox_template (
          id {id} NOT NULL PRIMARY KEY,
          version {int} NOT NULL,
          changed_at {instant} NOT NULL,
          deletion_id {id},
          key {text} NOT NULL,
          language {text} NOT NULL,
          subject {text} NOT NULL,
          body {text} NOT NULL
        ) {strict}
        """,
        "CREATE UNIQUE INDEX outbox_template_key ON outbox_template (key, language) WHERE deletion_id IS NULL",
        "CREATE VIEW outbox_template_live AS SELECT * FROM outbox_template WHERE deletion_id IS NULL",
      ],
      down: [
        "DROP VIEW outbox_template_live", "DROP TABLE outbox_template", "DROP TABLE outbox_file",
        "DROP TABLE outbox_letter",
      ])
  ]
}
