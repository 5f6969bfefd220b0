private import Kernel

/// The ways one record points at another.
enum RosterReference: Hashable {
  case parent, org, session, course, section, person, guardian
}

/// Lets records through whose references resolve, whose dates are in order and that were not there before.
///
/// Keeps identifiers only. A required reference that leads nowhere refuses the record; an optional one is dropped.
struct RosterCheck {
  private struct Seat: Hashable {
    let section: Int
    let person: Int
    let role: RosterEnrolment.Role
    let firstOn: Int?
  }
  private struct Shared: Hashable {
    let id: String
    let org: String?
  }

  private var orgs: Set<String> = []
  private var sessions: Set<String> = []
  private var sharedSessions: Set<Shared> = []
  private var courses: Set<String> = []
  private var sharedCourses: Set<Shared> = []
  private var people: [String: Int] = [:]
  private var roles: Set<String> = []
  private var sections: [String: Int] = [:]
  private var seats: Set<Seat> = []
  private var relationships: Set<String> = []

  /// The record, perhaps without an optional reference, or nil when it is refused; says why in `findings`.
  mutating func admit(
    _ record: RosterRecord, columns: [RosterReference: String], _ findings: inout [Finding]
  ) -> RosterRecord? {
    var notes = Notes(spot: record.spot, columns: columns)
    defer { findings += notes.findings }
    switch record {
    case .org(var org):
      if let parent = org.parent, !orgs.contains(parent) { org.parent = notes.drop(.parent, parent) }
      return notes.first(orgs.insert(org.id).inserted, org.id) ? .org(org) : nil
    case .session(var session): return admit(&session, &notes) ? .session(session) : nil
    case .course(var course): return admit(&course, &notes) ? .course(course) : nil
    case .person(let person):
      guard notes.first(people[person.id] == nil, person.id) else { return nil }
      people[person.id] = people.count
      return record
    case .student(var student): return admit(&student, &notes) ? .student(student) : nil
    case .staff(var staff): return admit(&staff, &notes) ? .staff(staff) : nil
    case .section(var section): return admit(&section, &notes) ? .section(section) : nil
    case .enrolment(let enrolment): return admits(enrolment, &notes) ? record : nil
    case .relationship(let relationship):
      guard notes.known(people[relationship.student] != nil, .person, relationship.student),
        notes.known(people[relationship.guardian] != nil, .guardian, relationship.guardian)
      else { return nil }
      guard relationship.student != relationship.guardian else { return notes.refuseSelf(relationship.guardian) }
      let pair = "\(relationship.student)\u{0}\(relationship.guardian)"
      return notes.first(relationships.insert(pair).inserted, relationship.id) ? record : nil
    }
  }

  private mutating func admit(_ session: inout RosterSession, _ notes: inout Notes) -> Bool {
    guard session.org.map({ notes.known(orgs.contains($0), .org, $0) }) ?? true,
      notes.ordered(session.firstOn, session.lastOn)
    else { return false }
    if let parent = session.parent, !sessions.contains(parent) { session.parent = notes.drop(.parent, parent) }
    sessions.insert(session.id)
    return notes.first(sharedSessions.insert(Shared(id: session.id, org: session.org)).inserted, session.id)
  }

  private mutating func admit(_ course: inout RosterCourse, _ notes: inout Notes) -> Bool {
    guard course.org.map({ notes.known(orgs.contains($0), .org, $0) }) ?? true else { return false }
    if let year = course.year, !sessions.contains(year) { course.year = notes.drop(.session, year) }
    courses.insert(course.id)
    return notes.first(sharedCourses.insert(Shared(id: course.id, org: course.org)).inserted, course.id)
  }

  private mutating func admit(_ student: inout RosterStudent, _ notes: inout Notes) -> Bool {
    guard notes.known(people[student.person] != nil, .person, student.person),
      student.school.map({ notes.known(orgs.contains($0), .org, $0) }) ?? true,
      notes.ordered(student.firstOn, student.lastOn)
    else { return false }
    if let session = student.session, !sessions.contains(session) { student.session = notes.drop(.session, session) }
    return notes.first(roles.insert(student.id).inserted, student.id)
  }

