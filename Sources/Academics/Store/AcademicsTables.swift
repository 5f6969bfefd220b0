import Kernel
public import Persistence
public import Record

extension Course: RecordedRow, RowDecodable {
  /// Courses, with their history.
  public static let table = RecordedTable<Course>(
    "course", "academics_course",
    columns: [
      .id("org_id", \.org), .text("code", \.code), .text("title", \.title), .decimal("credits", \.credits),
      .text("subject", \.subject), .text("search_text", \.searchText),
    ])

  /// The columns as rows are read.
  public static let columns: SQL = "id, version, org_id, code, title, credits, subject"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), org: try row.next(), code: try row.next(), title: try row.next(),
      credits: try row.next(), subject: try row.next())
  }

  /// What a search looks in: code and title, folded.
  var searchText: String { Text.folded(code + " " + title) }
}

extension Section: RecordedRow, RowDecodable {
  /// Sections, with their history.
  public static let table = RecordedTable<Section>(
    "section", "academics_section",
    columns: [
      .id("school_id", \.school), .id("course_id", \.course), .text("kind", { $0.kind.rawValue }),
      .text("code", \.code), .text("title", \.title), .decimal("credits", \.credits), .int("capacity", \.capacity),
      .text("room", \.room), .text("search_text", \.searchText),
    ])

  /// The columns as rows are read, from `section`.
  public static let columns: SQL = """
    section.id, section.version, section.school_id, section.course_id, section.kind, section.code, section.title,
    section.credits, section.capacity, section.room
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), school: try row.next(), course: try row.next(),
      kind: try row.next(), code: try row.next(), title: try row.next(), credits: try row.next(),
      capacity: try row.next(), room: try row.next())
  }

  /// What a search looks in: code and title, folded.
  var searchText: String { Text.folded(code + " " + title) }
}

extension SectionPeriod: RecordedRow, RowDecodable {
  /// The periods of sections, with their history.
  public static let table = RecordedTable<SectionPeriod>(
    "section period", "academics_section_period",
    columns: [
      .id("section_id", \.section), .id("period_id", \.period),
    ])

  /// The columns as rows are read.
  public static let columns: SQL = "id, version, section_id, period_id"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(id: try row.next(), version: try row.next(), section: try row.next(), period: try row.next())
  }
}

extension SectionStaff: RecordedRow, RowDecodable {
  /// Who teaches in sections, with its history.
  public static let table = RecordedTable<SectionStaff>(
    "section staff", "academics_section_staff",
    columns: [
      .id("section_id", \.section), .id("person_id", \.person), .text("role", { $0.role.rawValue }),
      .bool("is_primary", \.isPrimary), .date("first_on", \.firstOn), .date("last_on", \.lastOn),
    ])

  /// The columns as rows are read, from `assignment`.
  public static let columns: SQL = """
    assignment.id, assignment.version, assignment.section_id, assignment.person_id, assignment.role,
    assignment.is_primary, assignment.first_on, assignment.last_on
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), section: try row.next(), person: try row.next(),
      role: try row.next(), isPrimary: try row.next(), firstOn: try row.next(), lastOn: try row.next())
  }
}

extension Enrolment: RecordedRow, RowDecodable {
  /// Enrolments, with their history.
  public static let table = RecordedTable<Enrolment>(
    "enrolment", "academics_enrolment",
    columns: [
      .id("section_id", \.section), .id("student_id", \.student), .text("kind", { $0.kind.rawValue }),
      .text("status", { $0.status.rawValue }), .date("first_on", \.firstOn), .date("last_on", \.lastOn),
      .text("reason", \.reason),
    ])

  /// The columns as rows are read, from `enrolment`.
  public static let columns: SQL = """
    enrolment.id, enrolment.version, enrolment.section_id, enrolment.student_id, enrolment.kind, enrolment.status,
    enrolment.first_on, enrolment.last_on, enrolment.reason
    """

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), section: try row.next(), student: try row.next(),
      kind: try row.next(), status: try row.next(), firstOn: try row.next(), lastOn: try row.next(),
      reason: try row.next())
  }
}

extension Term: RowDecodable {
  /// The columns as rows are read, from `period`.
  public static let columns: SQL = "period.id, period.title, period.first_on, period.last_on, period.status"

  /// Reads the columns in their order.
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), title: try row.next(), firstOn: try row.next(), lastOn: try row.next(),
      isOpen: try row.next() as String == "open")
  }
}

extension Section.Kind: SQLBindable {}
extension SectionStaff.Role: SQLBindable {}
extension Enrolment.Status: SQLBindable {}
