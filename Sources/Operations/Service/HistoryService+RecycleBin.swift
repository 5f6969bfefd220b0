public import Kernel
public import Record
public import Rights

extension HistoryService {
  /// What was deleted and not restored, newest first, at the organisations the actor restores at.
  public func deletions(
    page: PageRequest, on shown: String = "/trash", by actor: Actor
  ) async throws -> Page<DeletionLine> {
    let reach = try actor.require(rights.restore)
    let found = try await bin.page(page, within: reach)
    try await note(shown, Set(found.items.map(\.root)), by: actor)
    let names = try await names(of: found.items)
    let contents = try await bin.contents(of: found.items.map(\.id))
    return found.map { deletion in
      DeletionLine(
        deletion: deletion, title: deletion.kind == "undo" ? "Undone" : title(of: deletion.kind),
        who: Self.name(deletion.actor, names), contents: contents[deletion.id] ?? [:])
    }
  }

  /// Brings back what one deletion took; returns it with the number of rows.
  ///
  /// One's own deletions can be taken back without the right to the recycle bin. Throws `RESTORE_CONFLICT`, which says
  /// what stands in the way.
  @discardableResult
  public func restore(_ id: DeletionID, by actor: Actor) async throws -> (deletion: Deletion, rows: Int) {
    guard let deletion = try await bin.find(id, within: .everywhere) else { throw Problem.notFound("deletion") }
    let isOwn = deletion.actor != nil && deletion.actor == actor.account
    let isInReach = actor.reach(rights.restore).map { covers($0, deletion.org) } ?? false
    guard isOwn || isInReach else { throw Problem.notFound("deletion") }
    let contents = try await bin.contents(of: [id])[id] ?? [:]
    try refuseRestore(deletion, holding: contents, by: actor)
    let change = Change(by: actor, at: clock.now(), org: deletion.org, reason: "restored")
    return (deletion, try await bin.restore(id, within: .everywhere, change, check: check))
  }
}

/// A deletion as a person sees it.
public struct DeletionLine: Sendable, Equatable {
  /// What was deleted.
  public let deletion: Deletion
  /// What people call a record of this kind.
  public let title: String
  /// Who deleted it, by name.
  public let who: String
  /// How many rows of each kind went along.
  public let contents: [String: Int]

  /// How many rows would come back.
  public var rows: Int { contents.values.reduce(0, +) }
}
