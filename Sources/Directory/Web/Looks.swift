import Kernel
import Record
import Rights

/// Notes who looked at whose record. A list is one look with the ids shown; a look at oneself is none.
struct Looks: Sendable {
  let log: AccessLog

  func note(
    _ page: String, filter: String? = nil, of subjects: [ID<AnyEntity>], people: [PersonID], by actor: Actor,
    at now: Instant
  ) async throws {
    guard let account = actor.account, !subjects.isEmpty else { return }
    if people.count == 1, people.first == actor.person { return }
    try await log.noted(actor: account, page: page, filter: filter, subjects: subjects, at: now)
  }
}
