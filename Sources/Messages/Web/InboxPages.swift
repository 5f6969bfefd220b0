import Kernel
import Markup
import Rights
import Web

/// One's inbox, and each message in it.
struct InboxPages: Sendable {
  let service: MessagesService
  let zone: Zone

  var endpoints: [Endpoint] {
    [
      .page(
        "/messages", "One's inbox, newest first.", .signedIn,
        query: [.id("after", "The last message of the page before.")] + InboxAPI.filters, list),
      .form("/messages/read-all", "Marks all one's messages as read.", .signedIn, readAll),
      .page("/messages/{id}", "A message to oneself; it counts as read from then on.", .signedIn, show),
      .form("/messages/{id}/hiding", "Puts a message out of one's inbox.", .signedIn, hide),
      .form("/messages/{id}/showing", "Brings a message back that was put away.", .signedIn, bringBack),
    ]
  }

  private func list(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let filter = InboxAPI.filter(call)
    let page = try await service.inbox(filter, call.page, of: actor)
    let isFirst = call.query("after") == nil
    return try call.page("Messages", within: MessagesPaths.inbox) {
      InboxView(
        page: page, filter: filter, isFirst: isFirst, unread: call.unread ?? 0, mayWrite: actor.has(.sendMessages),
        now: call.at, moments: MomentWords(zone: zone))
    }
  }

  private func show(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let line = try await service.read(try call.id("id"), by: actor)
    var call = call
    call.unread = try await service.unreadCount(of: actor)
    return try call.page(
      line.subject, within: MessagesPaths.inbox,
      breadcrumbs: [Crumb("Messages", path: MessagesPaths.inbox), Crumb(line.subject)]
    ) { MessageView(line: line, now: call.at, moments: MomentWords(zone: zone)) }
  }

  private func readAll(_ call: Call) async throws -> Reply {
    let count = try await service.readAll(by: call.actor)
    let words =
      count == 0 ? "Nothing was new." : count == 1 ? "1 message marked as read." : "\(count) messages marked as read."
    return .seeOther(MessagesPaths.inbox, flash: words)
  }

  private func hide(_ call: Call) async throws -> Reply {
    let id: MessageID = try call.id("id")
    try await service.hide(id, by: call.actor)
    return .seeOther(MessagesPaths.inbox, flash: "Message put away.", undo: MessagesPaths.showing(id))
  }

  private func bringBack(_ call: Call) async throws -> Reply {
    try await service.show(try call.id("id"), by: call.actor)
    return .seeOther(MessagesPaths.inbox, flash: "Message is back.")
  }
}

/// The list of one's messages.
struct InboxView: View {
  let page: Page<InboxLine>
  let filter: InboxFilter
  let isFirst: Bool
  let unread: Int
  let mayWrite: Bool
  let now: Instant
  let moments: MomentWords

  var body: HTML {
    PageHeader("Messages") {
      ButtonLink("Channels", to: MessagesPaths.channels, icon: .bell)
      ButtonLink("Export", to: file, icon: .download)
      if mayWrite { ButtonLink("New message", .primary, to: MessagesPaths.new, icon: .plus) }
    }
    Tabs(
      "Messages",
      [
        .init("All", path: MessagesPaths.inbox, isCurrent: !filter.isUnreadOnly && !filter.hasExpired),
        .init(
          "Unread", path: MessagesPaths.inbox.query(["unread": "true"]), isCurrent: filter.isUnreadOnly),
        .init(
          "With expired", path: MessagesPaths.inbox.query(["expired": "true"]),
          isCurrent: filter.hasExpired && !filter.isUnreadOnly),
      ])
    div(.id("inbox-list"), .data("inbox-list")) {
      if page.items.isEmpty { empty } else { table }
    }
  }

  private var file: Path {
    MessagesPaths.inboxFile.query([
      "unread": filter.isUnreadOnly ? "true" : nil, "expired": filter.hasExpired ? "true" : nil,
    ])
  }

  private var empty: HTML {
    EmptyState(
      filter.isUnreadOnly ? "Nothing new" : "No messages", icon: .messages,
      reason: filter.isUnreadOnly
        ? "You have read everything."
        : "What your school writes to you appears here, and the number beside the envelope tells when it does."
    ).body
  }

