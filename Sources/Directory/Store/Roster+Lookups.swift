public import Kernel
public import Persistence

/// What imports and exports ask by the hundred, so that nothing is asked row by row.
extension Roster {
  /// The live rows with these ids, in no order.
  public func rows<Row: RosterRow>(
    _ ids: [ID<Row.Identity>], of _: Row.Type = Row.self, in tx: any Connection
  ) throws -> [Row] {
    try inBatches(ids) { batch in
      try tx.all(
        "SELECT \(Row.columns) FROM \(Row.live) WHERE \(Row.idColumn) IN \(list: batch) LIMIT \(batch.count)")
    }
  }

  /// The students that these people are, at whatever schools.
  public func students(of people: [PersonID], in tx: any Connection) throws -> [PersonID: [Student]] {
    let students: [Student] = try inBatches(people) { batch in
      try tx.all(
        """
        SELECT \(Student.columns) FROM directory_student_live AS s
        WHERE s.person_id IN \(list: batch) ORDER BY s.id LIMIT \(batch.count * 20)
        """)
    }
    return Dictionary(grouping: students, by: \.person)
  }

  /// Where these people are something: the schools of students, of guardians' students and the places of staff.
  public func places(of people: [PersonID], in tx: any Connection) throws -> [PersonID: Set<OrgID>] {
    let pairs = try inBatches(people) { batch in
      try tx.all(
        """
        SELECT s.person_id, s.school_id FROM directory_student_live AS s WHERE s.person_id IN \(list: batch)
        UNION SELECT t.person_id, e.org_id FROM directory_staff_live AS t
          JOIN directory_employment_live AS e ON e.staff_id = t.id WHERE t.person_id IN \(list: batch)
        UNION SELECT g.guardian_id, s.school_id FROM directory_guardianship_live AS g
          JOIN directory_student_live AS s ON s.id = g.student_id WHERE g.guardian_id IN \(list: batch)
        LIMIT \(batch.count * 20)
        """
      ) { row in (try row.next() as PersonID, try row.next() as OrgID) }
    }
    return pairs.reduce(into: [:]) { places, pair in places[pair.0, default: []].insert(pair.1) }
  }

  /// Which members of staff of an organisation have these numbers.
  public func staff(
    numbered numbers: [String], at org: OrgID, in tx: any Connection
  ) throws -> [String: StaffID] {
    let pairs = try inBatches(numbers) { batch in
      try tx.all(
        """
        SELECT e.number, e.staff_id FROM directory_employment_live AS e
        WHERE e.org_id = \(org) AND e.number IN \(list: batch) LIMIT \(batch.count)
        """
      ) { row in (try row.next() as String, try row.next() as StaffID) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// The periods of these organisations, the newest first; 500 at most.
  public func periods(of orgs: [OrgID], in tx: any Connection) throws -> [Period] {
    try PeriodStore().periods(of: orgs, in: tx)
  }

  /// Whether an organisation has said which period is its current one.
  public func hasCurrentPeriod(_ org: OrgID, in tx: any Connection) throws -> Bool {
    try PeriodStore().current(of: org, in: tx) != nil
  }
}
