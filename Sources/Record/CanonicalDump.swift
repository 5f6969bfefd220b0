import Kernel
public import Persistence

/// All live business columns of some tables as sorted lines of text, the same on both engines: two dumps are equal when
/// the school is the same. For tests, such as "undo brings back the state before", and for `check`.
///
/// It holds every line in memory; a school of 100,000 students takes some hundred megabytes.
public struct CanonicalDump: Sendable, Equatable {
  /// Whether rows are known by their identifiers.
  public enum Identities: Sendable {
    /// Every identifier is part of the dump.
    case kept
    /// Neither the rows' own identifiers nor those they refer to: for two databases that were filled apart.
    case leftOut
  }

  /// `kind`, a tab, and the row as JSON; in bytewise order.
  public let lines: [String]

  /// A fingerprint of the lines: 64-bit FNV-1a in hexadecimal.
  public var hash: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for line in lines {
      for byte in line.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0x0A) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }

  /// Writes down the live rows of `tables`.
  public static func write(
    _ tables: [AnyRecordedTable], identities: Identities = .kept, in tx: any Connection
  ) throws -> CanonicalDump {
    var lines: [String] = []
    for table in tables {
      let columns = table.columns.filter { identities == .kept || $0.type != .id }
      let selection = SQL.joined(["id"] + columns.map(\.name), separator: ", ")
      try tx.each("SELECT \(selection) FROM \(table.live)") { row in
        var writer = JSONWriter()
        writer.beginObject()
        let id: ID<AnyEntity> = try row.next()
        if identities == .kept {
          writer.key("id")
          writer.id(id)
        }
        for column in columns {
          writer.key(column.key)
          try copy(column.type, from: &row, to: &writer)
        }
        writer.endObject()
        lines.append(table.kind + "\t" + String(decoding: writer.bytes, as: UTF8.self))
      }
    }
    return CanonicalDump(lines: lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  private static func copy(_ type: ColumnType, from row: inout RowReader, to writer: inout JSONWriter) throws {
    switch type {
    case .id: if let id: ID<AnyEntity> = try row.next() { writer.id(id) } else { writer.null() }
    case .text: if let text: String = try row.next() { writer.string(text) } else { writer.null() }
    case .int: if let number: Int = try row.next() { writer.int(number) } else { writer.null() }
    case .bool: writer.bool(try row.next())
    case .date: if let date: SchoolDate = try row.next() { writer.string(date.description) } else { writer.null() }
    }
  }
}
