import Directory
import Kernel
import Persistence
import TestSupport

@testable import Messages

extension School {
  func build() async throws {
    try await database.write { [self] tx in
      try org(district, nil, "D", tx)
      try org(maple, district, "Maple", tx)
      try org(alder, district, "Alder", tx)
      for who in Who.allCases where who != .root {
        try tx.run(
          """
          INSERT INTO directory_person (id, version, changed_at, deletion_id, display_name, sort_name, search_name)
          VALUES (\(Self.person(who)), 1, 0, \(who == .gone ? DeletionID(high: 5, low: 5) : nil),
            \(who.rawValue), \(who.rawValue), \(who.rawValue))
          """)
      }
      try people(tx)
      try families(tx)
      try classes(tx)
      try logins(tx)
    }
  }

  private func org(_ id: OrgID, _ parent: OrgID?, _ name: String, _ tx: any Connection) throws {
    try tx.run(
      """
      INSERT INTO directory_org (id, version, changed_at, parent_id, kind, code, name, time_zone, locale, week_start)
      VALUES (\(id), 1, 0, \(parent), 'school', \(name), \(name), 'UTC', 'en', 1)
      """)
  }

  private func people(_ tx: any Connection) throws {
    for who in [Who.ama, .kofi, .left, .gone, .far] {
      try tx.run(
        """
        INSERT INTO directory_student (id, version, changed_at, person_id, school_id, number, status)
        VALUES (\(Self.student(who)), 1, 0, \(Self.person(who)), \(who == .far ? alder : maple), \(who.rawValue),
          \(who == .left ? "withdrawn" : "active"))
        """)
    }
    for who in [Who.teacher, .farTeacher, .office, .retired, .locked] {
      let staff = StaffID(high: 6, low: Self.person(who).low)
      try tx.run(
        "INSERT INTO directory_staff (id, version, changed_at, person_id) VALUES (\(staff), 1, 0, \(Self.person(who)))")
      try tx.run(
        """
        INSERT INTO directory_employment (id, version, changed_at, staff_id, org_id, job, department, last_on)
        VALUES (\(staff), 1, 0, \(staff), \(who == .farTeacher ? alder : maple), 'Work',
          \(who == .office ? nil : "Science"), \(who == .retired ? today.adding(days: -1) : nil))
        """)
    }
  }

  private func families(_ tx: any Connection) throws {
    let pairs: [(Who, Who)] = [
      (.ama, .mother), (.kofi, .mother), (.ama, .father), (.ama, .denied), (.kofi, .unwritten), (.kofi, .former),
      (.left, .leftsMother), (.far, .farsMother), (.far, .denied),
    ]
    for (number, pair) in pairs.enumerated() {
      let id = GuardianshipID(high: 4, low: UInt64(number + 1))
      try tx.run(
        """
        INSERT INTO directory_guardianship
          (id, version, changed_at, student_id, guardian_id, relation, is_primary, lives_with)
        VALUES (\(id), 1, 0, \(Self.student(pair.0)), \(Self.person(pair.1)), 'parent', FALSE, TRUE)
        """)
      let right: (word: String, isAllowed: Bool, lastOn: SchoolDate?)? =
        switch pair.1 {
        case .denied: ("see", false, nil)
        case .unwritten: ("write", false, nil)
        case .former: ("see", true, today.adding(days: -1))
        // A denial that is over.
        case .father: ("see", false, today.adding(days: -1))
        default: nil
        }
      guard let right else { continue }
      try tx.run(
        """
        INSERT INTO directory_custody_right
          (id, version, changed_at, guardianship_id, custody, allowed, last_on)
        VALUES (\(id), 1, 0, \(id), \(right.word), \(right.isAllowed), \(right.lastOn))
        """)
    }
    for (number, contact) in [
      (Who.mother, "email", "mother@home.example"), (.father, "email", "no address"),
      (.mother, "phone", "+31612345678"), (.office, "email", "office@old.example"),
    ].enumerated() {
      try tx.run(
        """
        INSERT INTO directory_contact_point (id, version, changed_at, person_id, kind, value, is_primary)
        VALUES (\(ID<AnyEntity>(high: 11, low: UInt64(number))), 1, 0, \(Self.person(contact.0)), \(contact.1),
          \(contact.2), FALSE)
        """)
    }
  }

  private func classes(_ tx: any Connection) throws {
    for (id, school, code) in [(section, maple, "7A"), (farSection, alder, "8B")] {
      try tx.run(
        """
        INSERT INTO academics_section (id, version, changed_at, school_id, kind, code, title, credits, search_text)
        VALUES (\(id), 1, 0, \(school), 'scheduled', \(code), \(code), 0, \(code))
        """)
    }
    for who in [Who.ama, .kofi, .left, .gone, .far] {
      try tx.run(
        """
        INSERT INTO academics_enrolment
          (id, version, changed_at, section_id, student_id, kind, status, first_on)
        VALUES (\(Self.person(who)), 1, 0, \(who == .far ? farSection : section), \(Self.student(who)), 'scheduled',
          'enrolled', \(today.adding(days: -9)))
        """)
    }
    for who in [Who.teacher, .farTeacher, .retired] {
      try tx.run(
        """
        INSERT INTO academics_section_staff
          (id, version, changed_at, section_id, person_id, role, is_primary, last_on)
        VALUES (\(Self.person(who)), 1, 0, \(who == .farTeacher ? farSection : section), \(Self.person(who)),
          'teacher', FALSE, \(who == .retired ? today.adding(days: -1) : nil))
        """)
    }
  }

  /// Everybody has an account but Kofi; office signs in by mail.
  private func logins(_ tx: any Connection) throws {
    for (role, name, grants) in [
      (teaching, "Teacher", "messages.send:sections"), (parenting, "Guardian", "students.view:children"),
    ] {
      try tx.run(
        """
        INSERT INTO accounts_role (id, version, changed_at, name, folded, about, is_administrator, grants)
        VALUES (\(role), 1, 0, \(name), \(name), '', FALSE, \(grants))
        """)
    }
    for who in Who.allCases where who != .kofi {
      let account = Self.account(who)
      try tx.run(
        """
        INSERT INTO accounts_account
          (id, version, changed_at, person_id, name, sort_name, is_enabled, must_change_password)
        VALUES (\(account), 1, 0, \(who == .root ? nil : Self.person(who)), \(who.rawValue), \(who.rawValue),
          \(who != .locked), FALSE)
        """)
      let roles: [(RoleID, OrgID?, SchoolDate?)] =
        switch who {
        case .teacher, .locked: [(teaching, maple, nil)]
        case .farTeacher: [(teaching, alder, nil)]
        case .retired: [(teaching, maple, today.adding(days: -1))]
        case .root: [(teaching, nil, nil)]
        case .mother, .father, .denied, .unwritten: [(parenting, maple, nil)]
        default: []
        }
      for (role, org, lastOn) in roles {
        try tx.run(
          """
          INSERT INTO accounts_role_assignment (id, version, changed_at, account_id, role_id, org_id, last_on)
          VALUES (\(account), 1, 0, \(account), \(role), \(org), \(lastOn))
          """)
      }
    }
    try tx.run(
      """
      INSERT INTO accounts_login_name (id, version, changed_at, account_id, kind, name, folded)
      VALUES (\(Self.account(.office)), 1, 0, \(Self.account(.office)), 'email', 'office@school.example',
        'office@school.example')
      """)
  }
}
