public import Kernel
import Persistence

extension AccountsService {
  /// The names of some accounts, at most a page of them; those that are gone are missing.
  ///
  /// For pages that tell who did something, and that have asked for the right to tell it.
  public func names(of accounts: Set<AccountID>) async throws -> [AccountID: String] {
    guard !accounts.isEmpty else { return [:] }
    return try await database.read { tx in try self.accounts.names(of: accounts.sorted(), in: tx) }
  }
}
