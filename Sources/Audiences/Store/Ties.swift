import Directory
import Kernel
import Persistence

/// What ties people to organisations, sections and roles on a day: the one place where it is said who counts as what.
///
/// Each tie is the FROM and WHERE of a query, narrowed by a condition. Members of an audience are found by narrowing to
/// its organisation or section; what reaches a reader, by narrowing to the person. So the two cannot disagree.
struct Ties: Sendable {
  let day: SchoolDate
  /// What a guardian must be allowed for a child.
  let custody: [Custody]

  /// `s`, a student who belongs to the school `s.school_id`.
  func students(_ condition: SQL) -> SQL {
    """
    FROM directory_student_live AS s JOIN directory_person_live AS pupil ON pupil.id = s.person_id
    JOIN directory_org_live AS org ON org.id = s.school_id
    WHERE s.status NOT IN ('graduated', 'withdrawn') AND \(condition)
    """
  }

  /// `g`, a guardianship whose guardian may hear of the student `s`.
  func guardians(_ condition: SQL) -> SQL {
    """
    FROM directory_guardianship_live AS g JOIN directory_person_live AS guardian ON guardian.id = g.guardian_id
    JOIN directory_student_live AS s ON s.id = g.student_id
    JOIN directory_person_live AS pupil ON pupil.id = s.person_id
    JOIN directory_org_live AS org ON org.id = s.school_id
    WHERE s.status NOT IN ('graduated', 'withdrawn') AND \(mayHear) AND \(condition)
    """
  }

  /// `t`, a member of staff with the job `e` of today.
  func staff(_ condition: SQL) -> SQL {
    """
    FROM directory_employment_live AS e JOIN directory_staff_live AS t ON t.id = e.staff_id
    JOIN directory_person_live AS worker ON worker.id = t.person_id
    JOIN directory_org_live AS org ON org.id = e.org_id
    WHERE \(lasts("e")) AND \(condition)
    """
  }

  /// `n`, the enrolment of the student `s` in a section of today.
  func sectionStudents(_ condition: SQL) -> SQL {
    """
    FROM academics_enrolment_live AS n JOIN academics_section_live AS section ON section.id = n.section_id
    JOIN directory_student_live AS s ON s.id = n.student_id
    JOIN directory_person_live AS pupil ON pupil.id = s.person_id
    JOIN directory_org_live AS org ON org.id = s.school_id
    WHERE n.status = 'enrolled' AND \(lasts("n")) AND s.status NOT IN ('graduated', 'withdrawn') AND \(condition)
    """
  }

  /// `g`, a guardianship whose guardian may hear of a student who sits in a section: `n` is the enrolment.
  func sectionGuardians(_ condition: SQL) -> SQL {
    """
    FROM academics_enrolment_live AS n JOIN academics_section_live AS section ON section.id = n.section_id
    JOIN directory_student_live AS s ON s.id = n.student_id
    JOIN directory_person_live AS pupil ON pupil.id = s.person_id
    JOIN directory_org_live AS org ON org.id = s.school_id
    JOIN directory_guardianship_live AS g ON g.student_id = s.id
    JOIN directory_person_live AS guardian ON guardian.id = g.guardian_id
    WHERE n.status = 'enrolled' AND \(lasts("n")) AND s.status NOT IN ('graduated', 'withdrawn')
      AND \(mayHear) AND \(condition)
    """
  }

  /// `a`, an assignment of a person to a section that lasts today.
  func sectionStaff(_ condition: SQL) -> SQL {
    """
    FROM academics_section_staff_live AS a JOIN academics_section_live AS section ON section.id = a.section_id
    JOIN directory_person_live AS worker ON worker.id = a.person_id
    WHERE \(lasts("a")) AND \(condition)
    """
  }

  /// `r`, a role that an enabled account has today; `account.person_id` is whose it is, if anyone's. A role whose
  /// rights come from children, such as Guardian, is nothing without a child that the guardian may hear of.
  func roles(_ condition: SQL) -> SQL {
    """
    FROM accounts_role_assignment_live AS r JOIN accounts_role_live AS role ON role.id = r.role_id
    JOIN accounts_account_live AS account ON account.id = r.account_id
    LEFT JOIN directory_person_live AS holder ON holder.id = account.person_id
    LEFT JOIN directory_org_live AS org ON org.id = r.org_id
    WHERE account.is_enabled = TRUE AND (account.person_id IS NULL OR holder.id IS NOT NULL)
      AND (r.org_id IS NULL OR org.id IS NOT NULL) AND \(lasts("r"))
      AND (role.grants NOT LIKE '%:children%' OR account.person_id IN (
        SELECT g.guardian_id \(guardians("TRUE"))))
      AND \(condition)
    """
  }

  /// Within an organisation: it or one below it.
  static func within(_ org: OrgID) -> SQL {
    "(SELECT within.org_id FROM directory_org_within AS within WHERE within.ancestor_id = \(org))"
  }

  private var mayHear: SQL { SQL.all(custody.map { DirectoryModule.guardianMay($0, on: day) }) }

  private func lasts(_ alias: SQL) -> SQL {
    """
    (\(alias).first_on IS NULL OR \(alias).first_on <= \(day))
    AND (\(alias).last_on IS NULL OR \(alias).last_on >= \(day))
    """
  }
}
