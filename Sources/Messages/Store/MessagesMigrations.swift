import Persistence

enum MessagesMigrations {
  static let all: [Migration] = [messages, copies, channels]

  private static let messages = Migration(
    "20261121_2110_messages_message",
    up: [
      """
      CREATE TABLE messages_message (
        id {id} NOT NULL PRIMARY KEY,
        version {int} NOT NULL,
        changed_at {instant} NOT NULL,
        deletion_id {id},
        author_id {id} REFERENCES accounts_account (id) ON DELETE RESTRICT,
        org_id {id} REFERENCES directory_org (id) ON DELETE RESTRICT,
        audience_kind {text} NOT NULL CHECK (audience_kind IN
          ('everyone', 'role', 'school', 'section', 'section_guardians', 'department', 'person')),
        audience_org_id {id},
        audience_role_id {id},
        audience_section_id {id},
        audience_person_id {id},
        audience_word {text},
        subject {text} NOT NULL,
        body {text} NOT NULL,
        priority {text} NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
        by_mail {bool} NOT NULL,
        by_sms {bool} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('draft', 'queued', 'sending', 'sent', 'withdrawn')),
        publish_at {instant},
        expires_at {instant},
        sent_at {instant}
      ) {strict}
      """,
      "CREATE INDEX messages_message_author ON messages_message (author_id, id)",
      "CREATE INDEX messages_message_org ON messages_message (org_id)",
      "CREATE INDEX messages_message_deletion ON messages_message (deletion_id) WHERE deletion_id IS NOT NULL",
      "CREATE VIEW messages_message_live AS SELECT * FROM messages_message WHERE deletion_id IS NULL",
    ],
    down: ["DROP VIEW messages_message_live", "DROP TABLE messages_message"])

  /// A reader is a person, or an account that is nobody's. They are named without a reference: what was sent stays
  /// sent, also when somebody is gone for good.
  private static let copies = Migration(
    "20261121_2111_messages_copy",
    up: [
      """
      CREATE TABLE messages_copy (
        message_id {id} NOT NULL REFERENCES messages_message (id) ON DELETE CASCADE,
        reader_id {id} NOT NULL,
        person_id {id},
        account_id {id},
        about {json} NOT NULL,
        published_at {instant} NOT NULL,
        expires_at {instant},
        read_at {instant},
        hidden_at {instant},
        PRIMARY KEY (message_id, reader_id)
      ) {strict}
      """,
      """
      CREATE INDEX messages_copy_inbox ON messages_copy (reader_id, published_at, message_id)
      WHERE hidden_at IS NULL
      """,
      """
      CREATE INDEX messages_copy_unread ON messages_copy (reader_id, expires_at)
      WHERE read_at IS NULL AND hidden_at IS NULL
      """,
      """
      CREATE TABLE messages_delivery (
        message_id {id} NOT NULL REFERENCES messages_message (id) ON DELETE CASCADE,
        reader_id {id} NOT NULL,
        channel {text} NOT NULL CHECK (channel IN ('inbox', 'mail', 'sms')),
        state {text} NOT NULL CHECK (state IN ('delivered', 'handed', 'skipped')),
        reason {text} CHECK (reason IN ('unwanted', 'no_address', 'bad_address')),
        letter_id {id},
        at {instant} NOT NULL,
        PRIMARY KEY (message_id, reader_id, channel)
      ) {strict}
      """,
    ],
    down: ["DROP TABLE messages_delivery", "DROP TABLE messages_copy"])

  private static let channels = Migration(
    "20261121_2112_messages_channel",
    up: [
      """
      CREATE TABLE messages_channel (
        reader_id {id} NOT NULL PRIMARY KEY,
        by_mail {bool} NOT NULL,
        by_sms {bool} NOT NULL,
        changed_at {instant} NOT NULL
      ) {strict}
      """
    ],
    down: ["DROP TABLE messages_channel"])
}
