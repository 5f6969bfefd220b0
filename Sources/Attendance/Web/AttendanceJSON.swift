import Kernel
import Web

/// A register as the API shows it.
struct RegisterJSON: Sendable {
  var section: SectionID
  var date: SchoolDate
  var period: Int
  var day: DayWord
  var takenAt: Instant?
  var takenBy: String?
  var isWritable: Bool
  var codes: [CodeJSON]
  var marks: [MarkJSON]

  enum DayWord: String, Sendable, CaseIterable {
    case open, locked, notYet
  }

  static let shape = Shape(
    "Register",
    sample: RegisterJSON(
      section: SectionID(high: 0x19A1_0000_0000_7000, low: 0x8000_0000_0000_0001), date: SchoolDate(days: 20_774),
      period: 0, day: .open, takenAt: nil, takenBy: nil, isWritable: true, codes: [CodeJSON(.late)],
      marks: [MarkJSON.shape.sample])
  ) { visit, it in
    visit("sectionId", &it.section, .id(), "The section.")
    visit("date", &it.date, .date, "The day in the school's calendar.")
    visit("period", &it.period, .int(0...20), "The lesson of the day; 0 is the day as a whole.")
    visit("day", &it.day, .word, "open today, locked after the school's midnight, notYet before.")
    visit("takenAt", &it.takenAt, .instant, "When it was submitted first; null until then.")
    visit("takenBy", &it.takenBy, .made, "Who submitted it, by name.")
    visit("isWritable", &it.isWritable, .bool, "Whether you can save marks now.")
    visit("codes", &it.codes, .list(of: .object(CodeJSON.shape), max: 100), "The codes that marks may have.")
    visit("marks", &it.marks, .list(of: .object(MarkJSON.shape), max: 2000), "The students of that day by name.")
  }

  init(
    section: SectionID, date: SchoolDate, period: Int, day: DayWord, takenAt: Instant?, takenBy: String?,
    isWritable: Bool, codes: [CodeJSON], marks: [MarkJSON]
  ) {
    self.section = section
    self.date = date
    self.period = period
    self.day = day
    self.takenAt = takenAt
    self.takenBy = takenBy
    self.isWritable = isWritable
    self.codes = codes
    self.marks = marks
  }

  init(_ sheet: RegisterSheet) {
    self.init(
      section: sheet.key.section, date: sheet.key.date, period: sheet.key.period,
      day: sheet.day == .open ? .open : sheet.day == .locked ? .locked : .notYet, takenAt: sheet.header?.takenAt,
      takenBy: sheet.takenBy, isWritable: sheet.isWritable, codes: sheet.codes.all.map { CodeJSON($0) },
      marks: sheet.lines.map { MarkJSON($0, sheet.codes) })
  }
}

/// What a mark can say.
struct CodeJSON: Sendable {
  var letter: String
  var title: String
  var countsAs: AttendanceCode.Counting

  static let shape = Shape("AttendanceCode", sample: CodeJSON(.late)) { visit, it in
    visit("code", &it.letter, .line(2), "Its letter.")
    visit("title", &it.title, .line(100), "Its meaning in words.")
    visit("countsAs", &it.countsAs, .word, "What it counts as in percentages.")
  }

  init(_ code: AttendanceCode) {
    letter = code.letter
    title = code.title
    countsAs = code.countsAs
  }
}

/// One student of a register.
struct MarkJSON: Sendable {
  var student: StudentID
  var name: String
  var number: String
  var code: String?
  var lateMinutes: Int
  var note: String?
  var version: Int
  var truth: Mark.Truth?
  var markedBy: String?
  var markedAt: Instant?

