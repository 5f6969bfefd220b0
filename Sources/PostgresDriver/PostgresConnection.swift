import CPQ
import Kernel
import Persistence

/// One connection to PostgreSQL, on the thread that owns it, in libpq's pipeline mode.
///
/// Beginning costs no round trip: BEGIN, preparing and the first statement travel together. Nor does the end of a read:
/// its COMMIT is sent and its answer picked up when the connection is used next. So a read of one statement waits for
/// the server once, and a write of one statement twice.
final class PostgresConnection: Connection {
  /// How many prepared statements a connection keeps.
  static let cacheSize = 400
  /// How many statements travel together. Their answers, which nobody reads before all are sent, must fit into what
  /// the system keeps for a socket, or both sides would wait for each other.
  static let batchSize = 200

  /// What one answer in a pipeline is the answer to.
  fileprivate enum Step {
    case prepare(_ text: String, as: String)
    case execute(_ text: String)
  }

  private struct Prepared {
    let name: String
    var lastUse: Int
  }

  let dialect = Dialect.postgres
  private let handle: OpaquePointer
  private var statements: [String: Prepared] = [:]
  private var uses = 0
  private var names = 0
  /// BEGIN, while it waits for the first statement.
  private var beginning: String?
  private var isReadOnly = false
  /// Answers that nobody has picked up yet.
  private var owed: [[Step]] = []
  /// The first thing that went wrong since the transaction began; nothing more is sent after it.
  private(set) var fault: PostgresFault?

  /// Connects; throws a fault when the server does not answer, or is too old or not in UTF-8.
  init(_ words: [(name: String, value: String)]) throws(PostgresFault) {
    let texts: [[CChar]] = words.flatMap { [Array($0.name.utf8CString), Array($0.value.utf8CString)] }
    guard let handle = Self.connected(texts) else { throw PostgresFault(state: "53200", "no memory to connect") }
    self.handle = handle
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    // From here on `deinit` closes the connection, also when this throws.
    guard PQstatus(handle) == CONNECTION_OK else { throw PostgresFault(lost: handle) }
    let encoding = PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? ""
    guard PQserverVersion(handle) >= 150_000, encoding == "UTF8", PQenterPipelineMode(handle) == 1 else {
      throw PostgresFault(
        state: "58000",
        "Homeroom needs PostgreSQL 15 or later and a UTF8 database, not \(PQserverVersion(handle)) and \(encoding)")
    }
  }

  private static func connected(_ texts: [[CChar]]) -> OpaquePointer? {
    let flat = texts.flatMap { $0 }
    return flat.withUnsafeBufferPointer { buffer in
      var names: [UnsafePointer<CChar>?] = []
      var values: [UnsafePointer<CChar>?] = []
      var offset = 0
      for (number, text) in texts.enumerated() {
        let pointer = buffer.baseAddress.map { $0 + offset }
        if number % 2 == 0 { names.append(pointer) } else { values.append(pointer) }
        offset += text.count
      }
      return PQconnectdbParams(names + [nil], values + [nil], 0)
    }
  }

  deinit { PQfinish(handle) }

  // MARK: Statements

  @discardableResult func run(_ sql: SQL) throws -> Int {
    let rows = try answer(to: [sql])
    return PQresultStatus(rows.result) == PGRES_TUPLES_OK && rows.did.hasPrefix("SELECT") ? 0 : rows.changed
  }

  func each(_ sql: SQL, _ body: (inout RowReader) throws -> Void) throws {
    try answer(to: [sql]).each(body)
  }

  func runAll(_ statements: [SQL]) throws {
    for start in stride(from: 0, to: statements.count, by: Self.batchSize) {
      _ = try answer(to: statements[start..<min(start + Self.batchSize, statements.count)])
    }
  }

  func script(_ statements: MigrationText) throws {
    try refuseAfterFault()
    do throws(PostgresFault) {
      try runScript(statements.text)
    } catch {
      fault = error
      throw error.error(isReadOnly: isReadOnly)
    }
  }

  /// The answer to the last of some statements.
  private func answer(to statements: some Sequence<SQL>) throws -> PostgresRows {
    try refuseAfterFault()
    let encoded = try statements.map { sql in
      let (text, values) = sql.rendered()
      return (text, try PostgresValues(values))
    }
    do throws(PostgresFault) {
      return try exchange(encoded)
    } catch {
      fault = error
      throw error.error(isReadOnly: isReadOnly)
    }
  }

  private func refuseAfterFault() throws {
    if let fault { throw fault.error(isReadOnly: isReadOnly) }
  }

  // MARK: Transactions

  /// Begins a transaction, as soon as there is a statement.
  func begin(_ text: String, isReadOnly: Bool) {
    fault = nil
    beginning = text
    self.isReadOnly = isReadOnly
  }

  /// What `body` answers in the transaction begun; a fault makes it a failure even when `body` swallowed it.
  func outcome<Value>(of body: (any Connection) throws -> Value) -> Result<Value, any Error> {
    let outcome = Result { try body(self) }
    if case .success = outcome, let fault { return .failure(fault.error(isReadOnly: isReadOnly)) }
    return outcome
  }

  /// Ends a write and waits until it is durable.
  func commit() throws(PostgresFault) {
    guard beginning == nil else { return beginning = nil }
    let rows = try exchangeOnce("COMMIT")
    guard rows.did == "COMMIT" else { throw PostgresFault(state: "25P02", "the transaction was undone: \(rows.did)") }
  }

