public import Kernel
public import Markup
public import Persistence
public import Record
public import Rights
public import Web

/// Notices: written by one person, approved by another, on the board of those they are for.
///
/// Never: a notice on a board that nobody approved as it stands, one seen by somebody outside of its audience or its
/// times, another's draft before anybody's eyes.
public struct NoticesModule: Sendable {
  private let service: NoticesService
  private let zone: Zone
  private let undo: @Sendable (DeletionID) -> Path?

  /// The slice over its service. `zone` is the installation's; `undo` is where a deletion is taken back, if anywhere.
  public init(_ service: NoticesService, zone: Zone, undo: @escaping @Sendable (DeletionID) -> Path? = { _ in nil }) {
    self.service = service
    self.zone = zone
    self.undo = undo
  }

  /// Every address of the slice.
  public var endpoints: [Endpoint] {
    NoticeBoardPages(service: service, zone: zone).endpoints
      + NoticePages(service: service, zone: zone, undo: undo).endpoints
      + NoticeFormPages(service: service, zone: zone).endpoints
      + NoticeFiles(service: service, zone: zone).endpoints + NoticeAPI(service: service).endpoints
  }

  /// What the slice shows on pages of others.
  public var parts: NoticeParts { NoticeParts(service: service, zone: zone) }

  /// The place in the menu.
  public static let place = Site.Place("Notices", icon: .board, path: NoticesPaths.board)

  /// The table, after those of the directory and of teaching.
  public static let migrations: [Migration] = NoticesMigrations.all

  /// The rights.
  public static let permissions: [Permission] = [.writeNotices, .approveNotices]

  /// What is versioned, and can be restored from the recycle bin.
  public static let tables: [AnyRecordedTable] = [Notice.table.erased]
}

extension Permission {
  /// To write notices, for audiences within reach.
  public static let writeNotices = Permission(
    "notices.write", "Write notices, for others to approve", scopes: [.all, .school, .sections])
  /// To approve, reject and delete notices.
  public static let approveNotices = Permission("notices.approve", "Approve, reject and delete notices")
}
