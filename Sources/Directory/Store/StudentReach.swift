import Kernel
import Persistence
import Rights

/// Turns how far a permission reaches into a condition on `directory_student_live AS s`: seeing is part of the query.
struct StudentReach: Sendable {
  /// The students a person teaches, as a subquery of their ids; another slice knows.
  let studentsTaught: @Sendable (PersonID) -> SQL

  /// Nothing when everyone may be seen; else the ways in which a student may come into sight, one of which must hold.
  func condition(_ reach: Reach, of person: PersonID?, on today: SchoolDate) -> SQL {
    if reach.isEverywhere { return .empty }
    var ways: [SQL] = []
    if !reach.orgs.isEmpty { ways.append(Self.school(reach.orgs)) }
    if let person {
      if !reach.sectionsIn.isEmpty {
        // The school is asked inside, so that the list starts at the few who are taught, not at the school's index.
        ways.append(
          """
          s.id IN (
            SELECT own.id FROM directory_student_live AS own
            WHERE own.id IN (\(studentsTaught(person))) AND own.school_id IN \(list: reach.sectionsIn.sorted()))
          """)
      }
      if reach.children { ways.append("s.id IN (\(Self.childrenSeen(by: person, on: today)))") }
      if reach.own { ways.append("s.person_id = \(person)") }
    }
    return SQL.any(ways)
  }

  /// The children a guardian may see on a day.
  static func childrenSeen(by guardian: PersonID, on day: SchoolDate) -> SQL {
    """
    SELECT g.student_id FROM directory_guardianship_live AS g
    WHERE g.guardian_id = \(guardian) AND \(guardianMay(.see, on: day))
    """
  }

  /// A condition on `directory_guardianship_live AS g`: the rule of `allows(_:on:)` in SQL.
  static func guardianMay(_ custody: Custody, on day: SchoolDate) -> SQL {
    """
    NOT EXISTS (
      SELECT 1 FROM directory_custody_right_live AS c
      WHERE c.guardianship_id = g.id AND c.custody = \(custody.rawValue) AND NOT c.allowed AND \(holds(on: day)))
    AND (
      EXISTS (
        SELECT 1 FROM directory_custody_right_live AS c
        WHERE c.guardianship_id = g.id AND c.custody = \(custody.rawValue) AND c.allowed AND \(holds(on: day)))
      OR NOT EXISTS (
        SELECT 1 FROM directory_custody_right_live AS c
        WHERE c.guardianship_id = g.id AND c.custody = \(custody.rawValue) AND c.allowed))
    """
  }

  private static func holds(on day: SchoolDate) -> SQL {
    "(c.first_on IS NULL OR c.first_on <= \(day)) AND (c.last_on IS NULL OR c.last_on >= \(day))"
  }

  /// Most people belong to one school, and one index is walked for it.
  private static func school(_ orgs: Set<OrgID>) -> SQL {
    if orgs.count == 1, let org = orgs.first { return "s.school_id = \(org)" }
    return "s.school_id IN \(list: orgs.sorted())"
  }
}
