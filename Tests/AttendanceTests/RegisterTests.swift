import Attendance
import Kernel
import Testing

@Suite struct `Taking a register` {
  let now = Instant(milliseconds: 1_795_424_400_000)
  let ada = StudentID(high: 1, low: 1)
  let ben = StudentID(high: 1, low: 2)
  let codes = AttendanceCodes()

  func register(_ marks: [Mark] = [], taken: Bool = false) -> Register {
    let key = RegisterKey(section: SectionID(high: 2, low: 2), date: now.utcDate)
    let header = marks.isEmpty && !taken ? nil : RegisterHeader(id: id, key: key, takenAt: taken ? now : nil)
    return Register(key: key, header: header, students: [ada, ben], marks: marks)
  }

  var id: RegisterID { RegisterID(high: 3, low: 3) }

  func mark(
    _ student: StudentID, _ code: AttendanceCode?, version: Int = 1, truth: Mark.Truth = .teacher, minutes: Int = 0
  ) -> Mark {
    Mark(
      id: .new(at: now), version: version, register: id, student: student, truth: truth, code: code?.id,
      lateMinutes: minutes, markedAt: now)
  }

  func take(
    _ register: Register, _ entries: [MarkEntry], submits: Bool = false, truth: Mark.Truth = .teacher
  ) throws -> Taken {
    try register.taking(
      entries, codes: codes, Register.Circumstance(truth: truth, person: nil, now: now, submits: submits))
  }

  func faults(_ entries: [MarkEntry]) -> [String] {
    do {
      _ = try take(register(), entries)
      return []
    } catch { return (error as? AttendanceProblem)?.problem.errors.map { "\($0.pointer) \($0.code)" } ?? ["\(error)"] }
  }

  @Test func `a first mark makes the register, and it is not taken yet`() throws {
    let taken = try take(register(), [MarkEntry(student: ada, letter: "a")])
    #expect(taken.isHeaderNew)
    #expect(taken.header.takenAt == nil)
    #expect(taken.added.map(\.code) == [AttendanceCode.absent.id])
    #expect(taken.added.map(\.register) == [taken.header.id])
  }

  @Test func `everyone who is blank is present once it is submitted`() throws {
    let taken = try take(register(), [MarkEntry(student: ada, letter: "A")], submits: true)
    #expect(taken.header.takenAt == now)
    #expect(taken.filled == 1)
    #expect(taken.added.map(\.student) == [ada, ben])
    #expect(taken.added.map(\.code) == [AttendanceCode.absent.id, AttendanceCode.present.id])
  }

  @Test func `nothing entered and not submitted changes nothing`() throws {
    let taken = try take(register(), [])
    #expect(taken.isEmpty)
    #expect(!taken.isHeaderNew)
  }

  @Test func `a mark that was taken back is blank again, and present once submitted`() throws {
    let before = register([mark(ada, .absent)])
    let blank = try take(before, [MarkEntry(student: ada, letter: nil, seen: 1)])
    #expect(blank.altered.map(\.code) == [nil])
    let submitted = try take(register([mark(ada, nil, version: 2)]), [], submits: true)
    #expect(submitted.altered.map(\.code) == [AttendanceCode.present.id])
    #expect(submitted.added.map(\.student) == [ben])
  }

  @Test func `a blank in a register that was submitted means present`() throws {
    let before = register([mark(ada, .absent)], taken: true)
    let taken = try take(before, [MarkEntry(student: ada, letter: nil, seen: 1)])
    #expect(taken.altered.map(\.code) == [AttendanceCode.present.id])
  }

  @Test func `marks of two people on different students merge`() throws {
    let before = register([mark(ada, .absent)])
    let taken = try take(before, [MarkEntry(student: ben, letter: "L", lateMinutes: 12)])
    #expect(taken.conflicts.isEmpty)
    #expect(taken.added.map(\.student) == [ben])
    #expect(taken.added.map(\.lateMinutes) == [12])
  }

