import Academics
import Directory
import Kernel
import Persistence
import Record

/// Rows of one table that a batch makes or changes. A row that is changed again replaces itself.
struct RowsToWrite<Row: RecordedRow> {
  private var places: [ID<Row.Identity>: Int] = [:]
  private var rows: [(org: OrgID?, row: Row, isNew: Bool)] = []

  init() {}

  var isEmpty: Bool { rows.isEmpty }

  /// A row that is not there yet.
  mutating func insert(_ row: Row, at org: OrgID?) {
    places[row.id] = rows.count
    rows.append((org, row, true))
  }

  /// A row that says something else now; one made by this same batch stays new.
  mutating func change(_ row: Row, at org: OrgID?) {
    if let place = places[row.id] {
      rows[place].row = row
    } else {
      places[row.id] = rows.count
      rows.append((org, row, false))
    }
  }

  /// The new or the changed rows by the organisation they concern, in the order they came.
  func grouped(areNew: Bool) -> [(org: OrgID?, rows: [Row])] {
    var groups: [(org: OrgID?, rows: [Row])] = []
    var places: [OrgID?: Int] = [:]
    for (org, row, isNew) in rows where isNew == areNew {
      if let place = places[org] {
        groups[place].rows.append(row)
      } else {
        places[org] = groups.count
        groups.append((org, [row]))
      }
    }
    return groups
  }
}

/// Everything a batch writes, in the order in which rows refer to each other.
struct IntakeRows {
  var orgs = RowsToWrite<Org>()
  var periods = RowsToWrite<Period>()
  var people = RowsToWrite<Person>()
  var contacts = RowsToWrite<ContactPoint>()
  var students = RowsToWrite<Student>()
  var schoolEnrolments = RowsToWrite<SchoolEnrolment>()
  var staff = RowsToWrite<Staff>()
  var employments = RowsToWrite<Employment>()
  var courses = RowsToWrite<Course>()
  var sections = RowsToWrite<Section>()
  var sectionPeriods = RowsToWrite<SectionPeriod>()
  var sectionStaff = RowsToWrite<SectionStaff>()
  var enrolments = RowsToWrite<Enrolment>()
  var guardianships = RowsToWrite<Guardianship>()
  var names: [(name: ExternalName, internal: ID<AnyEntity>)] = []

  func write(_ record: Record, source: String, on today: SchoolDate, _ change: Change, in tx: any Connection) throws {
    let roster = Roster(record: record)
    try write(orgs, Org.table, record, change, tx)
    try write(periods, Period.table, record, change, tx)
    for (org, rows) in people.grouped(areNew: false) {
      try roster.save(people: roster.compare(rows, in: tx), on: today, change.at(org), in: tx)
    }
    for (org, rows) in people.grouped(areNew: true) {
      try record.insert(rows, into: Person.table, change.at(org), in: tx)
    }
    try write(contacts, ContactPoint.table, record, change, tx)
    try write(students, Student.table, record, change, tx)
    try write(schoolEnrolments, SchoolEnrolment.table, record, change, tx)
    try write(staff, Staff.table, record, change, tx)
    try write(employments, Employment.table, record, change, tx)
    try write(courses, Course.table, record, change, tx)
    try write(sections, Section.table, record, change, tx)
    try write(sectionPeriods, SectionPeriod.table, record, change, tx)
    try write(sectionStaff, SectionStaff.table, record, change, tx)
    try write(enrolments, Enrolment.table, record, change, tx)
    try write(guardianships, Guardianship.table, record, change, tx)
    if !names.isEmpty {
      try roster.register(names, source: source, by: change.cause?.retyped(), in: tx)
    }
  }

  /// Changes come first: they may give up a key that a new row takes.
  private func write<Row: RecordedRow>(
    _ rows: RowsToWrite<Row>, _ table: RecordedTable<Row>, _ record: Record, _ change: Change, _ tx: any Connection
  ) throws {
    if rows.isEmpty { return }
    for (org, rows) in rows.grouped(areNew: false) { try record.update(rows, in: table, change.at(org), in: tx) }
    for (org, rows) in rows.grouped(areNew: true) { try record.insert(rows, into: table, change.at(org), in: tx) }
  }
}
