private import Kernel

/// Reads the people of OneRoster and what they are at which organisation.
enum OneRosterUsers {
  static func stage(
    _ table: RosterTable, _ facts: PersonFacts, _ families: OneRosterFamilies
  ) throws(RosterProblem) -> RosterStage {
    let (id, given, family) = (table.required("sourcedId"), table.required("givenName"), table.required("familyName"))
    let (enabled, username, others) = (table.column("enabledUser"), table.column("username"), table.column("userIds"))
    let (middle, number, email) = (table.column("middleName"), table.column("identifier"), table.column("email"))
    let (sms, phone, agents) = (table.column("sms"), table.column("phone"), table.column("agentSourcedIds"))
    let (grades, master) = (table.column("grades"), table.column("userMasterIdentifier"))
    let (preferredGiven, preferredMiddle) = (table.column("preferredGivenName"), table.column("preferredMiddleName"))
    let (preferredFamily, pronouns) = (table.column("preferredFamilyName"), table.column("pronouns"))
    table.understand("primaryOrgSourcedId", "role", "orgSourcedIds")  // The roles say it.
    try table.requireColumns()
    return RosterStage(table: table) { table, records in
      guard OneRosterStatus.isLive(table), let id = table.identifier(id), let given = table.need(given),
        let family = table.need(family)
      else { return }
      var person = RosterPerson(id: id, spot: table.spot)
      person.givenName = given == oneRosterNoName ? nil : given
      person.familyName = family == oneRosterNoName ? nil : family
      person.middleName = table.text(middle)
      person.preferredGivenName = table.text(preferredGiven)
      person.preferredMiddleName = table.text(preferredMiddle)
      person.preferredFamilyName = table.text(preferredFamily)
      person.pronouns = table.text(pronouns, max: 50)
      person.email = table.email(email)
      person.phone = table.text(phone, max: 50)
      person.sms = table.text(sms, max: 50)
      person.username = table.text(username, max: 254).flatMap { $0 == id ? nil : $0 }
      person.isEnabled = table.word(enabled, RosterWords.flag) ?? true
      person.otherIDs = otherIDs(table, others)
      if let master = table.text(master, max: 255) { person.otherIDs.append(.init(kind: masterKind, value: master)) }
      guard person.givenName != nil || person.familyName != nil else {
        table.note(.error, nil, "REQUIRED", "Fill in givenName or familyName.")
        return
      }
      facts.complete(&person)
      families.met(
        id, number: table.text(number, max: 100), grade: table.list(grades).first, agents: table.list(agents),
        spot: table.spot)
      records.append(.person(person))
    }
  }

  /// The kind under which the master identifier is kept.
  static let masterKind = "userMasterIdentifier"

  private static func otherIDs(_ table: RosterTable, _ column: RosterTable.Column?) -> [RosterPerson.OtherID] {
    var found: [RosterPerson.OtherID] = []
    for item in table.list(column) {
      let parts = item.dropFirst().dropLast().split(separator: ":", maxSplits: 1)
      if item.hasPrefix("{"), item.hasSuffix("}"), parts.count == 2 {
        found.append(.init(kind: String(parts[0]), value: String(parts[1])))
      } else {
        table.note(.warning, column, "BAD_USER_ID", "Write each number as {type:id}; this one is not kept.")
      }
    }
    return found
  }

  static func roles(_ table: RosterTable, _ families: OneRosterFamilies) throws(RosterProblem) -> RosterStage {
    let (id, user, type) = (table.required("sourcedId"), table.required("userSourcedId"), table.required("roleType"))
    let (role, org) = (table.required("role"), table.required("orgSourcedId"))
    let (first, last) = (table.column("beginDate"), table.column("endDate"))
    try table.requireColumns()
    return RosterStage(table: table, references: [.person: user.name, .org: org.name]) { table, records in
      guard OneRosterStatus.isLive(table), let id = table.identifier(id), let user = table.identifier(user),
        let type = table.need(type), let role = table.need(role), let org = table.identifier(org)
      else { return }
      let (firstOn, lastOn) = (table.date(first), table.date(last)?.adding(days: -1))
      let record = families.role(role, id: id, of: user, at: org, isPrimary: type != "secondary", table.spot)
      switch record {
      case .student(var student)?:
        (student.firstOn, student.lastOn) = (firstOn, lastOn)
        records.append(.student(student))
      case .staff(var staff)?:
        (staff.firstOn, staff.lastOn) = (firstOn, lastOn)
        records.append(.staff(staff))
      default: break
      }
    }
  }

  /// Version 1.1 has one role in users.csv, held at each of the user's organisations.
  static func rolesOfVersion11(
    _ table: RosterTable, _ families: OneRosterFamilies
  ) throws(RosterProblem) -> RosterStage {
    let (id, orgs, role) = (table.required("sourcedId"), table.required("orgSourcedIds"), table.required("role"))
    try table.requireColumns()
    return RosterStage(table: table, references: [.person: id.name, .org: orgs.name]) { table, records in
      guard let user = table.text(id, max: 255), families.knows(user), let role = table.need(role) else { return }
      for org in table.list(orgs) {
        let record = families.role(role, id: "\(user)/\(org)/\(role)", of: user, at: org, isPrimary: true, table.spot)
        if let record { records.append(record) }
      }
    }
  }
}

/// Who belongs to whom, gathered while people and roles come.
final class OneRosterFamilies {
  private struct Facts {
    var number: String?
    var grade: String?
  }
  private struct Tie {
    let user: String
    let agent: String
    let spot: RosterSpot
  }

  private var facts: [String: Facts] = [:]
  private var ties: [Tie] = []
  private var students: Set<String> = []
  private var relations: [String: String] = [:]

  func met(_ user: String, number: String?, grade: String?, agents: [String], spot: RosterSpot) {
    facts[user] = Facts(number: number, grade: grade)
    for agent in agents { ties.append(Tie(user: user, agent: agent, spot: spot)) }
  }

  func knows(_ user: String) -> Bool { facts[user] != nil }

  /// The record of a role; nil for that of a guardian, which is remembered as the relation to students.
  func role(
    _ word: String, id: String, of user: String, at org: String, isPrimary: Bool, _ spot: RosterSpot
  ) -> RosterRecord? {
    switch RosterWords.place(word) {
    case .student:
      students.insert(user)
      var student = RosterStudent(id: id, person: user, school: org, spot: spot)
      (student.number, student.grade, student.isPrimary) = (facts[user]?.number, facts[user]?.grade, isPrimary)
      return .student(student)
    case .staff(let kind):
      var staff = RosterStaff(id: id, person: user, org: org, kind: kind, spot: spot)
      (staff.number, staff.isPrimary) = (facts[user]?.number, isPrimary)
      return .staff(staff)
    case .family:
      relations[user] = word.lowercased()
      return nil
    }
  }

  /// The relationships, each once. A tie is read from the student's side unless only the other side is a student.
  func finish(_ records: inout [RosterRecord]) {
    var seen: Set<String> = []
    for tie in ties {
      let isReversed = !students.contains(tie.user) && students.contains(tie.agent)
      let (student, guardian) = isReversed ? (tie.agent, tie.user) : (tie.user, tie.agent)
      guard seen.insert("\(student)\u{0}\(guardian)").inserted else { continue }
      records.append(
        .relationship(
          RosterRelationship(
            id: "\(student)/\(guardian)", student: student, guardian: guardian, relation: relations[guardian],
            spot: tie.spot)))
    }
    ties = []
  }
}
