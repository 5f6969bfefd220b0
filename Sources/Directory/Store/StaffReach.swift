import Kernel
import Persistence
import Rights

/// Turns how far a permission reaches into a condition on `directory_staff_live AS t`.
enum StaffReach {
  /// Nothing when all staff may be seen; else those who work, or worked, where the permission reaches, and oneself.
  static func condition(_ reach: Reach, of person: PersonID?) -> SQL {
    if reach.isEverywhere { return .empty }
    var ways: [SQL] = []
    let orgs = reach.orgs.union(reach.sectionsIn)
    if !orgs.isEmpty {
      ways.append(
        """
        EXISTS (
          SELECT 1 FROM directory_employment_live AS w WHERE w.staff_id = t.id AND w.org_id IN \(list: orgs.sorted()))
        """)
    }
    if let person, reach.own { ways.append("t.person_id = \(person)") }
    return SQL.any(ways)
  }
}
