public import Persistence

extension Record {
  /// The tables of audit, versions, deletions, the access log and idempotency keys.
  public static let migrations: [Migration] = [
    Migration(
      "20261121_0900_record",
      up: [
        """
        CREATE TABLE record_audit (
          id {id} NOT NULL PRIMARY KEY,
          at {instant} NOT NULL,
          actor_id {id},
          org_id {id},
          action {text} NOT NULL,
          kind {text} NOT NULL,
          object_id {id} NOT NULL,
          version {int} NOT NULL,
          request {text},
          reason {text},
          cause_id {id},
          seal_no {int},
          hash {blob}
        ) {strict}
        """,
        "CREATE INDEX record_audit_object ON record_audit (object_id, version)",
        "CREATE INDEX record_audit_actor ON record_audit (actor_id, id)",
        "CREATE INDEX record_audit_cause ON record_audit (cause_id, id) WHERE cause_id IS NOT NULL",
        """
        CREATE INDEX record_audit_undo ON record_audit (cause_id, kind, object_id, version) WHERE cause_id IS NOT NULL
        """,
        """
        CREATE TABLE record_version (
          kind {text} NOT NULL,
          id {id} NOT NULL,
          version {int} NOT NULL,
          audit_id {id} NOT NULL,
          payload {json} NOT NULL,
          PRIMARY KEY (id, kind, version)
        ) {strict}
        """,
        """
        CREATE TABLE record_deletion (
          id {id} NOT NULL PRIMARY KEY,
          root_kind {text} NOT NULL,
          root_id {id} NOT NULL,
          label {text} NOT NULL,
          org_id {id},
          actor_id {id},
          at {instant} NOT NULL,
          reason {text},
          restored_at {instant}
        ) {strict}
        """,
        "CREATE INDEX record_deletion_waiting ON record_deletion (id) WHERE restored_at IS NULL",
        "CREATE INDEX record_deletion_root ON record_deletion (root_id)",
        """
        CREATE TABLE record_access (
          id {id} NOT NULL PRIMARY KEY,
          at {instant} NOT NULL,
          actor_id {id} NOT NULL,
          page {text} NOT NULL,
          filter {text},
          subject_ids {text} NOT NULL,
          repeats {int} NOT NULL,
          last_at {instant} NOT NULL
        ) {strict}
        """,
        "CREATE INDEX record_access_actor ON record_access (actor_id, at)",
        """
        CREATE TABLE record_idempotency (
          account_id {id} NOT NULL,
          route {text} NOT NULL,
          key {text} NOT NULL,
          body_hash {blob} NOT NULL,
          at {instant} NOT NULL,
          status {int},
          location {text},
          etag {text},
          answer {blob},
          PRIMARY KEY (account_id, route, key)
        ) {strict}
        """,
        "CREATE INDEX record_idempotency_at ON record_idempotency (at)",
      ],
      down: [
        "DROP TABLE record_idempotency", "DROP TABLE record_access", "DROP TABLE record_deletion",
        "DROP TABLE record_version", "DROP TABLE record_audit",
      ]),
    Migration(
      "20261121_1110_record_audit_org",
      up: ["CREATE INDEX record_audit_org ON record_audit (org_id, id) WHERE org_id IS NOT NULL"],
      down: ["DROP INDEX record_audit_org"]),
  ]
}
