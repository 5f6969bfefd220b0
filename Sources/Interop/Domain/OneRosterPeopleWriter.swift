import Kernel

/// Gathers people with their roles and families, as one row of users.csv tells of all of them.
struct OneRosterPeopleWriter {
  private struct Role {
    let id: String
    let word: String
    let org: String
    let isPrimary: Bool
    let firstOn: SchoolDate?
    let lastOn: SchoolDate?
  }

  private var people: [RosterPerson] = []
  private var known: Set<String> = []
  private var roles: [String: [Role]] = [:]
  private var numbers: [String: String] = [:]
  private var grades: [String: String] = [:]
  private var agents: [String: [String]] = [:]
  private var schools: [String: [String]] = [:]
  private var relations: [(guardian: String, student: String, word: String)] = []

  func knows(_ person: String) -> Bool { known.contains(person) }

  mutating func add(_ person: RosterPerson) {
    known.insert(person.id)
    people.append(person)
  }

  mutating func add(_ student: RosterStudent, at school: String) {
    note(student.person, number: student.number)
    if let grade = student.grade, grades[student.person] == nil { grades[student.person] = grade }
    schools[student.person, default: []].append(school)
    roles[student.person, default: []].append(
      Role(
        id: student.id, word: "student", org: school, isPrimary: student.isPrimary, firstOn: student.firstOn,
        lastOn: student.lastOn))
  }

  mutating func add(_ staff: RosterStaff) {
    note(staff.person, number: staff.number)
    roles[staff.person, default: []].append(
      Role(
        id: staff.id, word: OneRosterSpelling.of(staff.kind), org: staff.org, isPrimary: staff.isPrimary,
        firstOn: staff.firstOn, lastOn: staff.lastOn))
  }

  /// Both sides are told of each other; the guardian gets a role at the student's schools.
  mutating func add(_ relationship: RosterRelationship) {
    agents[relationship.student, default: []].append(relationship.guardian)
    agents[relationship.guardian, default: []].append(relationship.student)
    let word =
      switch relationship.relation {
      case "parent", "mother", "father": "parent"
      case nil, "guardian": "guardian"
      default: "relative"
      }
    relations.append((relationship.guardian, relationship.student, word))
  }

  /// The three files about people, and those who are nothing anywhere, which the standard has no place for.
  mutating func files() -> (users: CSVWriter, roles: CSVWriter, demographics: CSVWriter, homeless: [RosterPerson]) {
    giveGuardiansRoles()
    var users = CSVWriter(header: OneRosterColumns.users, isFormulaSafe: false)
    var rows = CSVWriter(header: OneRosterColumns.roles, isFormulaSafe: false)
    var demographics = CSVWriter(header: OneRosterColumns.demographics, isFormulaSafe: false)
    let homeless = people.filter { roles[$0.id] == nil }
    let left = Set(homeless.map(\.id))
    for person in people {
      guard let own = roles[person.id] else { continue }
      let primaries = Self.primaries(of: own)
      users.append(user(person, primaryOrg: own[primaries.min() ?? 0].org, without: left))
      for (place, role) in own.enumerated() {
        rows.append([
          role.id, "", "", person.id, primaries.contains(place) ? "primary" : "secondary", role.word,
          role.firstOn?.description ?? "", role.lastOn?.adding(days: 1).description ?? "", role.org,
        ])
      }
      if person.birthDate != nil || person.sex != nil {
        demographics.append([person.id, "", "", person.birthDate?.description ?? "", person.sex?.rawValue ?? ""])
      }
    }
    return (users, rows, demographics, homeless)
  }

  private mutating func note(_ person: String, number: String?) {
    if let number, numbers[person] == nil { numbers[person] = number }
  }

  private mutating func giveGuardiansRoles() {
    var given: Set<String> = []
    for (guardian, student, word) in relations {
      for school in schools[student] ?? [] where given.insert("\(guardian)\u{0}\(school)\u{0}\(word)").inserted {
        roles[guardian, default: []].append(
          Role(
            id: "\(guardian)/\(school)/\(word)", word: word, org: school, isPrimary: false, firstOn: nil, lastOn: nil))
      }
    }
    relations = []
  }

  /// The places of the primary roles: exactly one for each organisation, the first that says so, or else the first.
  private static func primaries(of roles: [Role]) -> Set<Int> {
    var places: [String: Int] = [:]
    for (place, role) in roles.enumerated() {
      if let chosen = places[role.org], roles[chosen].isPrimary || !role.isPrimary { continue }
      places[role.org] = place
    }
    return Set(places.values)
  }

  private func user(_ person: RosterPerson, primaryOrg: String, without left: Set<String>) -> [String] {
    let hasParts = person.givenName != nil || person.familyName != nil
    let others = person.otherIDs.filter { $0.kind != OneRosterUsers.masterKind }
    let master = person.otherIDs.first { $0.kind == OneRosterUsers.masterKind }?.value
    return [
      person.id, "", "", String(person.isEnabled), person.username ?? person.id,
      OneRosterSpelling.list(others.map { "{\($0.kind):\($0.value)}" }),
      (hasParts ? person.givenName : person.fullName) ?? oneRosterNoName, person.familyName ?? oneRosterNoName,
      person.middleName ?? "", numbers[person.id] ?? "", person.email ?? "", person.sms ?? "", person.phone ?? "",
      OneRosterSpelling.list((agents[person.id] ?? []).filter { !left.contains($0) }),
      OneRosterSpelling.list(grades[person.id].map { [$0] } ?? []), "",
      master ?? "", person.preferredGivenName ?? "", person.preferredMiddleName ?? "", person.preferredFamilyName ?? "",
      primaryOrg, person.pronouns ?? "",
    ]
  }
}
