public import Kernel
public import Markup

/// The addresses of people, organisations and periods.
public enum DirectoryPaths {
  /// All students one may see.
  public static let students: Path = "/people/students"
  /// All guardians one may see.
  public static let guardians: Path = "/people/guardians"
  /// All staff one may see.
  public static let staff: Path = "/people/staff"
  /// The organisations.
  public static let orgs: Path = "/admin/orgs"
  /// The years and terms.
  public static let periods: Path = "/admin/periods"

  /// A student's page.
  public static func student(_ id: StudentID) -> Path { "/people/students/\(id)" }
  /// A guardian's page.
  public static func guardian(_ id: PersonID) -> Path { "/people/guardians/\(id)" }
  /// A member of staff's page.
  public static func staffMember(_ id: StaffID) -> Path { "/people/staff/\(id)" }

  /// An edit of many students: how far it is, what came of it, and the way back.
  public static func change(_ id: BulkChangeID) -> Path { "/people/changes/\(id)" }

  static func undo(_ id: BulkChangeID) -> Path { "/people/changes/\(id)/undo" }
  static func events(_ id: JobID) -> Path { "/api/v1/jobs/\(id)/events" }
  static func cancellation(_ id: JobID) -> Path { "/jobs/\(id)/cancellation" }
  static let newStudent: Path = "/people/students/new"
  static let studentsFile: Path = "/people/students.csv"
  static let guardiansFile: Path = "/people/guardians.csv"
  static let staffFile: Path = "/people/staff.csv"
  static let orgsFile: Path = "/admin/orgs.csv"
  static let periodsFile: Path = "/admin/periods.csv"
  static let bulk: Path = "/people/students/changes"
  static func editing(_ id: StudentID) -> Path { "/people/students/\(id)/edit" }
  static func editing(guardian id: PersonID) -> Path { "/people/guardians/\(id)/edit" }
  static func apiGuardian(_ id: PersonID) -> Path { "/api/v1/guardians/\(id)" }
  static func statusChange(_ id: StudentID) -> Path { "/people/students/\(id)/status-changes" }
  static func deletion(_ id: StudentID) -> Path { "/people/students/\(id)/deletion" }
  static func newGuardian(_ id: StudentID) -> Path { "/people/students/\(id)/guardians" }
  static func guardianship(_ student: StudentID, _ id: GuardianshipID) -> Path {
    "/people/students/\(student)/guardians/\(id)"
  }
  static func guardianEnding(_ student: StudentID, _ id: GuardianshipID) -> Path {
    "/people/students/\(student)/guardians/\(id)/ending"
  }
  static func newRight(_ student: StudentID, _ id: GuardianshipID) -> Path {
    "/people/students/\(student)/guardians/\(id)/rights"
  }
  static func rightEnding(_ student: StudentID, _ id: GuardianshipID, _ right: CustodyRightID) -> Path {
    "/people/students/\(student)/guardians/\(id)/rights/\(right)/ending"
  }
  static let newStaff: Path = "/people/staff/new"
  static func editing(_ id: StaffID) -> Path { "/people/staff/\(id)/edit" }
  static func deletion(_ id: StaffID) -> Path { "/people/staff/\(id)/deletion" }
  static func jobs(_ id: StaffID) -> Path { "/people/staff/\(id)/jobs" }
  static func jobEnding(_ id: StaffID, _ job: EmploymentID) -> Path { "/people/staff/\(id)/jobs/\(job)/ending" }
  static let newOrg: Path = "/admin/orgs/new"
  static func org(_ id: OrgID) -> Path { "/admin/orgs/\(id)" }
  static func deletion(_ id: OrgID) -> Path { "/admin/orgs/\(id)/deletion" }
  static func currentPeriod(_ id: OrgID) -> Path { "/admin/orgs/\(id)/current-period" }
  static let newPeriod: Path = "/admin/periods/new"
  static func period(_ id: PeriodID) -> Path { "/admin/periods/\(id)" }
  static func status(_ id: PeriodID) -> Path { "/admin/periods/\(id)/status" }
  static func deletion(_ id: PeriodID) -> Path { "/admin/periods/\(id)/deletion" }

  static func apiStudent(_ id: StudentID) -> Path { "/api/v1/students/\(id)" }
  static func apiChange(_ id: BulkChangeID) -> Path { "/api/v1/student-changes/\(id)" }
  static func apiJob(_ id: JobID) -> Path { "/api/v1/jobs/\(id)" }
  static func apiGuardian(_ student: StudentID, _ id: GuardianshipID) -> Path {
    "/api/v1/students/\(student)/guardians/\(id)"
  }
  static func apiStaff(_ id: StaffID) -> Path { "/api/v1/staff/\(id)" }
  static func apiOrg(_ id: OrgID) -> Path { "/api/v1/orgs/\(id)" }
  static func apiPeriod(_ id: PeriodID) -> Path { "/api/v1/periods/\(id)" }
}
