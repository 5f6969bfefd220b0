import Kernel
import Rights
import Synchronization

/// Rights that were worked out before, by the roles they came from and the revisions of roles and organisations.
///
/// Every request reads which roles its account has today, so taking one away counts at once on every node; only what
/// those roles amount to is remembered, and only while no role and no organisation has changed.
final class RightsCache: Sendable {
  struct Key: Hashable {
    let given: [GivenRole]
    let roleRevision: Int
    let orgRevision: Int
  }

  struct Entry: Sendable {
    /// Nobody in particular, with these rights.
    let template: Actor
    /// The name of the role with the most rights.
    let role: String
  }

  private let entries = Mutex<[Key: Entry]>([:])
  private let limit = 2000

  func entry(for key: Key, _ make: () throws -> Entry) rethrows -> Entry {
    if let known = entries.withLock({ $0[key] }) { return known }
    let entry = try make()
    entries.withLock { entries in
      // Old revisions never come back, so a full cache is mostly dead; starting over is simpler than picking.
      if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
      entries[key] = entry
    }
    return entry
  }
}
