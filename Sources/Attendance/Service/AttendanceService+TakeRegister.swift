import Academics
import Kernel
import Persistence
import Record
public import Rights

/// What a person saves of a register.
public struct RegisterTaking: Sendable, Equatable {
  /// The marks that were touched.
  public var entries: [MarkEntry]
  /// Whether the register is submitted with them: blanks become present.
  public var submits: Bool
  /// Why a locked register is changed; nil for one that is open.
  public var reason: String?

  /// Entries as made.
  public init(_ entries: [MarkEntry] = [], submits: Bool, reason: String? = nil) {
    self.entries = entries
    self.submits = submits
    self.reason = reason
  }
}

extension AttendanceService {
  /// Saves what changed in a register, with its history, in one transaction.
  ///
  /// Marks that someone else altered meanwhile come back as conflicts; all others are saved. After the school's
  /// midnight only `attendance.override` with a reason changes anything: such marks are the office's word, and the
  /// teacher's stay beneath them. A save of up to a hundred marks runs the same few statements as a save of one.
  public func takeRegister(
    _ taking: RegisterTaking, for key: RegisterKey, actor: Actor
  ) async throws -> SavedRegister {
    try check(key)
    let taking = try taking.checked()
    for _ in 0..<Self.attempts {
      do {
        return try await database.write { tx in try save(taking, for: key, actor, in: tx) }
      } catch DatabaseProblem.duplicate {
        // Two people made the first mark at once, and the engine told of the key first: the second look finds it.
        continue
      }
    }
    throw DatabaseProblem.contended
  }

  private static let attempts = 5

  private func save(
    _ taking: RegisterTaking, for key: RegisterKey, _ actor: Actor, in tx: any Connection
  ) throws -> SavedRegister {
    let now = clock.now()
    let section = try takeable(key.section, actor, in: tx)
    let truth = try truth(of: taking, on: key.date, in: section, actor, at: now, tx)
    try TermDays.require(
      key.date, in: academics.terms(of: section.id, in: tx).map { TermDays(firstOn: $0.firstOn, lastOn: $0.lastOn) })
    let before = try sheet(key, of: section, actor, withPast: false, in: tx)
    guard !before.lines.isEmpty else { throw AttendanceProblem.nobodyEnrolled(key.date) }
    let register = Register(
      key: key, header: before.header, students: before.lines.map(\.student),
      marks: before.lines.flatMap { [$0.standing.teacher, $0.standing.office].compactMap(\.self) })
    let taken = try register.taking(
      taking.entries, codes: before.codes,
      Register.Circumstance(truth: truth, person: actor.person, now: now, submits: taking.submits))
    var header = taken.header
    if !taken.isEmpty {
      let change = Change(
        by: actor, at: now, org: section.school, reason: truth == .office ? taking.reason : nil)
      try writePresets(for: section.school, change, in: tx)
      header = try write(taken, change, in: tx)
    }
    return SavedRegister(
      header: header, written: taken.added.count + taken.altered.count, filled: taken.filled,
      conflicts: taken.conflicts.map { conflict in
        let line = before.lines.first { $0.student == conflict.wanted.student }
        return SavedRegister.NamedConflict(conflict: conflict, markedBy: line?.markedBy)
      })
  }

  private func write(_ taken: Taken, _ change: Change, in tx: any Connection) throws -> RegisterHeader {
    var header = taken.header
    if taken.isHeaderNew {
      try record.insert(header, into: RegisterHeader.table, change, in: tx)
    } else if taken.isSubmittedNow {
      header.version = try record.update(header, in: RegisterHeader.table, change, in: tx)
    }
    try record.insert(taken.added, into: Mark.table, change, in: tx)
    try record.update(taken.altered, in: Mark.table, change, in: tx)
    return header
  }

  /// The section for whoever takes registers there: seen but not taken is `FORBIDDEN`, hidden is `NOT_FOUND`.
  private func takeable(_ id: SectionID, _ actor: Actor, in tx: any Connection) throws -> Section {
    let section = try academics.requireWhole(
      id, [.takeAttendance, .viewAttendance, .overrideAttendance], actor, in: tx)
    if try academics.reaches(id, .takeAttendance, actor, in: tx) { return section }
    guard actor.reach(.overrideAttendance)?.covers(section.school) ?? false else {
      throw Problem.forbidden(Permission.takeAttendance.name)
    }
    return section
  }

  /// Whose word a save is: the teacher's on the day, the office's after it.
  private func truth(
    of taking: RegisterTaking, on date: SchoolDate, in section: Section, _ actor: Actor, at now: Instant,
    _ tx: any Connection
  ) throws -> Mark.Truth {
    let zone = try zone(of: section.school, in: tx)
    switch RegisterDay(date, at: now, in: zone) {
    case .notYet: throw AttendanceProblem.notYet(date, today: zone.date(at: now))
    case .open:
      guard try academics.reaches(section.id, .takeAttendance, actor, in: tx) else {
        throw Problem.forbidden(Permission.takeAttendance.name)
      }
      return .teacher
    case .locked:
      guard actor.reach(.overrideAttendance)?.covers(section.school) ?? false else {
        throw AttendanceProblem.locked(date)
      }
      guard taking.reason != nil else { throw AttendanceProblem.reasonNeeded }
      return .office
    }
  }

  /// The built-in codes are written down with the first register of the installation.
  private func writePresets(for school: OrgID, _ change: Change, in tx: any Connection) throws {
    guard try !registers.codes(of: school, in: tx).presetsAreThere else { return }
    try AttendanceIntake(record: record).insertPresets(change, in: tx)
  }
}

extension RegisterTaking {
  /// The entries with notes in NFC without stray blanks; throws all faults together.
  fileprivate func checked() throws -> RegisterTaking {
    guard entries.count <= Register.maximumSize else { throw AttendanceProblem.tooManyMarks }
    var validation = Validation()
    var checked = self
    for index in entries.indices {
      checked.entries[index].note = validation.optionalLine(
        entries[index].note, at: "/marks/\(index)/note", "the note", max: Mark.maximumNote)
    }
    checked.reason = validation.optionalLine(reason, at: "/reason", "the reason", max: Mark.maximumNote)
    try validation.finish()
    return checked
  }
}
