public import Kernel

/// What is noted of one student in one register, by the teacher or by the office.
///
/// Both can be there: what the office notes after the register was locked holds, and what the teacher saw is kept.
public struct Mark: Sendable, Equatable {
  /// Whose word it is.
  public enum Truth: String, Sendable, CaseIterable {
    /// Who took the register.
    case teacher
    /// Who set it right later.
    case office
  }

  /// The mark's identity.
  public let id: ID<Mark>
  /// How often it has been saved, from 1.
  public let version: Int
  /// The register it stands in.
  public let register: RegisterID
  /// The student.
  public let student: StudentID
  /// Whose word it is.
  public let truth: Truth
  /// What it says; nil after it was taken back.
  public var code: AttendanceCodeID?
  /// Minutes late, 0 to 600; 0 unless the code is a late one.
  public var lateMinutes: Int
  /// A note, up to 500 characters.
  public var note: String?
  /// Who noted it; nil for an account without a person.
  public var markedBy: PersonID?
  /// When it was noted.
  public var markedAt: Instant

  /// A mark as it stands.
  public init(
    id: ID<Mark>, version: Int = 1, register: RegisterID, student: StudentID, truth: Truth = .teacher,
    code: AttendanceCodeID?, lateMinutes: Int = 0, note: String? = nil, markedBy: PersonID? = nil, markedAt: Instant
  ) {
    self.id = id
    self.version = version
    self.register = register
    self.student = student
    self.truth = truth
    self.code = code
    self.lateMinutes = lateMinutes
    self.note = note
    self.markedBy = markedBy
    self.markedAt = markedAt
  }

  /// The most minutes a student can be late.
  public static let maximumLateMinutes = 600
  /// The most characters of a note.
  public static let maximumNote = 500
}

/// What an editor wants a student's mark to be, and which version of it the editor saw.
public struct MarkEntry: Sendable, Equatable {
  /// The student.
  public var student: StudentID
  /// What it shall say, by letter; nil for nothing, which is present once the register is submitted.
  public var letter: String?
  /// Minutes late.
  public var lateMinutes: Int
  /// A note.
  public var note: String?
  /// The version the editor saw; 0 for none.
  public var seen: Int

  /// An entry as made.
  public init(student: StudentID, letter: String?, lateMinutes: Int = 0, note: String? = nil, seen: Int = 0) {
    self.student = student
    self.letter = letter
    self.lateMinutes = lateMinutes
    self.note = note
    self.seen = seen
  }
}

/// What stands of one student in one register: the teacher's word, and the office's over it.
public struct Standing: Sendable, Equatable {
  /// The teacher's mark.
  public var teacher: Mark?
  /// The office's mark.
  public var office: Mark?

  /// Nothing yet.
  public init() {}

  /// The mark that holds.
  public var mark: Mark? { office ?? teacher }

  /// What editors compare: it grows with each mark of either, so none can pass for another.
  public var version: Int { (teacher?.version ?? 0) + (office?.version ?? 0) }

  subscript(truth: Mark.Truth) -> Mark? {
    get { truth == .teacher ? teacher : office }
    set { if truth == .teacher { teacher = newValue } else { office = newValue } }
  }
}

/// Two people marked one student differently: the later one is told, and what stands is the earlier one's.
public struct MarkConflict: Sendable, Equatable {
  /// What the later one wanted.
  public let wanted: MarkEntry
  /// What stands: whose and since when stands in it.
  public let standing: Standing
}
