public import Kernel
public import Record
public import Rights

/// Notes in the access log who looked at whose record. A look at oneself, and one of the system, is none.
public struct Looks: Sendable {
  private let log: AccessLog?

  /// Looks that go into `log`; without one they are not noted.
  public init(log: AccessLog?) { self.log = log }

  /// Notes a look at students, each with the person behind.
  public func note(
    _ students: [(student: StudentID, person: PersonID)], page: String, filter: String? = nil, _ actor: Actor,
    at now: Instant
  ) async throws {
    guard let log, let account = actor.account else { return }
    let others = students.filter { $0.person != actor.person }.map { $0.student.retyped(AnyEntity.self) }
    guard !others.isEmpty else { return }
    try await log.noted(actor: account, page: page, filter: filter, subjects: others, at: now)
  }

  /// Notes a look at a roster.
  public func note(
    _ roster: [RosterLine], page: String, filter: String, _ actor: Actor, at now: Instant
  ) async throws {
    try await note(roster.map { ($0.enrolment.student, $0.person) }, page: page, filter: filter, actor, at: now)
  }
}
