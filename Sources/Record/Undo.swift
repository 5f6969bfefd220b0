public import Kernel
public import Persistence

/// Takes back everything that had one cause, an import or a bulk edit, or one single edit.
///
/// What came to be goes to the recycle bin, what was changed gets its earlier image as a new version, what was deleted
/// comes back. A row that somebody changed or used since is left alone and listed; a row whose columns are what the
/// cause left, whatever happened between, counts as not changed. The undo works in pages, each a short transaction, and
/// has no state of its own: stopped anywhere and begun again, it goes on, and a second time it finds nothing to do.
/// Its own writes are in the audit like anybody's; given a cause, they can be undone in their turn.
public struct Undo: Sendable {
  /// Rows in one transaction.
  static let pageSize = 200

  let database: any Database
  let record: Record
  let tables: [AnyRecordedTable]

  /// An undo over all recorded tables of the installation.
  public init(database: any Database, record: Record = Record(), tables: [AnyRecordedTable]) {
    self.database = database
    self.record = record
    self.tables = tables
  }

  /// Undoes everything done with `cause`. `label` names it in the recycle bin: "Undo of import people.csv".
  ///
  /// `progress` is told after each page, outside of any transaction; throwing from it stops the undo between two pages.
  public func undo(
    everythingOf cause: ID<AnyEntity>, called label: String, _ change: Change,
    progress: @Sendable (UndoOutcome) async throws -> Void = { _ in }
  ) async throws -> UndoOutcome {
    var plan = try await database.read { tx in try UndoPlan(of: cause, tables, in: tx) }
    for (phase, table) in plan.walks {
      // A row that others of its own table refer to, or whose old key another still holds, may go in a second round.
      var movedOn = true
      while movedOn {
        plan.forgetLeft(phase, table.kind)
        let before = plan.outcome.undone
        let left = try await walk(table, phase, label: label, change, &plan, progress)
        movedOn = left.contains { $0.why != .changedSince } && plan.outcome.undone > before
      }
    }
    try await progress(plan.outcome)
    return plan.outcome
  }

  /// Undoes one edit: the one that made `version` of a row. Throws `UNDO_CONFLICT` when the row was changed or used
  /// since, and `NOT_FOUND` when there is no such version. Nothing happens when the row is already as it was before.
  public func undo(
    version: Int, of id: ID<AnyEntity>, kind: String, called label: String, _ change: Change, in tx: any Connection
  ) throws {
    guard let table = tables.first(where: { $0.kind == kind }) else { throw Problem.notFound(kind) }
    let rows = try UndoRow.page(.edit(of: id, version: version), in: table, tx)
    guard let row = rows.first else { throw Problem.notFound("version") }
    let catalogue = try Catalogue(of: tables, in: tx)
    var left: [UndoLeft] = []
    let deletion = UndoDeletion(root: id, kind: kind, label: label)
    _ = try act([row], table, row.phase, deletion, catalogue, change, &left, in: tx)
    if let left = left.first { throw left.problem }
  }

  /// One phase over one table, page by page; returns what it had to leave alone.
  private func walk(
    _ table: AnyRecordedTable, _ phase: UndoPhase, label: String, _ change: Change, _ plan: inout UndoPlan,
    _ progress: @Sendable (UndoOutcome) async throws -> Void
  ) async throws -> [UndoLeft] {
    let deletion = UndoDeletion(root: plan.cause, kind: "undo", label: label)
    var cursor: ID<AnyEntity>?
    var allLeft: [UndoLeft] = []
    var careful = 0
    while true {
      let pieces = UndoPieces(of: plan.cause, below: cursor, limit: careful > 0 ? 1 : Self.pageSize)
      let catalogue = plan.catalogue
      do {
        let page = try await database.write { tx in
          var left: [UndoLeft] = []
          let rows = try UndoRow.page(.cause(pieces), in: table, tx)
          let undone = try act(rows, table, phase, deletion, catalogue, change, &left, in: tx)
          return (last: rows.last?.id, undone: undone, left: left)
        }
        guard let last = page.last else { return allLeft }
        cursor = last
        careful = max(0, careful - 1)
        allLeft += page.left
        plan.count(page.undone, phase, page.left)
        if page.undone > 0 || !page.left.isEmpty { try await progress(plan.outcome) }
      } catch DatabaseProblem.duplicate where careful == 0 {
        careful = Self.pageSize  // Some row of the page meets a taken key: find it by going one by one.
      } catch DatabaseProblem.duplicate {
        guard let row = try await database.read({ tx in try UndoRow.page(.cause(pieces), in: table, tx).first })
        else { return allLeft }
        let left = UndoLeft(kind: table.kind, id: row.id, why: .keyTaken)
        allLeft.append(left)
        plan.count(0, phase, [left])
        cursor = row.id
        careful -= 1
      }
    }
  }

