private import Kernel

/// Reads Microsoft School Data Sync, format V2.1: orgs, users and roles, and what else is there.
///
/// Kept of demographics: birth date and sex. Flags, such as special needs or free meals, are not kept. Dates are
/// inclusive. Roles of parents and the like are told by `relationships.csv`, not by `roles.csv`.
enum SchoolDataSync2 {
  static let files: Set<String> = [
    "orgs.csv", "users.csv", "roles.csv", "classes.csv", "enrollments.csv", "academicsessions.csv", "courses.csv",
    "demographics.csv", "relationships.csv", "userflags.csv",
  ]

  static func stages(_ files: RosterFiles) throws(RosterProblem) -> [RosterStage] {
    func table(_ name: String) throws(RosterProblem) -> RosterTable? {
      files[name] == nil ? nil : try RosterTable(files, name, format: .schoolDataSync2)
    }
    let facts = PersonFacts()
    var stages = [try RosterTrees.orgs(try RosterTable(files, "orgs.csv", format: .schoolDataSync2))]
    if let table = try table("academicSessions.csv") {
      stages.append(try RosterTrees.sessions(table, lastDayOffset: 0))
    }
    if let table = try table("courses.csv") { stages.append(try courses(table)) }
    if let table = try table("demographics.csv") { stages.append(try facts.stage(table, id: "userSourcedId")) }
    stages.append(try users(try RosterTable(files, "users.csv", format: .schoolDataSync2), facts))
    stages.append(try roles(try RosterTable(files, "roles.csv", format: .schoolDataSync2)))
    if let table = try table("classes.csv") { stages.append(try sections(table)) }
    if let table = try table("enrollments.csv") { stages.append(try enrolments(table)) }
    if let table = try table("relationships.csv") { stages.append(try relationships(table)) }
    // Flags are counted and named among what is not kept: they tell of health and means, which no list needs.
    if let table = try table("userFlags.csv") { stages.append(RosterStage(table: table)) }
    return stages
  }

  private static func courses(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (id, org, title) = (table.required("sourcedId"), table.required("orgSourcedId"), table.required("title"))
    let (code, year) = (table.column("code"), table.column("schoolYearSourcedId"))
    let (subject, grade) = (table.column("subject"), table.column("grade"))
    try table.requireColumns()
    let references: [RosterReference: String] = [.org: org.name, .session: year?.name ?? "schoolYearSourcedId"]
    return RosterStage(table: table, references: references) { table, records in
      guard let id = table.identifier(id), let org = table.identifier(org), let title = table.need(title) else {
        return
      }
      records.append(
        .course(
          RosterCourse(
            id: id, org: org, code: table.text(code, max: 50), title: title, year: table.text(year, max: 255),
            subjects: table.list(subject), grades: table.list(grade), spot: table.spot)))
    }
  }

  private static func users(_ table: RosterTable, _ facts: PersonFacts) throws(RosterProblem) -> RosterStage {
    let (id, username) = (table.required("sourcedId"), table.column("username"))
    let (given, family) = (table.required("givenName"), table.required("familyName"))
    let (email, phone, sms) = (table.column("email"), table.column("phone"), table.column("sms"))
    try table.requireColumns()
    return RosterStage(table: table) { table, records in
      guard let id = table.identifier(id), let given = table.need(given), let family = table.need(family) else {
        return
      }
      var person = RosterPerson(id: id, spot: table.spot)
      (person.givenName, person.familyName) = (given, family)
      person.username = table.text(username, max: 254)
      person.email = table.email(email)
      person.phone = table.text(phone, max: 50)
      person.sms = table.text(sms, max: 50)
      facts.complete(&person)
      records.append(.person(person))
    }
  }

