import Kernel
import Persistence

/// Reads sections, their terms and their staff. Conditions come from `SectionScope`.
struct SectionStore: Sendable {
  /// The section, if the condition takes it in.
  func find(_ id: SectionID, visible condition: SQL, in tx: any Connection) throws -> Section? {
    try tx.first(
      "SELECT \(Section.columns) FROM academics_section_live AS section WHERE section.id = \(id) AND \(condition)")
  }

  /// A page of sections by code, with how many sit in each and who answers for it: one query.
  func page(
    _ page: PageRequest, _ filter: SectionFilter, visible condition: SQL, in tx: any Connection
  ) throws -> Page<SectionLine> {
    var conditions = [condition] + Self.conditions(filter)
    if let after = page.after {
      conditions.append(
        "(section.code, section.id) > (SELECT code, id FROM academics_section_live WHERE id = \(after))")
    }
    let rows = try lines(
      where: SQL.all(conditions), limit: "LIMIT \(page.limit + 1) OFFSET \(page.offset)", in: tx)
    return Page(fetched: rows, limit: page.limit) { $0.section.id.retyped() }
  }

  /// How many sections the filter finds, counted to `limit`.
  func count(_ filter: SectionFilter, visible condition: SQL, to limit: Int, in tx: any Connection) throws -> Int {
    try tx.count(
      """
      SELECT COUNT(*) FROM (SELECT 1 FROM academics_section_live AS section
        WHERE \(SQL.all([condition] + Self.conditions(filter))) LIMIT \(limit)) AS found
      """)
  }

  /// The sections a person teaches on a day, in a term that has the day, by code.
  func taught(by person: PersonID, on day: SchoolDate, visible condition: SQL, in tx: any Connection) throws
    -> [SectionLine]
  {
    let teaches: SQL = """
      section.id IN (SELECT section_id FROM academics_taught_section WHERE person_id = \(person)
        AND (first_on IS NULL OR first_on <= \(day)) AND (last_on IS NULL OR last_on >= \(day)))
      """
    return try lines(where: SQL.all([condition, teaches, SectionScope.running(on: day)]), limit: "LIMIT 200", in: tx)
  }

  /// The terms of a section in order.
  func terms(of section: SectionID, in tx: any Connection) throws -> [Term] {
    try tx.all(
      """
      SELECT \(Term.columns) FROM academics_section_period_live AS taught
      JOIN directory_period_live AS period ON period.id = taught.period_id
      WHERE taught.section_id = \(section) ORDER BY period.first_on, period.id LIMIT 24
      """)
  }

  /// The rows that say in which terms a section is taught.
  func periods(of section: SectionID, in tx: any Connection) throws -> [SectionPeriod] {
    try tx.all(
      """
      SELECT \(SectionPeriod.columns) FROM academics_section_period_live
      WHERE section_id = \(section) ORDER BY id LIMIT 24
      """)
  }

  /// Who has a part in a section, the primary first, with names: one query.
  func staff(of section: SectionID, in tx: any Connection) throws -> [StaffLine] {
    try tx.all(
      """
      SELECT \(SectionStaff.columns), person.display_name
      FROM academics_section_staff_live AS assignment
      JOIN directory_person_live AS person ON person.id = assignment.person_id
      WHERE assignment.section_id = \(section)
      ORDER BY assignment.is_primary DESC, person.sort_name, assignment.id LIMIT 100
      """
    ) { row in StaffLine(assignment: try SectionStaff(row: &row), name: try row.next()) }
  }

  /// Whether a live period belongs to the school or to an organisation above it.
  func arePeriods(_ periods: [PeriodID], of school: OrgID, in tx: any Connection) throws -> Bool {
    let known = try tx.count(
      """
      SELECT COUNT(*) FROM directory_period_live WHERE id IN \(list: periods)
        AND org_id IN (SELECT ancestor_id FROM directory_org_within WHERE org_id = \(school))
      """)
    return known == Set(periods).count
  }

  /// Whether there is such a person.
  func isPerson(_ id: PersonID, in tx: any Connection) throws -> Bool {
    try tx.exists("SELECT 1 FROM directory_person_live WHERE id = \(id)")
  }

  private func lines(where condition: SQL, limit: SQL, in tx: any Connection) throws -> [SectionLine] {
    try tx.all(
      """
      SELECT \(Section.columns),
        (SELECT COUNT(*) FROM academics_enrolment_live AS enrolment
          WHERE enrolment.section_id = section.id AND enrolment.status = 'enrolled'),
        \(SectionScope.teacherName)
      FROM academics_section_live AS section WHERE \(condition)
      ORDER BY section.code, section.id \(limit)
      """
    ) { row in
      SectionLine(section: try Section(row: &row), enrolled: try row.next(), teacher: try row.next())
    }
  }

  private static func conditions(_ filter: SectionFilter) -> [SQL] {
    var conditions: [SQL] = []
    if let school = filter.school { conditions.append("section.school_id = \(school)") }
    if let course = filter.course { conditions.append("section.course_id = \(course)") }
    if let kind = filter.kind { conditions.append("section.kind = \(kind)") }
    if let period = filter.period {
      conditions.append(
        "section.id IN (SELECT section_id FROM academics_section_period_live WHERE period_id = \(period))")
    }
    if let teacher = filter.teacher {
      conditions.append(
        "section.id IN (SELECT section_id FROM academics_taught_section WHERE person_id = \(teacher))")
    }
    if let search = filter.search, !Text.normalized(search).isEmpty {
      conditions.append("section.search_text LIKE \(containing(search)) ESCAPE '!'")
    }
    return conditions
  }
}
