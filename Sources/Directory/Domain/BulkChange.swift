public import Kernel

/// Identifies an edit of many students.
public typealias BulkChangeID = ID<BulkChange>

/// One edit of many students: what is done to them, how far it is, and whom it left alone. It can be taken back as a
/// whole.
public struct BulkChange: Sendable, Equatable {
  /// For how many days it can be taken back.
  public static let undoDays = 30
  /// Refusals that are kept with their reason; the others are only counted.
  static let refusalLimit = 100

  /// What it identifies.
  public let id: BulkChangeID
  /// What is done.
  public let edit: BulkEdit
  /// Who asked for it; nil for the system itself.
  public let account: AccountID?
  /// The schools of the students.
  public let schools: [OrgID]
  /// When it was asked for.
  public let at: Instant
  /// Students in all.
  public let total: Int
  /// Where it stands.
  public var state = State.changing
  /// How many changed.
  public var changed = 0
  /// How many were so already.
  public var unchanged = 0
  /// How many were left alone, because the edit is not for them.
  public var refused = 0
  /// The first of those, each with the reason.
  public var refusals: [Refusal] = []
  /// Records that an undo left as they are, for they were changed or used since.
  public var left = 0
  /// The job that does it, where it takes one.
  public var job: JobID?
  /// When it was done, or taken back.
  public var finishedAt: Instant?

  /// Where an edit stands.
  public enum State: String, Sendable, CaseIterable {
    /// Its job is waiting or at it.
    case changing
    /// All students had their turn.
    case done
    /// It is being taken back.
    case undoing
    /// It was taken back.
    case undone
  }

  /// A student who was left alone.
  public struct Refusal: Sendable, Equatable {
    /// Who.
    public let student: StudentID
    /// The code of the problem.
    public let code: String
    /// Why, in words.
    public let detail: String
  }

  /// Students who had their turn.
  public var seen: Int { changed + unchanged + refused }

  /// Until when it can be taken back; nil unless it is done.
  public var undoUntil: Instant? {
    state == .done ? finishedAt?.adding(.seconds(Self.undoDays * 86_400)) : nil
  }

  mutating func refuse(_ student: StudentID, _ problem: Problem) {
    refused += 1
    guard refusals.count < Self.refusalLimit else { return }
    refusals.append(Refusal(student: student, code: problem.code, detail: problem.detail))
  }
}

/// What is done to many students at once.
public enum BulkEdit: Sendable, Equatable {
  /// Puts them into a year group.
  case grade(String?)
  /// Moves them to a status, for a reason.
  case status(StudentStatus, reason: String?)
  /// Puts them into the recycle bin.
  case delete(reason: String?)

  /// Students who are changed on the spot, all or none; more are a job.
  public static let limit = 200
  /// The most students one edit may have.
  public static let jobLimit = 50_000

  /// Which of the three it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Sets the year group.
    case grade
    /// Changes the status.
    case status
    /// Deletes.
    case delete
  }

  /// Which of the three it is.
  public var kind: Kind {
    switch self {
    case .grade: .grade
    case .status: .status
    case .delete: .delete
    }
  }

  /// The same, trimmed; throws every fault that does not depend on the student.
  func checked() throws -> BulkEdit {
    var validation = Validation()
    func reason(_ text: String?) -> String? { validation.optionalText(text, at: "/reason", "the reason", max: 500) }
    let checked: BulkEdit
    switch self {
    case .grade(let grade): checked = .grade(validation.optionalLine(grade, at: "/grade", "the grade", max: 20))
    case .status(let status, let why): checked = .status(status, reason: reason(why))
    case .delete(let why): checked = .delete(reason: reason(why))
    }
    try validation.finish()
    if case .status(let status, nil) = checked, StudentStatus.active.needsReason(toBecome: status) {
      throw DirectoryProblem.reasonMissing(status)
    }
    return checked
  }

  /// Whether a student may be changed so; a student who is so already may.
  func allow(_ student: Student) throws(DirectoryProblem) {
    guard case .status(let status, let reason) = self, student.status != status else { return }
    try student.status.change(to: status, because: reason)
  }
}

/// Which students an edit is for.
public enum StudentChoice: Sendable, Equatable {
  /// These.
  case these([StudentID])
  /// All that a list with this filter shows.
  case all(StudentFilter)
}