  /// Does what a phase has to do with some rows of one table; returns how many it undid.
  private func act(
    _ rows: [UndoRow], _ table: AnyRecordedTable, _ phase: UndoPhase, _ deletion: UndoDeletion,
    _ catalogue: Catalogue, _ change: Change, _ left: inout [UndoLeft], in tx: any Connection
  ) throws -> Int {
    var goers: [ID<AnyEntity>] = []
    var comers: [(row: UndoRow, image: String, action: RecordAction)] = []
    for row in rows where row.phase == phase {
      switch row.deed {
      case .none: continue
      case .leave: left.append(UndoLeft(kind: table.kind, id: row.id, why: .changedSince))
      case .delete: goers.append(row.id)
      case .rewrite(let image, let action): comers.append((row, image, action))
      }
    }
    let used = try self.used(goers, table, catalogue, in: tx)
    let free = goers.filter { !used.contains($0) }
    if !free.isEmpty {
      try record.delete(free, from: table, as: deletion.begun(by: record, change, in: tx), change, in: tx)
    }
    let lost = try lacking(comers.map { ($0.row.id, $0.image) }, table, catalogue, in: tx)
    for (row, image, action) in comers where !lost.contains(row.id) {
      try record.rewrite(row.id, in: table, to: image, action, change.at(row.org ?? change.org), in: tx)
    }
    left += goers.filter(used.contains).map { UndoLeft(kind: table.kind, id: $0, why: .usedSince) }
    left += comers.map(\.row.id).filter(lost.contains).map { UndoLeft(kind: table.kind, id: $0, why: .lacksOther) }
    if phase == .restore { try closeEmptied(rows, change, in: tx) }
    return free.count + comers.count - lost.count
  }

  /// Those of some rows that live rows refer to.
  private func used(
    _ ids: [ID<AnyEntity>], _ table: AnyRecordedTable, _ catalogue: Catalogue, in tx: any Connection
  ) throws -> Set<ID<AnyEntity>> {
    guard !ids.isEmpty else { return [] }
    var used: Set<ID<AnyEntity>> = []
    for reference in catalogue.children(of: table) {
      try tx.each(
        """
        SELECT DISTINCT \(reference.column) FROM \(reference.child.live)
        WHERE \(reference.column) IN \(list: ids)
        """
      ) { row in used.insert(try row.next()) }
    }
    return used
  }

  /// Those of some rows whose earlier image refers to something that lies in the recycle bin now.
  private func lacking(
    _ rows: [(id: ID<AnyEntity>, image: String)], _ table: AnyRecordedTable, _ catalogue: Catalogue,
    in tx: any Connection
  ) throws -> Set<ID<AnyEntity>> {
    let references = catalogue.parents(of: table)
    guard !rows.isEmpty, !references.isEmpty else { return [] }
    let images = try rows.map { (id: $0.id, values: try table.values(of: $0.image)) }
    var lacking: Set<ID<AnyEntity>> = []
    for reference in references {
      let wanted = images.filter { $0.values[reference.position] != .null }
      guard !wanted.isEmpty else { continue }
      let live = Set(
        try tx.all(
          "SELECT id FROM \(reference.parent.live) WHERE id IN \(list: wanted.map { $0.values[reference.position] })"
        ) { row -> ID<AnyEntity> in try row.next() }
      )
      for row in wanted {
        guard case .id(let high, let low) = row.values[reference.position], live.contains(ID(high: high, low: low))
        else {
          lacking.insert(row.id)
          continue
        }
      }
    }
    return lacking
  }

  /// Deletions of which nothing is left in the recycle bin are done with.
  private func closeEmptied(_ rows: [UndoRow], _ change: Change, in tx: any Connection) throws {
    for deletion in Set(rows.compactMap(\.deletion)) {
      let isEmpty = try tables.allSatisfy { table in
        try !tx.exists("SELECT 1 FROM \(table.name) WHERE deletion_id = \(deletion) LIMIT 1")
      }
      guard isEmpty else { continue }
      try tx.run(
        "UPDATE record_deletion SET restored_at = \(change.at) WHERE id = \(deletion) AND restored_at IS NULL")
    }
  }
}
