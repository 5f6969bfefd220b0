import Directory
import Kernel

/// What people are at a school: students, staff, guardians.
extension IntakeBatch {
  // MARK: Students

  func settle(_ said: RosterStudent) {
    let record = RosterRecord.student(said)
    guard let person = memory.people[said.person] else { return refuseUnknown(record, "person", said.person) }
    guard let school = school(said.school, of: record) else { return }
    // Several rows about one student, one for each year: the latest counts.
    guard setting.survey.counts(said) else { return count(.student, .unchanged) }
    if let grade = said.grade, grade.unicodeScalars.count > 20 {
      return refuse(record, "TOO_LONG", "Shorten the grade to 20 characters.", value: grade)
    }
    if let there = here.students[person]?.first(where: { $0.school == school }) {
      change(there, said, record)
    } else if memory.students[person]?.contains(where: { $0.school == school }) ?? false {
      count(.student, .unchanged)  // An earlier batch made it, and nothing is written yet.
    } else {
      enrol(person, at: school, said, record)
    }
  }

  private func enrol(_ person: PersonID, at school: OrgID, _ said: RosterStudent, _ record: RosterRecord) {
    let number = said.number ?? said.person
    guard let number = freeNumber(number, for: nil, at: school, record) else { return }
    let status = status(said)
    let student = Student(
      id: mint(), person: person, school: school, number: number, grade: said.grade, status: status ?? .active)
    rows.students.insert(student, at: school)
    here.numbers[school, default: [:]][number] = student.id
    memory.students[person, default: []].append(.init(id: student.id, school: school))
    let year = said.session.flatMap { memory.period($0, at: school) }
    let firstOn = said.firstOn ?? min(said.lastOn ?? setting.today, setting.today)
    var time = SchoolEnrolment(
      id: mint(), student: student.id, year: year?.details.kind == .year ? year?.id : year?.details.parent,
      grade: said.grade, firstOn: firstOn)
    if let end = ended(said, student.status) {
      time = time.ended(by: student.status == .withdrawn ? .withdrawn : .graduated, on: end, because: nil)
    }
    rows.schoolEnrolments.insert(time, at: school)
    count(.student, .create)
  }

  private func change(_ there: Student, _ said: RosterStudent, _ record: RosterRecord) {
    var number: String?
    // OneRoster has one number for a person, whatever the schools: one that is of another school says nothing here.
    let isOfAnother = (here.students[there.person] ?? []).contains { $0.id != there.id && $0.number == said.number }
    if let said = said.number, said != there.number, !isOfAnother {
      guard let free = freeNumber(said, for: there.id, at: there.school, record) else { return }
      number = free
    }
    // An end without a status says nothing new of who has left, or is away, already.
    let status = said.status == nil && there.status != .active ? nil : status(said)
    let changed = there.with(number: number, grade: said.grade ?? there.grade, status: status)
    var isChanged = changed != there
    if isChanged {
      rows.students.change(changed, at: there.school)
      here.numbers[there.school, default: [:]][changed.number] = there.id
    }
    if settleTime(of: changed, before: there, said) { isChanged = true }
    count(.student, isChanged ? .update : .unchanged)
  }

  /// Opens, moves or ends the student's time at the school; whether anything differs.
  private func settleTime(of student: Student, before: Student, _ said: RosterStudent) -> Bool {
    let end = ended(said, student.status)
    guard var time = here.schoolEnrolments[student.id] else {
      guard student.status.isEnrolled, !before.status.isEnrolled, end == nil else { return false }
      rows.schoolEnrolments.insert(
        SchoolEnrolment(
          id: mint(), student: student.id, grade: student.grade, firstOn: said.firstOn ?? setting.today),
        at: student.school)
      return true
    }
    let open = time
    if let firstOn = said.firstOn, firstOn != time.firstOn {
      time = SchoolEnrolment(
        id: time.id, version: time.version, student: time.student, year: time.year, grade: time.grade,
        status: time.status, firstOn: firstOn, reason: time.reason)
    }
    if let end {
      time = time.ended(by: student.status == .withdrawn ? .withdrawn : .graduated, on: end, because: nil)
    }
    guard time != open else { return false }
    rows.schoolEnrolments.change(time, at: student.school)
    return true
  }

  /// The last day, when the student's time has ended by the roster's word.
  private func ended(_ said: RosterStudent, _ status: StudentStatus) -> SchoolDate? {
    if let last = said.lastOn, last < setting.today { return last }
    return status.isEnrolled ? nil : setting.today
  }

  /// The status said; a time at school that is over makes inactive where no status is said.
  private func status(_ said: RosterStudent) -> StudentStatus? {
    switch said.status {
    case .active: .active
    case .inactive: .inactive
    case .suspended: .suspended
    case .transferred, .withdrawn, .expelled: .withdrawn
    case .graduated: .graduated
    case nil: said.lastOn.map { $0 < setting.today } ?? false ? .inactive : nil
    }
  }

