import GRDB
import Kernel
import Persistence

import struct GRDB.Configuration
import struct GRDB.DatabaseError
import class GRDB.DatabaseQueue

/// Opens connections the way Homeroom wants them; the one file that knows GRDB.
///
/// A thread of ours stays inside GRDB's queue for as long as the connection lives (`serve`), so that nothing is handed
/// from thread to thread for each call.
struct SQLiteOpening: Sendable {
  /// Memory for pages that all connections share out among themselves, in KiB: resident memory is a budget.
  static let cacheBudget = 32 * 1024

  private let queue: DatabaseQueue
  private let isReadOnly: Bool

  /// The connection that writes; makes the file when it is not there.
  static func writer(_ path: String, connections: Int) throws -> SQLiteOpening {
    var configuration = configuration(connections: connections)
    configuration.journalMode = .wal
    let opening = try SQLiteOpening(path, configuration)
    // GRDB turns to NORMAL with WAL, after everything a configuration can say: acknowledged would not mean durable.
    let synchronous = try opening.translated { queue in
      try queue.inDatabase { database -> Int? in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        return try Int.fetchOne(database, sql: "PRAGMA synchronous")
      }
    }
    guard synchronous == 2 else { throw DatabaseProblem.unavailable("SQLite does not take synchronous = FULL") }
    return opening
  }

  /// A connection that cannot write.
  static func reader(_ path: String, connections: Int) throws -> SQLiteOpening {
    var configuration = configuration(connections: connections)
    configuration.readonly = true
    configuration.prepareDatabase { database in try database.execute(sql: "PRAGMA query_only = 1") }
    return try SQLiteOpening(path, configuration)
  }

  private init(_ path: String, _ configuration: Configuration) throws {
    isReadOnly = configuration.readonly
    queue = try Self.translated { try DatabaseQueue(path: path, configuration: configuration) }
  }

  private static func configuration(connections: Int) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.allowsUnsafeTransactions = true
    let cache = max(2048, min(8192, cacheBudget / connections))
    configuration.prepareDatabase { database in
      // No mmap: each connection would map the pages again, and resident memory counts them again.
      try database.execute(
        sql: """
          PRAGMA cache_size = -\(cache);
          PRAGMA mmap_size = 0;
          PRAGMA temp_store = MEMORY;
          PRAGMA journal_size_limit = 67108864;
          PRAGMA wal_autocheckpoint = 4000;
          PRAGMA trusted_schema = OFF;
          """)
    }
    return configuration
  }

  /// Gives the connection to `work`, on this thread, until `work` is done; then closes it.
  func serve(_ work: (SQLiteConnection) -> Void) {
    queue.inDatabase { database in
      guard let handle = database.sqliteConnection else { return }
      let connection = SQLiteConnection(handle: handle, isReadOnly: isReadOnly)
      if isReadOnly { connection.watchDeadline() }
      work(connection)
      connection.finish()
    }
    close()
  }

  /// Closes a connection that nobody serves.
  func close() {
    try? queue.close()  // It fails only while statements are open, and then deinit closes it.
  }

  private func translated<Value>(_ work: (DatabaseQueue) throws -> Value) throws -> Value {
    try Self.translated { try work(queue) }
  }

  private static func translated<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      throw DatabaseProblem.unavailable("SQLite: \(error.message ?? "cannot be opened") (\(error.resultCode.rawValue))")
    }
  }
}
