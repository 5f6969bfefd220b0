import Kernel
import Persistence
public import Rights

extension AccountsService {
  /// How an account likes its pages, from now on.
  public func setPreferences(_ preferences: AccountPreferences, actor: Actor) async throws {
    guard let account = actor.account else { throw Problem.notFound("account") }
    var preferences = preferences
    preferences.language = AccountPreferences.checkedLanguage(preferences.language)
    let checked = preferences
    try await database.write { tx in try accounts.setPreferences(checked, of: account, in: tx) }
  }

  /// How the actor likes its pages.
  public func preferences(_ actor: Actor) async throws -> AccountPreferences {
    guard let account = actor.account else { return AccountPreferences() }
    return try await database.read { tx in try accounts.preferences(of: account, in: tx) }
  }

  /// The names with which the actor signs in.
  public func ownLoginNames(_ actor: Actor) async throws -> [String] {
    guard let account = actor.account else { return [] }
    return try await database.read { tx in
      (try accounts.loginNames(of: [account], in: tx)[account] ?? []).map(\.name.text)
    }
  }
}
