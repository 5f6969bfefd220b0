public import Kernel

/// Identifies a register.
public typealias RegisterID = ID<RegisterHeader>

/// Which register: the section, the day and the lesson of the day.
public struct RegisterKey: Hashable, Sendable {
  /// The section.
  public let section: SectionID
  /// The day in the school's calendar.
  public let date: SchoolDate
  /// The lesson of the day, from 1; 0 for the day as a whole, as in a homeroom.
  public let period: Int

  /// The register of a section on a day.
  public init(section: SectionID, date: SchoolDate, period: Int = 0) {
    self.section = section
    self.date = date
    self.period = period
  }

  /// The most lessons a day can have.
  public static let maximumPeriod = 20
}

/// The head of a register: there from the first mark on. Not taken is not present: only a submitted register counts.
public struct RegisterHeader: Sendable, Equatable {
  /// The register's identity.
  public let id: RegisterID
  /// How often it has been saved, from 1.
  public internal(set) var version: Int
  /// Which register it is.
  public let key: RegisterKey
  /// Who submitted it; nil until then, or for an account without a person.
  public var takenBy: PersonID?
  /// When it was submitted first; nil until then.
  public var takenAt: Instant?

  /// A head as it stands.
  public init(
    id: RegisterID, version: Int = 1, key: RegisterKey, takenBy: PersonID? = nil, takenAt: Instant? = nil
  ) {
    self.id = id
    self.version = version
    self.key = key
    self.takenBy = takenBy
    self.takenAt = takenAt
  }
}

/// The marks of one section on one day. A mark changes only from the version its editor saw; marks of different
/// students merge, whoever made them.
public struct Register: Sendable, Equatable {
  /// Which register it is.
  public let key: RegisterKey
  /// Its head; nil before the first mark.
  public let header: RegisterHeader?
  /// Who belonged to the section on that day.
  public let students: [StudentID]
  /// What stands, by student.
  public private(set) var standings: [StudentID: Standing]

  /// The most marks saved at once.
  public static let maximumSize = 500

  /// A register as it stands.
  public init(key: RegisterKey, header: RegisterHeader?, students: [StudentID], marks: [Mark]) {
    self.key = key
    self.header = header
    self.students = students
    standings = [:]
    for mark in marks { standings[mark.student, default: Standing()][mark.truth] = mark }
  }

  /// Who takes a register, with whose word, when, and whether this submits it.
  public struct Circumstance: Sendable, Equatable {
    /// Whose word it is.
    public let truth: Mark.Truth
    /// Who; nil for an account without a person.
    public let person: PersonID?
    /// When.
    public let now: Instant
    /// Whether the register is submitted with it: blanks become present.
    public let submits: Bool

    /// As it is.
    public init(truth: Mark.Truth = .teacher, person: PersonID?, now: Instant, submits: Bool) {
      self.truth = truth
      self.person = person
      self.now = now
      self.submits = submits
    }
  }

  /// What entries change: new marks, altered marks, and those that somebody else altered meanwhile.
  ///
  /// An entry that says what stands already changes nothing, whatever version it saw. An entry for a student who is not
  /// on the register of that day, an unknown letter and impossible minutes are refused, all together.
  public func taking(
    _ entries: [MarkEntry], codes: AttendanceCodes, _ circumstance: Circumstance
  ) throws(AttendanceProblem) -> Taken {
    try check(entries, codes)
    let now = circumstance.now
    var taken = Taken(header: header ?? RegisterHeader(id: .new(at: now), key: key))
    let submitted = circumstance.submits || taken.header.takenAt != nil
    var after = standings
    for entry in entries {
      let standing = after[entry.student] ?? Standing()
      let code = entry.letter.flatMap(codes.code) ?? (submitted ? codes.present : nil)
      let minutes = code?.countsAs == .late ? entry.lateMinutes : 0
      if says(standing.mark, code?.id, minutes, entry.note) { continue }
      let isOverruled = circumstance.truth == .teacher && standing.office != nil
      guard standing.version == entry.seen, !isOverruled else {
        taken.conflicts.append(MarkConflict(wanted: entry, standing: standing))
        continue
      }
      var mark =
        standing[circumstance.truth]
        ?? Mark(
          id: .new(at: now), register: taken.header.id, student: entry.student, truth: circumstance.truth, code: nil,
          markedAt: now)
      let isNew = standing[circumstance.truth] == nil
      mark.code = code?.id
      mark.lateMinutes = minutes
      mark.note = entry.note
      mark.markedBy = circumstance.person
      mark.markedAt = now
      if isNew { taken.added.append(mark) } else { taken.altered.append(mark) }
      after[entry.student, default: Standing()][circumstance.truth] = mark
    }
    if circumstance.submits { submit(&taken, after, codes.present.id, circumstance) }
    taken.isHeaderNew = header == nil && (submitted || !taken.added.isEmpty)
    return taken
  }

