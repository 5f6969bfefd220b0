import Academics
import Directory
import Kernel
public import Persistence
import Record
import Rights
import Synchronization

/// Where the transactions of an import are run: plainly, or by a job that has to prove that it is still its own.
public struct ImportDesk: Sendable {
  /// Runs one transaction; `done` is how many records are dealt with when it is committed.
  let write: @Sendable (_ done: Int, _ body: @escaping @Sendable (any Connection) throws -> Void) async throws -> Void
  /// Throws when the work is to end between two transactions.
  let checkStop: @Sendable () throws -> Void

  /// Transactions that are run by `write`, with the number of records dealt with so far.
  public init(
    write:
      @escaping @Sendable (
        _ done: Int, _ body: @escaping @Sendable (any Connection) throws -> Void
      ) async throws -> Void,
    checkStop: @escaping @Sendable () throws -> Void = {}
  ) {
    self.write = write
    self.checkStop = checkStop
  }
}

/// One way through a roster from its first record to its last, batch by batch.
struct ImportRun: Sendable {
  /// Records in one transaction: a student list makes two of each student, so two hundred students, some 40 ms.
  static let batchSize = 400

  let database: any Database
  let clock: any WallClock
  let setting: IntakeSetting
  let source: RosterSource
  let store = ImportStore()

  /// What the roster would do; writes nothing.
  func check() async throws -> (counts: ImportCounts, findings: [Finding]) {
    let reading = try source.reading()
    var memory = IntakeMemory()
    var counts = ImportCounts()
    var kept = KeptFindings()
    while let batch = try next(of: reading, Self.batchSize) {
      let (part, setting, records, now) = (memory.part(for: batch.records), setting, batch.records, clock.now())
      let outcome = try await database.read { tx in
        try IntakeBatch(records, setting, memory: part, at: now, in: tx).settle()
      }
      memory.learn(outcome.memory)
      counts.add(outcome, batch.findings)
      kept.add(batch.findings + outcome.findings)
    }
    return (counts, kept.findings)
  }

  /// Writes the roster, going on where an earlier run was stopped; each batch is one transaction with its part of the
  /// counts and the place it reached. Answers the import as it stands at the end, still applying.
  func apply(
    _ start: RosterImport, by actor: Actor, at desk: ImportDesk
  ) async throws -> RosterImport {
    let reading = try source.reading()
    var memory = IntakeMemory()
    var current = start
    try await skip(to: start.position, reading, &memory)
    while let batch = try next(of: reading, Self.batchSize) {
      try desk.checkStop()
      let change = Change(
        by: actor, at: clock.now(), org: setting.school, cause: start.id.retyped())
      if batch.records.isEmpty {
        try await settle([], batch.findings, &memory, &current, change, desk)
      } else {
        try await settle(batch.records[...], batch.findings, &memory, &current, change, desk)
      }
    }
    let change = Change(by: actor, at: clock.now(), org: setting.school, cause: start.id.retyped())
    try await setCurrentPeriods(memory, change, desk, done: current.position)
    return current
  }

  /// Reads again what a stopped run had written. Organisations, terms and courses are learned anew; people and sections
  /// are found in the database when they are asked for.
  private func skip(to position: Int, _ reading: RosterReading, _ memory: inout IntakeMemory) async throws {
    var done = 0
    while done < position, let batch = try next(of: reading, min(Self.batchSize, position - done)) {
      done += batch.records.count
      let records = batch.records.filter { [.org, .session, .course].contains($0.kind) }
      guard !records.isEmpty else { continue }
      let (part, setting, now) = (memory.part(for: records), setting, clock.now())
      let outcome = try await database.read { tx in
        try IntakeBatch(records, setting, memory: part, at: now, in: tx).settle(counting: false)
      }
      memory.learn(outcome.memory)
    }
  }

  /// One batch in one transaction. When the database refuses it for a reason the rows themselves must bear, it is tried
  /// in halves until the one row is found, which becomes an error like any other.
  private func settle(
    _ records: ArraySlice<RosterRecord>, _ findings: [Finding], _ memory: inout IntakeMemory,
    _ current: inout RosterImport, _ change: Change, _ desk: ImportDesk
  ) async throws {
    let (before, setting, store, records) = (current, setting, store, Array(records))
    let part = memory.part(for: records)
    let result = Settled()
    do {
      try await desk.write(before.position + records.count) { tx in
        let batch = IntakeBatch(records, setting, memory: part, at: change.at, in: tx)
        let outcome = try batch.settle()
        var after = before
        after.counts.add(outcome, findings)
        after.position += records.count
        if after.mode == .allOrNothing, after.counts.errors > 0 {
          throw ImportProblem.hasErrors(after.counts.errorRows)
        }
        try batch.write(change)
        try store.append(findings + outcome.findings, to: before.id, in: tx)
        try store.save(after, in: tx)
        result.set(after, outcome.memory)
      }
      guard let settled = result.value else { throw Bug("a batch of an import was written and says nothing of it") }
      current = settled.current
      memory.learn(settled.memory)
    } catch let problem as DatabaseProblem where problem.isOfRows && !records.isEmpty {
      guard records.count > 1 else {
        return try await refuse(records[0], findings, &current, desk)
      }
      let middle = records.count / 2
      try await settle(records[..<middle], findings, &memory, &current, change, desk)
      try await settle(records[middle...], [], &memory, &current, change, desk)
    }
  }