  static let shape = Shape(
    "RegisterMark",
    sample: MarkJSON(
      student: StudentID(high: 0x19A1_0000_0000_7000, low: 0x8000_0000_0000_0002), name: "Adaeze Nwosu",
      number: "S1001", code: "L", lateMinutes: 12, note: nil, version: 1, truth: .teacher, markedBy: "Amara Okafor",
      markedAt: Instant(milliseconds: 1_794_906_180_000))
  ) { visit, it in
    visit("studentId", &it.student, .id(), "The student.")
    visit("name", &it.name, .made, "The student's name.")
    visit("number", &it.number, .made, "The student's number at the school.")
    visit("code", &it.code, .line(2), "The letter of the mark; null for none yet.")
    visit("lateMinutes", &it.lateMinutes, .int(0...Mark.maximumLateMinutes), "Minutes late.")
    visit("note", &it.note, .line(Mark.maximumNote), "A note.")
    visit("version", &it.version, .count, "Send it back with a change; 0 for no mark yet.")
    visit("truth", &it.truth, .word, "Whose word the mark is.")
    visit("markedBy", &it.markedBy, .made, "Who made it, by name.")
    visit("markedAt", &it.markedAt, .instant, "When it was made.")
  }

  init(
    student: StudentID, name: String, number: String, code: String?, lateMinutes: Int, note: String?, version: Int,
    truth: Mark.Truth?, markedBy: String?, markedAt: Instant?
  ) {
    self.student = student
    self.name = name
    self.number = number
    self.code = code
    self.lateMinutes = lateMinutes
    self.note = note
    self.version = version
    self.truth = truth
    self.markedBy = markedBy
    self.markedAt = markedAt
  }

  init(_ line: RegisterLine, _ codes: AttendanceCodes) {
    let mark = line.standing.mark
    self.init(
      student: line.student, name: line.name, number: line.number, code: mark?.code.flatMap { codes[$0]?.letter },
      lateMinutes: mark?.lateMinutes ?? 0, note: mark?.note, version: line.standing.version, truth: mark?.truth,
      markedBy: line.markedBy, markedAt: mark?.markedAt)
  }
}

/// What is sent to save a register.
struct RegisterTakingJSON: Sendable {
  var marks: [MarkEntryJSON]
  var submitted: Bool
  var reason: String?

  static let shape = Shape(
    "RegisterTaking", sample: RegisterTakingJSON(marks: [MarkEntryJSON.shape.sample], submitted: true, reason: nil)
  ) { visit, it in
    visit(
      "marks", &it.marks, .list(of: .object(MarkEntryJSON.shape), max: Register.maximumSize),
      "The marks that change; students who are not named stay as they are.")
    visit("submitted", &it.submitted, .bool, "Whether the register is submitted with it: blanks become present.")
    visit("reason", &it.reason, .line(500), "Why a locked register is changed.")
  }

  var taking: RegisterTaking {
    RegisterTaking(marks.map(\.entry), submits: submitted, reason: reason)
  }
}

/// One mark that changes.
struct MarkEntryJSON: Sendable {
  var student: StudentID
  var code: String?
  var lateMinutes: Int?
  var note: String?
  var version: Int

  static let shape = Shape(
    "RegisterMarkChange",
    sample: MarkEntryJSON(
      student: StudentID(high: 0x19A1_0000_0000_7000, low: 0x8000_0000_0000_0002), code: "L", lateMinutes: 12,
      note: nil, version: 0)
  ) { visit, it in
    visit("studentId", &it.student, .id(), "The student.")
    visit("code", &it.code, .line(2), "The letter; null takes the mark back.")
    visit("lateMinutes", &it.lateMinutes, .int(0...Mark.maximumLateMinutes), "Minutes late, with a late mark.")
    visit("note", &it.note, .line(Mark.maximumNote), "A note.")
    visit("version", &it.version, .count, "The version that was read; 0 for no mark yet.")
  }

  var entry: MarkEntry {
    MarkEntry(student: student, letter: code, lateMinutes: lateMinutes ?? 0, note: note, seen: version)
  }
}

/// What came of saving a register.
struct RegisterSavedJSON: Sendable {
  var register: RegisterJSON
  var written: Int
  var filled: Int
  var conflicts: [MarkJSON]

  static let shape = Shape(
    "RegisterSaved",
    sample: RegisterSavedJSON(register: RegisterJSON.shape.sample, written: 1, filled: 0, conflicts: [])
  ) { visit, it in
    visit("register", &it.register, .object(RegisterJSON.shape), "The register as it stands now.")
    visit("written", &it.written, .count, "Marks that were written.")
    visit("filled", &it.filled, .count, "Blanks among them that became present.")
    visit(
      "conflicts", &it.conflicts, .list(of: .object(MarkJSON.shape), max: Register.maximumSize),
      "Marks that somebody else changed meanwhile, as they stand: yours were not saved.")
  }
}

