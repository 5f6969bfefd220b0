import Kernel
public import Persistence

// How rows are read: the columns and the line that reads them stand side by side.

extension OrgKind: SQLBindable {}
extension PeriodKind: SQLBindable {}
extension PeriodStatus: SQLBindable {}
extension Sex: SQLBindable {}
extension PersonName.Kind: SQLBindable {}
extension ContactPoint.Kind: SQLBindable {}
extension StudentStatus: SQLBindable {}
extension SchoolEnrolment.Status: SQLBindable {}
extension Relation: SQLBindable {}
extension Custody: SQLBindable {}

extension Org: RowDecodable {
  public static var columns: SQL {
    "id, version, parent_id, kind, code, name, native_name, time_zone, locale, week_start"
  }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(),
      details: OrgDetails(
        parent: try row.next(), kind: try row.next(), code: try row.next(), name: try row.next(),
        nativeName: try row.next(), timeZone: try row.next(), locale: try row.next(), weekStart: try row.next()))
  }
}

extension Period: RowDecodable {
  public static var columns: SQL { "id, version, org_id, parent_id, kind, code, title, first_on, last_on, status" }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(),
      details: PeriodDetails(
        org: try row.next(), parent: try row.next(), kind: try row.next(), code: try row.next(),
        title: try row.next(), firstOn: try row.next(), lastOn: try row.next(), status: try row.next()))
  }
}

extension CurrentPeriod: RowDecodable {
  static var columns: SQL { "id, version, org_id, period_id" }
  init(row: inout RowReader) throws {
    self.init(id: try row.next(), version: try row.next(), org: try row.next(), period: try row.next())
  }
}

extension Person: RowDecodable {
  public static var columns: SQL {
    """
    id, version, display_name, given_name, middle_name, family_name, preferred_name, other_name, other_language,
    birth_on, sex, pronouns, language, search_name
    """
  }
  public init(row: inout RowReader) throws {
    let id: PersonID = try row.next()
    let version: Int = try row.next()
    let details = PersonDetails(
      displayName: try row.next(), givenName: try row.next(), middleName: try row.next(), familyName: try row.next(),
      preferredName: try row.next(), otherName: try row.next(), otherLanguage: try row.next(),
      birthOn: try row.next(), sex: try row.next(), pronouns: try row.next(), language: try row.next())
    self.init(id: id, version: version, details: details, searchName: try row.next())
  }
}

extension PersonName: RowDecodable {
  public static var columns: SQL { "id, version, person_id, kind, display, given, family, language, until_on" }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), person: try row.next(), kind: try row.next(),
      display: try row.next(), given: try row.next(), family: try row.next(), language: try row.next(),
      untilOn: try row.next())
  }
}

extension ContactPoint: RowDecodable {
  public static var columns: SQL { "id, version, person_id, kind, value, is_primary, verified_at" }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), person: try row.next(), kind: try row.next(),
      value: try row.next(), isPrimary: try row.next(), verifiedAt: try row.next())
  }
}

extension Student: RowDecodable {
  public static var columns: SQL { "s.id, s.version, s.person_id, s.school_id, s.number, s.grade, s.status" }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), person: try row.next(), school: try row.next(),
      number: try row.next(), grade: try row.next(), status: try row.next())
  }
}

extension StudentSummary: RowDecodable {
  public static var columns: SQL {
    """
    s.id, s.person_id, s.school_id, s.number, s.display_name, s.other_name, s.other_language, s.grade, s.status,
    s.birth_on, s.version
    """
  }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), person: try row.next(), school: try row.next(), number: try row.next(),
      displayName: try row.next(), otherName: try row.next(), otherLanguage: try row.next(), grade: try row.next(),
      status: try row.next(), birthOn: try row.next(), version: try row.next())
  }
}

extension GuardianSummary {
  /// The primary guardian as the student's row remembers it, in a list of students.
  static var columns: SQL { "s.guardian_id, s.guardian_name, s.guardian_relation" }

  /// Nil for a student without guardians.
  init?(row: inout RowReader) throws {
    let person: PersonID? = try row.next()
    let name: String? = try row.next()
    let relation: Relation? = try row.next()
    guard let person, let name, let relation else { return nil }
    self.init(person: person, displayName: name, relation: relation)
  }
}

extension SchoolEnrolment: RowDecodable {
  public static var columns: SQL { "id, version, student_id, year_id, grade, status, first_on, last_on, reason" }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), student: try row.next(), year: try row.next(),
      grade: try row.next(), status: try row.next(), firstOn: try row.next(), lastOn: try row.next(),
      reason: try row.next())
  }
}

extension Guardianship: RowDecodable {
  public static var columns: SQL {
    "g.id, g.version, g.student_id, g.guardian_id, g.relation, g.is_primary, g.lives_with, g.note"
  }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), student: try row.next(), guardian: try row.next(),
      details: GuardianshipDetails(
        relation: try row.next(), isPrimary: try row.next(), livesWith: try row.next(), note: try row.next()))
  }
}

extension CustodyRight: RowDecodable {
  public static var columns: SQL { "id, version, guardianship_id, custody, allowed, first_on, last_on, note" }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), guardianship: try row.next(), custody: try row.next(),
      isAllowed: try row.next(), firstOn: try row.next(), lastOn: try row.next(), note: try row.next())
  }
}

extension Staff: RowDecodable {
  public static var columns: SQL { "t.id, t.version, t.person_id, t.note" }
  public init(row: inout RowReader) throws {
    self.init(id: try row.next(), version: try row.next(), person: try row.next(), note: try row.next())
  }
}

extension Employment: RowDecodable {
  public static var columns: SQL {
    "e.id, e.version, e.staff_id, e.org_id, e.job, e.department, e.number, e.first_on, e.last_on"
  }
  public init(row: inout RowReader) throws {
    self.init(
      id: try row.next(), version: try row.next(), staff: try row.next(),
      details: EmploymentDetails(
        org: try row.next(), job: try row.next(), department: try row.next(), number: try row.next(),
        firstOn: try row.next(), lastOn: try row.next()))
  }
}
