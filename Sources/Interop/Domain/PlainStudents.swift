import Kernel

/// Reads one CSV of students, with homerooms and up to two guardians each.
///
/// A student's identifier is the number (or else user name, or e-mail), after the school's where the list names
/// schools. Schools, and homerooms without a school, are known by what the list calls them; the importer finds the
/// school by name or code, and puts students without one into the school chosen at import.
public enum PlainStudents {
  /// An empty list to fill in: the header, with a byte order mark so that spreadsheets keep every script.
  public static let template: [UInt8] = CSVWriter(
    header: [
      "Student number", "Given name", "Middle name", "Family name", "Preferred name", "Birth date (YYYY-MM-DD)", "Sex",
      "Grade", "Homeroom", "School", "E-mail", "Phone", "Guardian name", "Guardian e-mail", "Guardian phone",
      "Guardian relation", "Guardian 2 name", "Guardian 2 e-mail", "Guardian 2 phone", "Guardian 2 relation",
    ], hasByteOrderMark: true
  ).bytes

  /// The guess for the only file there is.
  public static func mapping(of files: RosterFiles) throws(RosterProblem) -> ColumnMapping {
    let (name, bytes) = try onlyFile(files)
    return .guess(header: try RosterTable.read(bytes, file: name).header)
  }

  /// The first rows as they stand in the file, for a person to check the mapping by; passwords are left empty.
  public static func sample(of files: RosterFiles, rows: Int = 3) throws(RosterProblem) -> [[String]] {
    let (name, bytes) = try onlyFile(files)
    var reader = try RosterTable.read(bytes, file: name)
    let secret = reader.header.map { HeaderName($0).isSecret }
    var sample: [[String]] = []
    do {
      while sample.count < rows, try reader.nextRow() {
        sample.append(secret.indices.map { secret[$0] ? "" : String(reader.text($0).prefix(100)) })
      }
    } catch {
      throw .csv(file: name, error)
    }
    return sample
  }

  static func stages(_ files: RosterFiles, _ mapping: ColumnMapping) throws(RosterProblem) -> [RosterStage] {
    let (name, _) = try onlyFile(files)
    let first = try RosterTable(files, name, format: .plainStudents, isQuiet: true)
    let second = try RosterTable(files, name, format: .plainStudents)
    guard mapping.header == first.header else {
      throw .badMapping("The mapping was made for a file with other columns. Choose the columns again.")
    }
    if let fault = mapping.fault { throw .missingMeaning(fault) }
    let survey = Survey(PlainColumns(mapping, first), order: mapping.dateOrder)
    let list = StudentList(PlainColumns(mapping, second), survey, key: mapping.key ?? .number)
    return [
      RosterStage(table: first, row: { table, _ in survey.look(at: table) }, end: { survey.finish(first, &$0) }),
      RosterStage(
        table: second, references: [.org: "School", .section: "Homeroom"], row: { list.read($0, into: &$1) }),
    ]
  }

  private static func onlyFile(_ files: RosterFiles) throws(RosterProblem) -> (name: String, bytes: [UInt8]) {
    guard files.names.count == 1, let name = files.names.first, let bytes = files[name] else {
      throw .unknownFormat(files: files.names)
    }
    return (name, bytes)
  }
}

/// The columns by meaning.
private struct PlainColumns {
  private var columns: [ColumnMapping.Meaning: RosterTable.Column] = [:]

  init(_ mapping: ColumnMapping, _ table: RosterTable) {
    for (meaning, choice) in mapping.choices { columns[meaning] = table.column(at: choice.column) }
  }

  subscript(meaning: ColumnMapping.Meaning) -> RosterTable.Column? { columns[meaning] }
}

/// The first pass: which schools and homerooms there are, and how dates are written.
private final class Survey {
  private(set) var order: DateOrder?
  /// Whether dates of birth cannot be read before a person says how they are written.
  private(set) var isOrderOpen = false

  private let columns: PlainColumns
  private let givenOrder: DateOrder?
  private var possible: Set<DateOrder> = [.dayFirst, .monthFirst]
  private var seen: Set<String> = []
  private var orgs: [RosterRecord] = []
  private var homerooms: [RosterRecord] = []

  init(_ columns: PlainColumns, order: DateOrder?) {
    self.columns = columns
    givenOrder = order
    self.order = order
  }

  func look(at table: RosterTable) {
    let school = table.text(columns[.school])
    if let school, seen.insert("school\u{0}\(school)").inserted {
      orgs.append(.org(RosterOrg(id: school, name: school, kind: .school, spot: table.spot)))
    }
    if let homeroom = table.text(columns[.homeroom]) {
      let id = PlainID.homeroom(homeroom, school: school)
      if seen.insert("homeroom\u{0}\(id)").inserted {
        homerooms.append(
          .section(
            RosterSection(id: id, school: school, title: homeroom, code: homeroom, kind: .homeroom, spot: table.spot)))
      }
    }
    if givenOrder == nil, let date = table.text(columns[.birthDate]), SchoolDate(date) == nil {
      // The column decides: one date that can be read in one way only settles it for all.
      possible.formIntersection(RosterDate.orders(of: date))
      if RosterDate.isAmbiguous(date) { isOrderOpen = true }
    }
  }

