import Kernel
import Persistence
import Rights

extension Record {
  /// One new version, about to be written down.
  struct Noted {
    let id: ID<AnyEntity>
    let version: Int
    let image: String
    let org: OrgID?
  }

  /// Puts rows into the recycle bin; those that are there already are left as they are.
  func delete(
    _ ids: [ID<AnyEntity>], from table: AnyRecordedTable, as deletion: DeletionID, _ change: Change,
    in tx: any Connection
  ) throws {
    for batch in ids.batches(of: Self.batch) {
      let gone = try tx.all(
        """
        UPDATE \(table.name) SET deletion_id = \(deletion), version = version + 1, changed_at = \(change.at)
        WHERE id IN \(list: batch) AND deletion_id IS NULL RETURNING id
        """
      ) { row -> ID<AnyEntity> in try row.next() }
      try noteSameImage(of: gone, in: table, .deleted, change, in: tx)
    }
  }

  /// Takes rows out of the recycle bin as they are.
  func restore(
    _ ids: [ID<AnyEntity>], in table: AnyRecordedTable, _ change: Change, in tx: any Connection
  ) throws {
    for batch in ids.batches(of: Self.batch) {
      let back = try tx.all(
        """
        UPDATE \(table.name) SET deletion_id = NULL, version = version + 1, changed_at = \(change.at)
        WHERE id IN \(list: batch) AND deletion_id IS NOT NULL RETURNING id
        """
      ) { row -> ID<AnyEntity> in try row.next() }
      try noteSameImage(of: back, in: table, .restored, change, in: tx)
    }
  }

  /// Writes an earlier image over a row as its next version, taking it out of the recycle bin if it lies there.
  func rewrite(
    _ id: ID<AnyEntity>, in table: AnyRecordedTable, to image: String, _ action: RecordAction, _ change: Change,
    in tx: any Connection
  ) throws {
    let assignments = zip(table.columns, try table.values(of: image)).map { column, value -> SQL in
      "\(column.name) = \(value)"
    }
    let version = try tx.first(
      """
      UPDATE \(table.name) SET \(SQL.joined(assignments, separator: ", ")),
        deletion_id = NULL, version = version + 1, changed_at = \(change.at)
      WHERE id = \(id) RETURNING version
      """
    ) { row -> Int in try row.next() }
    guard let version else { throw Bug("a \(table.kind) that is to be rewritten is gone") }
    let noted = Noted(id: id, version: version, image: image, org: change.org)
    try note([noted], of: table.kind, action, change, in: tx)
  }

  /// Writes audit entries and version images.
  func note(
    _ rows: [Noted], of kind: String, _ action: RecordAction, _ change: Change, in tx: any Connection
  ) throws {
    if !rows.isEmpty { try tx.runAll(notes(of: rows, kind, action, change)) }
  }

  /// The statements that write audit entries and version images: they can travel with the one they tell of.
  func notes(of rows: [Noted], _ kind: String, _ action: RecordAction, _ change: Change) -> [SQL] {
    let circumstances = [
      change.actor.request?.sqlValue ?? .null, change.reason?.sqlValue ?? .null, change.cause?.sqlValue ?? .null,
    ]
    let actor = change.actor.account?.sqlValue ?? .null
    var audits: [SQLValue] = []
    var versions: [SQLValue] = []
    audits.reserveCapacity(rows.count * 11)
    versions.reserveCapacity(rows.count * 5)
    for row in rows {
      let audit = AuditID.new(at: change.at).sqlValue
      audits += [audit, change.at.sqlValue, actor, row.org?.sqlValue ?? .null, action.sqlValue, .text(kind)]
      audits += [row.id.sqlValue, .int(row.version)]
      audits += circumstances
      versions += [.text(kind), row.id.sqlValue, .int(row.version), audit, .text(row.image)]
    }
    return [
      """
      INSERT INTO record_audit
        (id, at, actor_id, org_id, action, kind, object_id, version, request, reason, cause_id)
      VALUES \(rows: audits, of: 11)
      """,
      "INSERT INTO record_version (kind, id, version, audit_id, payload) VALUES \(rows: versions, of: 5)",
    ]
  }

  /// Notes a version whose business columns are those of the version before, at the organisation of that version.
  private func noteSameImage(
    of ids: [ID<AnyEntity>], in table: AnyRecordedTable, _ action: RecordAction, _ change: Change,
    in tx: any Connection
  ) throws {
    guard !ids.isEmpty else { return }
    let rows = try tx.all(
      """
      SELECT item.id, item.version, before.payload, audit.org_id
      FROM \(table.name) item
      JOIN record_version before
        ON before.id = item.id AND before.kind = \(table.kind) AND before.version = item.version - 1
      JOIN record_audit audit ON audit.id = before.audit_id
      WHERE item.id IN \(list: ids)
      """
    ) { row in
      Noted(
        id: try row.next(), version: try row.next(), image: try row.next(), org: try row.next() ?? change.org)
    }
    guard rows.count == ids.count else { throw Bug("a version of a \(table.kind) was never recorded") }
    try note(rows, of: table.kind, action, change, in: tx)
  }
}

extension Array {
  /// The elements in order, in pieces of at most `size`.
  func batches(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
