import Kernel
public import Persistence

extension Record {
  /// Saves many rows, each over the version its editor saw (`row.version`), in three statements a hundred rows.
  ///
  /// All or nothing: when one row was saved by someone else meanwhile, or is gone, throws as `update` of one row does.
  public func update<Row: RecordedRow>(
    _ rows: [Row], in table: RecordedTable<Row>, _ change: Change, in tx: any Connection
  ) throws {
    for rows in rows.batches(of: Self.batch).map(Array.init) {
      let changed = try tx.run(overwriting(rows, in: table, change))
      guard changed == rows.count else { throw try firstRefusal(among: rows, in: table, tx) }
      try note(
        rows.map { Noted(id: $0.id.retyped(), version: $0.version + 1, image: table.image(of: $0), org: change.org) },
        of: table.kind, .changed, change, in: tx)
    }
  }

  /// The rows are there already, so the insert never inserts: it is the one form of a many-row update in which both
  /// engines learn the types of the values from the columns.
  private func overwriting<Row: RecordedRow>(_ rows: [Row], in table: RecordedTable<Row>, _ change: Change) -> SQL {
    let names = table.columns.map(\.name)
    let width = names.count + 3
    var values: [SQLValue] = []
    values.reserveCapacity(rows.count * width)
    for row in rows {
      values += [row.id.sqlValue, .int(row.version), change.at.sqlValue]
      for column in table.columns { values.append(column.value(row)) }
    }
    let assignments = names.map { name -> SQL in "\(name) = excluded.\(name)" }
    return """
      INSERT INTO \(table.name) AS saved (id, version, changed_at, \(SQL.joined(names, separator: ", ")))
      VALUES \(rows: values, of: width)
      ON CONFLICT (id) DO UPDATE SET \(SQL.joined(assignments, separator: ", ")),
        version = saved.version + 1, changed_at = excluded.changed_at
      WHERE saved.version = excluded.version AND saved.deletion_id IS NULL
      """
  }

  /// Which of the rows was refused: those that were saved stand one version higher by now.
  private func firstRefusal<Row: RecordedRow>(
    among rows: [Row], in table: RecordedTable<Row>, _ tx: any Connection
  ) throws -> Problem {
    for row in rows {
      let saved = try tx.exists(
        """
        SELECT 1 FROM \(table.name)
        WHERE id = \(row.id) AND version = \(row.version + 1) AND deletion_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM record_version
            WHERE id = \(row.id) AND kind = \(table.kind) AND version = \(row.version + 1))
        """)
      if !saved { return try refusal(of: row.id.retyped(), in: table.erased, tx) }
    }
    throw Bug("a row of \(table.kind) was refused, and none of them is the one")
  }
}
