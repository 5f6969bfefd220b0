import Accounts
import Audiences
import Kernel
import Notices
import Operations
import Record

extension Wiring {
  /// Notices: whom they reach is what a guardian may see, and who wrote them is what accounts are called.
  static func notices(
    _ ground: Ground, _ accounts: AccountsService, _ zone: Zone, clock: (any WallClock)? = nil
  ) -> NoticesService {
    NoticesService(
      database: ground.database, record: Record(), clock: clock ?? ground.clock, zone: zone, audiences: AudienceStore(),
      names: { ids in try await accounts.names(of: ids) })
  }

  /// The slice over its service.
  static func noticesModule(_ service: NoticesService, _ zone: Zone) -> NoticesModule {
    NoticesModule(service, zone: zone, undo: { deletion in OperationsModule.restoration(of: deletion) })
  }
}
