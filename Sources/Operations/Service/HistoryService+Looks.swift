public import Kernel
import Persistence
public import Record
public import Rights

/// Looks of one person as others see them.
public struct LookLine: Sendable, Equatable {
  /// What was recorded.
  public let look: RecordedLook
  /// Who looked, by name.
  public let who: String
}

extension HistoryService {
  /// Who looked at whom, newest first. Whoever sees the audit of some schools only has to say at which record, and that
  /// one has to belong there. A page may be short and still have a next one: the log is gone through in stretches.
  public func looks(
    _ filter: LookFilter, page: PageRequest, on shown: String = "/access", by actor: Actor
  ) async throws -> Page<LookLine> {
    let reach = try actor.require(rights.audit)
    let found = try await database.read { tx in
      if !reach.isEverywhere {
        guard let subject = filter.subject, case let home?? = try history.home(of: subject, in: tx),
          reach.covers(home)
        else { throw Problem.notFound("record") }
      }
      return try AccessLog.looks(filter, page: page, in: tx)
    }
    if let subject = filter.subject { try await note(shown, [subject], by: actor) }
    let names = try await names(of: Set(found.items.map(\.actor)))
    return found.map { LookLine(look: $0, who: Self.name($0.actor, names)) }
  }

  /// Whether the actor has to name a record to see looks at all.
  func mustNameRecord(_ actor: Actor) -> Bool { actor.reach(rights.audit)?.isEverywhere != true }
}