/// A register in the list of a day.
struct DayLineJSON: Sendable {
  var section: SectionID
  var code: String
  var title: String
  var teacher: String?
  var students: Int
  var state: State
  var takenAt: Instant?
  var absent: Int
  var late: Int

  enum State: String, Sendable, CaseIterable {
    case missing, begun, taken
  }

  static let shape = Shape(
    "RegisterOfDay",
    sample: DayLineJSON(
      section: RegisterJSON.shape.sample.section, code: "9B-MATH", title: "Mathematics", teacher: "Amara Okafor",
      students: 30, state: .taken, takenAt: Instant(milliseconds: 1_794_906_180_000), absent: 2, late: 1)
  ) { visit, it in
    visit("sectionId", &it.section, .id(), "The section.")
    visit("code", &it.code, .made, "The section's short name.")
    visit("title", &it.title, .made, "The section's name in full.")
    visit("teacher", &it.teacher, .made, "Who answers for it, by name.")
    visit("students", &it.students, .count, "How many belong to it on that day.")
    visit("state", &it.state, .word, "How far the register is.")
    visit("takenAt", &it.takenAt, .instant, "When it was submitted.")
    visit("absent", &it.absent, .count, "Absent students.")
    visit("late", &it.late, .count, "Late students.")
  }

  init(
    section: SectionID, code: String, title: String, teacher: String?, students: Int, state: State,
    takenAt: Instant?, absent: Int, late: Int
  ) {
    self.section = section
    self.code = code
    self.title = title
    self.teacher = teacher
    self.students = students
    self.state = state
    self.takenAt = takenAt
    self.absent = absent
    self.late = late
  }

  init(_ line: DayLine) {
    let (state, takenAt): (State, Instant?) =
      switch line.state {
      case .missing: (.missing, nil)
      case .begun: (.begun, nil)
      case .taken(let at): (.taken, at)
      }
    self.init(
      section: line.section, code: line.code, title: line.title, teacher: line.teacher, students: line.students,
      state: state, takenAt: takenAt, absent: line.tally.absent, late: line.tally.late)
  }
}

/// A student's attendance in one section.
struct SectionAttendanceJSON: Sendable {
  var section: SectionID
  var code: String
  var title: String
  var tally: TallyJSON

  static let shape = Shape(
    "StudentAttendance",
    sample: SectionAttendanceJSON(
      section: RegisterJSON.shape.sample.section, code: "9B-MATH", title: "Mathematics",
      tally: TallyJSON.shape.sample)
  ) { visit, it in
    visit("sectionId", &it.section, .id(), "The section.")
    visit("code", &it.code, .made, "The section's short name.")
    visit("title", &it.title, .made, "The section's name in full.")
    visit("attendance", &it.tally, .object(TallyJSON.shape), "The student's marks in it.")
  }
}

/// Marks counted, and their percentage.
struct TallyJSON: Sendable {
  var present: Int
  var late: Int
  var absent: Int
  var excused: Int
  var percent: Decimal4?

  static let shape = Shape(
    "AttendanceTally",
    sample: TallyJSON(present: 27, late: 1, absent: 2, excused: 0, percent: Decimal4(tenThousandths: 933_000))
  ) { visit, it in
    visit("present", &it.present, .count, "Marks that say present.")
    visit("late", &it.late, .count, "Marks that say late.")
    visit("absent", &it.absent, .count, "Marks that say absent.")
    visit("excused", &it.excused, .count, "Marks that say excused.")
    visit(
      "percent", &it.percent, .decimal,
      "Present and late of present, late and absent, to a tenth; null while there is nothing to count.")
  }

  init(present: Int, late: Int, absent: Int, excused: Int, percent: Decimal4?) {
    self.present = present
    self.late = late
    self.absent = absent
    self.excused = excused
    self.percent = percent
  }

  init(_ tally: AttendanceTally) {
    self.init(
      present: tally.present, late: tally.late, absent: tally.absent, excused: tally.excused,
      percent: tally.perMille.map { Decimal4(tenThousandths: $0 * 1000) })
  }
}
