import Academics
import Directory
import Kernel
import Persistence
import Record
import Rights

/// What an import goes by, the same for all its batches.
struct IntakeSetting: Sendable {
  let importing: ImportID
  /// The system the names in the roster are of.
  let source: String
  let format: RosterFormat
  /// The school chosen for rows that do not say theirs; people and sections are known by name within it.
  let school: OrgID?
  /// Where whoever imports may do so.
  let reach: Reach
  let today: SchoolDate
  let survey: IntakeSurvey
}

/// What came of a batch.
struct IntakeOutcome: Sendable {
  var counts = ImportCounts()
  var findings: [Finding] = []
  var memory: IntakeMemory
}

/// A few hundred records in one transaction: asks for everything they concern by the hundred, then decides on each in
/// turn what it would create or change. Only `write` writes.
///
/// Nothing that is here is overwritten by what the roster does not say.
final class IntakeBatch {
  let records: [RosterRecord]
  let setting: IntakeSetting
  /// When the batch is written; identifiers made now lie beside each other in every index.
  let now: Instant
  let tx: any Connection
  let record = Record()
  let roster: Roster
  let teaching: TeachingIntake
  var memory: IntakeMemory
  var rows = IntakeRows()
  var here = IntakeLook()

  private var counts = ImportCounts()
  private var findings: [Finding] = []

  init(
    _ records: [RosterRecord], _ setting: IntakeSetting, memory: IntakeMemory, at now: Instant, in tx: any Connection
  ) {
    self.records = records
    self.setting = setting
    self.memory = memory
    self.now = now
    self.tx = tx
    roster = Roster(record: record)
    teaching = TeachingIntake(record: record)
  }

  /// Decides on every record. With `counting` false it only learns what earlier batches of a stopped import knew.
  func settle(counting: Bool = true) throws -> IntakeOutcome {
    try look()
    for record in records {
      switch record {
      case .org(let org): settle(org)
      case .session(let session): try settle(session)
      case .course(let course): try settle(course)
      case .person(let person): settle(person)
      case .student(let student): settle(student)
      case .staff(let staff): settle(staff)
      case .section(let section): settle(section)
      case .enrolment(let enrolment): settle(enrolment)
      case .relationship(let relationship): settle(relationship)
      }
    }
    guard counting else { return IntakeOutcome(memory: memory) }
    return IntakeOutcome(counts: counts, findings: findings, memory: memory)
  }

  /// Writes what was decided.
  func write(_ change: Change) throws {
    try rows.write(record, source: setting.source, on: setting.today, change, in: tx)
  }

  // MARK: Words for the person who imports

  /// What was decided on a record.
  enum Verdict { case create, update, unchanged }

  func count(_ kind: RosterKind, _ verdict: Verdict) {
    switch verdict {
    case .create: counts[kind].create += 1
    case .update: counts[kind].update += 1
    case .unchanged: counts[kind].unchanged += 1
    }
  }

  /// The record cannot come in.
  func refuse(_ record: RosterRecord, _ code: String, _ message: String, value: String? = nil) {
    counts[record.kind].error += 1
    note(.error, record.spot, code, message, value: value ?? record.id)
  }

  /// The record comes in, but not all of it.
  func warn(_ spot: RosterSpot, _ code: String, _ message: String, value: String? = nil) {
    note(.warning, spot, code, message, value: value)
  }

  /// A problem of values, as findings of the record.
  func refuse(_ record: RosterRecord, _ problem: Problem) {
    let first = problem.errors.first
    refuse(record, first?.code ?? problem.code, first?.detail ?? problem.detail)
    for error in problem.errors.dropFirst() { note(.error, record.spot, error.code, error.detail, value: record.id) }
  }

  func refuseUnknown(_ record: RosterRecord, _ what: String, _ name: String) {
    refuse(
      record, "NOT_BROUGHT_IN", "The \(what) it refers to was not brought in. Correct that row first.", value: name)
  }

  private func note(
    _ severity: Finding.Severity, _ spot: RosterSpot, _ code: String, _ message: String, value: String?
  ) {
    findings.append(Finding(severity, file: spot.file, row: spot.row, value: value, code: code, message: message))
  }

  // MARK: Names and places

  /// Registers the roster's name for one of our things.
  func register<E>(_ name: String, _ kind: RosterKind, _ id: ID<E>, in org: OrgID?) {
    rows.names.append((ExternalName(kind: kind.rawValue, external: name, org: org), id.retyped()))
  }

  func mint<E>(_: E.Type = E.self) -> ID<E> { ID<E>.new(at: now) }

  /// The organisation a record names, or the chosen school; nil, with a finding, when it may not be used.
  func place(_ name: String?, of record: RosterRecord) -> OrgID? {
    guard let name else {
      if let school = setting.school { return school }
      refuse(record, "SCHOOL_MISSING", "The row does not say its school. Choose a school for the import.")
      return nil
    }
    guard let place = memory.orgNames[name] ?? nil else {
      refuse(
        record, "UNKNOWN_SCHOOL",
        "This school or organisation is not here, or you may not import for it. Correct the name, or add the school.",
        value: name)
      return nil
    }
    return place
  }

  /// The school a record names: a department's is the school above it.
  func school(_ name: String?, of record: RosterRecord) -> OrgID? {
    guard let place = place(name, of: record) else { return nil }
    if let school = memory.school(of: place) { return school }
    refuse(
      record, "NOT_A_SCHOOL", "Students belong to a school or college. Name one of those instead.", value: name)
    return nil
  }
}
