public import Kernel
public import Persistence

/// What exports read page by page, in the order of identities, so that memory stays small however large the school is.
extension Roster {
  /// Students of some schools after a student, whatever their status.
  public func students(
    at schools: [OrgID], after: StudentID?, limit: Int, in tx: any Connection
  ) throws -> [Student] {
    let after: SQL = after.map { "s.id > \($0)" } ?? .empty
    return try tx.all(
      """
      SELECT \(Student.columns) FROM directory_student_live AS s
      WHERE \(SQL.all(["s.school_id IN \(list: schools)", after])) ORDER BY s.id LIMIT \(limit)
      """)
  }

  /// Jobs at some organisations after a job, with the person who has it.
  public func employments(
    at orgs: [OrgID], after: EmploymentID?, limit: Int, in tx: any Connection
  ) throws -> [(employment: Employment, person: PersonID)] {
    let after: SQL = after.map { "e.id > \($0)" } ?? .empty
    return try tx.all(
      """
      SELECT \(Employment.columns), t.person_id
      FROM directory_employment_live AS e JOIN directory_staff_live AS t ON t.id = e.staff_id
      WHERE \(SQL.all(["e.org_id IN \(list: orgs)", after])) ORDER BY e.id LIMIT \(limit)
      """
    ) { row in (try Employment(row: &row), try row.next()) }
  }

  /// The latest time at school of each of these students, whether it lasts or has ended.
  public func latestEnrolments(
    of students: [StudentID], in tx: any Connection
  ) throws -> [StudentID: SchoolEnrolment] {
    let all: [SchoolEnrolment] = try inBatches(students) { batch in
      try tx.all(
        """
        SELECT \(SchoolEnrolment.columns) FROM directory_school_enrolment_live
        WHERE student_id IN \(list: batch) ORDER BY student_id, first_on, id LIMIT \(batch.count * 50)
        """)
    }
    return Dictionary(all.map { ($0.student, $0) }) { _, later in later }
  }
}
