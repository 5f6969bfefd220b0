private import Kernel

/// Reads Microsoft School Data Sync, format V1: six files, known to each other by "SIS ID".
///
/// A term and a course may serve several schools under one identifier, so there is a record of each for every school
/// that uses it. "State ID" is no key: a whole file may say the same. Dates are month/day/year. A person who works or
/// learns at two schools has two rows, which must agree on the name.
enum SchoolDataSync1 {
  static let files: Set<String> = [
    "school.csv", "section.csv", "student.csv", "teacher.csv", "studentenrollment.csv", "teacherroster.csv",
  ]

  static func stages(_ files: RosterFiles) throws(RosterProblem) -> [RosterStage] {
    func table(_ name: String, isQuiet: Bool = false) throws(RosterProblem) -> RosterTable? {
      files[name] == nil ? nil : try RosterTable(files, name, format: .schoolDataSync1, isQuiet: isQuiet)
    }
    let (people, known) = (People(), Seen())
    var stages = [try schools(try RosterTable(files, "School.csv", format: .schoolDataSync1), known)]
    if let table = try table("Section.csv", isQuiet: true) { stages.append(try termsAndCourses(table, known)) }
    stages.append(try students(try RosterTable(files, "Student.csv", format: .schoolDataSync1), people))
    if let table = try table("Teacher.csv") { stages.append(try teachers(table, people)) }
    if let table = try table("Section.csv") { stages.append(try sections(table)) }
    if let table = try table("StudentEnrollment.csv") { stages.append(try enrolments(table, .student)) }
    if let table = try table("TeacherRoster.csv") { stages.append(try enrolments(table, .teacher)) }
    return stages
  }

  private static func schools(_ table: RosterTable, _ known: Seen) throws(RosterProblem) -> RosterStage {
    let (id, name) = (table.required("SIS ID"), table.required("Name"))
    let number = table.column("School Number")
    try table.requireColumns()
    return RosterStage(table: table) { table, records in
      guard let id = table.identifier(id), let name = table.need(name) else { return }
      _ = known.first("school", id)
      records.append(
        .org(
          RosterOrg(id: id, name: name, kind: .school, code: table.text(number, max: 50), spot: table.spot)))
    }
  }

  /// The columns of Section.csv, which describes terms and courses as well.
  private struct SectionColumns {
    let id, school, name: RosterTable.Column
    let code, term, termName, termFirst, termLast: RosterTable.Column?
    let course, courseName, courseNumber, subject, periods, status: RosterTable.Column?

    init(_ table: RosterTable) throws(RosterProblem) {
      (id, school, name) = (table.required("SIS ID"), table.required("School SIS ID"), table.required("Section Name"))
      (code, periods, status) = (table.column("Section Number"), table.column("Periods"), table.column("Status"))
      (term, termName) = (table.column("Term SIS ID"), table.column("Term Name"))
      (termFirst, termLast) = (table.column("Term StartDate"), table.column("Term EndDate"))
      (course, courseName) = (table.column("Course SIS ID"), table.column("Course Name"))
      (courseNumber, subject) = (table.column("Course Number"), table.column("Course Subject"))
      try table.requireColumns()
    }

    /// The course's identifier, made of number or name where there is none.
    func courseID(_ table: RosterTable) -> String? {
      table.text(course, max: 255) ?? table.text(courseNumber) ?? table.text(courseName)
    }
  }

  /// The first pass over Section.csv. Rows of unknown schools are left to the second, so that each is told of once.
  private static func termsAndCourses(_ table: RosterTable, _ seen: Seen) throws(RosterProblem) -> RosterStage {
    let columns = try SectionColumns(table)
    return RosterStage(table: table, references: [.org: columns.school.name]) { table, records in
      guard let school = table.identifier(columns.school), seen.contains("school", school) else { return }
      if let term = term(table, columns, school), seen.first("term", school, term.id) { records.append(.session(term)) }
      if let id = columns.courseID(table), seen.first("course", school, id) {
        let code = table.text(columns.courseNumber, max: 50)
        let title = table.text(columns.courseName) ?? table.text(columns.name) ?? id
        let subjects = table.text(columns.subject).map { [$0] } ?? []
        records.append(
          .course(
            RosterCourse(id: id, org: school, code: code, title: title, subjects: subjects, spot: table.spot)))
      }
    }
  }

  private static func term(_ table: RosterTable, _ columns: SectionColumns, _ school: String) -> RosterSession? {
    guard let id = table.text(columns.term, max: 255),
      let firstOn = table.date(columns.termFirst, order: .monthFirst),
      let lastOn = table.date(columns.termLast, order: .monthFirst)
    else { return nil }
    // The format has one sort of term; one that is longer than nine months is what schools call a year.
    let isYear = lastOn.days - firstOn.days > 270
    return RosterSession(
      id: id, org: school, title: table.text(columns.termName) ?? id, kind: isYear ? .year : .term, firstOn: firstOn,
      lastOn: lastOn, schoolYear: lastOn.civil.year, spot: table.spot)
  }

