import Accounts
import Jobs
import Kernel
import Messages
import Operations
import Outbox
import Record
import Rights
import Web

/// How messages are put together.
extension Wiring {
  static func messages(
    _ ground: Ground, _ zone: Zone, _ jobs: JobQueue, _ outbox: OutboxService, _ bell: LiveBell
  ) -> MessagesService {
    MessagesService(
      database: ground.database, record: Record(), clock: ground.clock, zone: zone, queue: jobs, outbox: outbox,
      bell: bell, publicURL: ground.settings.publicURL)
  }

  /// The menu, with the number of somebody's new messages in the frame of each page.
  static func site(_ zone: Zone, _ messages: MessagesService) -> Site {
    var site = Site.homeroom(zone: zone)
    site.inbox = MessagesModule.inbox(messages)
    return site
  }

  /// Accounts, with the way from one's own to how messages come.
  static func accountsModule(_ accounts: AccountsService, _ settings: Settings, _ accessLog: AccessLog)
    -> AccountsModule
  {
    AccountsModule(
      accounts, publicURL: settings.publicURL, accessLog: accessLog, links: [MessagesModule.channels])
  }

  /// What people read of the jobs of messages.
  static let messageJobs = JobWords(MessagesService.jobKind, "Delivery of a message") { job in
    MessagesService.message(of: job).map { MessagesPaths.sent($0) }
  }
}
