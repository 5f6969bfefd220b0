public import Kernel
public import Persistence
public import Rights

/// Turns how far a permission reaches into SQL: which sections, and which students, a person may have before them.
///
/// Conditions are part of the queries themselves, so what is hidden is not there. Whoever teaches reaches a section
/// from the day before the assignment begins to the day after it ends, in UTC: that covers the assignment's days in
/// every time zone.
public struct SectionScope: Sendable {
  private let children: @Sendable (PersonID, SchoolDate) -> SQL

  /// A scope that asks `children` for a subquery of the students a guardian may see on a day.
  public init(children: @escaping @Sendable (PersonID, SchoolDate) -> SQL) { self.children = children }

  /// A condition on `section`, an alias of the live sections.
  public func sections(within reach: Reach, of actor: Actor, at now: Instant) -> SQL {
    if reach.isEverywhere { return "TRUE" }
    var ways: [SQL] = []
    if !reach.orgs.isEmpty { ways.append("section.school_id IN \(list: reach.orgs.sorted())") }
    if let person = actor.person {
      if !reach.sectionsIn.isEmpty {
        ways.append(
          """
          section.school_id IN \(list: reach.sectionsIn.sorted())
          AND section.id IN (\(Self.sections(taughtBy: person, at: now)))
          """)
      }
      if reach.children { ways.append(sections(of: children(person, now.utcDate))) }
      if reach.own { ways.append(sections(of: Self.student(being: person))) }
    }
    return SQL.any(ways)
  }

  /// A condition on `student`, an alias of the live students.
  public func students(within reach: Reach, of actor: Actor, at now: Instant) -> SQL {
    if reach.isEverywhere { return "TRUE" }
    var ways: [SQL] = []
    if !reach.orgs.isEmpty { ways.append("student.school_id IN \(list: reach.orgs.sorted())") }
    if let person = actor.person {
      if !reach.sectionsIn.isEmpty {
        ways.append(
          """
          student.school_id IN \(list: reach.sectionsIn.sorted())
          AND student.id IN (\(Self.students(taughtBy: person, at: now)))
          """)
      }
      if reach.children { ways.append("student.id IN (\(children(person, now.utcDate)))") }
      if reach.own { ways.append("student.person_id = \(person)") }
    }
    return SQL.any(ways)
  }

  /// A subquery of the sections a person teaches or assists in at present.
  public static func sections(taughtBy person: PersonID, at now: Instant) -> SQL {
    "SELECT section_id FROM academics_taught_section WHERE person_id = \(person) AND \(lasting(at: now))"
  }

  /// A subquery of the students who sit in a section the person teaches or assists in at present.
  public static func students(taughtBy person: PersonID, at now: Instant) -> SQL {
    "SELECT student_id FROM academics_taught_student WHERE person_id = \(person) AND \(lasting(at: now))"
  }

  /// A condition on `section`: taught on that day. A section without terms runs on every day.
  ///
  /// One question about one section. Asked as two, with EXISTS, PostgreSQL reads the terms of all sections of all
  /// schools first, even to answer for one school. And it takes `<> 0` for likely, as it is, and `= 1` for rare.
  public static func running(on day: SchoolDate) -> SQL {
    """
    COALESCE((SELECT MAX(CASE WHEN period.first_on <= \(day) AND period.last_on >= \(day) THEN 1 ELSE 0 END)
      FROM academics_section_period_live AS taught
      LEFT JOIN directory_period_live AS period ON period.id = taught.period_id
      WHERE taught.section_id = section.id), 1) <> 0
    """
  }

  /// A value: the name of the one who answers for `section`, or NULL.
  public static let teacherName: SQL = """
    (SELECT person.display_name FROM academics_section_staff_live AS assignment
      JOIN directory_person_live AS person ON person.id = assignment.person_id
      WHERE assignment.section_id = section.id AND assignment.is_primary AND assignment.last_on IS NULL
      ORDER BY assignment.id LIMIT 1)
    """

  private static func lasting(at now: Instant) -> SQL {
    """
    (first_on IS NULL OR first_on <= \(now.utcDate.adding(days: 1)))
    AND (last_on IS NULL OR last_on >= \(now.utcDate.adding(days: -1)))
    """
  }

  private static func student(being person: PersonID) -> SQL {
    "SELECT id FROM directory_student_live WHERE person_id = \(person)"
  }

  private func sections(of students: SQL) -> SQL {
    """
    section.id IN (SELECT section_id FROM academics_enrolment_live
      WHERE status = 'enrolled' AND student_id IN (\(students)))
    """
  }
}
