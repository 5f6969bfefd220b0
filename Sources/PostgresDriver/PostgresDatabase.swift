import Dispatch
import Foundation
public import Persistence

/// A database on a PostgreSQL server: a pool of connections, each with a thread of its own, and one line before them.
///
/// Connections are made when they are needed, and again after the server was away. A write is serializable and durable
/// when it returns, as far as the server's own `synchronous_commit` goes. Where writes are in each other's way they are
/// run again for five seconds and then answered with `contended`. A write whose connection goes during COMMIT is
/// answered with `unavailable` and not repeated: only a look can tell whether it was saved.
public final class PostgresDatabase: Database {
  /// How many calls may wait for a connection; the next is refused as `unavailable`.
  public static let queueLimit = 4_000

  /// Always PostgreSQL.
  public let dialect = Dialect.postgres
  /// How many connections there may be.
  public let connectionLimit: Int
  /// Words of the address that mean nothing to libpq or to the pool, to be reported.
  public let ignoredParameters: [String]

  private let line = WaitingLine<PostgresJob>(limit: queueLimit)
  private let workers = DispatchGroup()
  private let closing = DispatchSemaphore(value: 0)
  private let watch = DispatchGroup()
  let listeners = DispatchGroup()
  let stop = StopSign()
  let words: [(name: String, value: String)]

  /// Connects once, to see that the server is there, and opens the pool.
  ///
  /// `url` is `postgres://user:password@host:port/name?sslmode=…&connection_limit=8&pool_timeout=30`. `schema` comes
  /// first in the search path. Throws `BadPostgresAddress`, or `unavailable` when the server does not answer.
  public static func connect(
    url: String, schema: String? = nil, connections: Int? = nil, poolTimeout: Duration? = nil
  ) async throws -> PostgresDatabase {
    let address = try PostgresAddress(url)
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
    guard schema?.allSatisfy(letters.contains) ?? true else {
      throw BadPostgresAddress("a schema is named with a-z, 0-9 and _")
    }
    let database = PostgresDatabase(
      address, schema: schema, connections: connections ?? address.connectionLimit ?? 8,
      poolTimeout: poolTimeout ?? address.poolTimeout ?? .seconds(30))
    do {
      _ = try await database.read { tx in try tx.count("SELECT 1") }
    } catch {
      await database.close()
      throw error
    }
    return database
  }

  private init(_ address: PostgresAddress, schema: String?, connections: Int, poolTimeout: Duration) {
    connectionLimit = connections
    ignoredParameters = address.ignored
    let words = address.words(schema: schema)
    self.words = words
    // The threads hold the line and not this object, which may go while they end.
    let line = line
    let closing = closing
    for number in 0..<connections {
      startDriverThread("postgres-\(number)", in: workers) {
        let worker = PostgresWorker(words)
        while let job = line.next() { job.run(worker) }
      }
    }
    startDriverThread("postgres-watch", in: watch) {
      while closing.wait(timeout: .now() + .milliseconds(500)) == .timedOut {
        let overdue = line.takeOverdue { ContinuousClock.now - $0.since > poolTimeout }
        for job in overdue {
          job.refuse(DatabaseProblem.unavailable("no connection was free for \(poolTimeout)"))
        }
      }
    }
  }

  deinit {
    line.close()
    stop.set()
    closing.signal()
  }

  /// Runs `body` on one consistent state, a second time when the connection was lost. A statement that writes is a
  /// `Bug`.
  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await enqueue { worker in try worker.read(body) }
  }

  /// Runs `body` in a transaction, again where others were in its way.
  public func write<Value: Sendable>(
    _ isolation: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await enqueue { worker in try worker.write(isolation, body) }
  }

  private func enqueue<Value: Sendable>(
    _ work: @escaping @Sendable (PostgresWorker) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let job = PostgresJob(
        run: { worker in continuation.resume(with: Result { try work(worker) }) },
        refuse: { continuation.resume(throwing: $0) })
      do { try line.add(job) } catch { continuation.resume(throwing: error) }
    }
  }

  /// Finishes what is under way, ends the streams of `listen` and closes all connections.
  public func close() async {
    stop.set()
    line.close()
    await workers.finished()
    closing.signal()
    await watch.finished()
    await listeners.finished()
  }
}
