import Kernel
import Persistence

/// People, their further names and the ways to reach them. Whether a person may be seen is decided by what he or she
/// is: the callers come here with people they are allowed to open.
struct PersonStore: Sendable {
  func require(_ id: PersonID, in tx: any Connection) throws -> Person {
    guard let person: Person = try tx.first(
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
