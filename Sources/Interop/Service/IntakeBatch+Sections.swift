import Academics
import Directory
import Kernel
import Rights

/// Courses, sections, who sits in them and who teaches them.
extension IntakeBatch {
  // MARK: Courses

  func settle(_ said: RosterCourse) throws {
    let record = RosterRecord.course(said)
    guard let org = place(said.org, of: record) else { return }
    let key = IntakeMemory.NameAtOrg(name: said.id, org: org)
    let subject = said.subjects.joined(separator: ", ")
    let there = try found(said, at: org)
    let wish = said.code ?? there?.code ?? (CourseID(said.id) == nil ? said.id : said.title)
    var draft = CourseDraft(
      code: wish, title: said.title, credits: there?.credits ?? Decimal4(tenThousandths: 0),
      subject: subject.isEmpty ? there?.subject : String(subject.prefix(100)))
    if said.code == nil, there == nil { draft.code = String(wish.prefix(36)) }
    if there?.code != draft.code { draft.code = try freeCourseCode(draft.code, of: there?.id, at: org) }
    do {
      draft = try draft.checked()
    } catch {
      return refuse(record, error)
    }
    guard var course = there else {
      let course = Course(
        id: mint(), org: org, code: draft.code, title: draft.title, credits: draft.credits, subject: draft.subject)
      rows.courses.insert(course, at: org)
      register(said.id, .course, course.id, in: org)
      memory.courses[key] = course.id
      here.courseCodes[org, default: []].insert(course.code)
      return count(.course, .create)
    }
    memory.courses[key] = course.id
    let before = course
    (course.code, course.title, course.subject) = (draft.code, draft.title, draft.subject)
    guard course != before else { return count(.course, .unchanged) }
    rows.courses.change(course, at: course.org)
    count(.course, .update)
  }

  private func found(_ said: RosterCourse, at org: OrgID) throws -> Course? {
    let names: [String: CourseID] = try roster.lookUp(
      [said.id], source: setting.source, kind: RosterKind.course.rawValue, org: org, in: tx)
    if let id = names[said.id] ?? CourseID(said.id),
      let course = try teaching.courses([id], in: tx).first, setting.reach.covers(course.org)
    {
      return course
    }
    let same = try teaching.courses(codes: [said.code ?? said.id], of: org, in: tx).first
    guard let same, !memory.courses.values.contains(same.id) else { return nil }
    register(said.id, .course, same.id, in: org)
    return same
  }

  private func freeCourseCode(_ code: String, of course: CourseID?, at org: OrgID) throws -> String {
    let wishes = [code] + (2...20).map { "\(code)-\($0)" }
    let taken = try teaching.courses(codes: wishes, of: org, in: tx).filter { $0.id != course }.map(\.code)
    return free(code, among: Set(taken).union(here.courseCodes[org] ?? []))
  }

  // MARK: Sections

  func settle(_ said: RosterSection) {
    let record = RosterRecord.section(said)
    guard let school = school(said.school, of: record) else { return }
    let there = memory.sections[said.id].flatMap { here.sections[$0.id] }
    let course = said.course.flatMap { memory.course($0, at: school) }
    if let name = said.course, course == nil { return refuseUnknown(record, "course", name) }
    let draft = SectionDraft(
      kind: said.kind == .homeroom ? .homeroom : .scheduled, course: course,
      code: said.code ?? there?.code ?? code(said), title: said.title,
      room: said.location.map { String($0.prefix(60)) } ?? there?.room)
    guard let checked = checked(draft, record) else { return }
    guard var section = there else {
      let section = Section(
        id: mint(), school: school, course: course, kind: checked.kind, code: checked.code,
        title: checked.title ?? said.title, room: checked.room)
      rows.sections.insert(section, at: school)
      register(said.id, .section, section.id, in: setting.school)
      memory.sections[said.id] = .init(id: section.id, school: school, kind: section.kind)
      settlePeriods(said, of: section.id, at: school)
      return count(.section, .create)
    }
    if section.school != school || section.kind != checked.kind || (course != nil && section.course != course) {
      warn(
        said.spot, "SECTION_FIXED", "School, course and kind of a section stay. Make a new section instead.",
        value: said.title)
    }
    let before = section
    (section.code, section.title, section.room) = (checked.code, checked.title ?? section.title, checked.room)
    if section != before { rows.sections.change(section, at: section.school) }
    let hasNewTerms = settlePeriods(said, of: section.id, at: section.school)
    count(.section, section != before || hasNewTerms ? .update : .unchanged)
  }

