import Dispatch
import Foundation
public import Persistence

/// A school's database in one file: one thread that writes, and some that read beside it.
///
/// A write is on the disk when it returns (`synchronous = FULL`); callers that write at the same moment share a commit.
/// A read sees one consistent state and never waits for a writer. Only one process may serve a file: see `SQLiteLock`.
public final class SQLiteDatabase: Persistence.Database {
  /// How many calls may wait for a thread; the next is refused as `unavailable`.
  public static let queueLimit = 4_000
  /// How long a read may take before SQLite is interrupted.
  public static let readLimit = Duration.seconds(30)

  /// Where the file is.
  public let path: String
  /// Always SQLite.
  public let dialect = Dialect.sqlite

  private let reads = WaitingLine<SQLiteRead>(limit: queueLimit)
  private let writes = WaitingLine<SQLiteWrite>(limit: queueLimit)
  private let readers = DispatchGroup()
  private let writer = DispatchGroup()

  /// Opens the file, making it when it is not there, with `readers` threads that read: as many as there are cores, but
  /// at least two, unless told. Throws `unavailable` when the file cannot be opened or written.
  public static func open(path: String, readers: Int? = nil) throws -> SQLiteDatabase {
    try SQLiteDatabase(path, readers: max(1, readers ?? max(2, ProcessInfo.processInfo.activeProcessorCount)))
  }

  private init(_ path: String, readers count: Int) throws {
    self.path = path
    let writing = try SQLiteOpening.writer(path, connections: count + 1)
    var reading: [SQLiteOpening] = []
    for _ in 0..<count { reading.append(try SQLiteOpening.reader(path, connections: count + 1)) }

    // The threads hold their line and not this object, which may go while they end.
    let reads = reads
    let writes = writes
    startDriverThread("sqlite-write", in: writer) {
      writing.serve { SQLiteWriter(connection: $0, line: writes).work() }
    }
    for (number, opening) in reading.enumerated() {
      startDriverThread("sqlite-read-\(number)", in: readers) {
        opening.serve { connection in
          while let read = reads.next() { read.run(connection) }
        }
      }
    }
  }

  deinit {
    reads.close()
    writes.close()
  }

  /// Runs `body` on one consistent state. A statement that writes is a `Bug`.
  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await read(limit: Self.readLimit, body)
  }

  func read<Value: Sendable>(
    limit: Duration?, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let read = SQLiteRead { connection in
        continuation.resume(with: Result { try connection.reading(limit: limit, body) })
      }
      do { try reads.add(read) } catch { continuation.resume(throwing: error) }
    }
  }

  /// Runs `body` in a transaction; one after the other, so both isolations are serializable. `body` may run twice.
  public func write<Value: Sendable>(
    _: Isolation, _ body: @escaping @Sendable (any Connection) throws -> Value
  ) async throws -> Value {
    try await enqueue(isApart: false) { connection in connection.outcome(of: body) }
  }

  /// Runs `work` on the writing connection, outside of a transaction.
  func apart<Value: Sendable>(_ work: @escaping @Sendable (SQLiteConnection) throws -> Value) async throws -> Value {
    try await enqueue(isApart: true) { connection in
      let outcome = Result { try work(connection) }
      connection.rollBack()
      return outcome
    }
  }

  private func enqueue<Value: Sendable>(
    isApart: Bool, _ attempt: @escaping @Sendable (SQLiteConnection) -> Result<Value, any Error>
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let write = SQLiteWrite(
        isApart: isApart,
        attempt: { connection in
          switch attempt(connection) {
          case .success(let value):
            .init(succeeded: true) { failure in
              if let failure { continuation.resume(throwing: failure) } else { continuation.resume(returning: value) }
            }
          case .failure(let error):
            .init(succeeded: false) { _ in continuation.resume(throwing: error) }
          }
        },
        refuse: { continuation.resume(throwing: $0) })
      do { try writes.add(write) } catch { continuation.resume(throwing: error) }
    }
  }

  /// Finishes what is under way and closes the file. The writer goes last: it takes the write-ahead log with it.
  public func close() async {
    reads.close()
    await readers.finished()
    writes.close()
    await writer.finished()
  }
}

/// One caller's read, waiting for a reader.
struct SQLiteRead: Sendable {
  let run: @Sendable (SQLiteConnection) -> Void
}
