public import Persistence
public import Record

/// A row that the roster can compare and write by the hundred.
public protocol RosterRow: RecordedRow, RowDecodable {
  /// Its table.
  static var table: RecordedTable<Self> { get }
  /// The view of its live rows, with the alias its columns are read by.
  static var live: SQL { get }
  /// The column of its identity there.
  static var idColumn: SQL { get }
  /// The same row, as the version it has.
  func with(version: Int) -> Self
  /// Whether both say the same, whatever their versions.
  func saysTheSame(as other: Self) -> Bool
}

extension RosterRow {
  /// The identity, where columns are read without an alias.
  public static var idColumn: SQL { "id" }
  /// Compares all business columns.
  public func saysTheSame(as other: Self) -> Bool { Self.table.image(of: self) == Self.table.image(of: other) }
}

extension Org: RosterRow {
  public static var table: RecordedTable<Org> { DirectoryTables.org }
  public static var live: SQL { "directory_org_live" }
  public func with(version: Int) -> Org { Org(id: id, version: version, details: details) }
}

extension Period: RosterRow {
  public static var table: RecordedTable<Period> { DirectoryTables.period }
  public static var live: SQL { "directory_period_live" }
  public func with(version: Int) -> Period { Period(id: id, version: version, details: details) }
}

extension Person: RosterRow {
  public static var table: RecordedTable<Person> { DirectoryTables.person }
  public static var live: SQL { "directory_person_live" }
  public func with(version: Int) -> Person {
    Person(id: id, version: version, details: details, searchName: searchName)
  }
  /// Former names are found too and are no difference.
  public func saysTheSame(as other: Person) -> Bool { details == other.details }
}

extension ContactPoint: RosterRow {
  public static var table: RecordedTable<ContactPoint> { DirectoryTables.contactPoint }
  public static var live: SQL { "directory_contact_point_live" }
  public func with(version: Int) -> ContactPoint {
    ContactPoint(
      id: id, version: version, person: person, kind: kind, value: value, isPrimary: isPrimary, verifiedAt: verifiedAt)
  }
}

extension Student: RosterRow {
  public static var table: RecordedTable<Student> { DirectoryTables.student }
  public static var live: SQL { "directory_student_live AS s" }
  public static var idColumn: SQL { "s.id" }
  public func with(version: Int) -> Student {
    Student(id: id, version: version, person: person, school: school, number: number, grade: grade, status: status)
  }
}

extension SchoolEnrolment: RosterRow {
  public static var table: RecordedTable<SchoolEnrolment> { DirectoryTables.schoolEnrolment }
  public static var live: SQL { "directory_school_enrolment_live" }
  public func with(version: Int) -> SchoolEnrolment {
    SchoolEnrolment(
      id: id, version: version, student: student, year: year, grade: grade, status: status, firstOn: firstOn,
      lastOn: lastOn, reason: reason)
  }
}

extension Guardianship: RosterRow {
  public static var table: RecordedTable<Guardianship> { DirectoryTables.guardianship }
  public static var live: SQL { "directory_guardianship_live AS g" }
  public static var idColumn: SQL { "g.id" }
  public func with(version: Int) -> Guardianship {
    Guardianship(id: id, version: version, student: student, guardian: guardian, details: details)
  }
}

extension Staff: RosterRow {
  public static var table: RecordedTable<Staff> { DirectoryTables.staff }
  public static var live: SQL { "directory_staff_live AS t" }
  public static var idColumn: SQL { "t.id" }
  public func with(version: Int) -> Staff { Staff(id: id, version: version, person: person, note: note) }
}

extension Employment: RosterRow {
  public static var table: RecordedTable<Employment> { DirectoryTables.employment }
  public static var live: SQL { "directory_employment_live AS e" }
  public static var idColumn: SQL { "e.id" }
  public func with(version: Int) -> Employment {
    Employment(id: id, version: version, staff: staff, details: details)
  }
}
