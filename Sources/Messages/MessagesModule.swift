import Audiences
public import Jobs
public import Kernel
import Markup
public import Persistence
public import Record
public import Rights
public import Web

/// Messages to audiences, and everybody's inbox: what the slice offers to the program.
///
/// Invariants: a message reaches exactly those who belong to its audience when it is delivered, each once; nobody
/// writes beyond his or her reach; a guardian gets only what concerns a child custody lets him or her hear of.
public struct MessagesModule: Sendable {
  /// The tables, after those of directory, teaching and accounts.
  public static let migrations: [Migration] = MessagesMigrations.all
  /// The rights it declares.
  public static let permissions: [Permission] = [.sendMessages]
  /// What people edit.
  public static let tables: [AnyRecordedTable] = [Message.table.erased]

  private let service: MessagesService
  private let zone: Zone
  private let isStopping: @Sendable () -> Bool

  /// The slice over its service; streams end when the server `isStopping`.
  public init(_ service: MessagesService, zone: Zone, isStopping: @escaping @Sendable () -> Bool) {
    self.service = service
    self.zone = zone
    self.isStopping = isStopping
  }

  /// Every address of the slice.
  public var endpoints: [Endpoint] {
    InboxPages(service: service, zone: zone).endpoints + SentPages(service: service, zone: zone).endpoints
      + ComposePages(service: service, zone: zone).endpoints + ChannelPages(service: service).endpoints
      + MessageFiles(service: service).endpoints + MessageAPI(service: service).endpoints
      + InboxAPI(service: service, isStopping: isStopping).endpoints
  }

  /// What does its jobs.
  public var handlers: [JobHandler] { [service.handler] }

  /// The way from one's own account to where everybody chooses by which ways messages come.
  public static let channels = PageLink<Void>("Channels for messages", icon: .messages) { _, _ in
    MessagesPaths.channels
  }

  /// The way from a section's page to a message to its guardians, for whoever may write to them.
  public static func sectionLink(_ service: MessagesService) -> PageLink<SectionID> {
    link("Write to guardians", service) { .guardiansOfSection($0) }
  }

  /// The way from somebody's page to a message to him or her, for whoever may write one.
  public static func personLink(_ service: MessagesService) -> PageLink<PersonID> {
    link("Write a message", service) { .person($0) }
  }

  private static func link<Subject>(
    _ label: String, _ service: MessagesService, audience: @escaping @Sendable (Subject) -> Audience
  ) -> PageLink<Subject> {
    PageLink(label, icon: .messages) { subject, call in
      let audience = audience(subject)
      let mayWrite = try await service.mayWrite(to: audience, by: call.actor)
      return mayWrite ? MessagesPaths.new.query(["audience": audience.description]) : nil
    }
  }

  /// The place in the menu.
  public static let place = Site.Place(
    "Messages", icon: .messages, path: MessagesPaths.inbox,
    within: [
      Site.Within("Inbox", path: MessagesPaths.inbox, needs: []),
      Site.Within("Sent", path: MessagesPaths.sent, needs: [.sendMessages]),
    ])

  /// The inbox that the frame of every page tells of.
  public static func inbox(_ service: MessagesService) -> Site.Inbox {
    Site.Inbox(path: MessagesPaths.inbox, events: MessagesPaths.events) { actor in
      try await service.unreadCount(of: actor)
    }
  }
}
