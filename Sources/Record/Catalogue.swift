import Kernel
import Persistence

/// What the database itself knows of the recorded tables: which rows refer to which, and what may be there only once.
///
/// Asked of the database rather than said a second time in Swift, so the two cannot drift apart.
struct Catalogue: Sendable {
  /// A column of one recorded table that names a row of another.
  struct Reference: Sendable {
    let child: AnyRecordedTable
    let column: SQL
    /// Which of the child's columns it is.
    let position: Int
    let parent: AnyRecordedTable
  }

  /// Columns of a recorded table whose values together may be there only once.
  struct Key: Sendable {
    let table: AnyRecordedTable
    let columns: [(key: String, name: SQL)]
  }

  /// The tables, each before those it refers to.
  let childrenFirst: [AnyRecordedTable]
  let references: [Reference]
  let keys: [Key]

  /// Reads what is known of `tables`.
  init(of tables: [AnyRecordedTable], in tx: any Connection) throws {
    let byName = Dictionary(uniqueKeysWithValues: tables.map { ($0.nameInCatalogue, $0) })
    let rows = try Self.sqliteReferences(tx) ?? Self.postgresReferences(tx)
    references = rows.compactMap { row in
      guard let child = byName[row.child], let parent = byName[row.parent],
        let position = child.columns.firstIndex(where: { $0.key.description == row.column })
      else { return nil }
      return Reference(child: child, column: child.columns[position].name, position: position, parent: parent)
    }
    keys = Self.keys(from: try Self.sqliteKeys(tx) ?? Self.postgresKeys(tx), byName)
    childrenFirst = Self.sorted(tables, by: references)
  }

  /// One column of a unique index, as both catalogues tell of it.
  struct KeyColumn {
    let table: String
    let index: String
    let column: String
  }

  /// Those who refer to rows of `table`.
  func children(of table: AnyRecordedTable) -> [Reference] { references.filter { $0.parent.kind == table.kind } }

  /// Those to whom rows of `table` refer.
  func parents(of table: AnyRecordedTable) -> [Reference] { references.filter { $0.child.kind == table.kind } }

  /// Whether rows of the table refer to others of the same table, as a department does to its school.
  func refersToItself(_ table: AnyRecordedTable) -> Bool {
    children(of: table).contains { $0.child.kind == table.kind }
  }

  private static func keys(from columns: [KeyColumn], _ tables: [String: AnyRecordedTable]) -> [Key] {
    var keys: [Key] = []
    let byIndex = Dictionary(grouping: columns) { $0.table + "." + $0.index }
    for (_, columns) in byIndex.sorted(by: { $0.key < $1.key }) {
      guard let table = columns.first.flatMap({ tables[$0.table] }) else { continue }
      let known = columns.compactMap { column in table.columns.first { $0.key.description == column.column } }
      guard known.count == columns.count else { continue }
      keys.append(Key(table: table, columns: known.map { ($0.key.description, $0.name) }))
    }
    return keys
  }

  /// Takes away, again and again, the tables that no remaining table refers to. Rings, which a schema should not have,
  /// come last in the order they were given.
  private static func sorted(_ tables: [AnyRecordedTable], by references: [Reference]) -> [AnyRecordedTable] {
    var rest = tables
    var sorted: [AnyRecordedTable] = []
    while !rest.isEmpty {
      let kinds = Set(rest.map(\.kind))
      let free = rest.filter { table in
        !references.contains {
          $0.parent.kind == table.kind && $0.child.kind != table.kind && kinds.contains($0.child.kind)
        }
      }
      guard !free.isEmpty else { return sorted + rest }
      sorted += free
      let taken = Set(free.map(\.kind))
      rest.removeAll { taken.contains($0.kind) }
    }
    return sorted
  }
}
