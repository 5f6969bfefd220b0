public import Kernel
public import Persistence

/// What exports read page by page, in the order of identities.
extension TeachingIntake {
  /// Courses of some organisations after a course.
  public func courses(at orgs: [OrgID], after: CourseID?, limit: Int, in tx: any Connection) throws -> [Course] {
    let after: SQL = after.map { "id > \($0)" } ?? .empty
    return try tx.all(
      """
      SELECT \(Course.columns) FROM academics_course_live
      WHERE \(SQL.all(["org_id IN \(list: orgs)", after])) ORDER BY id LIMIT \(limit)
      """)
  }

  /// Sections of some schools after a section.
  public func sections(at schools: [OrgID], after: SectionID?, limit: Int, in tx: any Connection) throws -> [Section] {
    let after: SQL = after.map { "section.id > \($0)" } ?? .empty
    return try tx.all(
      """
      SELECT \(Section.columns) FROM academics_section_live AS section
      WHERE \(SQL.all(["section.school_id IN \(list: schools)", after])) ORDER BY section.id LIMIT \(limit)
      """)
  }

  /// The live enrolments in these sections, whatever their status, with the person who sits there.
  public func enrolments(
    in sections: [SectionID], in tx: any Connection
  ) throws -> [(enrolment: Enrolment, person: PersonID)] {
    try tx.all(
      """
      SELECT \(Enrolment.columns), student.person_id FROM academics_enrolment_live AS enrolment
      JOIN directory_student_live AS student ON student.id = enrolment.student_id
      WHERE enrolment.section_id IN \(list: sections) ORDER BY enrolment.first_on, enrolment.id
      LIMIT \(sections.count * 10_000)
      """
    ) { row in (try Enrolment(row: &row), try row.next()) }
  }
}