  private mutating func admit(_ staff: inout RosterStaff, _ notes: inout Notes) -> Bool {
    guard notes.known(people[staff.person] != nil, .person, staff.person),
      notes.known(orgs.contains(staff.org), .org, staff.org), notes.ordered(staff.firstOn, staff.lastOn)
    else { return false }
    if let session = staff.session, !sessions.contains(session) { staff.session = notes.drop(.session, session) }
    return notes.first(roles.insert(staff.id).inserted, staff.id)
  }

  private mutating func admit(_ section: inout RosterSection, _ notes: inout Notes) -> Bool {
    guard section.school.map({ notes.known(orgs.contains($0), .org, $0) }) ?? true,
      section.course.map({ notes.known(courses.contains($0), .course, $0) }) ?? true
    else { return false }
    for session in section.sessions where !sessions.contains(session) { _ = notes.drop(.session, session) }
    section.sessions.removeAll { !sessions.contains($0) }
    guard notes.first(sections[section.id] == nil, section.id) else { return false }
    sections[section.id] = sections.count
    return true
  }

  private mutating func admits(_ enrolment: RosterEnrolment, _ notes: inout Notes) -> Bool {
    guard let section = sections[enrolment.section] else { return notes.known(false, .section, enrolment.section) }
    guard let person = people[enrolment.person] else { return notes.known(false, .person, enrolment.person) }
    guard notes.ordered(enrolment.firstOn, enrolment.lastOn) else { return false }
    let seat = Seat(section: section, person: person, role: enrolment.role, firstOn: enrolment.firstOn?.days)
    return notes.first(seats.insert(seat).inserted, enrolment.id)
  }
}

/// The findings about one record, in words.
private struct Notes {
  let spot: RosterSpot
  let columns: [RosterReference: String]
  var findings: [Finding] = []

  mutating func first(_ isFirst: Bool, _ id: String) -> Bool {
    if !isFirst {
      note(.error, nil, id, "DUPLICATE", "This is in the roster already, in an earlier row. Keep one of the two.")
    }
    return isFirst
  }

  mutating func known(_ isKnown: Bool, _ reference: RosterReference, _ id: String) -> Bool {
    if !isKnown {
      note(
        .error, reference, id, "UNKNOWN_REFERENCE",
        "There is no such \(Self.noun(reference)) in the roster. "
          + "Add it, or correct the reference.")
    }
    return isKnown
  }

  mutating func drop(_ reference: RosterReference, _ id: String) -> String? {
    note(
      .warning, reference, id, "UNKNOWN_REFERENCE",
      "There is no such \(Self.noun(reference)) in the roster, so the "
        + "row is read without it. Add it, or correct the reference.")
    return nil
  }

  mutating func ordered(_ first: SchoolDate?, _ last: SchoolDate?) -> Bool {
    guard let first, let last, last < first else { return true }
    note(.error, nil, "\(first) – \(last)", "DATES_REVERSED", "The last day lies before the first. Correct the dates.")
    return false
  }

  mutating func refuseSelf(_ id: String) -> RosterRecord? {
    note(.error, .guardian, id, "OWN_GUARDIAN", "Nobody is their own guardian. Correct one of the two.")
    return nil
  }

  private mutating func note(
    _ severity: Finding.Severity, _ reference: RosterReference?, _ value: String, _ code: String, _ message: String
  ) {
    findings.append(
      Finding(
        severity, file: spot.file, row: spot.row, column: reference.flatMap { columns[$0] }, value: value, code: code,
        message: message))
  }

  private static func noun(_ reference: RosterReference) -> String {
    switch reference {
    case .parent: "parent"
    case .org: "school or organisation"
    case .session: "term or year"
    case .course: "course"
    case .section: "section"
    case .person: "person"
    case .guardian: "guardian"
    }
  }
}

/// Records gathered to be handed on with parents before children; those in a circle, below one, or more than 50 levels
/// down are left over.
func parentsFirst<Item>(
  _ items: [Item], id: (Item) -> String, parent: (Item) -> String?
) -> (sorted: [Item], circular: [Item]) {
  let all = Set(items.map(id))
  var done: Set<String> = []
  var (sorted, rest): ([Item], [Item]) = ([], items)
  for _ in 0..<50 where !rest.isEmpty {
    let free = rest.filter { item in parent(item).map { done.contains($0) || !all.contains($0) } ?? true }
    rest.removeAll { item in parent(item).map { done.contains($0) || !all.contains($0) } ?? true }
    done.formUnion(free.map(id))
    sorted += free
  }
  return (sorted, rest)
}
