import Audiences
import Directory
import Kernel
import Persistence

extension Village {
  /// Writes the village down, row by row.
  func settle(in database: any Database) async throws {
    try await database.write { tx in
      for (index, org) in orgs.enumerated() {
        try tx.run(
          """
          INSERT INTO directory_org
            (id, version, changed_at, parent_id, kind, code, name, time_zone, locale, week_start)
          VALUES (\(org.id), 1, 0, \(org.parent), 'school', \("O\(index)"), \("Org \(index)"), 'UTC', 'en', 1)
          """)
      }
      for person in people { try write(person, tx) }
      for (index, pupil) in pupils.enumerated() { try write(pupil, index, tx) }
      for care in care { try write(care, tx) }
      try writeWork(tx)
      try writeTeaching(tx)
      try writeLogins(tx)
    }
  }

  private func gone(_ isDeleted: Bool) -> DeletionID? { isDeleted ? DeletionID(high: 1, low: 1) : nil }

  private func write(_ person: Somebody, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_person (id, version, changed_at, deletion_id, display_name, sort_name, search_name)
      VALUES (\(person.id), 1, 0, \(gone(person.isDeleted)), 'Somebody', 'somebody', 'somebody')
      """)
  }

  private func write(_ pupil: Pupil, _ index: Int, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_student (id, version, changed_at, deletion_id, person_id, school_id, number, status)
      VALUES (\(pupil.id), 1, 0, \(gone(pupil.isDeleted)), \(pupil.person), \(pupil.school), \("S\(index)"),
        \(pupil.status.rawValue))
      """)
  }

  private func write(_ care: Care, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_guardianship
        (id, version, changed_at, deletion_id, student_id, guardian_id, relation, is_primary, lives_with)
      VALUES (\(care.id), 1, 0, \(gone(care.isDeleted)), \(care.student), \(care.guardian), 'parent', FALSE, TRUE)
      """)
    for right in care.rights {
      try tx.run(
        """
        INSERT INTO directory_custody_right
          (id, version, changed_at, guardianship_id, custody, allowed, first_on, last_on)
        VALUES (\(right.id), 1, 0, \(care.id), \(right.custody.rawValue), \(right.isAllowed), \(right.firstOn),
          \(right.lastOn))
        """)
    }
  }

  private func writeWork(_ tx: any Connection) throws {
    var hired: Set<StaffID> = []
    for job in work {
      if hired.insert(job.staff).inserted {
        try tx.run(
          """
          INSERT INTO directory_staff (id, version, changed_at, deletion_id, person_id)
          VALUES (\(job.staff), 1, 0, \(gone(job.isDeleted)), \(job.person))
          """)
      }
      try tx.run(
        """
        INSERT INTO directory_employment
          (id, version, changed_at, staff_id, org_id, job, department, first_on, last_on)
        VALUES (\(EmploymentID.new(at: Instant(milliseconds: 1))), 1, 0, \(job.staff), \(job.org), 'Work',
          \(job.department), \(job.span.firstOn), \(job.span.lastOn))
        """)
    }
  }

  private func writeTeaching(_ tx: any Connection) throws {
    for section in sections + [goneSection] {
      try tx.run(
        """
        INSERT INTO academics_section
          (id, version, changed_at, deletion_id, school_id, kind, code, title, credits, search_text)
        VALUES (\(section), 1, 0, \(gone(section == goneSection)), \(orgs[1].id), 'scheduled', '7A', '7A', 0, '7a')
        """)
    }
    for seat in seats {
      try tx.run(
        """
        INSERT INTO academics_enrolment
          (id, version, changed_at, section_id, student_id, kind, status, first_on, last_on)
        VALUES (\(ID<AnyEntity>.new(at: Instant(milliseconds: 1))), 1, 0, \(seat.section), \(seat.student),
          'scheduled', \(seat.isEnrolled ? "enrolled" : "dropped"), \(seat.span.firstOn), \(seat.span.lastOn))
        """)
    }
    for lesson in teaching {
      try tx.run(
        """
        INSERT INTO academics_section_staff
          (id, version, changed_at, section_id, person_id, role, is_primary, first_on, last_on)
        VALUES (\(ID<AnyEntity>.new(at: Instant(milliseconds: 1))), 1, 0, \(lesson.section), \(lesson.person),
          'teacher', FALSE, \(lesson.span.firstOn), \(lesson.span.lastOn))
        """)
    }
  }

  private func writeLogins(_ tx: any Connection) throws {
    for (index, role) in roles.enumerated() {
      try tx.run(
        """
        INSERT INTO accounts_role (id, version, changed_at, name, folded, about, is_administrator, grants)
        VALUES (\(role.id), 1, 0, \("Role \(index)"), \("role \(index)"), '', FALSE,
          \(role.isOfChildren ? "students.view:children" : "students.view:school"))
        """)
    }
    for login in logins {
      try tx.run(
        """
        INSERT INTO accounts_account
          (id, version, changed_at, deletion_id, person_id, name, sort_name, is_enabled, must_change_password)
        VALUES (\(login.id), 1, 0, \(gone(login.isDeleted)), \(login.person), 'Somebody', 'somebody',
          \(login.isEnabled), FALSE)
        """)
    }
    for post in posts {
      try tx.run(
        """
        INSERT INTO accounts_role_assignment
          (id, version, changed_at, account_id, role_id, org_id, first_on, last_on)
        VALUES (\(ID<AnyEntity>.new(at: Instant(milliseconds: 1))), 1, 0, \(post.account), \(post.role), \(post.org),
          \(post.span.firstOn), \(post.span.lastOn))
        """)
    }
  }
}
