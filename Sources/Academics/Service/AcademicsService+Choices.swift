public import Kernel
import Persistence
public import Rights

extension AcademicsService {
  /// The schools where the actor may make sections, by name.
  public func schools(actor: Actor) async throws -> [SectionChoices.Choice<Entity.Org>] {
    let reach = try actor.require(.editSections)
    return try await database.read { tx in try choices.schools(within: reach, in: tx) }
  }

  /// The organisations for which the actor may make courses, by name.
  public func courseOrgs(actor: Actor) async throws -> [SectionChoices.Choice<Entity.Org>] {
    let reach = try actor.require(.editCourses)
    return try await database.read { tx in try choices.orgs(within: reach, in: tx) }
  }

  /// What the form of a section of a school offers.
  public func sectionChoices(at school: OrgID, actor: Actor) async throws -> SectionChoices {
    try actor.require(.editSections, at: school)
    return try await database.read { tx in
      let named = try choices.schools(within: Reach(orgs: [school]), in: tx).first
      guard let named else { throw Problem.notFound("school") }
      return SectionChoices(
        school: named, courses: try choices.courses(at: school, in: tx),
        periods: try choices.periods(at: school, in: tx))
    }
  }

  /// The people who can be given a part in sections of a school, by name.
  public func staffChoices(
    at school: OrgID, actor: Actor
  ) async throws -> [SectionChoices.Choice<Entity.Person>] {
    try actor.require(.editSections, at: school)
    return try await database.read { tx in try choices.staff(at: school, in: tx) }
  }

  /// Enrols students by their numbers at the school, all or none; a number that is not there is refused like a student
  /// who cannot be enrolled, with a reason.
  public func enrol(
    numbers: [String], in id: SectionID, from firstOn: SchoolDate?, actor: Actor
  ) async throws -> (enrolled: Int, refused: [(number: String, problem: Problem)]) {
    guard numbers.count <= BulkEnrolment.limit else {
      throw AcademicsProblem.tooManyAtOnce(limit: BulkEnrolment.limit)
    }
    let known = try await database.read { tx in
      let section = try requireChangeable(id, .editEnrolments, actor, in: tx)
      return try choices.students(numbers: numbers, at: section.school, in: tx)
    }
    let unknown = numbers.filter { known[$0] == nil }
    guard unknown.isEmpty else { return (0, unknown.map { ($0, .notFound("student")) }) }
    let outcome = try await enrol(
      numbers.compactMap { known[$0] }, in: id, from: firstOn, mode: .allOrNothing, actor: actor)
    let names = Dictionary(known.map { ($0.value, $0.key) }) { first, _ in first }
    return (outcome.enrolled.count, outcome.refused.map { (names[$0.student] ?? "", $0.problem) })
  }
}
