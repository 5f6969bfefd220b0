import CPQ
import Kernel
import Persistence

/// What PostgreSQL refused: its SQLSTATE and names, never the values.
struct PostgresFault: Error {
  let state: String
  let message: String
  /// The constraint or, for NOT NULL, `table.column`.
  let name: String
  /// Whether the connection is gone, so that nobody can say more.
  let isLost: Bool
  /// The statement that was refused, as far as it is known; there are no values in it.
  var statement = ""

  /// The fault of a result.
  init(_ result: OpaquePointer) {
    func field(_ code: Character) -> String {
      PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) } ?? ""
    }
    state = field("C")
    message = field("M")
    name = field("n").isEmpty && !field("c").isEmpty ? "\(field("t")).\(field("c"))" : field("n")
    isLost = state.isEmpty || state.hasPrefix("08") || ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(state)
  }

  /// The end of a connection, as libpq tells it.
  init(lost handle: OpaquePointer) {
    state = "08006"
    message = PQerrorMessage(handle).map { String(cString: $0).split(separator: "\n").joined(separator: " ") } ?? ""
    name = ""
    isLost = true
  }

  /// Something that never went out to the server.
  init(state: String, _ message: String) {
    self.state = state
    self.message = message
    name = ""
    isLost = false
  }

  /// Whether another attempt may well succeed: two transactions were in each other's way.
  var isConflict: Bool { state == "40001" || state == "40P01" }

  /// Whether the statement was prepared for a schema that changed since, or by a session that is no longer ours.
  var isStale: Bool { state == "26000" || state == "0A000" && message.contains("cached plan") }

  /// The fault in words that a caller can act on.
  func error(isReadOnly: Bool) -> any Error {
    switch state {
    case "23505", "23P01": return DatabaseProblem.duplicate(name)
    case "23503", "23001": return DatabaseProblem.reference(name)
    case "23514", "23502": return DatabaseProblem.refused(name)
    case "P0001", "22003", "22021": return DatabaseProblem.refused(message)
    case "40001", "40P01", "55P03": return DatabaseProblem.contended
    case "57014": return DatabaseProblem.unavailable("a statement took too long and was stopped")
    case "25006" where isReadOnly: return Bug("a read tried to write: \(statement.prefix(300))")
    case "25006": return DatabaseProblem.unavailable("PostgreSQL is read-only")
    default: break
    }
    if isLost || ["53", "57", "58", "XX"].contains(state.prefix(2)) {
      return DatabaseProblem.unavailable("PostgreSQL: \(message) (\(state))")
    }
    return Bug("PostgreSQL: \(message) (\(state)) in: \(statement.prefix(300))")
  }
}
