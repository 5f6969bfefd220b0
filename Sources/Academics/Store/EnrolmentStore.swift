import Kernel
import Persistence

/// Reads enrolments and rosters.
struct EnrolmentStore: Sendable {
  /// The most students a roster shows; a section holds at most so many.
  static let maximumRoster = Section.maximumCapacity

  /// The enrolment with the section it is in, if the condition takes that section in.
  func find(
    _ id: EnrolmentID, visible condition: SQL, in tx: any Connection
  ) throws -> (enrolment: Enrolment, school: OrgID)? {
    try tx.first(
      """
      SELECT \(Enrolment.columns), section.school_id FROM academics_enrolment_live AS enrolment
      JOIN academics_section_live AS section ON section.id = enrolment.section_id
      WHERE enrolment.id = \(id) AND \(condition)
      """
    ) { row in (try Enrolment(row: &row), try row.next()) }
  }

  /// Who sits in a section now.
  func enrolled(in section: SectionID, in tx: any Connection) throws -> Set<StudentID> {
    Set(
      try tx.all(
        """
        SELECT student_id FROM academics_enrolment_live
        WHERE section_id = \(section) AND status = 'enrolled' LIMIT \(Self.maximumRoster)
        """
      ) { row -> StudentID in try row.next() })
  }

  /// How many sit in a section now.
  func count(in section: SectionID, in tx: any Connection) throws -> Int {
    try tx.count(
      "SELECT COUNT(*) FROM academics_enrolment_live WHERE section_id = \(section) AND status = 'enrolled'")
  }

  /// All live enrolments of a section, whatever their status.
  func identities(in section: SectionID, in tx: any Connection) throws -> [EnrolmentID] {
    try tx.all("SELECT id FROM academics_enrolment_live WHERE section_id = \(section) ORDER BY id LIMIT 10000") {
      row -> EnrolmentID in try row.next()
    }
  }

  /// All live enrolments of a student, whatever their status.
  func identities(of student: StudentID, in tx: any Connection) throws -> [EnrolmentID] {
    try tx.all("SELECT id FROM academics_enrolment_live WHERE student_id = \(student) ORDER BY id LIMIT 10000") {
      row -> EnrolmentID in try row.next()
    }
  }

  /// The sections in which some enrolments are seats that are taken now.
  func sections(sittingIn ids: [EnrolmentID], in tx: any Connection) throws -> [SectionID] {
    guard !ids.isEmpty else { return [] }
    return try tx.all(
      """
      SELECT DISTINCT section_id FROM academics_enrolment_live
      WHERE id IN \(list: ids) AND status = 'enrolled' ORDER BY section_id
      """
    ) { row in try row.next() }
  }

  /// Whether a person has a part in a section.
  func teaches(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try tx.exists("SELECT 1 FROM academics_section_staff_live WHERE person_id = \(person) LIMIT 1")
  }

  /// Students who ask for a seat; those that are not there are left out.
  func applicants(_ students: [StudentID], in tx: any Connection) throws -> [StudentID: Applicant] {
    let applicants = try tx.all(
      """
      SELECT student.id, student.school_id,
        (SELECT COUNT(*) FROM academics_enrolment_live AS enrolment WHERE enrolment.student_id = student.id
          AND enrolment.kind = 'homeroom' AND enrolment.status = 'enrolled')
      FROM directory_student_live AS student WHERE student.id IN \(list: students)
      """
    ) { row in
      Applicant(student: try row.next(), school: try row.next(), hasHomeroom: try row.next() as Int > 0)
    }
    return Dictionary(uniqueKeysWithValues: applicants.map { ($0.student, $0) })
  }

  /// The students of a section by name: those who sit there, or all who ever did. One query.
  func roster(of section: SectionID, former: Bool, in tx: any Connection) throws -> [RosterLine] {
    try roster(of: section, where: former ? "TRUE" : "enrolment.status = 'enrolled'", in: tx)
  }

  /// The students who belonged to a section on a day, by name. One query.
  func roster(of section: SectionID, on day: SchoolDate, in tx: any Connection) throws -> [RosterLine] {
    try roster(
      of: section,
      where: "enrolment.first_on <= \(day) AND (enrolment.last_on IS NULL OR enrolment.last_on >= \(day))", in: tx)
  }

  /// Where a student sits and sat, the present first.
  func sections(of student: StudentID, in tx: any Connection) throws -> [StudentSectionLine] {
    try tx.all(
      """
      SELECT \(Enrolment.columns), section.code, section.title, \(SectionScope.teacherName)
      FROM academics_enrolment_live AS enrolment
      JOIN academics_section_live AS section ON section.id = enrolment.section_id
      WHERE enrolment.student_id = \(student)
      ORDER BY CASE WHEN enrolment.status = 'enrolled' THEN 0 ELSE 1 END, enrolment.first_on DESC, section.code,
        enrolment.id
      LIMIT 200
      """
    ) { row in
      StudentSectionLine(
        enrolment: try Enrolment(row: &row), code: try row.next(), title: try row.next(), teacher: try row.next())
    }
  }

  /// The person behind a student; nil when the condition on `student` does not take the student in.
  func person(of student: StudentID, visible condition: SQL, in tx: any Connection) throws -> PersonID? {
    try tx.first(
      "SELECT student.person_id FROM directory_student_live AS student WHERE student.id = \(student) AND \(condition)"
    ) { row in try row.next() }
  }

  /// Those of the students whom the condition on `student` takes in.
  func among(_ students: [StudentID], _ condition: SQL, in tx: any Connection) throws -> Set<StudentID> {
    Set(
      try tx.all(
        """
        SELECT student.id FROM directory_student_live AS student
        WHERE student.id IN \(list: students) AND \(condition)
        """
      ) { row -> StudentID in try row.next() })
  }

  private func roster(of section: SectionID, where condition: SQL, in tx: any Connection) throws -> [RosterLine] {
    try tx.all(
      """
      SELECT \(Enrolment.columns), student.person_id, student.display_name, student.number, student.grade
      FROM academics_enrolment_live AS enrolment
      JOIN directory_student_live AS student ON student.id = enrolment.student_id
      WHERE enrolment.section_id = \(section) AND (\(condition))
      ORDER BY student.sort_name, student.id, enrolment.first_on LIMIT \(Self.maximumRoster)
      """
    ) { row in
      RosterLine(
        enrolment: try Enrolment(row: &row), person: try row.next(), name: try row.next(), number: try row.next(),
        grade: try row.next())
    }
  }
}
