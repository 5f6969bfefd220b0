public import Kernel
import Persistence
import Record
public import Rights

extension AcademicsService {
  /// A page of courses by code; `search` looks in code and title. Whoever sees sections or edits courses sees them.
  public func courses(
    search: String? = nil, page: PageRequest = PageRequest(), actor: Actor
  ) async throws -> Page<Course> {
    let reach = try courseReach(actor)
    return try await database.read { tx in try courses.page(page, search: search, within: reach, in: tx) }
  }

  /// One course.
  public func course(_ id: CourseID, actor: Actor) async throws -> Course {
    let reach = try courseReach(actor)
    return try await database.read { tx in
      guard let course = try courses.find(id, within: reach, in: tx) else { throw Problem.notFound("course") }
      return course
    }
  }

  /// Makes a course of an organisation.
  public func createCourse(_ draft: CourseDraft, at org: OrgID, actor: Actor) async throws -> Course {
    try actor.require(.editCourses, at: org)
    let draft = try draft.checked()
    let now = clock.now()
    let course = Course(
      id: .new(at: now), org: org, code: draft.code, title: draft.title, credits: draft.credits,
      subject: draft.subject)
    return try await savingCode(course.code) {
      try await database.write { tx in
        try record.insert(course, into: Course.table, Change(by: actor, at: now, org: org), in: tx)
        return course
      }
    }
  }

  /// Saves a course over the version its editor saw. Sections keep the title and credits they copied.
  public func updateCourse(_ id: CourseID, version: Int, _ draft: CourseDraft, actor: Actor) async throws -> Course {
    let draft = try draft.checked()
    let now = clock.now()
    return try await savingCode(draft.code) {
      try await database.write { tx in
        let course = try changeable(id, actor, in: tx)
        var changed = Course(
          id: id, version: version, org: course.org, code: draft.code, title: draft.title, credits: draft.credits,
          subject: draft.subject)
        changed.version = try record.update(
          changed, in: Course.table, Change(by: actor, at: now, org: course.org), in: tx)
        return changed
      }
    }
  }

  /// Puts a course that no section teaches into the recycle bin.
  public func deleteCourse(_ id: CourseID, version: Int, reason: String? = nil, actor: Actor) async throws {
    let now = clock.now()
    try await database.write { tx in
      let course = try changeable(id, actor, in: tx)
      try record.requireNewest(version, of: course, in: Course.table)
      let taught = try courses.sectionCount(of: id, in: tx)
      guard taught == 0 else { throw AcademicsProblem.courseInUse(sections: taught) }
      let change = Change(by: actor, at: now, org: course.org, reason: reason)
      let deletion = try record.beginDeletion(
        of: id.retyped(), kind: Course.table.kind, label: course.code, change, in: tx)
      try record.delete([id], from: Course.table, as: deletion, change, in: tx)
    }
  }

  private func changeable(_ id: CourseID, _ actor: Actor, in tx: any Connection) throws -> Course {
    let reach = try actor.require(.editCourses)
    guard let course = try courses.find(id, within: try courseReach(actor), in: tx) else {
      throw Problem.notFound("course")
    }
    guard reach.covers(course.org) else { throw Problem.forbidden(Permission.editCourses.name) }
    return course
  }

  private func courseReach(_ actor: Actor) throws(Problem) -> Reach {
    guard let edit = actor.reach(.editCourses) else { return try actor.require(.viewSections) }
    return edit.union(actor.reach(.viewSections) ?? Reach())
  }

  private func savingCode<Value>(_ code: String, _ save: () async throws -> Value) async throws -> Value {
    do { return try await save() } catch DatabaseProblem.duplicate { throw AcademicsProblem.courseCodeTaken(code) }
  }
}
