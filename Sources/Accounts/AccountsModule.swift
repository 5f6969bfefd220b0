import Markup
public import Persistence
public import Record
public import Rights
import Secrets
public import Web

/// Accounts: who may come in, and what they may do once inside.
///
/// Invariants: passwords and tokens are stored as hashes only and appear in no log, image or answer. A session that
/// was ended, an account switched off and a role taken away count at the next request, on every node. Nobody gives,
/// takes or touches rights beyond their own, and somebody may always do everything.
public struct AccountsModule: Sendable {
  private let service: AccountsService
  private let publicURL: String
  private let looks: AccountLooks
  private let links: [PageLink<Void>]

  /// The slice over its service; `publicURL` begins the links that are handed to people, `accessLog` hears of every
  /// look at somebody else's account, and `links` stand on the page of one's own.
  public init(_ service: AccountsService, publicURL: String, accessLog: AccessLog, links: [PageLink<Void>] = []) {
    self.links = links
    self.service = service
    looks = AccountLooks(log: accessLog)
    self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
  }

  /// Every address of the slice.
  public var endpoints: [Endpoint] {
    SignInPages(service: service).endpoints + FirstRunPages(service: service).endpoints
      + RecoveryPages(service: service).endpoints + AccountPages(service: service, links: links).endpoints
      + AccountListPages(service: service, looks: looks, publicURL: publicURL).endpoints
      + AccountEditPages(service: service, looks: looks, publicURL: publicURL).endpoints
      + RolePages(service: service).endpoints + AuthAPI(service: service).endpoints
      + AccountAPI(service: service, looks: looks, publicURL: publicURL).endpoints + RoleAPI(service: service).endpoints
  }

  /// The places within administration.
  public static let places = [
    Site.Within("Accounts", path: AccountsPaths.accounts, needs: [.manageAccounts]),
    Site.Within("Roles", path: AccountsPaths.roles, needs: [.manageRoles]),
  ]

  /// The address on which a link sets a password, for the commands that print it.
  public static func address(of link: PasswordLink, publicURL: String) -> String {
    let base = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
    return base + AccountsPaths.recovery(link.token.text).description
  }

  /// The tables, after those of the directory.
  public static let migrations: [Migration] = AccountsMigrations.all
  /// The rights it declares.
  public static let permissions: [Permission] = [.manageAccounts, .manageRoles]
  /// What people edit, and the recycle bin and undo know. Sessions, links and keys are recorded but never brought back.
  public static let tables: [AnyRecordedTable] = [
    Account.table.erased, LoginNameRow.table.erased, Role.table.erased, RoleAssignment.table.erased,
  ]
}