  /// Ends a read, or undoes a write, without waiting for the answer; false when the connection is gone.
  func end(with text: String) -> Bool {
    guard beginning == nil else {
      beginning = nil
      return true
    }
    do throws(PostgresFault) {
      try sendOnce(text)
      owed.append([.execute(text)])
      try flush()
      return true
    } catch {
      return false
    }
  }

  // MARK: The wire

  private func exchange(_ statements: [(String, PostgresValues)]) throws(PostgresFault) -> PostgresRows {
    var steps: [Step] = []
    if let beginning {
      try sendOnce(beginning)
      steps.append(.execute(beginning))
      self.beginning = nil
    }
    for (text, values) in statements { try send(text, values, &steps) }
    try flush()
    try pickUpOwed()
    return try receive(steps)
  }

  private func exchangeOnce(_ text: String) throws(PostgresFault) -> PostgresRows {
    try sendOnce(text)
    try flush()
    try pickUpOwed()
    return try receive([.execute(text)])
  }

  private func send(_ text: String, _ values: PostgresValues, _ steps: inout [Step]) throws(PostgresFault) {
    uses += 1
    let name: String
    if let prepared = statements[text] {
      name = prepared.name
      statements[text]?.lastUse = uses
    } else {
      if statements.count >= Self.cacheSize { try forgetOldest(&steps) }
      names += 1
      name = "s\(names)"
      guard PQsendPrepare(handle, name, text, 0, nil) == 1 else { throw PostgresFault(lost: handle) }
      steps.append(.prepare(text, as: name))
      // Known from here on, so that the same text later in this pipeline is not prepared twice.
      statements[text] = Prepared(name: name, lastUse: uses)
    }
    let sent = values.withPointers { pointers in
      PQsendQueryPrepared(handle, name, Int32(values.count), pointers, nil, nil, 0)
    }
    guard sent == 1 else { throw PostgresFault(lost: handle) }
    steps.append(.execute(text))
  }

  private func forgetOldest(_ steps: inout [Step]) throws(PostgresFault) {
    guard let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
    statements[oldest.key] = nil
    let text = "DEALLOCATE \(oldest.value.name)"
    try sendOnce(text)
    steps.append(.execute(text))
  }

  /// Sends a statement of the driver's own. Nothing may come before BEGIN, and nothing is allowed beside ROLLBACK, so
  /// these cannot wait for room among the prepared.
  private func sendOnce(_ text: String) throws(PostgresFault) {
    guard PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1 else { throw PostgresFault(lost: handle) }
  }

  private func flush() throws(PostgresFault) {
    guard PQpipelineSync(handle) == 1 else { throw PostgresFault(lost: handle) }
  }

  /// Answers to the ends of earlier transactions: only whether the connection lives matters.
  private func pickUpOwed() throws(PostgresFault) {
    while let steps = owed.first {
      owed.removeFirst()
      do throws(PostgresFault) { _ = try receive(steps) } catch { if error.isLost { throw error } }
    }
  }

  /// The last answer of a pipeline, or the first fault in it.
  private func receive(_ steps: [Step]) throws(PostgresFault) -> PostgresRows {
    var last: PostgresRows?
    var fault: PostgresFault?
    for step in steps {
      guard let result = PQgetResult(handle) else { throw fault ?? PostgresFault(lost: handle) }
      let rows = PostgresRows(result)
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
        last = rows
      case PGRES_PIPELINE_ABORTED:
        forgetUnprepared(step)
      default:
        forgetUnprepared(step)
        if fault == nil { fault = PostgresFault(result, of: step) }
      }
      guard PQstatus(handle) == CONNECTION_OK else { throw lost(fault) }
      while let more = PQgetResult(handle) { PQclear(more) }
    }
    guard let sync = PQgetResult(handle) else { throw lost(fault) }
    defer { PQclear(sync) }
    guard PQresultStatus(sync) == PGRES_PIPELINE_SYNC else { throw lost(fault) }
    if let fault { throw fault }
    guard let last else { throw PostgresFault(lost: handle) }
    return last
  }

  /// The server never came to prepare it, or refused to.
  private func forgetUnprepared(_ step: Step) {
    if case .prepare(let text, let name) = step, statements[text]?.name == name { statements[text] = nil }
  }

  /// The server's last words, where it had any, before it went.
  private func lost(_ fault: PostgresFault?) -> PostgresFault {
    if let fault, fault.isLost { return fault }
    return PostgresFault(lost: handle)
  }

  /// Several statements at once need the simple protocol, which a pipeline has no room for.
  private func runScript(_ text: String) throws(PostgresFault) {
    if let beginning {
      self.beginning = nil
      _ = try exchangeOnce(beginning)
    }
    try pickUpOwed()
    guard PQexitPipelineMode(handle) == 1 else { throw PostgresFault(lost: handle) }
    guard let result = PQexec(handle, text) else { throw PostgresFault(lost: handle) }
    let rows = PostgresRows(result)
    let status = PQresultStatus(rows.result)
    let isFine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
    let fault = isFine ? nil : PostgresFault(rows.result, of: .execute(text))
    guard PQstatus(handle) == CONNECTION_OK, PQenterPipelineMode(handle) == 1 else { throw lost(fault) }
    if let fault { throw fault }
  }
}

extension PostgresFault {
  /// The fault of a result, with the statement it is about.
  fileprivate init(_ result: OpaquePointer, of step: PostgresConnection.Step) {
    self.init(result)
    switch step {
    case .prepare(let text, _), .execute(let text): statement = text
    }
  }
}
