public import Kernel
public import Markup
public import Persistence
public import Record
public import Rights
public import Web

/// What leaves the house: the outbox, its templates, and the test of the way out.
///
/// Invariants: a letter is written in the transaction of what it tells of; a mail goes once, and where nobody can know
/// whether it went, that is written down; a link that proves who its reader is stands in no page, answer or log.
public struct OutboxModule: Sendable {
  /// The tables.
  public static let migrations: [Migration] = OutboxMigrations.all
  /// The versioned tables.
  public static let tables: [AnyRecordedTable] = [SchoolTemplate.table.erased]
  /// The rights it declares.
  public static let permissions: [Permission] = [.viewMail, .editMail, .sendMail]
  /// The places within administration.
  public static let places = [
    Site.Within("Outbox", path: OutboxPaths.letters, needs: [.viewMail, .sendMail]),
    Site.Within("Templates of letters", path: OutboxPaths.templates, needs: [.editMail]),
  ]

  /// Every address of the slice.
  public let endpoints: [Endpoint]

  /// The slice over its service. `mayRecover` says who could make a password link anyway, and may see one that cannot
  /// be sent; `undo` is where a deletion is taken back.
  public init(
    _ service: OutboxService, test: MailTest, accessLog: AccessLog, zone: Zone,
    mayRecover: @escaping @Sendable (Actor) -> Bool, undo: @escaping @Sendable (DeletionID) -> Path?
  ) {
    let looks = LetterLooks(log: accessLog)
    endpoints =
      LetterPages(service: service, looks: looks, zone: zone, test: test, mayRecover: mayRecover).endpoints
      + LetterAPI(service: service, looks: looks).endpoints
      + TemplatePages(service: service, undo: undo).endpoints + TemplateAPI(service: service).endpoints
  }
}
