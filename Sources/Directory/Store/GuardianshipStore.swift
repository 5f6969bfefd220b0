import Kernel
import Persistence

/// Who is a guardian of whom, and what he or she may do.
struct GuardianshipStore: Sendable {
  /// Guardians of one student, at most: nobody has so many, and none must be out of sight.
  static let most = 50

  /// The guardians of one student, the primary one first.
  func guardians(of student: StudentID, in tx: any Connection) throws -> [(Guardianship, name: String)] {
    try tx.all(
      """
      SELECT \(Guardianship.columns), p.display_name
      FROM directory_guardianship_live AS g JOIN directory_person_live AS p ON p.id = g.guardian_id
      WHERE g.student_id = \(student) ORDER BY g.is_primary DESC, p.sort_name, g.id LIMIT \(Self.most)
      """
    ) { row in (try Guardianship(row: &row), name: try row.next()) }
  }

  /// The guardianships of many students, for imports.
  func guardianships(of students: [StudentID], in tx: any Connection) throws -> [Guardianship] {
    try inBatches(students) { batch in
      try tx.all(
        """
        SELECT \(Guardianship.columns) FROM directory_guardianship_live AS g
        WHERE g.student_id IN \(list: batch) ORDER BY g.id LIMIT \(batch.count * Self.most)
        """)
    }
  }

  func require(_ id: GuardianshipID, of student: StudentID, in tx: any Connection) throws -> Guardianship {
    guard
      let guardianship: Guardianship = try tx.first(
        """
        SELECT \(Guardianship.columns) FROM directory_guardianship_live AS g
        WHERE g.id = \(id) AND g.student_id = \(student) LIMIT 1
        """)
    else { throw Problem.notFound("guardian") }
    return guardianship
  }

  /// The guardianship that is the primary one of a student, unless it is `other`.
  func primary(of student: StudentID, except other: GuardianshipID?, in tx: any Connection) throws -> Guardianship? {
    let primary: Guardianship? = try tx.first(
      """
      SELECT \(Guardianship.columns) FROM directory_guardianship_live AS g
      WHERE g.student_id = \(student) AND g.is_primary LIMIT 1
      """)
    return primary?.id == other ? nil : primary
  }

  /// The students in sight of whom a person is a guardian.
  func wards(of guardian: PersonID, where visible: SQL, in tx: any Connection) throws -> [StudentSummary] {
    try tx.all(
      """
      SELECT \(StudentSummary.columns) FROM directory_student_live AS s
      JOIN directory_guardianship_live AS g ON g.student_id = s.id
      WHERE \(SQL.all(["g.guardian_id = \(guardian)", visible])) ORDER BY s.sort_name, s.id LIMIT 50
      """)
  }

  /// The children whom a guardian may see on a day.
  func children(seenBy guardian: PersonID, on day: SchoolDate, in tx: any Connection) throws -> [StudentSummary] {
    try tx.all(
      """
      SELECT \(StudentSummary.columns) FROM directory_student_live AS s
      WHERE s.id IN (\(StudentReach.childrenSeen(by: guardian, on: day))) ORDER BY s.sort_name, s.id LIMIT 50
      """)
  }

  func isGuardian(_ person: PersonID, of student: StudentID, in tx: any Connection) throws -> Bool {
    try tx.exists(
      """
      SELECT 1 FROM directory_guardianship_live WHERE student_id = \(student) AND guardian_id = \(person) LIMIT 1
      """)
  }

  func rights(of guardianships: [GuardianshipID], in tx: any Connection) throws -> [GuardianshipID: [CustodyRight]] {
    let rights: [CustodyRight] = try inBatches(guardianships) { batch in
      try tx.all(
        """
        SELECT \(CustodyRight.columns) FROM directory_custody_right_live WHERE guardianship_id IN \(list: batch)
        ORDER BY guardianship_id, custody, id LIMIT \(batch.count * 20)
        """)
    }
    return Dictionary(grouping: rights, by: \.guardianship)
  }
}

/// Pages of people who are guardians of some student in sight.
struct GuardianListQuery: Sendable {
  let search: String?
  /// A condition on `s`, made by `StudentReach`.
  let visible: SQL

  func page(_ request: PageRequest, in tx: any Connection) throws -> Page<GuardianRow> {
    let plan = try WordSearch(search, in: .people)?.plan(in: tx)
    var conditions: [SQL] = [plan?.condition ?? .empty, "EXISTS (\(wards))"]
    if let after = request.after {
      let place = try tx.first("SELECT sort_name FROM directory_person_live WHERE id = \(after) LIMIT 1") {
        row -> String in
        try row.next()
      }
      guard let place else { return Page(items: [], next: nil) }
      conditions.append("(p.sort_name, p.id) > (\(place), \(after))")
    }
    let rows = try tx.all(
      """
      SELECT p.id, p.version, p.display_name, (SELECT count(*) FROM (\(wards)) AS ward)
      FROM \(plan?.source ?? WordSearch.Index.people.source)
      WHERE \(SQL.all(conditions)) ORDER BY p.sort_name, p.id LIMIT \(request.limit + 1) OFFSET \(request.offset)
      """
    ) { row in
      GuardianRow(
        person: try row.next(), version: try row.next(), displayName: try row.next(), students: try row.next())
    }
    return Page(fetched: rows, limit: request.limit) { $0.person.retyped() }
  }

  /// The students in sight of whom `p` is a guardian.
  private var wards: SQL {
    """
    SELECT 1 AS one FROM directory_guardianship_live AS g JOIN directory_student_live AS s ON s.id = g.student_id
    WHERE \(SQL.all(["g.guardian_id = p.id", visible]))
    """
  }
}
