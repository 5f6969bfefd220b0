import GRDBSQLite
import Kernel
import Persistence

/// What SQLite refused: its extended result code and its words, which name tables and columns but never values.
struct SQLiteFault {
  let code: Int32
  let message: String

  /// The fault in words that a caller can act on. `name` finds the name of a violated key from its columns.
  func error(isReadOnly: Bool, in text: String, name: (_ table: String, _ columns: [String]) -> String?) -> any Error {
    switch code {
    case SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 6 << 8, SQLITE_CONSTRAINT | 10 << 8:
      // UNIQUE, PRIMARY KEY, ROWID
      return DatabaseProblem.duplicate(violatedKey(name) ?? detail)
    case SQLITE_CONSTRAINT | 3 << 8:
      // FOREIGN KEY: SQLite does not say which
      return DatabaseProblem.reference("")
    case SQLITE_CONSTRAINT | 7 << 8 where message.hasPrefix("FOREIGN KEY"):
      // ON DELETE RESTRICT is a trigger inside
      return DatabaseProblem.reference("")
    case SQLITE_CONSTRAINT | 12 << 8:
      // A value of the wrong type for a STRICT table
      return Bug("SQLite: \(message) in: \(text.prefix(300))")
    default: break
    }
    switch code & 0xFF {
    case SQLITE_CONSTRAINT, SQLITE_TOOBIG: return DatabaseProblem.refused(detail)
    case SQLITE_READONLY where isReadOnly: return Bug("a read tried to write: \(text.prefix(300))")
    case SQLITE_INTERRUPT: return DatabaseProblem.unavailable("a read took too long and was stopped")
    case SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_CORRUPT,
      SQLITE_NOTADB, SQLITE_PERM, SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_NOLFS:
      return DatabaseProblem.unavailable("SQLite: \(message) (\(code))")
    default: return Bug("SQLite: \(message) (\(code)) in: \(text.prefix(300))")
    }
  }

  /// What follows "… constraint failed: ".
  private var detail: String {
    guard let colon = message.range(of: "failed: ") else { return message }
    return String(message[colon.upperBound...])
  }

  /// From `UNIQUE constraint failed: person.school_id, person.number`, or `…: index 'name'` for one on an expression.
  private func violatedKey(_ name: (_ table: String, _ columns: [String]) -> String?) -> String? {
    if detail.hasPrefix("index '") { return String(detail.dropFirst(7).dropLast()) }
    let parts = detail.split(separator: ",").map { $0.split(separator: ".", maxSplits: 1).map(String.init) }
    guard let table = parts.first?.first?.trimmed, parts.allSatisfy({ $0.count == 2 }) else { return nil }
    return name(table, parts.map { $0[1].trimmed })
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }

  fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
