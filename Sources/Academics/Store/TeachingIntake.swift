public import Kernel
public import Persistence
public import Record

/// Teaching brought in or made up by the thousand, inside a caller's transaction: imports and the demo school.
///
/// No permission is asked and no rule but the database's own holds here: the caller has checked its rows. Every row
/// still gets its audit entry and its first version. Finding our identifiers by other systems' is the directory's work.
public struct TeachingIntake: Sendable {
  private let record: Record

  /// An intake that writes through `record`.
  public init(record: Record) { self.record = record }

  /// What of teaching comes in together: rows that refer to each other go in in the right order.
  public struct Batch: Sendable {
    /// Courses.
    public var courses: [Course] = []
    /// Sections.
    public var sections: [Section] = []
    /// Terms of sections.
    public var periods: [SectionPeriod] = []
    /// Staff of sections.
    public var staff: [SectionStaff] = []
    /// Enrolments.
    public var enrolments: [Enrolment] = []

    /// Nothing yet.
    public init() {}
  }

  /// Inserts new rows.
  public func insert(_ batch: Batch, _ change: Change, in tx: any Connection) throws {
    try record.insert(batch.courses, into: Course.table, change, in: tx)
    try record.insert(batch.sections, into: Section.table, change, in: tx)
    try record.insert(batch.periods, into: SectionPeriod.table, change, in: tx)
    try record.insert(batch.staff, into: SectionStaff.table, change, in: tx)
    try record.insert(batch.enrolments, into: Enrolment.table, change, in: tx)
  }

  /// Saves changed rows, each over the version it was read at.
  public func update(_ batch: Batch, _ change: Change, in tx: any Connection) throws {
    try record.update(batch.courses, in: Course.table, change, in: tx)
    try record.update(batch.sections, in: Section.table, change, in: tx)
    try record.update(batch.periods, in: SectionPeriod.table, change, in: tx)
    try record.update(batch.staff, in: SectionStaff.table, change, in: tx)
    try record.update(batch.enrolments, in: Enrolment.table, change, in: tx)
  }

  /// The live courses with these identifiers.
  public func courses(_ ids: [CourseID], in tx: any Connection) throws -> [Course] {
    try inParts(ids) { ids in
      try tx.all("SELECT \(Course.columns) FROM academics_course_live WHERE id IN \(list: ids)")
    }
  }

  /// The live courses of an organisation with these codes.
  public func courses(codes: [String], of org: OrgID, in tx: any Connection) throws -> [Course] {
    try inParts(codes) { codes in
      try tx.all(
        "SELECT \(Course.columns) FROM academics_course_live WHERE org_id = \(org) AND code IN \(list: codes)")
    }
  }

  /// The live sections with these identifiers.
  public func sections(_ ids: [SectionID], in tx: any Connection) throws -> [Section] {
    try inParts(ids) { ids in
      try tx.all(
        "SELECT \(Section.columns) FROM academics_section_live AS section WHERE section.id IN \(list: ids)")
    }
  }

  /// The live terms of these sections.
  public func periods(of sections: [SectionID], in tx: any Connection) throws -> [SectionPeriod] {
    try inParts(sections) { ids in
      try tx.all(
        "SELECT \(SectionPeriod.columns) FROM academics_section_period_live WHERE section_id IN \(list: ids)")
    }
  }

  /// The live staff of these sections, also those whose part has ended.
  public func staff(of sections: [SectionID], in tx: any Connection) throws -> [SectionStaff] {
    try inParts(sections) { ids in
      try tx.all(
        """
        SELECT \(SectionStaff.columns) FROM academics_section_staff_live AS assignment
        WHERE assignment.section_id IN \(list: ids)
        """)
    }
  }

  /// The live enrolments of these students, whatever their status.
  public func enrolments(of students: [StudentID], in tx: any Connection) throws -> [Enrolment] {
    try inParts(students) { ids in
      try tx.all(
        """
        SELECT \(Enrolment.columns) FROM academics_enrolment_live AS enrolment
        WHERE enrolment.student_id IN \(list: ids)
        """)
    }
  }

  /// A statement with a few thousand parameters is fine on both engines; with a hundred thousand on neither.
  private func inParts<Key, Value>(_ keys: [Key], _ read: ([Key]) throws -> [Value]) throws -> [Value] {
    var values: [Value] = []
    for start in stride(from: 0, to: keys.count, by: 500) {
      values += try read(Array(keys[start..<min(start + 500, keys.count)]))
    }
    return values
  }
}
