import Persistence

enum NoticesMigrations {
  static let all: [Migration] = [notices]

  /// Accounts and organisations stand here without a reference, as they do in the audit: a notice is kept when whoever
  /// wrote it has gone, and says so.
  private static let notices = Migration(
    "20261121_2110_notices_notice",
    up: [
      """
      CREATE TABLE notices_notice (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        org_id {id},
        title {text} NOT NULL,
        text {text} NOT NULL,
        audience_kind {text} NOT NULL,
        audience_org_id {id},
        audience_role_id {id},
        audience_section_id {id},
        audience_person_id {id},
        audience_word {text},
        is_pinned {bool} NOT NULL CHECK (is_pinned IN (TRUE, FALSE)),
        publish_at {instant},
        expires_at {instant},
        author_id {id},
        state {text} NOT NULL CHECK (state IN ('draft', 'review', 'approved', 'rejected', 'deletion_asked')),
        state_before {text} CHECK (state_before IN ('draft', 'review', 'approved', 'rejected')),
        sent_at {instant},
        reviewer_id {id},
        decided_at {instant},
        shown_from {instant},
        reason {text},
        CHECK (publish_at < expires_at),
        CHECK ((state = 'deletion_asked') = (state_before IS NOT NULL)),
        CHECK (state <> 'approved' OR shown_from IS NOT NULL)
      ) {strict}
      """,
      """
      CREATE INDEX notices_notice_board ON notices_notice (is_pinned, shown_from, id)
      WHERE deletion_id IS NULL AND state = 'approved'
      """,
      """
      CREATE INDEX notices_notice_pending ON notices_notice (id)
      WHERE deletion_id IS NULL AND state IN ('review', 'deletion_asked')
      """,
      "CREATE INDEX notices_notice_author ON notices_notice (author_id, id) WHERE deletion_id IS NULL",
      "CREATE INDEX notices_notice_deletion ON notices_notice (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW notices_notice_live AS SELECT * FROM notices_notice WHERE deletion_id IS NULL",
    ],
    down: ["DROP VIEW notices_notice_live", "DROP TABLE notices_notice"])
}
