import Kernel
import Persistence
import Rights

/// Reads courses. The only place beside its migration that names `academics_course`.
struct CourseStore: Sendable {
  /// The course, if the reach takes it in.
  func find(_ id: CourseID, within reach: Reach, in tx: any Connection) throws -> Course? {
    try tx.first(
      "SELECT \(Course.columns) FROM academics_course_live WHERE id = \(id) AND \(Self.condition(reach))")
  }

  /// A page of courses by code.
  func page(
    _ page: PageRequest, search: String?, within reach: Reach, in tx: any Connection
  ) throws -> Page<Course> {
    var conditions: [SQL] = [Self.condition(reach)]
    if let search, !Text.normalized(search).isEmpty {
      conditions.append("search_text LIKE \(containing(search)) ESCAPE '!'")
    }
    if let after = page.after {
      conditions.append("(code, id) > (SELECT code, id FROM academics_course_live WHERE id = \(after))")
    }
    let rows: [Course] = try tx.all(
      """
      SELECT \(Course.columns) FROM academics_course_live WHERE \(SQL.all(conditions))
      ORDER BY code, id LIMIT \(page.limit + 1) OFFSET \(page.offset)
      """)
    return Page(fetched: rows, limit: page.limit) { $0.id.retyped() }
  }

  /// How many live sections teach the course.
  func sectionCount(of course: CourseID, in tx: any Connection) throws -> Int {
    try tx.count("SELECT COUNT(*) FROM academics_section_live WHERE course_id = \(course)")
  }

  /// Whether the course is offered by the school itself or by an organisation above it.
  func isOffered(_ course: Course, at school: OrgID, in tx: any Connection) throws -> Bool {
    try tx.exists(
      "SELECT 1 FROM directory_org_within WHERE ancestor_id = \(course.org) AND org_id = \(school) LIMIT 1")
  }

  /// A course is seen from its organisation, and from every one below it.
  private static func condition(_ reach: Reach) -> SQL {
    if reach.isEverywhere { return "TRUE" }
    let orgs = reach.orgs.union(reach.sectionsIn).sorted()
    if orgs.isEmpty { return "FALSE" }
    return "org_id IN (SELECT ancestor_id FROM directory_org_within WHERE org_id IN \(list: orgs))"
  }
}

/// A pattern for `LIKE … ESCAPE '!'` that finds folded text anywhere in folded text.
func containing(_ text: String) -> String {
  var pattern = "%"
  for character in Text.folded(text) {
    if character == "%" || character == "_" || character == "!" { pattern.append("!") }
    pattern.append(character)
  }
  return pattern + "%"
}