  func finish(_ table: RosterTable, _ records: inout [RosterRecord]) {
    records += orgs + homerooms
    if givenOrder != nil { return }
    if possible.isEmpty {
      isOrderOpen = true
      table.noteFile(
        .error, columns[.birthDate], "DATE_ORDER_MIXED",
        "Some dates can only be day/month/year and others only month/day/year. Write them all as 2011-03-28.")
    } else if possible.count == 1 {
      order = possible.first
      isOrderOpen = false
    } else if isOrderOpen {
      table.noteFile(
        .error, columns[.birthDate], "DATE_ORDER_UNCLEAR",
        "All these dates can be day/month/year or month/day/year. Say which it is; until then they are not kept.")
    }
  }
}

/// The identifiers of what a list without identifiers names.
private enum PlainID {
  static func homeroom(_ name: String, school: String?) -> String { (school.map { "\($0)/" } ?? "") + name }
}

/// The second pass: the students themselves.
private struct StudentList {
  private let columns: PlainColumns
  private let survey: Survey
  private let key: ColumnMapping.Meaning
  private let guardians: Guardians

  init(_ columns: PlainColumns, _ survey: Survey, key: ColumnMapping.Meaning) {
    self.columns = columns
    self.survey = survey
    self.key = key
    guardians = Guardians(columns)
  }

  func read(_ table: RosterTable, into records: inout [RosterRecord]) {
    guard let keyColumn = columns[key], let own = table.need(keyColumn, max: 100) else { return }
    let school = table.text(columns[.school], severity: .error)
    let id = (school.map { "\($0)/" } ?? "") + own
    guard let person = person(id, table) else { return }
    records.append(.person(person))
    var student = RosterStudent(id: "\(id)/student", person: id, school: school, spot: table.spot)
    student.number = table.text(columns[.number], max: 100)
    student.grade = table.text(columns[.grade], max: 50)
    student.status = table.word(columns[.status], RosterWords.status)
    records.append(.student(student))
    if let homeroom = table.text(columns[.homeroom]) {
      let section = PlainID.homeroom(homeroom, school: school)
      records.append(
        .enrolment(
          RosterEnrolment(
            id: "\(section)/\(id)/student", section: section, person: id, role: .student, spot: table.spot)))
    }
    guardians.read(table, student: id, into: &records)
  }

  private func person(_ id: String, _ table: RosterTable) -> RosterPerson? {
    var person = RosterPerson(id: id, spot: table.spot)
    person.givenName = table.text(columns[.givenName])
    person.middleName = table.text(columns[.middleName])
    person.familyName = table.text(columns[.familyName])
    person.fullName = table.text(columns[.fullName])
    guard person.givenName != nil || person.familyName != nil || person.fullName != nil else {
      let column = columns[.givenName] ?? columns[.familyName] ?? columns[.fullName]
      table.note(.error, column, "REQUIRED", "Fill in the student's name.")
      return nil
    }
    person.preferredGivenName = table.text(columns[.preferredName])
    if !survey.isOrderOpen { person.birthDate = table.date(columns[.birthDate], order: survey.order) }
    person.sex = table.word(columns[.sex], RosterWords.sex)
    person.email = table.email(columns[.email])
    person.phone = table.text(columns[.phone], max: 50)
    person.username = table.text(columns[.username], max: 100)
    return person
  }
}

/// The guardians of a row. Two rows that give one e-mail and one name mean one guardian, so siblings share theirs.
private final class Guardians {
  private let columns: PlainColumns
  private var known: Set<String> = []

  private static let places:
    [(ColumnMapping.Meaning, ColumnMapping.Meaning, ColumnMapping.Meaning, ColumnMapping.Meaning)] = [
      (.guardianName, .guardianEmail, .guardianPhone, .guardianRelation),
      (.guardian2Name, .guardian2Email, .guardian2Phone, .guardian2Relation),
    ]

  init(_ columns: PlainColumns) { self.columns = columns }

  func read(_ table: RosterTable, student: String, into records: inout [RosterRecord]) {
    for (place, (name, email, phone, relation)) in Self.places.enumerated() {
      guard columns[name] != nil || columns[email] != nil else { continue }
      var person = RosterPerson(id: "", spot: table.spot)
      person.email = table.email(columns[email])
      person.fullName = table.text(columns[name]) ?? person.email
      person.phone = table.text(columns[phone], max: 50)
      guard let fullName = person.fullName else { continue }
      person.id =
        person.email.map { "guardian/\($0.lowercased())/\(fullName.lowercased())" }
        ?? "\(student)/guardian\(place + 1)"
      if known.insert(person.id).inserted { records.append(.person(person)) }
      var relationship = RosterRelationship(
        id: "\(student)/\(person.id)", student: student, guardian: person.id, spot: table.spot)
      relationship.relation = table.text(columns[relation], max: 50)?.lowercased()
      relationship.isPrimary = place == 0
      records.append(.relationship(relationship))
    }
  }
}
