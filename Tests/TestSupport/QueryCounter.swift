public import Persistence
import Synchronization

/// A database that counts the statements it runs: a page with a budget of queries is tested through it.
public final class QueryCounter: Persistence.Database {
  private let database: any Persistence.Database
  private let total = Mutex(0)

  /// Counts what goes to `database`.
  public init(_ database: any Persistence.Database) { self.database = database }

  /// How many statements there were so far; those of `runAll` count as one, as they travel together.
  public var count: Int { total.withLock { $0 } }

  public var dialect: Dialect { database.dialect }

  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await database.read { tx in try body(CountingConnection(tx: tx, counter: self)) }
  }

  public func write<Value: Sendable>(
    _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await database.write(isolation) { tx in try body(CountingConnection(tx: tx, counter: self)) }
  }

  public func close() async { await database.close() }

  fileprivate func countOne() { total.withLock { $0 += 1 } }
}

private struct CountingConnection: Connection {
  let tx: any Connection
  let counter: QueryCounter

  var dialect: Dialect { tx.dialect }

  func run(_ sql: SQL) throws -> Int {
    counter.countOne()
    return try tx.run(sql)
  }

  func runAll(_ statements: [SQL]) throws {
    counter.countOne()
    try tx.runAll(statements)
  }

  func each(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
    counter.countOne()
    try tx.each(sql, body)
  }

  func script(_ statements: MigrationText) throws { try tx.script(statements) }
}