  @HTMLBuilder private var table: HTML {
    DataTable(
      caption: "Messages, newest first",
      columns: [.init("Message"), .init("From", room: .wide), .init("Came", .unbroken, isNamedOnPhones: true)],
      isPinned: false,
      rows: page.items.map { line in
        DataTable.Row(
          name: line.subject, lead: lead(line),
          cells: [
            HTML {
              bdi { line.author ?? line.org ?? "Homeroom" }
              if let org = line.org, line.author != nil { span(.class("also")) { org } }
            },
            time(.datetime(line.publishedAt.description)) { moments.short(line.publishedAt, now: now) },
          ])
      })
    if unread > 0 {
      form(.method(.post), .action(MessagesPaths.readAll)) { Button("Mark all as read", .quiet, icon: .check) }
    }
    Pager(
      shown: CountWords.of(page.items.count, "message shown", "messages shown"),
      first: isFirst ? nil : address(after: nil), next: page.next.map { address(after: $0) })
  }

  private func address(after: ID<AnyEntity>?) -> Path {
    MessagesPaths.inbox.query([
      "unread": filter.isUnreadOnly ? "true" : nil, "expired": filter.hasExpired ? "true" : nil,
      "after": after?.description,
    ])
  }

  private func lead(_ line: InboxLine) -> HTML {
    HTML {
      a(.href(MessagesPaths.message(line.id)), .dir(.auto)) {
        if line.isRead { line.subject } else { b { line.subject } }
      }
      if !line.isRead {
        HTML(text: " ")
        Badge("New", .info)
      }
      if let badge = PriorityBadge(line.priority) {
        HTML(text: " ")
        badge
      }
      span(.class("also"), .dir(.auto)) { Self.beginning(of: line.text) }
    }
  }

  /// The first words, in one line.
  private static func beginning(of text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 110 ? line.prefix(108).trimmingSuffix(while: \.isWhitespace) + " …" : line
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isSuperfluous: (Character) -> Bool) -> String {
    var rest = self
    while let last = rest.last, isSuperfluous(last) { rest.removeLast() }
    return String(rest)
  }
}

/// A word for a priority that is not the usual one.
struct PriorityBadge: View {
  private let priority: MessagePriority

  /// Nil for the usual priority.
  init?(_ priority: MessagePriority) {
    guard priority != .normal else { return nil }
    self.priority = priority
  }

  var body: HTML {
    switch priority {
    case .urgent: Badge("Urgent", .danger).body
    case .high: Badge("Important", .warn).body
    case .normal, .low: Badge("For information").body
    }
  }
}

/// One message, whole.
struct MessageView: View {
  let line: InboxLine
  let now: Instant
  let moments: MomentWords

  var body: HTML {
    PageHeader(line.subject, about: about) {
      form(.method(.post), .action(MessagesPaths.hiding(line.id))) { Button("Put away", icon: .check) }
    }
    if line.priority == .urgent { Notice("Urgent.", .danger) { "Please read this now." } }
    if let expiresAt = line.expiresAt, expiresAt <= now {
      Notice("No longer current.", .info) { "It was for the time until \(moments.moment(expiresAt))." }
    }
    Columns {
      MessageText(line.text)
    } side: {
      Card("About this message") { Facts(facts) }
    }
  }

  private var about: String {
    "From \(line.author ?? line.org ?? "Homeroom"), \(moments.moment(line.publishedAt))"
  }

  private var facts: [Facts.Fact] {
    var facts = [Facts.Fact("From") { bdi { line.author ?? "Homeroom" } }]
    if let org = line.org { facts.append(.init("School", org)) }
    facts.append(.init("Came", moments.moment(line.publishedAt)))
    if !line.children.isEmpty {
      facts.append(
        .init("About") { for child in line.children { span(.class("also")) { bdi { child } } } })
    }
    if line.priority != .normal { facts.append(.init("Priority", line.priority.title)) }
    if let expiresAt = line.expiresAt { facts.append(.init("Until", moments.moment(expiresAt))) }
    return facts
  }
}

/// Plain text as paragraphs and lines, each in its own direction of writing.
struct MessageText: View {
  private let paragraphs: [[Substring]]

  init(_ text: String) {
    paragraphs = text.replacing("\r\n", with: "\n").split(separator: "\n\n", omittingEmptySubsequences: true)
      .map { $0.split(separator: "\n", omittingEmptySubsequences: true) }.filter { !$0.isEmpty }
  }

  var body: HTML {
    div(.class("message-text prose")) {
      for lines in paragraphs {
        p(.dir(.auto)) {
          for (index, line) in lines.enumerated() {
            if index > 0 { br() }
            String(line)
          }
        }
      }
    }
  }
}
