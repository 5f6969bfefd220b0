public import Kernel
public import Persistence

/// One table whose rows people edit: its columns, said once, from which rows are inserted, updated, imaged and
/// restored.
///
/// Such a table has, beside the columns listed here, `id`, `version`, `changed_at` and `deletion_id` (null while live),
/// and a view of its live rows, named like the table with `_live` behind it.
///
/// ```swift
/// static let table = RecordedTable<Course>("course", "academics_course", columns: [
///   .id("org_id", \.org), .text("code", \.code), .text("title", \.title), .decimal("credits", \.credits),
/// ])
/// ```
public struct RecordedTable<Row: RecordedRow>: Sendable {
  /// The word under which audit and versions know it, such as `student`.
  public let kind: String
  /// The table.
  public let name: SQL
  /// Its business columns, in order.
  public let columns: [RecordedColumn<Row>]

  /// A table by the word for its rows, its name and its business columns.
  public init(_ kind: StaticString, _ name: SQL, columns: [RecordedColumn<Row>]) {
    self.kind = kind.description
    self.name = name
    self.columns = columns
  }

  /// The names of all columns that are read: `id`, `version`, then the business columns in order.
  public var selection: SQL {
    SQL.joined(["id", "version"] + columns.map(\.name), separator: ", ")
  }

  /// The business columns as JSON in the order of the table: what is kept of every version.
  public func image(of row: Row) -> String {
    var writer = JSONWriter()
    writer.beginObject()
    for column in columns {
      writer.key(column.key)
      RecordedColumn<Row>.write(column.value(row), to: &writer)
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The table without its row type, for what works on all of them alike: undo, restore, the recycle bin.
  public var erased: AnyRecordedTable {
    AnyRecordedTable(kind: kind, name: name, columns: columns.map { ($0.key, $0.name, $0.type) })
  }
}

/// A row of a recorded table.
public protocol RecordedRow: Sendable {
  /// What the row identifies.
  associatedtype Identity
  /// The row's identity.
  var id: ID<Identity> { get }
  /// How often it has been saved, from 1; the version its reader saw.
  var version: Int { get }
}

/// A business column: its name, its type and how its value is had from a row.
public struct RecordedColumn<Row>: Sendable {
  let key: StaticString
  let type: ColumnType
  let value: @Sendable (Row) -> SQLValue

  var name: SQL { SQL(stringLiteral: key) }

  /// An identifier or nothing.
  public static func id<E>(_ name: StaticString, _ value: @escaping @Sendable (Row) -> ID<E>?) -> Self {
    Self(key: name, type: .id, value: { value($0)?.sqlValue ?? .null })
  }
  /// Text or nothing; also words of a closed set.
  public static func text(_ name: StaticString, _ value: @escaping @Sendable (Row) -> String?) -> Self {
    Self(key: name, type: .text, value: { value($0).map(SQLValue.text) ?? .null })
  }
  /// A whole number or nothing.
  public static func int(_ name: StaticString, _ value: @escaping @Sendable (Row) -> Int?) -> Self {
    Self(key: name, type: .int, value: { value($0).map(SQLValue.int) ?? .null })
  }
  /// A decimal of four places or nothing.
  public static func decimal(_ name: StaticString, _ value: @escaping @Sendable (Row) -> Decimal4?) -> Self {
    Self(key: name, type: .int, value: { value($0)?.sqlValue ?? .null })
  }
  /// A moment or nothing.
  public static func instant(_ name: StaticString, _ value: @escaping @Sendable (Row) -> Instant?) -> Self {
    Self(key: name, type: .int, value: { value($0)?.sqlValue ?? .null })
  }
  /// True or false.
  public static func bool(_ name: StaticString, _ value: @escaping @Sendable (Row) -> Bool) -> Self {
    Self(key: name, type: .bool, value: { .bool(value($0)) })
  }
  /// A day or nothing.
  public static func date(_ name: StaticString, _ value: @escaping @Sendable (Row) -> SchoolDate?) -> Self {
    Self(key: name, type: .date, value: { value($0).map(SQLValue.date) ?? .null })
  }

  static func write(_ value: SQLValue, to writer: inout JSONWriter) {
    switch value {
    case .null: writer.null()
    case .int(let number): writer.int(number)
    case .text(let text): writer.string(text)
    case .bool(let truth): writer.bool(truth)
    case .id(let high, let low): writer.id(ID<AnyEntity>(high: high, low: low))
    case .date(let date): writer.string(date.description)
    case .blob(let bytes): writer.string(bytes.map { String($0, radix: 16) }.joined())
    }
  }
}

enum ColumnType: Sendable { case id, text, int, bool, date }

/// A recorded table without its row type.
public struct AnyRecordedTable: Sendable {
  /// The word under which audit and versions know it.
  public let kind: String
  let name: SQL
  let columns: [(key: StaticString, name: SQL, type: ColumnType)]

  /// The view of the rows that are not in the recycle bin.
  var live: SQL { name + "_live" }

  /// The table's name as the database's own catalogue spells it.
  var nameInCatalogue: String { name.rendered().text }

  /// The values of an image in the order of the columns; a column the image does not know becomes NULL.
  func values(of image: String) throws -> [SQLValue] {
    let json = try JSON(parsing: image)
    return try columns.map { column in
      guard let value = json[column.key.description], value != .null else { return .null }
      switch (column.type, value) {
      case (.id, .string(let text)):
        guard let id = ID<AnyEntity>(text) else { throw Bug("an image holds a broken identifier") }
        return id.sqlValue
      case (.text, .string(let text)): return .text(text)
      case (.int, .number(let text)):
        guard let number = Int(text) else { throw Bug("an image holds a broken number") }
        return .int(number)
      case (.bool, .bool(let truth)): return .bool(truth)
      case (.date, .string(let text)):
        guard let date = SchoolDate(text) else { throw Bug("an image holds a broken date") }
        return .date(date)
      default: throw Bug("an image of \(kind) does not fit its table")
      }
    }
  }
}
