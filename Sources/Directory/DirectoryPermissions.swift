public import Rights

extension Permission {
  /// See students.
  public static let viewStudents = Permission(
    "students.view", "See students", scopes: [.all, .school, .sections, .children, .own])
  /// Enter, change and delete students.
  public static let editStudents = Permission("students.edit", "Enter, change and delete students")
  /// See guardians and how to reach them.
  public static let viewGuardians = Permission(
    "guardians.view", "See guardians", scopes: [.all, .school, .sections])
  /// Enter, change and remove guardians and their custody rights.
  public static let editGuardians = Permission("guardians.edit", "Enter and change guardians and custody rights")
  /// See staff and their jobs.
  public static let viewStaff = Permission("staff.view", "See staff", scopes: [.all, .school, .own])
  /// Enter, change and delete staff and their jobs.
  public static let editStaff = Permission("staff.edit", "Enter, change and delete staff")
  /// See organisations, years and terms.
  public static let viewOrgs = Permission("orgs.view", "See schools, years and terms")
  /// Enter, change and delete organisations.
  public static let editOrgs = Permission("orgs.edit", "Enter and change schools")
  /// Enter and change years and terms, open and close them.
  public static let editPeriods = Permission("periods.edit", "Enter, open and close years and terms")
  /// Bring back what was deleted.
  public static let restoreRecords = Permission("records.restore", "Use the recycle bin")
  /// See who changed and who saw what.
  public static let viewAudit = Permission("audit.view", "See the audit and the access log")
}
