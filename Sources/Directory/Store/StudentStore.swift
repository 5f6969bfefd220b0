import Kernel
import Persistence

/// The students and their times at school. `visible` is always a condition on `s`, made by `StudentReach`.
struct StudentStore: Sendable {
  func find(_ id: StudentID, where visible: SQL, in tx: any Connection) throws -> Student? {
    try tx.first(
      """
      SELECT \(Student.columns) FROM directory_student_live AS s
      WHERE \(SQL.all(["s.id = \(id)", visible])) LIMIT 1
      """)
  }

  func require(_ id: StudentID, where visible: SQL, in tx: any Connection) throws -> Student {
    guard let student = try find(id, where: visible, in: tx) else { throw Problem.notFound("student") }
    return student
  }

  /// Those of `ids` that may be seen, in no order.
  func find(_ ids: [StudentID], where visible: SQL, in tx: any Connection) throws -> [Student] {
    try inBatches(ids) { batch in
      try tx.all(
        """
        SELECT \(Student.columns) FROM directory_student_live AS s
        WHERE \(SQL.all(["s.id IN \(list: batch)", visible])) LIMIT \(batch.count)
        """)
    }
  }

  /// The students a person is, at whatever school.
  func students(of person: PersonID, in tx: any Connection) throws -> [Student] {
    try tx.all(
      """
      SELECT \(Student.columns) FROM directory_student_live AS s WHERE s.person_id = \(person) ORDER BY s.id LIMIT 20
      """)
  }

  /// Whether the number belongs to another student of the school.
  func isTaken(_ number: String, at school: OrgID, except student: StudentID?, in tx: any Connection) throws -> Bool {
    let holder = try tx.first(
      "SELECT s.id FROM directory_student_live AS s WHERE s.school_id = \(school) AND s.number = \(number) LIMIT 1"
    ) { row -> StudentID in try row.next() }
    return holder != nil && holder != student
  }

  /// Which of the numbers belong to students of the school already, and to whom.
  func holders(of numbers: [String], at school: OrgID, in tx: any Connection) throws -> [String: StudentID] {
    let pairs = try inBatches(numbers) { batch in
      try tx.all(
        """
        SELECT s.number, s.id FROM directory_student_live AS s
        WHERE s.school_id = \(school) AND s.number IN \(list: batch) LIMIT \(batch.count)
        """
      ) { row in (try row.next() as String, try row.next() as StudentID) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// The times at the school, newest first.
  func enrolments(of student: StudentID, in tx: any Connection) throws -> [SchoolEnrolment] {
    try tx.all(
      """
      SELECT \(SchoolEnrolment.columns) FROM directory_school_enrolment_live
      WHERE student_id = \(student) ORDER BY first_on DESC, id DESC LIMIT 50
      """)
  }

  /// Those that last, of many students.
  func openEnrolments(of students: [StudentID], in tx: any Connection) throws -> [StudentID: SchoolEnrolment] {
    let open: [SchoolEnrolment] = try inBatches(students) { batch in
      try tx.all(
        """
        SELECT \(SchoolEnrolment.columns) FROM directory_school_enrolment_live
        WHERE student_id IN \(list: batch) AND last_on IS NULL LIMIT \(batch.count)
        """)
    }
    return Dictionary(open.map { ($0.student, $0) }) { first, _ in first }
  }
}

/// Asks for many keys, a bounded number at a time, so that a statement keeps far below the engines' limits.
func inBatches<Key, Value>(_ keys: [Key], _ ask: ([Key]) throws -> [Value]) rethrows -> [Value] {
  if keys.count <= 500 { return keys.isEmpty ? [] : try ask(keys) }
  var values: [Value] = []
  for start in stride(from: 0, to: keys.count, by: 500) {
    values += try ask(Array(keys[start..<min(start + 500, keys.count)]))
  }
  return values
}
