import Kernel
import Persistence

/// The staff and their jobs. `visible` is a condition on `directory_staff_live AS t`, made by `StaffReach`.
struct StaffStore: Sendable {
  func require(_ id: StaffID, where visible: SQL, in tx: any Connection) throws -> Staff {
    guard
      let staff: Staff = try tx.first(
        "SELECT \(Staff.columns) FROM directory_staff_live AS t WHERE \(SQL.all(["t.id = \(id)", visible])) LIMIT 1")
    else { throw Problem.notFound("member of staff") }
    return staff
  }

  func find(person: PersonID, in tx: any Connection) throws -> Staff? {
    try tx.first("SELECT \(Staff.columns) FROM directory_staff_live AS t WHERE t.person_id = \(person) LIMIT 1")
  }

  /// Which of the people are staff, and under what identity.
  func staff(of people: [PersonID], in tx: any Connection) throws -> [Staff] {
    try inBatches(people) { batch in
      try tx.all(
        """
        SELECT \(Staff.columns) FROM directory_staff_live AS t WHERE t.person_id IN \(list: batch) LIMIT \(batch.count)
        """)
    }
  }

  /// The jobs of many, the lasting ones first.
  func employments(of staff: [StaffID], in tx: any Connection) throws -> [StaffID: [Employment]] {
    let employments: [Employment] = try inBatches(staff) { batch in
      try tx.all(
        """
        SELECT \(Employment.columns) FROM directory_employment_live AS e WHERE e.staff_id IN \(list: batch)
        ORDER BY e.staff_id, CASE WHEN e.last_on IS NULL THEN 0 ELSE 1 END, e.first_on DESC, e.id
        LIMIT \(batch.count * 20)
        """)
    }
    return Dictionary(grouping: employments, by: \.staff)
  }

  func requireEmployment(_ id: EmploymentID, of staff: StaffID, in tx: any Connection) throws -> Employment {
    guard
      let employment: Employment = try tx.first(
        """
        SELECT \(Employment.columns) FROM directory_employment_live AS e
        WHERE e.id = \(id) AND e.staff_id = \(staff) LIMIT 1
        """)
    else { throw Problem.notFound("job") }
    return employment
  }

  func page(
    school: OrgID?, search: String?, where visible: SQL, _ request: PageRequest, in tx: any Connection
  ) throws -> Page<StaffSummary> {
    var conditions = [visible]
    if let school {
      conditions.append(
        "EXISTS (SELECT 1 FROM directory_employment_live AS e WHERE e.org_id = \(school) AND e.staff_id = t.id)")
    }
    if let plan = try WordSearch(search, in: .people)?.plan(in: tx) {
      conditions.append("t.person_id IN (SELECT p.id FROM \(plan.source) WHERE \(plan.condition))")
    }
    if let after = request.after {
      let place = try tx.first("SELECT sort_name FROM directory_staff_place WHERE id = \(after) LIMIT 1") {
        row -> String in
        try row.next()
      }
      guard let place else { return Page(items: [], next: nil) }
      conditions.append("(t.sort_name, t.id) > (\(place), \(after))")
    }
    let rows = try tx.all(
      """
      SELECT t.id, t.person_id, t.display_name FROM directory_staff_live AS t
      WHERE \(SQL.all(conditions)) ORDER BY t.sort_name, t.id LIMIT \(request.limit + 1) OFFSET \(request.offset)
      """
    ) { row in StaffSummary(id: try row.next(), person: try row.next(), displayName: try row.next()) }
    return Page(fetched: rows, limit: request.limit) { $0.id.retyped() }
  }
}
