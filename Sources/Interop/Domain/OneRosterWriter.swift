public import Archive
import Kernel

/// Makes a OneRoster 1.2 bulk CSV package of neutral records (1EdTech, CSV binding 1.2.1).
///
/// Add records so that each comes after all it refers to, then `finish()`. Identifiers become `sourcedId`s as they are.
/// What the standard cannot hold, such as a section in no term, is left out and told in `leftOut`, with everything that
/// refers to it. Last days become exclusive end dates, a missing part of a name becomes `-`, a homeroom without a
/// course gets one of its own, and a person's number is the first of their numbers. Passwords are never written.
public struct OneRosterWriter {
  /// What could not be written, and why.
  public private(set) var leftOut: [Finding] = []

  private var sessions = CSVWriter(header: OneRosterColumns.academicSessions, isFormulaSafe: false)
  private var orgs = CSVWriter(header: OneRosterColumns.orgs, isFormulaSafe: false)
  private var courses = CSVWriter(header: OneRosterColumns.courses, isFormulaSafe: false)
  private var classes = CSVWriter(header: OneRosterColumns.classes, isFormulaSafe: false)
  private var enrollments = CSVWriter(header: OneRosterColumns.enrollments, isFormulaSafe: false)

  private let systemName: String?
  private var written: Set<Key> = []
  private var schools: Set<String> = []
  private var topOrg: String?
  private var schoolOfSection: [String: String] = [:]
  private var people = OneRosterPeopleWriter()

  private struct Key: Hashable {
    let kind: RosterKind
    let id: String
  }

  /// An empty package; `systemName` is said in the manifest.
  public init(systemName: String? = nil) { self.systemName = systemName }

  /// Adds a record. The same session or course of several schools is written once, as OneRoster knows it once.
  public mutating func add(_ record: RosterRecord) {
    guard Self.isIdentifier(record.id) else {
      leaveOut(record, "BAD_ID", "A sourcedId has 1 to 255 letters, digits and . - _ / @ only.")
      return
    }
    switch record {
    case .org(let org): add(org, record)
    case .session(let session): add(session, record)
    case .course(let course): add(course, record)
    case .person(let person): if isFirst(record) { people.add(person) }
    case .student(let student): add(student, record)
    case .staff(let staff):
      guard written.contains(Key(kind: .org, id: staff.org)), people.knows(staff.person) else {
        return leaveOutLost(record)
      }
      if isFirst(record) { people.add(staff) }
    case .section(let section): add(section, record)
    case .enrolment(let enrolment): add(enrolment, record)
    case .relationship(let relationship):
      guard people.knows(relationship.student), people.knows(relationship.guardian) else { return leaveOutLost(record) }
      people.add(relationship)
    }
  }

  /// The package as a zip: every file with rows, and the manifest that declares the others absent.
  public mutating func finish() throws(ArchiveProblem) -> [UInt8] {
    let (users, roles, demographics, homeless) = people.files()
    for person in homeless {
      leaveOut(
        .person(person), "NO_ROLE", "A user must be something at a school: a student, a member of staff, a guardian.")
    }
    let files: [(name: String, writer: CSVWriter)] = [
      ("academicSessions", sessions), ("classes", classes), ("courses", courses), ("demographics", demographics),
      ("enrollments", enrollments), ("orgs", orgs), ("roles", roles), ("users", users),
    ].filter { $0.writer.rows > 0 }
    let zip = try ZipWriter()
    try zip.add("manifest.csv", manifest(of: Set(files.map(\.name))))
    for file in files { try zip.add("\(file.name).csv", file.writer.bytes) }
    return try zip.finish()
  }

  private func manifest(of names: Set<String>) -> [UInt8] {
    var manifest = CSVWriter(header: ["propertyName", "value"], isFormulaSafe: false)
    manifest.append(["manifest.version", "1.0"])
    manifest.append(["oneroster.version", "1.2"])
    for name in OneRosterColumns.catalogue {
      manifest.append(["file.\(name)", names.contains(name) ? "bulk" : "absent"])
    }
    if let systemName { manifest.append(["source.systemName", systemName]) }
    return manifest.bytes
  }

  // MARK: One record

  private mutating func add(_ org: RosterOrg, _ record: RosterRecord) {
    guard isFirst(record) else { return }
    if org.kind == .school || org.kind == .college { schools.insert(org.id) }
    if org.parent == nil, topOrg == nil { topOrg = org.id }
    orgs.append([org.id, "", "", org.name, OneRosterSpelling.of(org.kind), org.code ?? "", org.parent ?? ""])
  }

  private mutating func add(_ session: RosterSession, _ record: RosterRecord) {
    guard isFirst(record) else { return }
    sessions.append([
      session.id, "", "", session.title, OneRosterSpelling.of(session.kind), session.firstOn.description,
      session.lastOn.adding(days: 1).description, session.parent ?? "",
      String(session.schoolYear ?? session.lastOn.civil.year),
    ])
  }

