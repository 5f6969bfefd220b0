import Kernel
import Persistence
public import Record

/// The tables that people edit, their columns said once.
enum DirectoryTables {
  static let org = RecordedTable<Org>(
    "org", "directory_org",
    columns: [
      .id("parent_id", \.details.parent), .text("kind", \.details.kind.rawValue), .text("code", \.details.code),
      .text("name", \.details.name), .text("native_name", \.details.nativeName),
      .text("time_zone", \.details.timeZone), .text("locale", \.details.locale),
      .int("week_start", \.details.weekStart),
    ])

  static let period = RecordedTable<Period>(
    "period", "directory_period",
    columns: [
      .id("org_id", \.details.org), .id("parent_id", \.details.parent), .text("kind", \.details.kind.rawValue),
      .text("code", \.details.code), .text("title", \.details.title), .date("first_on", \.details.firstOn),
      .date("last_on", \.details.lastOn), .text("status", \.details.status.rawValue),
    ])

  static let currentPeriod = RecordedTable<CurrentPeriod>(
    "current_period", "directory_current_period", columns: [.id("org_id", \.org), .id("period_id", \.period)])

  static let person = RecordedTable<Person>(
    "person", "directory_person",
    columns: [
      .text("display_name", \.details.displayName), .text("given_name", \.details.givenName),
      .text("middle_name", \.details.middleName), .text("family_name", \.details.familyName),
      .text("preferred_name", \.details.preferredName), .text("other_name", \.details.otherName),
      .text("other_language", \.details.otherLanguage), .text("sort_name", \.details.sortName),
      .text("search_name", \.searchName), .date("birth_on", \.details.birthOn),
      .text("sex", \.details.sex?.rawValue), .text("pronouns", \.details.pronouns),
      .text("language", \.details.language),
    ])

  static let personName = RecordedTable<PersonName>(
    "person_name", "directory_person_name",
    columns: [
      .id("person_id", \.person), .text("kind", \.kind.rawValue), .text("display", \.display), .text("given", \.given),
      .text("family", \.family), .text("language", \.language), .date("until_on", \.untilOn),
    ])

  static let contactPoint = RecordedTable<ContactPoint>(
    "contact_point", "directory_contact_point",
    columns: [
      .id("person_id", \.person), .text("kind", \.kind.rawValue), .text("value", \.value),
      .bool("is_primary", \.isPrimary), .instant("verified_at", \.verifiedAt),
    ])

  static let student = RecordedTable<Student>(
    "student", "directory_student",
    columns: [
      .id("person_id", \.person), .id("school_id", \.school), .text("number", \.number), .text("grade", \.grade),
      .text("status", \.status.rawValue),
    ])

  static let schoolEnrolment = RecordedTable<SchoolEnrolment>(
    "school_enrolment", "directory_school_enrolment",
    columns: [
      .id("student_id", \.student), .id("year_id", \.year), .text("grade", \.grade), .text("status", \.status.rawValue),
      .date("first_on", \.firstOn), .date("last_on", \.lastOn), .text("reason", \.reason),
    ])

  static let guardianship = RecordedTable<Guardianship>(
    "guardianship", "directory_guardianship",
    columns: [
      .id("student_id", \.student), .id("guardian_id", \.guardian), .text("relation", \.details.relation.rawValue),
      .bool("is_primary", \.details.isPrimary), .bool("lives_with", \.details.livesWith), .text("note", \.details.note),
    ])

  static let custodyRight = RecordedTable<CustodyRight>(
    "custody_right", "directory_custody_right",
    columns: [
      .id("guardianship_id", \.guardianship), .text("custody", \.custody.rawValue), .bool("allowed", \.isAllowed),
      .date("first_on", \.firstOn), .date("last_on", \.lastOn), .text("note", \.note),
    ])

  static let staff = RecordedTable<Staff>(
    "staff", "directory_staff", columns: [.id("person_id", \.person), .text("note", \.note)])

  static let employment = RecordedTable<Employment>(
    "employment", "directory_employment",
    columns: [
      .id("staff_id", \.staff), .id("org_id", \.details.org), .text("job", \.details.job),
      .text("department", \.details.department), .text("number", \.details.number),
      .date("first_on", \.details.firstOn), .date("last_on", \.details.lastOn),
    ])

  /// Those that are referred to come first, so that restoring and undoing can go in this order.
  static let all: [AnyRecordedTable] = [
    org.erased, period.erased, currentPeriod.erased, person.erased, personName.erased, contactPoint.erased,
    student.erased, schoolEnrolment.erased, guardianship.erased, custodyRight.erased, staff.erased, employment.erased,
  ]
}

/// That a period is the current one of an organisation.
struct CurrentPeriod: Sendable {
  let id: ID<CurrentPeriod>
  let version: Int
  let org: OrgID
  let period: PeriodID
}

extension Org: RecordedRow {}
extension Period: RecordedRow {}
extension CurrentPeriod: RecordedRow {}
extension Person: RecordedRow {}
extension PersonName: RecordedRow {}
extension ContactPoint: RecordedRow {}
extension Student: RecordedRow {}
extension SchoolEnrolment: RecordedRow {}
extension Guardianship: RecordedRow {}
extension CustodyRight: RecordedRow {}
extension Staff: RecordedRow {}
extension Employment: RecordedRow {}
