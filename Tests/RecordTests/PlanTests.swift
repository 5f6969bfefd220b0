import Kernel
import Persistence
import Rights
import TestSupport
import Testing

@testable import Record

/// The queries that run on millions of rows are answered from an index on both engines.
@Suite struct `Plans of the record's queries` {
  static let id = ID<AnyEntity>.new(at: Library.monday)

  static let queries: [(name: String, sql: SQL, index: String)] = [
    (
      "versions of a row",
      """
      SELECT id FROM record_audit WHERE object_id = \(id) AND kind = 'book' AND version < 9
      ORDER BY version DESC LIMIT 5
      """,
      "record_audit_object"
    ),
    (
      "what an account did",
      "SELECT at FROM record_audit WHERE actor_id = \(id) AND id < \(id) ORDER BY id DESC LIMIT 5",
      "record_audit_actor"
    ),
    (
      "what an import did", "SELECT at FROM record_audit WHERE cause_id = \(id) ORDER BY id DESC LIMIT 5",
      "record_audit_cause"
    ),
    (
      "what an undo walks over",
      """
      SELECT object_id, MIN(version), MAX(version), COUNT(*) FROM record_audit
      WHERE cause_id = \(id) AND kind = 'book' AND object_id < \(id)
      GROUP BY object_id ORDER BY object_id DESC LIMIT 200
      """, "record_audit_undo"
    ),
    ("old keys", "SELECT at FROM record_idempotency WHERE at <= 5 ORDER BY at LIMIT 1", "record_idempotency_at"),
    (
      "the deletion of an undo", "SELECT id FROM record_deletion WHERE root_id = \(id)", "record_deletion_root"
    ),
    (
      "the audit of one organisation", audit(of: [id.retyped()]), "record_audit_org"
    ),
    (
      "the audit of several organisations", audit(of: [id.retyped(), .new(at: Library.monday)]), "record_audit_org"
    ),
    (
      "the audit of one record within an organisation",
      audit(of: [id.retyped()], AuditFilter(object: id)), "record_audit_object"
    ),
    (
      "the recycle bin",
      "SELECT label FROM record_deletion WHERE restored_at IS NULL AND id < \(id) ORDER BY id DESC LIMIT 5",
      "record_deletion"
    ),
  ]

  static func audit(of orgs: Set<OrgID>, _ filter: AuditFilter = AuditFilter()) -> SQL {
    """
    SELECT audit.id FROM record_audit audit
    WHERE \(AuditScope(filter, PageRequest(limit: 5, after: id), Reach(orgs: orgs)).condition)
    """
  }

  @Test func `SQLite uses an index and sorts nothing`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      for query in Self.queries {
        let plan = try await database.read { tx in
          try tx.all("EXPLAIN QUERY PLAN " + query.sql) { row -> String in
            row.skip(3)
            return try row.next()
          }
        }.joined(separator: "; ")
        #expect(plan.contains(query.index), "\(query.name): \(plan)")
        #expect(!plan.contains("SCAN") || plan.contains("USING"), "\(query.name): \(plan)")
        #expect(!plan.contains("TEMP B-TREE"), "\(query.name): \(plan)")
      }
    }
  }

  @Test(.enabled(if: TestDatabase.postgresAddress != nil))
  func `PostgreSQL can use an index`() async throws {
    try await TestDatabase.Engine.postgres.with(Library.migrations) { database in
      for query in Self.queries {
        let plan = try await database.read { tx in
          // On empty tables a scan is cheapest; forbidden, it stays only where there is no other way.
          try tx.run("SET LOCAL enable_seqscan = off")
          try tx.run("SET LOCAL enable_bitmapscan = off")
          try tx.run("SET LOCAL enable_sort = off")
          return try tx.all("EXPLAIN " + query.sql) { row -> String in try row.next() }
        }.joined(separator: "; ")
        #expect(plan.contains(query.index), "\(query.name): \(plan)")
        #expect(!plan.contains("Seq Scan"), "\(query.name): \(plan)")
      }
    }
  }
}
