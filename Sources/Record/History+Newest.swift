public import Kernel
public import Persistence
public import Rights

extension History {
  /// One entry of the audit; nil when there is none, or none that `reach` covers.
  public func entry(_ id: AuditID, within reach: Reach, in tx: any Connection) throws -> RecordedVersion? {
    try tx.first(
      """
      SELECT \(RecordedVersion.columns)
      FROM record_audit audit
      JOIN record_version version
        ON version.id = audit.object_id AND version.kind = audit.kind AND version.version = audit.version
      LEFT JOIN record_version earlier
        ON earlier.id = audit.object_id AND earlier.kind = audit.kind AND earlier.version = audit.version - 1
      WHERE audit.id = \(id) AND \(reach.condition(on: "audit.org_id"))
      """)
  }

  /// When the newest entry of the audit was made; nil where nothing was ever recorded.
  public func newestEntryAt(in tx: any Connection) throws -> Instant? {
    try tx.first("SELECT at FROM record_audit ORDER BY id DESC LIMIT 1") { row -> Instant in try row.next() }
  }

  /// How many changes people made to rows of some kinds since a moment; counts to `limit` and no further.
  public func changes(
    byPeopleTo kinds: [String], since moment: Instant, upTo limit: Int, in tx: any Connection
  ) throws -> Int {
    try tx.count(
      """
      SELECT COUNT(*) FROM (
        SELECT id FROM record_audit
        WHERE id >= \(AuditID.first(at: moment)) AND actor_id IS NOT NULL AND kind IN \(list: kinds)
        LIMIT \(limit)
      ) AS changes
      """)
  }
}

extension AccessLog {
  /// When the newest entry of the access log began; nil where nothing was ever written.
  public static func newestEntryAt(in tx: any Connection) throws -> Instant? {
    try tx.first("SELECT at FROM record_access ORDER BY id DESC LIMIT 1") { row -> Instant in try row.next() }
  }
}
