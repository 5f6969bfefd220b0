import Persistence
import Synchronization
import TestSupport

/// A database that keeps the statements it was asked, so that a test can ask for their plans afterwards.
final class StatementRecorder: Persistence.Database {
  private let database: any Persistence.Database
  private let kept = Mutex<[SQL]>([])

  init(_ database: any Persistence.Database) { self.database = database }

  var dialect: Dialect { database.dialect }

  /// The queries since the last call, each with how the engine runs it.
  func takePlans() async throws -> [(query: String, plan: String)] {
    let statements = kept.withLock { kept in
      defer { kept = [] }
      return kept
    }
    var plans: [(query: String, plan: String)] = []
    for statement in statements where statement.rendered().text.hasPrefix("SELECT") {
      plans.append((statement.rendered().text, try await database.plan(of: statement)))
    }
    return plans
  }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await database.read { tx in try body(RecordingConnection(tx: tx, recorder: self)) }
  }

  func write<Value: Sendable>(
    _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await database.write(isolation) { tx in try body(RecordingConnection(tx: tx, recorder: self)) }
  }

  func close() async { await database.close() }

  fileprivate func keep(_ sql: SQL) { kept.withLock { $0.append(sql) } }
}

private struct RecordingConnection: Connection {
  let tx: any Connection
  let recorder: StatementRecorder

  var dialect: Dialect { tx.dialect }

  func run(_ sql: SQL) throws -> Int {
    recorder.keep(sql)
    return try tx.run(sql)
  }

  func runAll(_ statements: [SQL]) throws {
    statements.forEach(recorder.keep)
    try tx.runAll(statements)
  }

  func each(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
    recorder.keep(sql)
    try tx.each(sql, body)
  }

  func script(_ statements: MigrationText) throws { try tx.script(statements) }
}
