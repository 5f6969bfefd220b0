import Kernel
public import Persistence
public import Record

extension AttendanceCode: RecordedRow, RowDecodable {
  /// Codes, with their history.
  public static let table = RecordedTable<AttendanceCode>(
    "attendance code", "attendance_code",
    columns: [
      .id("org_id", \.org), .text("letter", \.letter), .text("title", \.title),
      .text("counts_as", { $0.countsAs.rawValue }),
    ])

  /// The columns as rows are read.
  public static let columns: SQL = "id, version, org_id, letter, title, counts_as"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), org: try row.next(), letter: try row.next(),
      title: try row.next(), countsAs: try row.next())
  }
}

extension RegisterHeader: RecordedRow, RowDecodable {
  /// Heads of registers, with their history.
  public static let table = RecordedTable<RegisterHeader>(
    "register", "attendance_register",
    columns: [
      .id("section_id", { $0.key.section }), .date("held_on", { $0.key.date }), .int("period_no", { $0.key.period }),
      .id("taken_by", \.takenBy), .instant("taken_at", \.takenAt),
    ])

  /// The columns as rows are read, from `register`.
  public static let columns: SQL = """
    register.id, register.version, register.section_id, register.held_on, register.period_no, register.taken_by,
    register.taken_at
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(),
      key: RegisterKey(section: try row.next(), date: try row.next(), period: try row.next()),
      takenBy: try row.next(), takenAt: try row.next())
  }
}

extension Mark: RecordedRow, RowDecodable {
  /// Marks, with their history.
  public static let table = RecordedTable<Mark>(
    "mark", "attendance_mark",
    columns: [
      .id("register_id", \.register), .id("student_id", \.student), .text("truth", { $0.truth.rawValue }),
      .id("code_id", \.code), .int("late_minutes", \.lateMinutes), .text("note", \.note), .id("marked_by", \.markedBy),
    ])

  /// The columns as rows are read, from `mark`.
  public static let columns: SQL = """
    mark.id, mark.version, mark.register_id, mark.student_id, mark.truth, mark.code_id, mark.late_minutes, mark.note,
    mark.marked_by, mark.changed_at
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), register: try row.next(), student: try row.next(),
      truth: try row.next(), code: try row.next(), lateMinutes: try row.next(), note: try row.next(),
      markedBy: try row.next(), markedAt: try row.next())
  }
}

extension AttendanceCode.Counting: SQLBindable {}
extension Mark.Truth: SQLBindable {}
