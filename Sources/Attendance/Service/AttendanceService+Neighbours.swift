import Directory
public import Kernel
public import Persistence
public import Record

// What other slices ask of attendance, in their own transactions.
extension AttendanceService {
  /// Puts a student's marks into the recycle bin with the student.
  public static func deleteMarks(
    of student: StudentID, as deletion: DeletionID, _ change: Change, record: Record, in tx: any Connection
  ) throws {
    let ids = try RegisterStore().marks(of: student, in: tx)
    try record.delete(ids, from: Mark.table, as: deletion, change, in: tx)
  }

  /// Whether registers tell of a person who took or marked them.
  public static func holds(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try RegisterStore().isNamed(person, in: tx)
  }

  /// Refuses to take back an edit of a register whose day is over: after the school's midnight it changes on its own
  /// page only, where a reason is given.
  public func check(_ takingBack: TakingBack, in tx: any Connection) throws {
    guard takingBack.occasion == .undo else { return }
    let days: [(section: SectionID, date: SchoolDate)]
    switch takingBack.kind {
    case Mark.table.kind: days = try registers.days(ofMarks: takingBack.ids.map { $0.retyped() }, in: tx)
    case RegisterHeader.table.kind: days = try registers.days(of: takingBack.ids.map { $0.retyped() }, in: tx)
    default: return
    }
    for day in days {
      guard let school = try registers.school(of: day.section, in: tx) else { continue }
      if RegisterDay(day.date, at: clock.now(), in: try zone(of: school, in: tx)) == .locked {
        throw AttendanceProblem.locked(day.date)
      }
    }
  }
}
