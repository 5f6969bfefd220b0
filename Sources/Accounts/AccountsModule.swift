public import Persistence
public import Record
public import Rights

/// Accounts: who may come in, and what they may do once inside.
///
/// Invariants: passwords and tokens are stored as hashes only and appear in no log, image or answer. A session that was
/// ended, an account switched off and a role taken away count at the next request, on every node. Nobody gives, takes or
/// touches rights beyond their own, and somebody may always do everything.
public struct AccountsModule: Sendable {
  /// The tables.
  public static let migrations: [Migration] = AccountsMigrations.all
  /// The rights it declares.
  public static let permissions: [Permission] = [.manageAccounts, .manageRoles]
  /// What people edit, and the recycle bin and undo know. Sessions, links and keys are recorded but never brought back.
  public static let tables: [AnyRecordedTable] = [
    Account.table.erased, LoginNameRow.table.erased, Role.table.erased, RoleAssignment.table.erased,
  ]
}
