public import Persistence

/// Live rows that refer to rows in the recycle bin: whoever deleted those forgot what hung on them.
///
/// Foreign keys cannot see this, for the row referred to is still in its table.
public struct LostReference: Sendable, Equatable {
  /// The word for the rows that refer.
  public let kind: String
  /// The column that refers.
  public let column: String
  /// The word for the rows in the recycle bin.
  public let to: String
  /// How many rows refer so.
  public let count: Int

  /// Looks through every reference between some tables.
  public static func find(among tables: [AnyRecordedTable], in tx: any Connection) throws -> [LostReference] {
    try Catalogue(of: tables, in: tx).references.compactMap { reference in
      let count = try tx.count(
        """
        SELECT COUNT(*) FROM \(reference.child.live)
        WHERE \(reference.column) IN (SELECT id FROM \(reference.parent.name) WHERE deletion_id IS NOT NULL)
        """)
      guard count > 0 else { return nil }
      return LostReference(
        kind: reference.child.kind, column: reference.child.columns[reference.position].key.description,
        to: reference.parent.kind, count: count)
    }
  }
}