  private static func roles(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (user, org, role) = (table.required("userSourcedId"), table.required("orgSourcedId"), table.required("role"))
    let (session, grade, primary) = (table.column("sessionSourcedId"), table.column("grade"), table.column("isPrimary"))
    let (first, last) = (table.column("roleStartDate"), table.column("roleEndDate"))
    try table.requireColumns()
    let references: [RosterReference: String] = [
      .person: user.name, .org: org.name, .session: session?.name ?? "sessionSourcedId",
    ]
    return RosterStage(table: table, references: references) { table, records in
      guard let user = table.identifier(user), let org = table.identifier(org), let word = table.need(role) else {
        return
      }
      let session = table.text(session, max: 255)
      let id = [user, org, word, session ?? ""].joined(separator: "/")
      let isPrimary = table.word(primary, RosterWords.flag) ?? true
      let (firstOn, lastOn) = (table.date(first), table.date(last))
      switch RosterWords.place(word) {
      case .student:
        var student = RosterStudent(id: id, person: user, school: org, spot: table.spot)
        (student.session, student.isPrimary) = (session, isPrimary)
        (student.firstOn, student.lastOn) = (firstOn, lastOn)
        student.grade = table.text(grade, max: 50)
        records.append(.student(student))
      case .staff(let kind):
        var staff = RosterStaff(id: id, person: user, org: org, kind: kind, spot: table.spot)
        (staff.session, staff.isPrimary) = (session, isPrimary)
        (staff.firstOn, staff.lastOn) = (firstOn, lastOn)
        if kind == .teacher, word.lowercased() != "teacher" { staff.title = word }
        records.append(.staff(staff))
      case .family: break
      }
    }
  }

  private static func sections(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (id, org, title) = (table.required("sourcedId"), table.required("orgSourcedId"), table.required("title"))
    let (sessions, course) = (table.column("sessionSourcedIds"), table.column("courseSourcedId"))
    let code = table.column("code")
    try table.requireColumns()
    let references: [RosterReference: String] = [
      .org: org.name, .session: sessions?.name ?? "sessionSourcedIds", .course: course?.name ?? "courseSourcedId",
    ]
    return RosterStage(table: table, references: references) { table, records in
      guard let id = table.identifier(id), let org = table.identifier(org), let title = table.need(title) else {
        return
      }
      records.append(
        .section(
          RosterSection(
            id: id, school: org, course: table.text(course, max: 255), title: title, code: table.text(code, max: 50),
            sessions: table.list(sessions), spot: table.spot)))
    }
  }

  private static func enrolments(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (section, user) = (table.required("classSourcedId"), table.required("userSourcedId"))
    let role = table.required("role")
    try table.requireColumns()
    return RosterStage(table: table, references: [.section: section.name, .person: user.name]) { table, records in
      guard let section = table.identifier(section), let user = table.identifier(user), let word = table.need(role)
      else { return }
      records.append(
        .enrolment(
          RosterEnrolment(
            id: "\(section)/\(user)/\(word)", section: section, person: user, role: RosterWords.enrolmentRole(word),
            spot: table.spot)))
    }
  }

  private static func relationships(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (student, guardian) = (table.required("userSourcedId"), table.required("relationshipUserSourcedId"))
    let relation = table.column("relationshipRole")
    try table.requireColumns()
    return RosterStage(table: table, references: [.person: student.name, .guardian: guardian.name]) { table, records in
      guard let student = table.identifier(student), let guardian = table.identifier(guardian) else { return }
      records.append(
        .relationship(
          RosterRelationship(
            id: "\(student)/\(guardian)", student: student, guardian: guardian,
            relation: table.text(relation, max: 50)?.lowercased(), spot: table.spot)))
    }
  }
}

/// Birth dates and sexes by person, gathered before the people come.
final class PersonFacts {
  private var facts: [String: (birthDate: SchoolDate?, sex: RosterPerson.Sex?)] = [:]

  /// Reads a file of demographics.
  func stage(_ table: RosterTable, id: String) throws(RosterProblem) -> RosterStage {
    let (id, birth, sex) = (table.required(id), table.column("birthDate"), table.column("sex"))
    try table.requireColumns()
    return RosterStage(table: table) { [self] table, _ in
      guard let id = table.identifier(id) else { return }
      facts[id] = (table.date(birth), table.word(sex, RosterWords.sex))
    }
  }

  /// Gives a person the facts about it.
  func complete(_ person: inout RosterPerson) {
    guard let facts = facts.removeValue(forKey: person.id) else { return }
    (person.birthDate, person.sex) = facts
  }
}
