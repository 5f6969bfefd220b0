public import Kernel
import Persistence
import Record
public import Rights

extension AcademicsService {
  /// Makes a section of a school; title and credits come from its course unless a title is given.
  public func createSection(_ draft: SectionDraft, at school: OrgID, actor: Actor) async throws -> Section {
    try actor.require(.editSections, at: school)
    let draft = try draft.checked()
    let now = clock.now()
    return try await database.write { tx in
      let course = try draft.course.map { try offered($0, at: school, in: tx) }
      try requirePeriods(draft.periods, of: school, in: tx)
      let section = Section(
        id: .new(at: now), school: school, course: course?.id, kind: draft.kind, code: draft.code,
        title: draft.title ?? course?.title ?? draft.code,
        credits: course?.credits ?? Decimal4(tenThousandths: 0), capacity: draft.capacity, room: draft.room)
      let change = Change(by: actor, at: now, org: school)
      try record.insert(section, into: Section.table, change, in: tx)
      let periods = draft.periods.map { SectionPeriod(id: .new(at: now), section: section.id, period: $0) }
      try record.insert(periods, into: SectionPeriod.table, change, in: tx)
      return section
    }
  }

  /// Saves code, title, seats, room and terms of a section over the version its editor saw.
  ///
  /// Kind and course stay as they were made. Fewer seats than students are refused.
  public func updateSection(
    _ id: SectionID, version: Int, _ draft: SectionDraft, actor: Actor
  ) async throws -> Section {
    let now = clock.now()
    return try await database.write { tx in
      let section = try requireChangeable(id, .editSections, actor, in: tx)
      var asked = draft
      asked.kind = section.kind
      asked.course = section.course
      let draft = try asked.checked()
      if let capacity = draft.capacity, capacity < section.capacity ?? .max {
        let enrolled = try enrolments.count(in: id, in: tx)
        guard capacity >= enrolled else { throw AcademicsProblem.tooFewSeats(enrolled: enrolled) }
      }
      var changed = section
      changed.version = version
      changed.code = draft.code
      changed.title = draft.title ?? section.title
      changed.capacity = draft.capacity
      changed.room = draft.room
      let change = Change(by: actor, at: now, org: section.school)
      changed.version = try record.update(changed, in: Section.table, change, in: tx)
      try setPeriods(draft.periods, of: changed, change, in: tx)
      return changed
    }
  }

  /// Puts a section into the recycle bin, with its terms, its staff and its enrolments; restoring brings all back.
  public func deleteSection(_ id: SectionID, version: Int, reason: String? = nil, actor: Actor) async throws {
    let now = clock.now()
    try await database.write { tx in
      let section = try requireChangeable(id, .editSections, actor, in: tx)
      try record.requireNewest(version, of: section, in: Section.table)
      let change = Change(by: actor, at: now, org: section.school, reason: reason)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: Section.table.kind, label: section.code, change, in: tx)
      try record.delete(
        try enrolments.identities(in: id, in: tx), from: Enrolment.table, as: deletion, change, in: tx)
      try record.delete(
        try sections.staff(of: id, in: tx).map(\.assignment.id), from: SectionStaff.table, as: deletion, change,
        in: tx)
      try record.delete(
        try sections.periods(of: id, in: tx).map(\.id), from: SectionPeriod.table, as: deletion, change, in: tx)
      try record.delete([id], from: Section.table, as: deletion, change, in: tx)
    }
  }

  /// Gives a person a part in a section. A new primary takes the place of the one before, who keeps the part.
  public func assign(
    _ person: PersonID, to id: SectionID, as role: SectionStaff.Role = .teacher, isPrimary: Bool = false,
    from firstOn: SchoolDate? = nil, actor: Actor
  ) async throws -> SectionStaff {
    let now = clock.now()
    return try await database.write { tx in
      let section = try requireChangeable(id, .editSections, actor, in: tx)
      guard try sections.isPerson(person, in: tx) else { throw Problem.notFound("person") }
      let staff = try sections.staff(of: id, in: tx).map(\.assignment)
      let holdsIt = staff.contains { $0.person == person && $0.role == role && $0.lastOn == nil }
      guard !holdsIt else { throw AcademicsProblem.alreadyAssigned }
      let change = Change(by: actor, at: now, org: section.school)
      if isPrimary {
        let before = staff.filter { $0.isPrimary && $0.lastOn == nil }
        try record.update(before.map(\.steppedDown), in: SectionStaff.table, change, in: tx)
      }
      let assignment = SectionStaff(
        id: .new(at: now), section: id, person: person, role: role, isPrimary: isPrimary, firstOn: firstOn)
      try record.insert(assignment, into: SectionStaff.table, change, in: tx)
      return assignment
    }
  }

  /// Ends a person's part in a section; `lastOn` is the last day of it.
  public func endAssignment(
    _ id: ID<SectionStaff>, in section: SectionID, version: Int, lastOn: SchoolDate, actor: Actor
  ) async throws -> SectionStaff {
    let now = clock.now()
    return try await database.write { tx in
      let school = try requireChangeable(section, .editSections, actor, in: tx).school
      guard var ending = try sections.staff(of: section, in: tx).map(\.assignment).first(where: { $0.id == id })
      else { throw Problem.notFound("assignment") }
      if let firstOn = ending.firstOn, lastOn < firstOn {
        throw AcademicsProblem.endsBeforeItBegins(firstOn: firstOn)
      }
      ending.version = version
      ending.lastOn = lastOn
      ending.version = try record.update(
        ending, in: SectionStaff.table, Change(by: actor, at: now, org: school), in: tx)
      return ending
    }
  }

  private func setPeriods(
    _ periods: [PeriodID], of section: Section, _ change: Change, in tx: any Connection
  ) throws {
    let before = try sections.periods(of: section.id, in: tx)
    let added = periods.filter { period in !before.contains { $0.period == period } }
    let gone = before.filter { !periods.contains($0.period) }
    try requirePeriods(added, of: section.school, in: tx)
    let rows = added.map { SectionPeriod(id: .new(at: change.at), section: section.id, period: $0) }
    try record.insert(rows, into: SectionPeriod.table, change, in: tx)
    guard !gone.isEmpty else { return }
    let deletion = try record.beginDeletion(
      of: section.id.retyped(), kind: SectionPeriod.table.kind, label: section.code, change, in: tx)
    try record.delete(gone.map(\.id), from: SectionPeriod.table, as: deletion, change, in: tx)
  }

  private func offered(_ id: CourseID, at school: OrgID, in tx: any Connection) throws -> Course {
    guard let course = try courses.find(id, within: .everywhere, in: tx),
      try courses.isOffered(course, at: school, in: tx)
    else {
      throw Problem.invalid([
        .init(pointer: "/courseId", code: "NOT_FOUND", detail: "Choose a course that this school offers.")
      ])
    }
    return course
  }

  private func requirePeriods(_ periods: [PeriodID], of school: OrgID, in tx: any Connection) throws {
    guard try periods.isEmpty || sections.arePeriods(periods, of: school, in: tx) else {
      throw Problem.invalid([
        .init(pointer: "/periodIds", code: "NOT_FOUND", detail: "Choose terms of this school.")
      ])
    }
  }
}

extension SectionStaff {
  /// The same part without answering for the section.
  fileprivate var steppedDown: SectionStaff {
    var stepped = self
    stepped.isPrimary = false
    return stepped
  }
}
