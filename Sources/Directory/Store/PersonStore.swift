import Kernel
import Persistence

/// People, their further names and the ways to reach them. Whether a person may be seen is decided by what he or she
/// is: the callers come here with people they are allowed to open.
struct PersonStore: Sendable {
  func require(_ id: PersonID, in tx: any Connection) throws -> Person {
    guard
      let person: Person = try tx.first(
        "SELECT \(Person.columns) FROM directory_person_live WHERE id = \(id) LIMIT 1")
    else { throw Problem.notFound("person") }
    return person
  }

  func find(_ ids: [PersonID], in tx: any Connection) throws -> [Person] {
    try inBatches(ids) { batch in
      try tx.all(
        "SELECT \(Person.columns) FROM directory_person_live WHERE id IN \(list: batch) LIMIT \(batch.count)")
    }
  }

  /// Former and further names, newest first.
  func names(of person: PersonID, in tx: any Connection) throws -> [PersonName] {
    try tx.all(
      """
      SELECT \(PersonName.columns) FROM directory_person_name_live WHERE person_id = \(person)
      ORDER BY id DESC LIMIT 50
      """)
  }

  func contacts(of person: PersonID, in tx: any Connection) throws -> [ContactPoint] {
    try contacts(of: [person], in: tx)[person] ?? []
  }

  /// The ways to reach many people, the primary ones first.
  func contacts(of people: [PersonID], in tx: any Connection) throws -> [PersonID: [ContactPoint]] {
    let contacts: [ContactPoint] = try inBatches(people) { batch in
      try tx.all(
        """
        SELECT \(ContactPoint.columns) FROM directory_contact_point_live WHERE person_id IN \(list: batch)
        ORDER BY person_id, is_primary DESC, id LIMIT \(batch.count * 20)
        """)
    }
    return Dictionary(grouping: contacts, by: \.person)
  }

  /// Whether the person is a student, a guardian of a student or a member of staff in sight; nil where none is.
  func isInSight(
    _ person: PersonID, asStudent visible: SQL?, asGuardian guarded: SQL?, asStaff employed: SQL?,
    in tx: any Connection
  ) throws -> Bool {
    let ways: [SQL?] = [
      visible.map { "SELECT 1 FROM directory_student_live AS s WHERE \(SQL.all(["s.person_id = \(person)", $0]))" },
      guarded.map {
        """
        SELECT 1 FROM directory_student_live AS s JOIN directory_guardianship_live AS g ON g.student_id = s.id
        WHERE \(SQL.all(["g.guardian_id = \(person)", $0]))
        """
      },
      employed.map { "SELECT 1 FROM directory_staff_live AS t WHERE \(SQL.all(["t.person_id = \(person)", $0]))" },
    ]
    let open = ways.compactMap { $0 }
    guard !open.isEmpty else { return false }
    return try tx.exists("\(SQL.joined(open, separator: " UNION ALL ")) LIMIT 1")
  }

  /// Whether anything at all refers to the person as a student, guardian or member of staff.
  func hasRoles(_ person: PersonID, in tx: any Connection) throws -> Bool {
    try tx.exists(
      """
      SELECT 1 FROM directory_student_live WHERE person_id = \(person)
      UNION ALL SELECT 1 FROM directory_staff_live WHERE person_id = \(person)
      UNION ALL SELECT 1 FROM directory_guardianship_live WHERE guardian_id = \(person)
      LIMIT 1
      """)
  }
}