  @Test func `a clash on one student leaves what stands and comes back`() throws {
    let standing = mark(ada, .absent, version: 2)
    let taken = try take(
      register([standing]), [MarkEntry(student: ada, letter: "L", seen: 1), MarkEntry(student: ben, letter: "A")])
    #expect(taken.conflicts.map(\.standing.mark) == [standing])
    #expect(taken.added.map(\.student) == [ben])
    #expect(taken.altered.isEmpty)
  }

  @Test func `two who say the same do not clash`() throws {
    let taken = try take(register([mark(ada, .absent, version: 2)]), [MarkEntry(student: ada, letter: "A", seen: 0)])
    #expect(taken.isEmpty)
    #expect(taken.conflicts.isEmpty)
  }

  @Test func `the version that was seen changes the mark, one before it does not`() throws {
    let before = register([mark(ada, .absent, version: 2)])
    #expect(try take(before, [MarkEntry(student: ada, letter: "E", seen: 2)]).altered.count == 1)
    #expect(try take(before, [MarkEntry(student: ada, letter: "E", seen: 1)]).conflicts.count == 1)
    #expect(try take(before, [MarkEntry(student: ada, letter: "E", seen: 3)]).conflicts.count == 1)
  }

  @Test func `the office's word stands over the teacher's and keeps it`() throws {
    let teacher = mark(ada, .absent)
    let taken = try take(
      register([teacher], taken: true), [MarkEntry(student: ada, letter: "E", seen: 1)], truth: .office)
    #expect(taken.added.map(\.truth) == [.office])
    #expect(taken.altered.isEmpty)
    var standing = Standing()
    standing.teacher = teacher
    standing.office = taken.added.first
    #expect(standing.mark?.code == AttendanceCode.excused.id)
    #expect(standing.version == 2)
  }

  @Test func `a teacher does not write below the office's word`() throws {
    let before = register([mark(ada, .absent), mark(ada, .excused, truth: .office)], taken: true)
    #expect(try take(before, [MarkEntry(student: ada, letter: "P", seen: 2)]).conflicts.count == 1)
    #expect(try take(before, [MarkEntry(student: ada, letter: "P", seen: 2)], truth: .office).altered.count == 1)
  }

  @Test func `minutes late go from 0 to 600, and only with a late mark`() {
    #expect(faults([MarkEntry(student: ada, letter: "L", lateMinutes: 600)]).isEmpty)
    #expect(faults([MarkEntry(student: ada, letter: "L", lateMinutes: 601)]) == ["/marks/0/lateMinutes OUT_OF_RANGE"])
    #expect(faults([MarkEntry(student: ada, letter: "L", lateMinutes: -1)]) == ["/marks/0/lateMinutes OUT_OF_RANGE"])
    #expect(faults([MarkEntry(student: ada, letter: "A", lateMinutes: 1)]) == ["/marks/0/lateMinutes NOT_LATE"])
  }

  @Test func `unknown letters, strangers and doubles are refused together`() {
    let stranger = StudentID(high: 9, low: 9)
    let found = faults([
      MarkEntry(student: stranger, letter: "A"), MarkEntry(student: ada, letter: "Q"),
      MarkEntry(student: ada, letter: "P"),
    ])
    #expect(
      found == [
        "/marks/0/studentId NOT_ON_REGISTER", "/marks/1/code UNKNOWN_CODE", "/marks/2/studentId DUPLICATE",
      ])
  }

  @Test func `no more than 500 marks at once`() {
    let many = Array(repeating: MarkEntry(student: ada, letter: "A"), count: 501)
    #expect(throws: AttendanceProblem.tooManyMarks) { try take(register(), many) }
  }

  @Test func `a school's own code takes the place of the built-in one with its letter`() {
    let own = AttendanceCode(
      id: .new(at: now), org: OrgID(high: 1, low: 1), letter: "E", title: "Trip", countsAs: .neutral)
    let codes = AttendanceCodes(own: [own])
    #expect(codes.all.map(\.letter) == ["P", "A", "L", "E"])
    #expect(codes.code("e") == own)
    #expect(codes[AttendanceCode.excused.id] == .excused)
  }
}

