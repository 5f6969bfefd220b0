import Kernel
import Record
import Rights

/// Notes who looked at whose account. A look at one's own is none.
struct AccountLooks: Sendable {
  let log: AccessLog

  func note(_ page: String, filter: String? = nil, of accounts: [AccountID], by actor: Actor, at now: Instant)
    async throws
  {
    guard let account = actor.account else { return }
    let others = accounts.filter { $0 != account }.map { $0.retyped(AnyEntity.self) }
    guard !others.isEmpty else { return }
    try await log.noted(actor: account, page: page, filter: filter, subjects: others, at: now)
  }
}
