import Interop
import Kernel

/// A roster that is the same for the same seed, as far as OneRoster can tell all of it.
struct MadeUpRoster {
  private(set) var records: [RosterRecord] = []
  private var random: Seeded
  private let spot = RosterSpot(file: "made up", row: 1)

  init(seed: UInt64) {
    random = Seeded(seed: seed)
    organisations()
    teaching()
    people()
  }

  private static let names = [
    "Ama", "Nguyễn", "王小明", "ليلى", "Соколов", "O'Neill", "Zoë", "ศรีสุข", "Łukasz, Jr", "\"Ace\"", "=SUM(A1)", "-3",
    "+1", "@home", "x;y", "山田 太郎", "Mary  Ann", "שרה", "a", "{b:c}",
  ]

  private mutating func organisations() {
    records.append(.org(RosterOrg(id: "d-0", name: name(), kind: .district, spot: spot)))
    records.append(
      .org(RosterOrg(id: "o-0", name: name(), kind: .other("state"), code: "c", parent: "d-0", spot: spot)))
    for place in 0..<2 {
      records.append(
        .org(RosterOrg(id: "s-\(place)", name: name(), kind: .school, code: maybe(), parent: "d-0", spot: spot)))
    }
    let first = SchoolDate(days: Int.random(in: 18_000...25_000, using: &random))
    records.append(
      .session(
        RosterSession(
          id: "y", title: name(), kind: .year, firstOn: first, lastOn: first.adding(days: 300), schoolYear: 2027,
          spot: spot)))
    for (place, kind) in [RosterSession.Kind.term, .semester, .gradingPeriod, .other("block")].enumerated() {
      records.append(
        .session(
          RosterSession(
            id: "t-\(place)", title: name(), kind: kind, firstOn: first,
            lastOn: first.adding(days: Int.random(in: 0...200, using: &random)), parent: "y", schoolYear: 2027,
            spot: spot)))
    }
  }

  private mutating func teaching() {
    for place in 0..<3 {
      records.append(
        .course(
          RosterCourse(
            id: "c-\(place)", org: "s-\(place % 2)", code: maybe(), title: name(), year: chance() ? "y" : nil,
            subjects: chance() ? ["Art", "Ὀρθογραφία"] : [], grades: chance() ? ["9", "10"] : [], spot: spot)))
    }
    for place in 0..<4 {
      let isHomeroom = chance()
      var section = RosterSection(id: "k-\(place)", school: "s-\(place % 2)", title: name(), spot: spot)
      section.kind = isHomeroom ? .homeroom : .scheduled
      section.course = isHomeroom && chance() ? nil : "c-\(Int.random(in: 0..<3, using: &random))"
      section.sessions = chance() ? ["t-0"] : ["t-1", "y"]
      (section.code, section.location) = (maybe(), maybe())
      section.periods = chance() ? ["1", "5"] : []
      section.grades = chance() ? ["9"] : []
      records.append(.section(section))
    }
  }

  private mutating func people() {
    for place in 0..<12 {
      let id = "u-\(place)"
      records.append(.person(person(id)))
      if place < 6 {
        student(id, number: maybe(), guardian: "u-\(9 + place % 3)")
      } else if place < 9 {
        staff(id)
      }
    }
    // Relationships come after everybody is known.
    for place in 0..<6 {
      let (student, guardian) = ("u-\(place)", "u-\(9 + place % 3)")
      let relation = ["parent", "guardian", "relative"][place % 3]
      records.append(
        .relationship(
          RosterRelationship(
            id: "\(student)/\(guardian)", student: student, guardian: guardian, relation: relation, spot: spot)))
    }
  }

  private mutating func student(_ id: String, number: String?, guardian: String) {
    let grade = chance() ? "9" : nil
    for school in chance() ? ["s-0"] : ["s-0", "s-1"] {
      var student = RosterStudent(id: "\(id)@\(school)", person: id, school: school, spot: spot)
      (student.number, student.grade) = (number, grade)
      (student.firstOn, student.lastOn) = dates()
      records.append(.student(student))
    }
    for section in 0..<Int.random(in: 0...4, using: &random) {
      var enrolment = RosterEnrolment(
        id: "e-\(id)-\(section)", section: "k-\(section)", person: id, role: .student, spot: spot)
      (enrolment.firstOn, enrolment.lastOn) = dates()
      records.append(.enrolment(enrolment))
    }
  }

  private mutating func staff(_ id: String) {
    let kinds: [RosterStaff.Kind] = [.teacher, .principal, .systemAdministrator, .other("librarian"), .counselor]
    var staff = RosterStaff(
      id: "r-\(id)", person: id, org: chance() ? "s-1" : "d-0", kind: kinds.randomElement(using: &random) ?? .aide,
      spot: spot)
    staff.number = maybe()
    (staff.firstOn, staff.lastOn) = dates()
    records.append(.staff(staff))
    var other = RosterStaff(id: "r2-\(id)", person: id, org: staff.org, kind: .aide, spot: spot)
    (other.isPrimary, other.number) = (false, staff.number)
    records.append(.staff(other))
    var enrolment = RosterEnrolment(id: "e-\(id)", section: "k-0", person: id, role: .teacher, spot: spot)
    if chance() { enrolment.role = .other("proctor") } else { enrolment.isPrimary = chance() }
    records.append(.enrolment(enrolment))
  }

  private mutating func person(_ id: String) -> RosterPerson {
    var person = RosterPerson(id: id, spot: spot)
    if chance() { person.givenName = name() }
    if person.givenName == nil || chance() { person.familyName = name() }
    (person.middleName, person.preferredGivenName) = (maybe(), maybe())
    (person.preferredMiddleName, person.preferredFamilyName) = (maybe(), maybe())
    (person.pronouns, person.phone, person.sms, person.username) = (maybe(), maybe(), maybe(), maybe())
    person.email = chance() ? "x@maple.example" : nil
    person.isEnabled = chance()
    person.birthDate = chance() ? SchoolDate(days: Int.random(in: 0...18_000, using: &random)) : nil
    let sexes: [RosterPerson.Sex?] = [.male, .female, .other, .unspecified, nil]
    person.sex = sexes.randomElement(using: &random) ?? nil
    if chance() { person.otherIDs.append(.init(kind: "state", value: "a:b")) }
    if chance() { person.otherIDs.append(.init(kind: "userMasterIdentifier", value: "m")) }
    return person
  }

  private mutating func dates() -> (SchoolDate?, SchoolDate?) {
    let first = SchoolDate(days: Int.random(in: 18_000...25_000, using: &random))
    return (chance() ? first : nil, chance() ? first.adding(days: Int.random(in: 0...400, using: &random)) : nil)
  }

  private mutating func chance() -> Bool { Bool.random(using: &random) }

  private mutating func maybe() -> String? { chance() ? name() : nil }

  private mutating func name() -> String { Text.normalized(Self.names.randomElement(using: &random) ?? "Ama") }
}