  private static func sections(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let columns = try SectionColumns(table)
    let references: [RosterReference: String] = [
      .org: columns.school.name, .session: columns.term?.name ?? "Term SIS ID",
      .course: columns.course?.name ?? "Course SIS ID",
    ]
    return RosterStage(table: table, references: references) { table, records in
      guard let id = table.identifier(columns.id), let school = table.identifier(columns.school),
        let name = table.need(columns.name)
      else { return }
      if let term = columns.term, table.text(term) != nil {
        for date in [columns.termFirst, columns.termLast] { _ = table.date(date, order: .monthFirst) }
      }
      var section = RosterSection(
        id: id, school: school, course: columns.courseID(table), title: name, spot: table.spot)
      section.code = table.text(columns.code, max: 50)
      section.sessions = table.text(columns.term, max: 255).map { [$0] } ?? []
      section.periods = table.list(columns.periods)
      if let status = columns.status, table.word(status, RosterWords.status).map({ $0 != .active }) ?? false {
        table.note(
          .warning, status, "STATUS_NOT_KEPT",
          "The section is read although it is not active. Remove the row if "
            + "it should not be.")
      }
      records.append(.section(section))
    }
  }

  private static func students(_ table: RosterTable, _ people: People) throws(RosterProblem) -> RosterStage {
    let columns = try PersonColumns(table)
    let (number, grade) = (table.column("Student Number"), table.column("Grade"))
    let (status, birth) = (table.column("Status"), table.column("Birthdate", "Birth Date"))
    return RosterStage(table: table, references: [.org: columns.school.name]) { table, records in
      guard var person = columns.person(table), let school = table.identifier(columns.school) else { return }
      person.birthDate = table.date(birth, order: .monthFirst)
      guard people.add(person, table, &records) else { return }
      var student = RosterStudent(
        id: "\(person.id)/\(school)/student", person: person.id, school: school, spot: table.spot)
      student.number = table.text(number, max: 100)
      student.grade = table.text(grade, max: 50)
      student.status = table.word(status, RosterWords.status)
      student.isPrimary = people.isFirst(person.id, at: school)
      records.append(.student(student))
    }
  }

  private static func teachers(_ table: RosterTable, _ people: People) throws(RosterProblem) -> RosterStage {
    let columns = try PersonColumns(table)
    let (number, title) = (table.column("Teacher Number"), table.column("Title"))
    let status = table.column("Status")
    return RosterStage(table: table, references: [.org: columns.school.name]) { table, records in
      guard var person = columns.person(table), let school = table.identifier(columns.school) else { return }
      person.isEnabled = table.word(status, RosterWords.status).map { $0 == .active } ?? true
      guard people.add(person, table, &records) else { return }
      var staff = RosterStaff(
        id: "\(person.id)/\(school)/teacher", person: person.id, org: school, kind: .teacher, spot: table.spot)
      staff.number = table.text(number, max: 100)
      staff.title = table.text(title)
      staff.isPrimary = people.isFirst(person.id, at: school)
      records.append(.staff(staff))
    }
  }

  private static func enrolments(
    _ table: RosterTable, _ role: RosterEnrolment.Role
  ) throws(RosterProblem) -> RosterStage {
    let (section, person) = (table.required("Section SIS ID"), table.required("SIS ID"))
    try table.requireColumns()
    let word = role == .student ? "student" : "teacher"
    return RosterStage(table: table, references: [.section: section.name, .person: person.name]) { table, records in
      guard let section = table.identifier(section), let person = table.identifier(person) else { return }
      records.append(
        .enrolment(
          RosterEnrolment(
            id: "\(section)/\(person)/\(word)", section: section, person: person, role: role, spot: table.spot)))
    }
  }

  /// What Student.csv and Teacher.csv have in common.
  private struct PersonColumns {
    let id, school, given, family: RosterTable.Column
    let middle, username, email: RosterTable.Column?

    init(_ table: RosterTable) throws(RosterProblem) {
      (id, school) = (table.required("SIS ID"), table.required("School SIS ID"))
      (given, family) = (table.required("First Name"), table.required("Last Name"))
      (middle, username) = (table.column("Middle Name"), table.column("Username"))
      email = table.column("Secondary Email")
      try table.requireColumns()
    }

    func person(_ table: RosterTable) -> RosterPerson? {
      guard let id = table.identifier(id), let given = table.need(given), let family = table.need(family) else {
        return nil
      }
      var person = RosterPerson(id: id, spot: table.spot)
      (person.givenName, person.familyName) = (given, family)
      person.middleName = table.text(middle)
      person.username = table.text(username, max: 100)
      person.email = table.email(email)
      return person
    }
  }
}

/// People met so far: one with two rows is one person with two roles.
private final class People {
  private var names: [String: String] = [:]
  private var roles = Seen()

  /// Adds the person, or accepts that it is there already under the same name.
  func add(_ person: RosterPerson, _ table: RosterTable, _ records: inout [RosterRecord]) -> Bool {
    let name = "\(person.givenName ?? "")\u{0}\(person.familyName ?? "")"
    guard let known = names.updateValue(name, forKey: person.id) else {
      records.append(.person(person))
      return true
    }
    guard known == name else {
      names[person.id] = known
      table.note(
        .error, at: person.spot, value: person.id, "DUPLICATE",
        "Another person has this SIS ID in an earlier row. Give each person their own.")
      return false
    }
    return true
  }

  func isFirst(_ person: String, at school: String) -> Bool { roles.first("role", school, person) }
}

/// What was met before.
private final class Seen {
  private var seen: Set<String> = []

  func first(_ parts: String...) -> Bool { seen.insert(parts.joined(separator: "\u{0}")).inserted }

  func contains(_ parts: String...) -> Bool { seen.contains(parts.joined(separator: "\u{0}")) }
}