  private func refuse(
    _ record: RosterRecord, _ findings: [Finding], _ current: inout RosterImport, _ desk: ImportDesk
  ) async throws {
    let finding = Finding(
      .error, file: record.spot.file, row: record.spot.row, value: record.id, code: "NOT_SAVED",
      message: "This row contradicts what is here already, such as a key that is taken. Compare the two and correct "
        + "the row.")
    var after = current
    after.counts[record.kind].error += 1
    after.counts.note([finding] + findings)
    after.position += 1
    if after.mode == .allOrNothing { throw ImportProblem.hasErrors(after.counts.errorRows) }
    let (store, saved) = (store, after)
    try await desk.write(after.position) { tx in
      try store.append(findings + [finding], to: saved.id, in: tx)
      try store.save(saved, in: tx)
    }
    current = after
  }

  /// Organisations that have periods now and none that is current get the one of today, or else the latest.
  private func setCurrentPeriods(
    _ memory: IntakeMemory, _ change: Change, _ desk: ImportDesk, done: Int
  ) async throws {
    guard !memory.calendars.isEmpty else { return }
    let today = setting.today
    let choices = memory.calendars.sorted().compactMap { org -> (OrgID, PeriodID)? in
      let periods = memory.periods.values.filter { $0.details.org == org && $0.details.status == .open }
      let running = periods.filter { $0.contains(today) }.min { $0.length < $1.length }
      return (running ?? periods.max { $0.details.lastOn < $1.details.lastOn }).map { (org, $0.id) }
    }
    try await desk.write(done) { tx in
      let roster = Roster(record: Record())
      for (org, period) in choices where try !roster.hasCurrentPeriod(org, in: tx) {
        try roster.makeCurrent(period, ofNew: org, change.at(org), in: tx)
      }
    }
  }

  /// The next records; those of one row are kept together, as a person's place follows the person.
  private func next(of reading: RosterReading, _ size: Int) throws -> RosterBatch? {
    guard var batch = try reading.next(size) else { return nil }
    let standTogether = source.format == .plainStudents || source.format == .schoolDataSync1
    while standTogether, case .person? = batch.records.last, let more = try reading.next(1) {
      batch.records += more.records
      batch.findings += more.findings
    }
    return batch
  }
}

/// What a transaction found, carried out of it; a transaction that is run again sets it again.
private final class Settled: Sendable {
  private let state = Mutex<(current: RosterImport, memory: IntakeMemory)?>(nil)

  var value: (current: RosterImport, memory: IntakeMemory)? { state.withLock { $0 } }

  func set(_ current: RosterImport, _ memory: IntakeMemory) { state.withLock { $0 = (current, memory) } }
}

/// The findings that are kept of a check.
private struct KeptFindings {
  private(set) var findings: [Finding] = []
  private var errors = 0
  private var warnings = 0

  mutating func add(_ more: [Finding]) {
    for finding in more {
      if finding.severity == .error {
        guard errors < ImportStore.errorLimit else { continue }
        errors += 1
      } else {
        guard warnings < ImportStore.warningLimit else { continue }
        warnings += 1
      }
      findings.append(finding)
    }
  }
}

extension ImportCounts {
  /// Adds what came of a batch and what the reader found while reading it.
  mutating func add(_ outcome: IntakeOutcome, _ read: [Finding]) {
    add(outcome.counts)
    note(read + outcome.findings)
  }

  /// Counts findings by cause, and the rows that have errors.
  mutating func note(_ findings: [Finding]) {
    var rows: Set<RosterSpot> = []
    for finding in findings {
      note(finding)
      if finding.severity == .error { rows.insert(RosterSpot(file: finding.file, row: finding.row ?? 0)) }
    }
    errorRows += rows.count
  }
}

extension Period {
  fileprivate var length: Int { details.lastOn.days - details.firstOn.days }
}

extension DatabaseProblem {
  /// Whether the rows themselves are refused, so that fewer of them may pass.
  fileprivate var isOfRows: Bool {
    switch self {
    case .duplicate, .reference, .refused: true
    case .contended, .unavailable: false
    }
  }
}
