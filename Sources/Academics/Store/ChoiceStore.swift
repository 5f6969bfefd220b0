import Kernel
import Persistence
import Rights

/// Reads what forms offer: schools, courses and terms of a school, and its staff.
struct ChoiceStore: Sendable {
  /// The schools within reach, by name.
  func schools(within reach: Reach, in tx: any Connection) throws -> [SectionChoices.Choice<Entity.Org>] {
    let reached: SQL = reach.isEverywhere ? "TRUE" : "id IN \(list: reach.orgs.sorted())"
    return try choices(
      """
      SELECT id, name FROM directory_org_live
      WHERE kind IN ('school', 'department', 'college') AND \(reached) ORDER BY name, id LIMIT 500
      """, in: tx)
  }

  /// The organisations that may offer courses, by name.
  func orgs(within reach: Reach, in tx: any Connection) throws -> [SectionChoices.Choice<Entity.Org>] {
    let reached: SQL = reach.isEverywhere ? "TRUE" : "id IN \(list: reach.orgs.sorted())"
    return try choices(
      "SELECT id, name FROM directory_org_live WHERE kind <> 'partner' AND \(reached) ORDER BY name, id LIMIT 500",
      in: tx)
  }

  /// The courses that the school itself or an organisation above it offers, by code.
  func courses(at school: OrgID, in tx: any Connection) throws -> [SectionChoices.Choice<Entity.Course>] {
    try choices(
      """
      SELECT id, code || ' ' || title FROM academics_course_live
      WHERE org_id IN (SELECT ancestor_id FROM directory_org_within WHERE org_id = \(school))
      ORDER BY code, id LIMIT 500
      """, in: tx)
  }

  /// The terms of the school and of the organisations above it, the newest first.
  func periods(at school: OrgID, in tx: any Connection) throws -> [SectionChoices.Choice<Entity.Period>] {
    try choices(
      """
      SELECT id, title FROM directory_period_live
      WHERE org_id IN (SELECT ancestor_id FROM directory_org_within WHERE org_id = \(school))
      ORDER BY first_on DESC, last_on, id LIMIT 24
      """, in: tx)
  }

  /// The people the school employs, by name.
  func staff(at school: OrgID, in tx: any Connection) throws -> [SectionChoices.Choice<Entity.Person>] {
    try choices(
      """
      SELECT staff.person_id, staff.display_name FROM directory_staff_live AS staff
      WHERE staff.id IN (SELECT staff_id FROM directory_employment_live
        WHERE org_id IN (SELECT ancestor_id FROM directory_org_within WHERE org_id = \(school)))
      ORDER BY staff.sort_name, staff.id LIMIT 500
      """, in: tx)
  }

  /// The students of a school by their numbers.
  func students(numbers: [String], at school: OrgID, in tx: any Connection) throws -> [String: StudentID] {
    let found = try tx.all(
      "SELECT number, id FROM directory_student_live WHERE school_id = \(school) AND number IN \(list: numbers)"
    ) { row in (number: try row.next() as String, id: try row.next() as StudentID) }
    return Dictionary(found.map { ($0.number, $0.id) }) { first, _ in first }
  }

  private func choices<Entity>(
    _ sql: SQL, in tx: any Connection
  ) throws -> [SectionChoices.Choice<Entity>] {
    try tx.all(sql) { row in SectionChoices.Choice(id: try row.next(), name: try row.next()) }
  }
}
