public import Kernel
public import Persistence
public import Record
public import Rights

extension AcademicsService {
  /// Enrols a student in a section from a day on, the present one (UTC) unless said.
  ///
  /// Refused with `ALREADY_ENROLLED`, `SECTION_FULL`, `TERM_CLOSED`, `ALREADY_IN_HOMEROOM` or `OTHER_SCHOOL`. Seats are
  /// counted in the same serializable transaction, so of twenty who ask for the last seat at once, one gets it.
  public func enrol(
    _ student: StudentID, in section: SectionID, from firstOn: SchoolDate? = nil, actor: Actor
  ) async throws -> Enrolment {
    let outcome = try await enrol(
      [student], in: section, from: firstOn, mode: .bestEffort, reason: nil, actor: actor)
    if let refusal = outcome.refused.first { throw refusal.problem }
    guard let enrolment = outcome.enrolled.first else { throw Bug("enrolling one student did nothing") }
    return enrolment
  }

  /// Enrols up to 200 students in one transaction; those who cannot be come back with the reason each.
  public func enrol(
    _ students: [StudentID], in id: SectionID, from firstOn: SchoolDate? = nil, mode: BulkMode,
    reason: String? = nil, actor: Actor
  ) async throws -> BulkEnrolment {
    guard students.count <= BulkEnrolment.limit else {
      throw AcademicsProblem.tooManyAtOnce(limit: BulkEnrolment.limit)
    }
    let now = clock.now()
    do {
      return try await database.write { tx in
        let section = try requireChangeable(id, .editEnrolments, actor, in: tx)
        let reach = try actor.require(.editEnrolments)
        let admission = Admission(
          section: section, terms: try sections.terms(of: id, in: tx),
          enrolled: try enrolments.enrolled(in: id, in: tx))
        let applicants = try enrolments.applicants(students, in: tx).filter { _, applicant in
          applicant.school == section.school || reach.covers(applicant.school)
        }
        let outcome = BulkEnrolment(
          students, applicants: applicants, into: admission, from: firstOn ?? now.utcDate, mode: mode, at: now)
        let change = Change(by: actor, at: now, org: section.school, reason: reason)
        try record.insert(outcome.enrolled, into: Enrolment.table, change, in: tx)
        return outcome
      }
    } catch DatabaseProblem.duplicate {
      // Someone was faster, on an engine that tells a broken key before a broken order of transactions.
      throw AcademicsProblem.alreadyEnrolled("this section")
    }
  }

  /// Notes that a student left before the end; `lastOn` is the last day in the section, the present one unless said.
  public func drop(
    _ id: EnrolmentID, version: Int, lastOn: SchoolDate? = nil, reason: String?, actor: Actor
  ) async throws -> Enrolment {
    var validation = Validation()
    let reason = validation.optionalLine(reason, at: "/reason", "the reason", max: 500)
    try validation.finish()
    return try await end(id, version: version, reason: reason, actor: actor) { enrolment throws(AcademicsProblem) in
      try enrolment.dropped(lastOn: lastOn ?? max(clock.now().utcDate, enrolment.firstOn), reason: reason)
    }
  }

  /// Notes that a student stayed to the end.
  public func complete(
    _ id: EnrolmentID, version: Int, lastOn: SchoolDate? = nil, actor: Actor
  ) async throws -> Enrolment {
    try await end(id, version: version, reason: nil, actor: actor) { enrolment throws(AcademicsProblem) in
      try enrolment.completed(lastOn: lastOn ?? max(clock.now().utcDate, enrolment.firstOn))
    }
  }

  /// One enrolment, for whoever may see its section and reaches its student.
  public func enrolment(_ id: EnrolmentID, actor: Actor) async throws -> Enrolment {
    let reach = try actor.require(.viewSections)
    return try await database.read { tx in
      let visible = try visible(.viewSections, actor)
      let students = scope.students(within: reach, of: actor, at: clock.now())
      guard let found = try enrolments.find(id, visible: visible, in: tx)?.enrolment,
        try reach.isEverywhere || enrolments.person(of: found.student, visible: students, in: tx) != nil
      else { throw Problem.notFound("enrolment") }
      return found
    }
  }

  /// Puts an enrolment that was a mistake into the recycle bin: unlike a drop, as if it had never been.
  public func deleteEnrolment(_ id: EnrolmentID, version: Int, reason: String? = nil, actor: Actor) async throws {
    let now = clock.now()
    try await database.write { tx in
      let (enrolment, school) = try changeable(id, actor, in: tx)
      try record.requireNewest(version, of: enrolment, in: Enrolment.table)
      let change = Change(by: actor, at: now, org: school, reason: reason)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: Enrolment.table.kind, label: "enrolment", change, in: tx)
      try record.delete([id], from: Enrolment.table, as: deletion, change, in: tx)
    }
  }

  private func end(
    _ id: EnrolmentID, version: Int, reason: String?, actor: Actor,
    _ ending: @escaping @Sendable (Enrolment) throws(AcademicsProblem) -> Enrolment
  ) async throws -> Enrolment {
    let now = clock.now()
    return try await database.write { tx in
      let (enrolment, school) = try changeable(id, actor, in: tx)
      try record.requireNewest(version, of: enrolment, in: Enrolment.table)
      var ended = try ending(enrolment)
      ended.version = try record.update(
        ended, in: Enrolment.table, Change(by: actor, at: now, org: school, reason: reason), in: tx)
      return ended
    }
  }

  private func changeable(
    _ id: EnrolmentID, _ actor: Actor, in tx: any Connection
  ) throws -> (enrolment: Enrolment, school: OrgID) {
    let reach = try actor.require(.editEnrolments)
    guard let found = try enrolments.find(id, visible: "TRUE", in: tx) else { throw Problem.notFound("enrolment") }
    if reach.covers(found.school) { return found }
    if actor.has(.viewSections), try enrolments.find(id, visible: visible(.viewSections, actor), in: tx) != nil {
      throw Problem.forbidden(Permission.editEnrolments.name)
    }
    throw Problem.notFound("enrolment")
  }
}

extension AcademicsService {
  /// Puts a student's enrolments into the recycle bin with the student. For the directory, in its own transaction.
  public static func deleteEnrolments(
    of student: StudentID, as deletion: DeletionID, _ change: Change, record: Record, in tx: any Connection
  ) throws {
    let ids = try EnrolmentStore().identities(of: student, in: tx)
    try record.delete(ids, from: Enrolment.table, as: deletion, change, in: tx)
  }
}