  private func code(_ said: RosterSection) -> String {
    String((SectionID(said.id) == nil && said.id.unicodeScalars.count <= 60 ? said.id : said.title).prefix(60))
  }

  /// A section without a course is taken as it comes, although people have to choose one.
  private func checked(_ draft: SectionDraft, _ record: RosterRecord) -> SectionDraft? {
    do {
      return try draft.checked()
    } catch {
      let faults = error.errors.filter { $0.pointer != "/courseId" }
      guard !faults.isEmpty else { return draft }
      refuse(record, Problem.invalid(faults))
      return nil
    }
  }

  /// Puts a section into terms it is not in yet; whether there were any.
  @discardableResult
  private func settlePeriods(_ said: RosterSection, of section: SectionID, at school: OrgID) -> Bool {
    var isChanged = false
    for session in said.sessions {
      guard let period = memory.period(session, at: school) else {
        warn(
          said.spot, "NOT_BROUGHT_IN", "The term it refers to was not brought in. Correct that row first.",
          value: session)
        continue
      }
      guard here.sectionPeriods[section, default: []].insert(period.id).inserted else { continue }
      rows.sectionPeriods.insert(SectionPeriod(id: mint(), section: section, period: period.id), at: school)
      isChanged = true
    }
    let days = days(of: here.sectionPeriods[section] ?? [])
    memory.sections[said.id]?.days = days
    return isChanged
  }

  // MARK: Who is in a section

  func settle(_ said: RosterEnrolment) {
    let record = RosterRecord.enrolment(said)
    guard let section = memory.sections[said.section] else { return refuseUnknown(record, "section", said.section) }
    guard let person = memory.people[said.person] else { return refuseUnknown(record, "person", said.person) }
    guard said.role == .student else { return settle(said, person, teaches: section, record) }
    guard let student = memory.students[person]?.first(where: { $0.school == section.school }) else {
      return refuse(
        record, "NOT_AT_SCHOOL", "The person is no student of the section's school. Give the person that role.",
        value: said.person)
    }
    let known = (here.enrolments[student.id] ?? []).filter { $0.section == section.id }
    if let open = known.first(where: { $0.status == .enrolled }) {
      memory.homerooms[student.id] = section.kind == .homeroom ? section.id : memory.homerooms[student.id]
      guard let ended = ended(open, said, section) else { return count(.enrolment, .unchanged) }
      replace(ended, at: section.school)
      return count(.enrolment, .update)
    }
    if let last = known.max(by: { $0.firstOn < $1.firstOn }), !said.begins(after: last) {
      if said.lastOn == nil { warnOfEnd(said, last) }
      return count(.enrolment, .unchanged)
    }
    enrol(student, in: section, said, record)
  }

  private func enrol(
    _ student: IntakeMemory.StudentPlace, in section: IntakeMemory.SectionPlace, _ said: RosterEnrolment,
    _ record: RosterRecord
  ) {
    let usual = section.days?.lowerBound ?? setting.today
    let new = Enrolment(
      id: mint(), section: section.id, student: student.id, kind: section.kind,
      firstOn: said.firstOn ?? min(usual, said.lastOn ?? usual))
    let enrolment = ended(new, said, section) ?? new
    if section.kind == .homeroom, enrolment.status == .enrolled {
      guard leaveHomeroom(student, for: section, said, record) else { return }
    }
    rows.enrolments.insert(enrolment, at: section.school)
    here.enrolments[student.id, default: []].append(enrolment)
    count(.enrolment, .create)
  }