  private func freeNumber(
    _ number: String, for student: StudentID?, at school: OrgID, _ record: RosterRecord
  ) -> String? {
    guard number.unicodeScalars.count <= 40 else {
      refuse(record, "TOO_LONG", "Shorten the student number to 40 characters.", value: number)
      return nil
    }
    if let holder = here.numbers[school]?[number], holder != student {
      refuse(
        record, "NUMBER_TAKEN", "The student number belongs to someone else at this school. Correct it.", value: number)
      return nil
    }
    return number
  }

  // MARK: Staff

  func settle(_ said: RosterStaff) {
    let record = RosterRecord.staff(said)
    guard let person = memory.people[said.person] else { return refuseUnknown(record, "person", said.person) }
    guard let org = place(said.org, of: record) else { return }
    guard setting.survey.counts(said) else { return count(.staff, .unchanged) }
    let job = StaffJob.title(of: said)
    var isNew = false
    let staff: StaffID
    if let known = here.staff[person] {
      staff = known
    } else if memory.staff.contains(person) {
      return count(.staff, .create)  // Made by an earlier batch, and nothing is written yet: a further job.
    } else {
      staff = mint()
      here.staff[person] = staff
      memory.staff.insert(person)
      rows.staff.insert(Staff(id: staff, person: person), at: org)
      isNew = true
    }
    do {
      let verdict = try settle(said, job, of: staff, at: org)
      count(.staff, isNew ? .create : verdict)
    } catch {
      refuse(record, error)
    }
  }

  private func settle(_ said: RosterStaff, _ job: String, of staff: StaffID, at org: OrgID) throws(Problem) -> Verdict {
    let jobs = (here.employments[staff] ?? []).filter { $0.details.org == org }
    if let there = jobs.first(where: { StaffJob.key($0.details.job) == StaffJob.key(job) }) {
      var details = there.details
      if let number = said.number, details.number != number, !jobs.contains(where: { $0.details.number == number }) {
        details.number = freeStaffNumber(said, staff, at: org) ?? details.number
      }
      details.firstOn = said.firstOn ?? details.firstOn
      details.lastOn = said.lastOn ?? details.lastOn
      if let first = details.firstOn, let last = details.lastOn, last < first { details.lastOn = first }
      guard details != there.details else { return .unchanged }
      let changed = Employment(id: there.id, version: there.version, staff: staff, details: try details.checked())
      rows.employments.change(changed, at: org)
      here.employments[staff] = (here.employments[staff] ?? []).map { $0.id == changed.id ? changed : $0 }
      return .update
    }
    var details = EmploymentDetails(org: org, job: job, firstOn: said.firstOn, lastOn: said.lastOn)
    // A number is of the person: a second job at the same place does not have it again.
    if jobs.allSatisfy({ $0.details.number == nil }) { details.number = freeStaffNumber(said, staff, at: org) }
    let employment = Employment(id: mint(), staff: staff, details: try details.checked())
    rows.employments.insert(employment, at: org)
    here.employments[staff, default: []].append(employment)
    return .create
  }

  private func freeStaffNumber(_ said: RosterStaff, _ staff: StaffID, at org: OrgID) -> String? {
    guard let number = said.number else { return nil }
    if number.unicodeScalars.count > 40 {
      warn(said.spot, "TOO_LONG", "The staff number has more than 40 characters; it is not kept.", value: number)
      return nil
    }
    if let holder = here.staffNumbers[org]?[number], holder != staff {
      warn(
        said.spot, "NUMBER_TAKEN", "The staff number belongs to someone else here; it is not kept. Correct it.",
        value: number)
      return nil
    }
    here.staffNumbers[org, default: [:]][number] = staff
    return number
  }

  // MARK: Guardians

  func settle(_ said: RosterRelationship) {
    let record = RosterRecord.relationship(said)
    guard let student = memory.people[said.student] else { return refuseUnknown(record, "student", said.student) }
    guard let guardian = memory.people[said.guardian] else { return refuseUnknown(record, "guardian", said.guardian) }
    guard student != guardian else {
      return refuse(record, "OWN_GUARDIAN", "Nobody is their own guardian. Correct one of the two.")
    }
    guard let places = memory.students[student], !places.isEmpty else {
      return refuse(
        record, "NOT_A_STUDENT", "The person is no student of a school here. Give the person that role.",
        value: said.student)
    }
    let relation = FamilyWord.relation(said.relation)
    var verdict = Verdict.unchanged
    for place in places {
      let known = here.guardianships[place.id] ?? []
      if let there = known.first(where: { $0.guardian == guardian }) {
        // OneRoster has one word for a guardian, whoever the children: it may be said of another child.
        guard setting.format != .oneRoster, let relation, !FamilyWord.says(there.details.relation, relation) else {
          continue
        }
        var details = there.details
        details.relation = relation
        rows.guardianships.change(there.with(details), at: place.school)
        if verdict == .unchanged { verdict = .update }
      } else {
        let isPrimary = !known.contains { $0.details.isPrimary }
        let new = Guardianship(
          id: mint(), student: place.id, guardian: guardian,
          details: GuardianshipDetails(relation: relation ?? .guardian, isPrimary: isPrimary))
        rows.guardianships.insert(new, at: place.school)
        here.guardianships[place.id, default: []].append(new)
        verdict = .create
      }
    }
    count(.relationship, verdict)
  }
}
