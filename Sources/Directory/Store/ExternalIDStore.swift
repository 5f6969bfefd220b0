import Kernel
import Persistence

/// The names that other systems have for our things. They are ours to keep and nobody edits them, so they have no
/// versions.
struct ExternalIDStore: Sendable {
  func internals<E>(
    source: String, kind: String, org: OrgID?, _ externals: [String], in tx: any Connection
  ) throws -> [String: ID<E>] {
    let place: SQL = org.map { "org_id = \($0)" } ?? "org_id IS NULL"
    let pairs = try inBatches(externals) { batch in
      try tx.all(
        """
        SELECT external, internal_id FROM directory_external_id
        WHERE source = \(source) AND kind = \(kind) AND \(place) AND external IN \(list: batch) LIMIT \(batch.count)
        """
      ) { row in (try row.next() as String, try row.next() as ID<E>) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  func externals<E>(
    source: String, kind: String, of internals: [ID<E>], in tx: any Connection
  ) throws -> [ID<E>: String] {
    let pairs = try inBatches(internals) { batch in
      try tx.all(
        """
        SELECT internal_id, external FROM directory_external_id
        WHERE internal_id IN \(list: batch) AND source = \(source) AND kind = \(kind)
        ORDER BY external LIMIT \(batch.count * 20)
        """
      ) { row in (try row.next() as ID<E>, try row.next() as String) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// A name that is registered already refers to the new thing from now on: the old one was deleted or merged.
  func register<E>(
    _ names: [(name: ExternalName, internal: ID<E>)], source: String, by importing: ImportID?, in tx: any Connection
  ) throws {
    // One statement must not meet the same name twice; the last one said holds.
    let names = Dictionary(names.map { ($0.name, $0.internal) }) { _, last in last }
    for (installationWide, target) in [
      (true, "(source, kind, external) WHERE org_id IS NULL" as SQL),
      (false, "(source, kind, external, org_id) WHERE org_id IS NOT NULL"),
    ] {
      let rows = names.filter { ($0.key.org == nil) == installationWide }.map { entry -> SQL in
        """
        (\(source), \(entry.key.kind), \(entry.key.external), \(entry.key.org), \(entry.value), \(importing))
        """
      }
      for start in stride(from: 0, to: rows.count, by: 100) {
        try tx.run(
          """
          INSERT INTO directory_external_id (source, kind, external, org_id, internal_id, import_id)
          VALUES \(SQL.joined(Array(rows[start..<min(start + 100, rows.count)]), separator: ", "))
          ON CONFLICT \(target) DO UPDATE SET internal_id = excluded.internal_id, import_id = excluded.import_id
          """)
      }
    }
  }

  /// Forgets the names of things that go for good.
  func forget(internals: [ID<AnyEntity>], in tx: any Connection) throws {
    try tx.run("DELETE FROM directory_external_id WHERE internal_id IN \(list: internals)")
  }

  /// Forgets the names an import brought.
  func forget(import importing: ImportID, in tx: any Connection) throws {
    try tx.run("DELETE FROM directory_external_id WHERE import_id = \(importing)")
  }
}
