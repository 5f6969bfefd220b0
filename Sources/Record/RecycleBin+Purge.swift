public import Kernel
public import Persistence

extension RecycleBin {
  /// For how many days what was deleted can be had back.
  public static let keptDays = 30
  /// Rows in one transaction.
  private static let purgeStep = 200

  /// Forgets what other tables know of rows that are about to go, in the same transaction: names, search words.
  public typealias Forgetting = @Sendable (_ kind: String, _ ids: [ID<AnyEntity>], any Connection) throws -> Void

  /// Removes for good what was deleted before a moment and not restored, in short transactions; returns how many rows.
  ///
  /// The audit keeps that they were there and who did what to them; what they held is taken out of their versions. A
  /// row that something else refers to stays, with its deletion, until that is gone as well. Stopped anywhere and begun
  /// again, it goes on.
  @discardableResult
  public func purge(
    before moment: Instant, forgetting: @escaping Forgetting = { _, _, _ in }
  ) async throws -> Int {
    let catalogue = try await database.read { tx in try Catalogue(of: tables, in: tx) }
    var purged = 0
    var last: DeletionID?
    while let deletion = try await expired(after: last, before: moment) {
      for table in catalogue.childrenFirst {
        let pointers = catalogue.children(of: table)
        var gone: Int
        repeat {  // what referred to others of its own table makes way for those
          gone = try await walk(table, Remains(deletion, moment, pointers), forgetting)
          purged += gone
        } while gone > 0 && catalogue.refersToItself(table)
      }
      try await close(deletion)
      last = deletion
    }
    try await forgetRestored(before: moment)
    return purged
  }

  /// What of one table a deletion still holds, and who may refer to it. An undo that goes on may put rows into a
  /// deletion it began long ago, so each row's own moment counts as well.
  private struct Remains: Sendable {
    let deletion: DeletionID
    let moment: Instant
    let pointers: [Catalogue.Reference]

    init(_ deletion: DeletionID, _ moment: Instant, _ pointers: [Catalogue.Reference]) {
      self.deletion = deletion
      self.moment = moment
      self.pointers = pointers
    }

    /// The next rows that nothing recorded refers to.
    func next(of table: AnyRecordedTable, after cursor: ID<AnyEntity>?, limit: Int, in tx: any Connection) throws
      -> [ID<AnyEntity>]
    {
      let isFree = pointers.map { pointer -> SQL in
        "NOT EXISTS (SELECT 1 FROM \(pointer.child.name) pointing WHERE pointing.\(pointer.column) = item.id)"
      }
      return try tx.all(
        """
        SELECT item.id FROM \(table.name) item
        WHERE item.deletion_id = \(deletion) AND item.changed_at < \(moment)
          AND \(SQL.all(["TRUE", cursor.map { "item.id > \($0)" } ?? .empty] + isFree))
        ORDER BY item.id LIMIT \(limit)
        """
      ) { row in try row.next() }
    }
  }

  /// One walk over one table. A row that a table without history refers to is passed over: only the database knows.
  private func walk(
    _ table: AnyRecordedTable, _ remains: Remains, _ forgetting: @escaping Forgetting
  ) async throws -> Int {
    var purged = 0
    var cursor: ID<AnyEntity>?
    var careful = 0
    while true {
      let (from, limit) = (cursor, careful > 0 ? 1 : Self.purgeStep)
      do {
        let ids = try await database.write { tx in
          let ids = try remains.next(of: table, after: from, limit: limit, in: tx)
          if !ids.isEmpty { try remove(ids, from: table, forgetting, in: tx) }
          return ids
        }
        guard let last = ids.last else { return purged }
        (cursor, careful) = (last, max(0, careful - 1))
        purged += ids.count
      } catch DatabaseProblem.reference where careful == 0 {
        careful = Self.purgeStep  // Some row of the page is held: find it by going one by one.
      } catch DatabaseProblem.reference {
        let held = try await database.read { tx in try remains.next(of: table, after: from, limit: 1, in: tx) }
        guard let held = held.first else { return purged }
        cursor = held
      }
    }
  }

  private func expired(after last: DeletionID?, before moment: Instant) async throws -> DeletionID? {
    let beyond: SQL = last.map { "id > \($0)" } ?? "TRUE"
    return try await database.read { tx in
      try tx.first(
        """
        SELECT id FROM record_deletion
        WHERE restored_at IS NULL AND id < \(DeletionID.first(at: moment)) AND \(beyond)
        ORDER BY id LIMIT 1
        """
      ) { row in try row.next() }
    }
  }

  private func remove(
    _ ids: [ID<AnyEntity>], from table: AnyRecordedTable, _ forgetting: Forgetting, in tx: any Connection
  ) throws {
    try forgetting(table.kind, ids, tx)
    try tx.run("UPDATE record_version SET payload = '{}' WHERE kind = \(table.kind) AND id IN \(list: ids)")
    try tx.run("DELETE FROM \(table.name) WHERE id IN \(list: ids) AND deletion_id IS NOT NULL")
  }

  /// A deletion that nothing is left of has a name in its label, and goes too.
  private func close(_ deletion: DeletionID) async throws {
    _ = try await database.write { tx in
      let isEmpty = try tables.allSatisfy { table in
        try !tx.exists("SELECT 1 FROM \(table.name) WHERE deletion_id = \(deletion) LIMIT 1")
      }
      return isEmpty ? try tx.run("DELETE FROM record_deletion WHERE id = \(deletion)") : 0
    }
  }

  private func forgetRestored(before moment: Instant) async throws {
    _ = try await database.write { tx in
      try tx.run("DELETE FROM record_deletion WHERE restored_at IS NOT NULL AND restored_at < \(moment)")
    }
  }
}

extension RecordedVersion {
  /// Whether what it held was removed for good: the row lay in the recycle bin for too long.
  public var isErased: Bool { image == "{}" }
}
