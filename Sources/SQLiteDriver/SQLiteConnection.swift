import GRDBSQLite
import Kernel
import Persistence

/// One connection of SQLite, on the thread that owns it.
///
/// The first statement that is refused ends the transaction for its caller, as PostgreSQL has it: a body that swallows
/// the error cannot go on with half of its work, on either engine.
final class SQLiteConnection: Connection {
  /// How many prepared statements a connection keeps.
  static let cacheSize = 400

  let dialect = Dialect.sqlite
  let isReadOnly: Bool
  private let handle: OpaquePointer
  private var statements: [String: SQLiteStatement] = [:]
  private var uses = 0
  private var refusal: (any Error)?
  private var deadline: ContinuousClock.Instant?

  init(handle: OpaquePointer, isReadOnly: Bool) {
    self.handle = handle
    self.isReadOnly = isReadOnly
    // GRDB's authorizer observes its own statements only; ours are prepared without it.
    sqlite3_set_authorizer(handle, nil, nil)
  }

  // MARK: Statements

  @discardableResult func run(_ sql: SQL) throws -> Int {
    let (text, values) = sql.rendered(numbered: false)
    let before = sqlite3_total_changes64(handle)
    try rows(of: text, values) { _ in }
    // `changes` keeps the count of an earlier statement when this one was no INSERT, UPDATE or DELETE.
    return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
  }

  func each(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
    let (text, values) = sql.rendered(numbered: false)
    try rows(of: text, values) { statement in
      var row = RowReader(statement)
      try body(&row)
    }
  }

  func script(_ statements: MigrationText) throws {
    try refuseAfterRefusal()
    let code = sqlite3_exec(handle, statements.text, nil, nil, nil)
    guard code == SQLITE_OK else { throw refused(statements.text) }
  }

  /// Runs a statement of the driver itself: beginning, ending, pragmas.
  func command(_ text: String) throws { try rows(of: text, []) { _ in } }

  /// The first column of a statement of the driver itself, as text.
  func words(_ text: String) throws -> [String] {
    var words: [String] = []
    try rows(of: text, []) { statement in words.append(statement.isNull(0) ? "" : statement.text(0)) }
    return words
  }

  private func rows(of text: String, _ values: [SQLValue], _ body: (SQLiteStatement) throws -> Void) throws {
    try refuseAfterRefusal()
    let statement = try borrow(text)
    defer { giveBack(statement) }
    guard statement.takes(values.count) else {
      throw Bug("parameters and values differ in number: \(text.prefix(300))")
    }
    guard statement.bind(values) == SQLITE_OK else { throw refused(text) }
    while true {
      switch statement.step() {
      case SQLITE_ROW: try body(statement)
      case SQLITE_DONE: return
      default: throw refused(text)
      }
    }
  }

  // MARK: Transactions

  /// Whether a transaction is open: some faults, such as a full disk, make SQLite undo all of it by itself.
  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// What `body` answers within a transaction that somebody else began, or why it must be undone.
  func outcome<Value>(of body: (any Connection) throws -> Value) -> Result<Value, any Error> {
    refusal = nil
    let outcome = Result { try body(self) }
    defer { refusal = nil }
    if case .success = outcome, let refusal { return .failure(refusal) }
    return outcome
  }

  /// Undoes whatever is open.
  func rollBack() {
    refusal = nil
    deadline = nil
    if isInTransaction { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
  }

  /// Runs `body` on one consistent state; SQLite is interrupted when it takes longer than `limit`.
  func reading<Value>(limit: Duration?, _ body: (any Connection) throws -> Value) throws -> Value {
    deadline = limit.map { ContinuousClock.now.advanced(by: $0) }
    defer { rollBack() }
    try command("BEGIN DEFERRED")
    let value = try outcome(of: body).get()
    deadline = nil
    try command("COMMIT")
    return value
  }

  /// Lets SQLite ask now and then whether the time for a read is over. The connection must outlive its use.
  func watchDeadline() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_progress_handler(
      handle, 50_000,
      { context in
        guard let context else { return 0 }
        let connection = Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue()
        guard let deadline = connection.deadline else { return 0 }
        return ContinuousClock.now > deadline ? 1 : 0
      }, context)
  }

  /// Gives back everything that SQLite wants back before it closes.
  func finish() {
    rollBack()
    sqlite3_progress_handler(handle, 0, nil, nil)
    statements.removeAll()
  }

  // MARK: Prepared statements

  private func borrow(_ text: String) throws -> SQLiteStatement {
    uses += 1
    if let statement = statements[text], !statement.isInUse {
      statement.isInUse = true
      statement.lastUse = uses
      return statement
    }
    let statement = try prepare(text)
    statement.isInUse = true
    statement.lastUse = uses
    if statements[text] == nil {
      if statements.count >= Self.cacheSize { forgetOldest() }
      statements[text] = statement
    }
    return statement
  }

  private func giveBack(_ statement: SQLiteStatement) {
    statement.reset()
    statement.isInUse = false
  }

  private func forgetOldest() {
    let oldest = statements.values.lazy.filter { !$0.isInUse }.min { $0.lastUse < $1.lastUse }
    if let oldest { statements[oldest.text] = nil }
  }

  private func prepare(_ text: String) throws -> SQLiteStatement {
    var copy = text
    var prepared: OpaquePointer?
    var hasMore = false
    let code = copy.withUTF8 { bytes -> Int32 in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        var rest: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          handle, characters.baseAddress, Int32(characters.count), UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &rest)
        if code == SQLITE_OK, let rest, let start = characters.baseAddress {
          hasMore = bytes[(rest - start)...].contains { $0 > 0x20 && $0 != UInt8(ascii: ";") }
        }
        return code
      }
    }
    guard code == SQLITE_OK else { throw refused(text) }
    guard let prepared else { throw Bug("an empty statement") }
    let statement = SQLiteStatement(text, handle: prepared)
    guard !hasMore else { throw Bug("two statements in one: \(text.prefix(300))") }
    return statement
  }

  // MARK: Refusals

  private func refuseAfterRefusal() throws {
    if let refusal { throw refusal }
  }

  /// What SQLite refused last, kept until the transaction ends.
  private func refused(_ text: String) -> any Error {
    let fault = SQLiteFault(
      code: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
    let error = fault.error(isReadOnly: isReadOnly, in: text, name: keyName)
    refusal = error
    return error
  }

  /// The name of a unique key as PostgreSQL would say it: the index where there is one, else made of table and columns.
  private func keyName(_ table: String, _ columns: [String]) -> String? {
    let indexes = try? keys(of: table)  // Without an answer the columns themselves are named; nothing is lost.
    guard let key = indexes?.first(where: { $0.columns == columns }) else { return nil }
    switch key.origin {
    case "c": return key.name
    case "pk": return table + "_pkey"
    default: return ([table] + columns).joined(separator: "_") + "_key"
    }
  }

  private func keys(of table: String) throws -> [(name: String, origin: String, columns: [String])] {
    let listed = try all("SELECT name, origin FROM pragma_index_list(\(table)) WHERE \"unique\" = 1") { row in
      (name: try row.next() as String, origin: try row.next() as String)
    }
    return try listed.map { index in
      let columns = try all("SELECT name FROM pragma_index_info(\(index.name)) ORDER BY seqno") { row -> String in
        try row.next() as String? ?? ""
      }
      return (index.name, index.origin, columns)
    }
  }
}