  /// A student has one homeroom at a time: leaves the one from before, unless this import gave it.
  private func leaveHomeroom(
    _ student: IntakeMemory.StudentPlace, for section: IntakeMemory.SectionPlace, _ said: RosterEnrolment,
    _ record: RosterRecord
  ) -> Bool {
    if let given = memory.homerooms[student.id], given != section.id {
      refuse(
        record, "SECOND_HOMEROOM", "The student has another homeroom in this roster. Keep one of the two.",
        value: said.section)
      return false
    }
    memory.homerooms[student.id] = section.id
    let former = here.enrolments[student.id]?.first { $0.kind == .homeroom && $0.status == .enrolled }
    // Whoever is enrolled can leave, from the first day on.
    if let former, let dropped = try? former.dropped(lastOn: max(setting.today, former.firstOn), reason: nil) {
      replace(dropped, at: section.school)
    }
    return true
  }

  private func replace(_ enrolment: Enrolment, at school: OrgID) {
    rows.enrolments.change(enrolment, at: school)
    here.enrolments[enrolment.student] = (here.enrolments[enrolment.student] ?? []).map {
      $0.id == enrolment.id ? enrolment : $0
    }
  }

  /// The enrolment ended, when the roster says it has; nil while it lasts.
  private func ended(
    _ open: Enrolment, _ said: RosterEnrolment, _ section: IntakeMemory.SectionPlace
  ) -> Enrolment? {
    guard let last = said.lastOn, last < setting.today, last >= open.firstOn else { return nil }
    let isEarly = section.days.map { last < $0.upperBound } ?? false
    // Whoever is enrolled can leave, from the first day on.
    return isEarly ? try? open.dropped(lastOn: last, reason: nil) : try? open.completed(lastOn: last)
  }

  private func warnOfEnd(_ said: RosterEnrolment, _ last: Enrolment) {
    warn(
      said.spot, "ENDED_HERE",
      "The student left this section here on \(last.lastOn?.description ?? "a day before"), and stays out of it. "
        + "Enrol the student by hand if that is wrong.", value: said.person)
  }

  // MARK: Who teaches

  private func settle(
    _ said: RosterEnrolment, _ person: PersonID, teaches section: IntakeMemory.SectionPlace, _ record: RosterRecord
  ) {
    guard memory.staff.contains(person) else {
      return refuse(
        record, "NOT_STAFF", "Whoever teaches must be staff. Give the person a job at a school.", value: said.person)
    }
    let role: SectionStaff.Role = said.role == .teacher ? .teacher : .assistant
    let known = here.sectionStaff[section.id] ?? []
    let own = known.filter { $0.person == person && $0.role == role }
    if let open = own.first(where: { $0.lastOn == nil }) {
      guard let last = said.lastOn, last >= open.firstOn ?? last else { return count(.enrolment, .unchanged) }
      var changed = open
      changed.lastOn = last
      rows.sectionStaff.change(changed, at: section.school)
      here.sectionStaff[section.id] = known.map { $0.id == changed.id ? changed : $0 }
      return count(.enrolment, .update)
    }
    if let last = own.compactMap(\.lastOn).max(), said.firstOn.map({ $0 <= last }) ?? true {
      return count(.enrolment, .unchanged)
    }
    let isPrimary = role == .teacher && (said.isPrimary || known.isEmpty) && !known.contains(where: \.isPrimary)
    let new = SectionStaff(
      id: mint(), section: section.id, person: person, role: role, isPrimary: isPrimary, firstOn: said.firstOn,
      lastOn: said.lastOn)
    rows.sectionStaff.insert(new, at: section.school)
    here.sectionStaff[section.id, default: []].append(new)
    count(.enrolment, .create)
  }
}

extension RosterEnrolment {
  /// Whether it is another stay than one that has ended.
  fileprivate func begins(after last: Enrolment) -> Bool {
    guard let firstOn, let end = last.lastOn else { return false }
    return firstOn > end
  }
}