@Suite struct `Attendance in percent` {
  @Test func `late counts as there, excused and neutral do not count`() {
    var tally = AttendanceTally()
    #expect(tally.perMille == nil)
    tally.count(.excused, 5)
    tally.count(.neutral)
    #expect(tally.perMille == nil)
    tally.count(.present, 1)
    tally.count(.late, 1)
    tally.count(.absent, 1)
    #expect(tally.counted == 3)
    #expect(tally.perMille == 667)
  }

  @Test(arguments: [(1, 0, 1000), (0, 1, 0), (1, 1, 500), (2, 1, 667), (1, 2, 333), (1999, 1, 1000), (1998, 2, 999)])
  func `tenths are rounded half up`(present: Int, absent: Int, perMille: Int) {
    var tally = AttendanceTally()
    tally.count(.present, present)
    tally.count(.absent, absent)
    #expect(tally.perMille == perMille)
  }
}

@Suite struct `The school's midnight` {
  /// Berlin in 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
  let berlin = Zone(name: "Europe/Berlin") { instant in
    guard let begins = Instant("2026-03-29T01:00:00Z"), let ends = Instant("2026-10-25T01:00:00Z") else { return 0 }
    return instant >= begins && instant < ends ? 7200 : 3600
  }

  func day(_ date: String, at moment: String, in zone: Zone) throws -> RegisterDay {
    RegisterDay(try #require(SchoolDate(date)), at: try #require(Instant(moment)), in: zone)
  }

  @Test(arguments: [
    ("2026-07-01T21:59:59.999Z", RegisterDay.open), ("2026-07-01T22:00:00Z", .locked),
    ("2026-06-30T22:00:00Z", .open), ("2026-06-30T21:59:59.999Z", .notYet),
  ])
  func `a summer's day ends two hours before that of Greenwich`(moment: String, state: RegisterDay) throws {
    #expect(try day("2026-07-01", at: moment, in: berlin) == state)
  }

  @Test(arguments: [
    ("2026-03-28T23:00:00Z", RegisterDay.open), ("2026-03-28T22:59:59Z", .notYet),
    ("2026-03-29T21:59:59Z", .open), ("2026-03-29T22:00:00Z", .locked),
  ])
  func `the day the clocks go forward has 23 hours`(moment: String, state: RegisterDay) throws {
    #expect(try day("2026-03-29", at: moment, in: berlin) == state)
  }

  @Test(arguments: [
    ("2026-10-24T22:00:00Z", RegisterDay.open), ("2026-10-24T21:59:59Z", .notYet),
    ("2026-10-25T22:59:59Z", .open), ("2026-10-25T23:00:00Z", .locked),
  ])
  func `the day the clocks go back has 25 hours`(moment: String, state: RegisterDay) throws {
    #expect(try day("2026-10-25", at: moment, in: berlin) == state)
  }

  @Test func `west and east of Greenwich are on different days`() throws {
    let west = Zone(name: "Pacific/Honolulu") { _ in -36_000 }
    let east = Zone(name: "Pacific/Kiritimati") { _ in 50_400 }
    #expect(try day("2026-11-21", at: "2026-11-21T09:59:59Z", in: west) == .notYet)
    #expect(try day("2026-11-21", at: "2026-11-21T10:00:00Z", in: west) == .open)
    #expect(try day("2026-11-21", at: "2026-11-21T10:00:00Z", in: east) == .locked)
    #expect(try day("2026-11-21", at: "2026-11-21T09:59:59Z", in: east) == .open)
  }

  @Test func `a term takes its first and its last day`() throws {
    let first = try #require(SchoolDate("2026-09-01"))
    let last = try #require(SchoolDate("2026-12-18"))
    let term = TermDays(firstOn: first, lastOn: last)
    try TermDays.require(first, in: [term])
    try TermDays.require(last, in: [term])
    try TermDays.require(last.adding(days: 400), in: [])
    #expect(throws: AttendanceProblem.self) { try TermDays.require(first.adding(days: -1), in: [term]) }
    #expect(throws: AttendanceProblem.self) { try TermDays.require(last.adding(days: 1), in: [term]) }
  }
}