  private mutating func add(_ course: RosterCourse, _ record: RosterRecord) {
    guard let org = course.org ?? topOrg, written.contains(Key(kind: .org, id: org)) else {
      return leaveOutLost(record)
    }
    guard isFirst(record) else { return }
    courses.append([
      course.id, "", "", course.year ?? "", course.title, course.code ?? "", OneRosterSpelling.list(course.grades), org,
      OneRosterSpelling.list(course.subjects),
    ])
  }

  private mutating func add(_ student: RosterStudent, _ record: RosterRecord) {
    guard let school = student.school, written.contains(Key(kind: .org, id: school)), people.knows(student.person)
    else {
      return leaveOutLost(record)
    }
    if isFirst(record) { people.add(student, at: school) }
  }

  private mutating func add(_ section: RosterSection, _ record: RosterRecord) {
    guard let school = section.school, schools.contains(school) else {
      return leaveOut(record, "NOT_A_SCHOOL", "A class must belong to a school or college.")
    }
    let terms = section.sessions.filter { written.contains(Key(kind: .session, id: $0)) }
    guard !terms.isEmpty else { return leaveOut(record, "NO_TERM", "A class must be in a term. Give the section one.") }
    let course = section.course ?? OneRosterHomeroom.course(of: school)
    if section.course == nil, Self.isIdentifier(course), written.insert(Key(kind: .course, id: course)).inserted {
      courses.append([course, "", "", "", "Homeroom", "", "", school])
    }
    guard written.contains(Key(kind: .course, id: course)) else { return leaveOutLost(record) }
    guard isFirst(record) else { return }
    schoolOfSection[section.id] = school
    classes.append([
      section.id, "", "", section.title, OneRosterSpelling.list(section.grades), course, section.code ?? "",
      section.kind.rawValue, section.location ?? "", school, OneRosterSpelling.list(terms), "", "",
      OneRosterSpelling.list(section.periods),
    ])
  }

  private mutating func add(_ enrolment: RosterEnrolment, _ record: RosterRecord) {
    guard let school = schoolOfSection[enrolment.section], people.knows(enrolment.person) else {
      return leaveOutLost(record)
    }
    guard isFirst(record) else { return }
    // "primary" is said of teachers only.
    let primary = enrolment.role == .teacher ? String(enrolment.isPrimary) : ""
    enrollments.append([
      enrolment.id, "", "", enrolment.section, school, enrolment.person, OneRosterSpelling.of(enrolment.role), primary,
      enrolment.firstOn?.description ?? "", enrolment.lastOn?.adding(days: 1).description ?? "",
    ])
  }

  private mutating func isFirst(_ record: RosterRecord) -> Bool {
    written.insert(Key(kind: record.kind, id: record.id)).inserted
  }

  private mutating func leaveOutLost(_ record: RosterRecord) {
    leaveOut(record, "UNKNOWN_REFERENCE", "It refers to something that is not in the package.")
  }

  private mutating func leaveOut(_ record: RosterRecord, _ code: String, _ message: String) {
    leftOut.append(
      Finding(
        .error, file: record.spot.file, row: record.spot.row, value: record.id, code: code,
        message: "Left out of the package. \(message)"))
  }

  private static func isIdentifier(_ id: String) -> Bool {
    (1...255).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "/"), UInt8(ascii: "@"):
          true
        default: false
        }
      }
  }
}

/// Our words in OneRoster's vocabulary; words it does not have get `ext:` in front.
enum OneRosterSpelling {
  static func of(_ kind: RosterOrg.Kind) -> String {
    switch kind {
    case .school: "school"
    case .district: "district"
    case .department: "department"
    case .college: "ext:college"
    case .other(let word): ["local", "state", "national"].contains(word) ? word : extended(word)
    }
  }

  static func of(_ kind: RosterSession.Kind) -> String {
    switch kind {
    case .year: "schoolYear"
    case .semester: "semester"
    case .term: "term"
    case .gradingPeriod: "gradingPeriod"
    case .other(let word): extended(word)
    }
  }

  static func of(_ kind: RosterStaff.Kind) -> String {
    switch kind {
    case .teacher: "teacher"
    case .aide: "aide"
    case .counselor: "counselor"
    case .principal: "principal"
    case .proctor: "proctor"
    case .districtAdministrator: "districtAdministrator"
    case .siteAdministrator: "siteAdministrator"
    case .systemAdministrator: "systemAdministrator"
    case .other(let word): extended(word)
    }
  }

  static func of(_ role: RosterEnrolment.Role) -> String {
    switch role {
    case .student: "student"
    case .teacher: "teacher"
    case .other(let word): ["administrator", "proctor"].contains(word) ? word : extended(word)
    }
  }

  /// A list in one cell; the standard has no way to write a comma inside an item.
  static func list(_ items: [String]) -> String {
    items.map { item in String(item.map { $0 == "," ? ";" : $0 }) }.joined(separator: ",")
  }

  private static func extended(_ word: String) -> String {
    "ext:" + String(word.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "_" })
  }
}