  /// Blanks become present, and the register counts from now on.
  private func submit(
    _ taken: inout Taken, _ after: [StudentID: Standing], _ present: AttendanceCodeID, _ circumstance: Circumstance
  ) {
    for student in students where after[student]?.mark?.code == nil {
      taken.filled += 1
      if var blank = after[student]?[circumstance.truth] {
        blank.code = present
        blank.markedBy = circumstance.person
        blank.markedAt = circumstance.now
        taken.altered.append(blank)
      } else {
        taken.added.append(
          Mark(
            id: .new(at: circumstance.now), register: taken.header.id, student: student, truth: circumstance.truth,
            code: present, markedBy: circumstance.person, markedAt: circumstance.now))
      }
    }
    guard taken.header.takenAt == nil else { return }
    taken.header.takenBy = circumstance.person
    taken.header.takenAt = circumstance.now
    taken.isSubmittedNow = true
  }

  private func says(_ mark: Mark?, _ code: AttendanceCodeID?, _ minutes: Int, _ note: String?) -> Bool {
    guard let mark else { return code == nil && note == nil }
    return mark.code == code && mark.lateMinutes == minutes && mark.note == note
  }

  private func check(_ entries: [MarkEntry], _ codes: AttendanceCodes) throws(AttendanceProblem) {
    guard entries.count <= Self.maximumSize else { throw .tooManyMarks }
    let known = Set(students)
    var seen: Set<StudentID> = []
    var faults: [Problem.FieldError] = []
    for (index, entry) in entries.enumerated() {
      func fail(_ field: String, _ code: String, _ detail: String) {
        faults.append(Problem.FieldError(pointer: "/marks/\(index)/\(field)", code: code, detail: detail))
      }
      if !known.contains(entry.student) {
        fail("studentId", "NOT_ON_REGISTER", "This student was not in the section on \(key.date).")
      }
      if !seen.insert(entry.student).inserted { fail("studentId", "DUPLICATE", "Name each student once.") }
      let code = entry.letter.flatMap(codes.code)
      if let letter = entry.letter, code == nil {
        let letters = codes.all.map(\.letter).joined(separator: ", ")
        fail("code", "UNKNOWN_CODE", "There is no code \(letter.prefix(10)). Choose one of \(letters).")
      }
      if !(0...Mark.maximumLateMinutes).contains(entry.lateMinutes) {
        fail("lateMinutes", "OUT_OF_RANGE", "Minutes late go from 0 to \(Mark.maximumLateMinutes).")
      } else if entry.lateMinutes > 0, let code, code.countsAs != .late {
        fail("lateMinutes", "NOT_LATE", "Minutes go only with a late mark.")
      }
    }
    if !faults.isEmpty { throw .invalid(faults) }
  }
}

/// What taking a register changes.
public struct Taken: Sendable, Equatable {
  /// The register's head as it will be.
  public internal(set) var header: RegisterHeader
  /// Whether the head is to be written for the first time.
  public internal(set) var isHeaderNew = false
  /// Whether the register counts from now on.
  public internal(set) var isSubmittedNow = false
  /// New marks.
  public internal(set) var added: [Mark] = []
  /// Altered marks, each still at the version it was read at.
  public internal(set) var altered: [Mark] = []
  /// How many of these were blanks that became present.
  public internal(set) var filled = 0
  /// What somebody else altered meanwhile, differently.
  public internal(set) var conflicts: [MarkConflict] = []

  init(header: RegisterHeader) { self.header = header }

  /// Whether there is anything to write.
  public var isEmpty: Bool { added.isEmpty && altered.isEmpty && !isSubmittedNow }
}
