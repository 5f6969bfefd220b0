public import Kernel

/// One of the two databases that every statement must run on.
public enum Dialect: String, Sendable, CaseIterable {
  /// SQLite 3.40 or later, STRICT tables.
  case sqlite
  /// PostgreSQL 15 or later.
  case postgres
}

/// A connection inside a transaction. It never leaves the closure it was given to, and nothing can be awaited there.
public protocol Connection {
  /// Which database this is. Only files in pairs (`…+SQLite`, `…+Postgres`) may ask.
  var dialect: Dialect { get }

  /// Runs a statement that answers no rows; returns how many rows it changed.
  @discardableResult func run(_ sql: SQL) throws -> Int

  /// Runs statements that answer no rows, one after the other, until one is refused. On PostgreSQL they travel
  /// together, so a hundred cost little more than one: use it for whatever is written in a loop.
  func runAll(_ statements: [SQL]) throws

  /// Runs a statement and hands over each row.
  func each(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws

  /// Runs statements without parameters, separated by semicolons: migrations only.
  func script(_ statements: MigrationText) throws
}

extension Connection {
  /// One after the other, for an engine that is near.
  public func runAll(_ statements: [SQL]) throws {
    for statement in statements { try run(statement) }
  }

  /// All rows. The statement carries its own `LIMIT`.
  public func all<Value: RowDecodable>(_ sql: SQL, of _: Value.Type = Value.self) throws -> [Value] {
    var values: [Value] = []
    try each(sql) { row in values.append(try Value(row: &row)) }
    return values
  }

  /// The rows, each read by `read`.
  public func all<Value>(_ sql: SQL, _ read: (inout RowReader) throws -> Value) throws -> [Value] {
    var values: [Value] = []
    try each(sql) { row in values.append(try read(&row)) }
    return values
  }

  /// The first row, or nil.
  public func first<Value: RowDecodable>(_ sql: SQL, of _: Value.Type = Value.self) throws -> Value? {
    try first(sql) { row in try Value(row: &row) }
  }

  /// The first row as `read` reads it, or nil.
  public func first<Value>(_ sql: SQL, _ read: (inout RowReader) throws -> Value) throws -> Value? {
    var value: Value?
    try each(sql) { row in
      if value == nil { value = try read(&row) }
    }
    return value
  }

  /// The first column of the first row as a whole number; 0 when there is no row.
  public func count(_ sql: SQL) throws -> Int {
    try first(sql) { row -> Int in try row.next() } ?? 0
  }

  /// Whether there is any row.
  public func exists(_ sql: SQL) throws -> Bool {
    var found = false
    try each(sql) { _ in found = true }
    return found
  }
}

/// A pool of connections to one database.
///
/// `read` sees one consistent state and cannot write. `write` is serializable on both engines; when the engine finds
/// two writes in each other's way the body is run again, up to a deadline, so a body has no effects but on the
/// database.
public protocol Database: Sendable {
  /// Which database this is.
  var dialect: Dialect { get }

  /// Runs `body` in a read-only transaction.
  func read<Value: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> Value) async throws -> Value

  /// Runs `body` in a transaction that is durable when this returns. An error thrown by `body` undoes all it did, and
  /// so does a statement that was refused, even if `body` goes on without it: on both engines.
  @discardableResult
  func write<Value: Sendable>(
    _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value

  /// Closes all connections; calls under way are finished first.
  func close() async
}

extension Database {
  /// Runs `body` in a serializable transaction that is durable when this returns.
  @discardableResult
  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await write(.serializable, body)
  }
}

/// How much a write must not see of others.
public enum Isolation: Sendable {
  /// As if writes came one after the other. The usual one.
  case serializable
  /// Rows are guarded by `FOR UPDATE` in the statement itself: claiming jobs, the last seat, counters. On SQLite the
  /// same as `serializable`.
  case readCommitted
}

/// What the engines refuse, told apart as far as a caller can act on it.
public enum DatabaseProblem: Error, Sendable, Equatable {
  /// A unique key exists already; the constraint or index by name, as far as the engine tells.
  case duplicate(String)
  /// A row refers to one that is not there, or one that is referred to would go.
  case reference(String)
  /// A CHECK or NOT NULL refuses the value.
  case refused(String)
  /// Two writes were in each other's way until the deadline.
  case contended
  /// The database cannot be reached, or is full or read-only.
  case unavailable(String)
}

extension DatabaseProblem: ProblemConvertible {
  /// Constraint names stay inside; a service that expects one says it better.
  public var problem: Problem {
    switch self {
    case .duplicate:
      Problem(
        .conflict, code: "CONFLICT", title: "Already there", detail: "Something with the same key exists already.")
    case .reference:
      Problem(
        .conflict, code: "CONFLICT", title: "Still in use",
        detail: "This refers to something that is gone, or something still refers to it.")
    case .refused:
      Problem(.invalid, code: "VALIDATION_ERROR", title: "There is a problem", detail: "A value is outside its limits.")
    case .contended:
      Problem(
        .unavailable(retryAfter: 1), code: "BUSY", title: "Busy",
        detail: "Too many changes at the same moment. Nothing was saved; try again.")
    case .unavailable:
      Problem(
        .unavailable(retryAfter: 5), code: "DATABASE_UNAVAILABLE", title: "Not now",
        detail: "The database cannot be reached at the moment. Nothing was saved; try again shortly.")
    }
  }
}
