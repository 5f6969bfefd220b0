private import Kernel

/// Reads OneRoster 1.2 and 1.1 bulk CSV (1EdTech). Exclusive end dates become inclusive last days.
///
/// `agents` tie students and their people in both directions; a pair becomes one relationship, whose relation is the
/// role that the guardian has. Of demographics, birth date and sex are kept.
enum OneRosterReader {
  static func stages(_ files: RosterFiles) throws(RosterProblem) -> [RosterStage] {
    let manifest = try OneRosterManifest(files)
    func table(_ name: String) throws(RosterProblem) -> RosterTable? {
      guard files[name] != nil else { return nil }
      let table = try RosterTable(files, name, format: .oneRoster)
      table.understand("status", "dateLastModified")
      return table
    }
    func needed(_ name: String) throws(RosterProblem) -> RosterTable {
      guard let table = try table(name) else { throw .missingFile(name, format: .oneRoster) }
      return table
    }
    let facts = PersonFacts()
    let families = OneRosterFamilies()
    var stages = [try RosterTrees.orgs(try needed("orgs.csv"))]
    if let table = try table("academicSessions.csv") {
      stages.append(try RosterTrees.sessions(table, lastDayOffset: -1))
    }
    if let table = try table("courses.csv") { stages.append(try courses(table)) }
    if let table = try table("demographics.csv") { stages.append(try facts.stage(table, id: "sourcedId")) }
    stages.append(try OneRosterUsers.stage(try needed("users.csv"), facts, families))
    if manifest.isVersion11 {
      stages.append(try OneRosterUsers.rolesOfVersion11(try needed("users.csv"), families))
    } else {
      stages.append(try OneRosterUsers.roles(try needed("roles.csv"), families))
    }
    if let table = try table("classes.csv") { stages.append(try sections(table)) }
    if let table = try table("enrollments.csv") { stages.append(try enrolments(table)) }
    stages.append(RosterStage(end: { families.finish(&$0) }))
    return stages
  }

  private static func courses(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (id, title, org) = (table.required("sourcedId"), table.required("title"), table.required("orgSourcedId"))
    let (year, code) = (table.column("schoolYearSourcedId"), table.column("courseCode"))
    let (grades, subjects) = (table.column("grades"), table.column("subjects"))
    try table.requireColumns()
    let references: [RosterReference: String] = [.org: org.name, .session: year?.name ?? "schoolYearSourcedId"]
    return RosterStage(table: table, references: references) { table, records in
      guard OneRosterStatus.isLive(table), let id = table.identifier(id), !OneRosterHomeroom.isCourse(id),
        let title = table.need(title), let org = table.identifier(org)
      else { return }
      records.append(
        .course(
          RosterCourse(
            id: id, org: org, code: table.text(code, max: 50), title: title, year: table.text(year, max: 255),
            subjects: table.list(subjects), grades: table.list(grades), spot: table.spot)))
    }
  }

  private static func sections(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (id, title, course) = (table.required("sourcedId"), table.required("title"), table.required("courseSourcedId"))
    let (type, school) = (table.required("classType"), table.required("schoolSourcedId"))
    let terms = table.required("termSourcedIds")
    let (grades, code) = (table.column("grades"), table.column("classCode"))
    let (location, periods) = (table.column("location"), table.column("periods"))
    try table.requireColumns()
    let references: [RosterReference: String] = [.org: school.name, .session: terms.name, .course: course.name]
    return RosterStage(table: table, references: references) { table, records in
      guard OneRosterStatus.isLive(table), let id = table.identifier(id), let title = table.need(title),
        let course = table.identifier(course), let type = table.need(type), let school = table.identifier(school)
      else { return }
      var section = RosterSection(id: id, school: school, title: title, spot: table.spot)
      section.course = OneRosterHomeroom.isCourse(course) ? nil : course
      section.kind = type.lowercased() == "homeroom" ? .homeroom : .scheduled
      section.code = table.text(code, max: 50)
      section.sessions = table.list(terms)
      section.location = table.text(location)
      section.periods = table.list(periods)
      section.grades = table.list(grades)
      if section.sessions.isEmpty {
        table.note(.warning, terms, "NO_TERM", "The class is in no term. Add at least one.")
      }
      records.append(.section(section))
    }
  }

  private static func enrolments(_ table: RosterTable) throws(RosterProblem) -> RosterStage {
    let (id, section) = (table.required("sourcedId"), table.required("classSourcedId"))
    let (user, role) = (table.required("userSourcedId"), table.required("role"))
    let (primary, first, last) = (table.column("primary"), table.column("beginDate"), table.column("endDate"))
    table.understand("schoolSourcedId")  // The class says which school it is of.
    try table.requireColumns()
    return RosterStage(table: table, references: [.section: section.name, .person: user.name]) { table, records in
      guard OneRosterStatus.isLive(table), let id = table.identifier(id), let section = table.identifier(section),
        let user = table.identifier(user), let role = table.need(role)
      else { return }
      var enrolment = RosterEnrolment(
        id: id, section: section, person: user, role: RosterWords.enrolmentRole(role), spot: table.spot)
      enrolment.isPrimary = table.word(primary, RosterWords.flag) ?? false
      enrolment.firstOn = table.date(first)
      enrolment.lastOn = table.date(last)?.adding(days: -1)
      records.append(.enrolment(enrolment))
    }
  }
}
