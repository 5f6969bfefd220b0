import Kernel
import Markup
import Outbox
import Web

/// The list of messages one wrote.
struct SentListView: View {
  let page: Page<SentLine>
  let state: Message.State?
  let isAnyone: Bool
  let mayAll: Bool
  let isFirst: Bool
  let now: Instant
  let moments: MomentWords

  var body: HTML {
    PageHeader("Sent messages") {
      ButtonLink(
        "Export",
        to: MessagesPaths.sentFile.query(["state": state?.rawValue, "anyone": isAnyone ? "true" : nil]),
        icon: .download)
      ButtonLink("New message", .primary, to: MessagesPaths.new, icon: .plus)
    }
    Tabs("Sent messages", tabs)
    if page.items.isEmpty { empty } else { table }
  }

  private var tabs: [Tabs.Tab] {
    var tabs: [Tabs.Tab] = [
      .init("Yours", path: MessagesPaths.sent, isCurrent: !isAnyone && state == nil),
      .init("Drafts", path: MessagesPaths.sent.query(["state": "draft"]), isCurrent: !isAnyone && state == .draft),
      .init("Waiting", path: MessagesPaths.sent.query(["state": "queued"]), isCurrent: !isAnyone && state == .queued),
    ]
    if mayAll {
      tabs.append(.init("Everybody's", path: MessagesPaths.sent.query(["anyone": "true"]), isCurrent: isAnyone))
    }
    return tabs
  }

  private var empty: HTML {
    EmptyState(
      "Nothing here", icon: .messages,
      reason: state == nil ? "What you write appears here, with how many it reached." : "No message stands like this."
    ).body
  }

  @HTMLBuilder private var table: HTML {
    DataTable(
      caption: "Messages, newest first",
      columns: [
        .init("Message"), .init("For", isNamedOnPhones: true), .init("State"),
        .init("People", .number, isNamedOnPhones: true), .init("Time", .unbroken, room: .wide),
      ],
      isPinned: false,
      rows: page.items.map { line in
        let message = line.message
        return DataTable.Row(
          name: message.content.subject,
          lead: HTML {
            a(.href(MessagesPaths.sent(message.id)), .dir(.auto)) { message.content.subject }
            if let badge = PriorityBadge(message.content.priority) {
              HTML(text: " ")
              badge
            }
            if isAnyone, let author = line.author { span(.class("also")) { bdi { author } } }
          },
          cells: [
            HTML(text: line.audience), StateWord(message.state.title, message.state.tone).body,
            HTML(text: message.state == .sent || message.state == .sending ? "\(line.people)" : ""),
            HTML(text: message.publishAt.map { moments.short($0, now: now) } ?? ""),
          ])
      })
    Pager(
      shown: CountWords.of(page.items.count, "message shown", "messages shown"),
      first: isFirst ? nil : address(after: nil), next: page.next.map { address(after: $0) })
  }

  private func address(after: ID<AnyEntity>?) -> Path {
    MessagesPaths.sent.query([
      "state": state?.rawValue, "anyone": isAnyone ? "true" : nil, "after": after?.description,
    ])
  }
}

/// A message as its author has it: the words, the times, and how it fared.
struct SentView: View {
  let line: SentLine
  let isOwn: Bool
  let count: AudienceCount?
  let tally: DeliveryTally?
  let deliveries: Page<Delivery>
  let isSkippedOnly: Bool
  let isFirst: Bool
  let moments: MomentWords

  private var message: Message { line.message }

  var body: HTML {
    PageHeader(message.content.subject, about: "For: \(line.audience)") { actions }
    if let count {
      Notice(
        message.state == .draft ? "Not sent yet." : "Waits for its time.", count.people == 0 ? .warn : .info,
        icon: message.state == .draft ? .edit : .clock
      ) { ComposeView.words(for: count) }
    }
    Columns {
      MessageText(message.content.text)
      if tally != nil { PageSection("Delivery", aside: deliveries.items.isEmpty ? "nothing yet" : nil) { log } }
    } side: {
      Card("This message") { Facts(facts) }
      if let tally { Card("How it fared") { Facts(Self.facts(of: tally)) } }
    }
  }

  @HTMLBuilder private var actions: HTML {
    if message.state == .draft || message.state == .queued {
      form(.method(.post), .action(MessagesPaths.withdrawal(message.id))) {
        Hidden("version", "\(message.version)")
        Button("Withdraw", .danger, icon: .cross)
      }
    }
    if isOwn, message.state == .draft || message.state == .withdrawn {
      ButtonLink("Edit", to: MessagesPaths.editing(message.id), icon: .edit)
    }
    if isOwn, message.state == .draft {
      form(.method(.post), .action(MessagesPaths.sending(message.id))) {
        Hidden("version", "\(message.version)")
        Button("Send", .primary)
      }
    }
  }

  private var facts: [Facts.Fact] {
    var facts: [Facts.Fact] = [
      .init("State") { StateWord(message.state.title, message.state.tone) },
      .init("From") { bdi { line.author ?? "Homeroom" } },
      .init("Goes by", message.content.channels.map(\.title).joined(separator: ", ")),
      .init("Priority", message.content.priority.title),
    ]
    if let publishAt = message.publishAt { facts.append(.init("Delivered from", moments.moment(publishAt))) }
    if let expiresAt = message.content.expiresAt { facts.append(.init("Until", moments.moment(expiresAt))) }
    return facts
  }

  private static func facts(of tally: DeliveryTally) -> [Facts.Fact] {
    [.init("People", "\(tally.people)"), .init("Have read it", "\(tally.read)")]
      + tally.lines.filter { $0.channel != .inbox }.map { line in
        .init(
          line.channel.title,
          line.skipped == 0 ? "\(line.reached)" : "\(line.reached), \(line.skipped) skipped")
      }
  }

  @HTMLBuilder private var log: HTML {
    Tabs(
      "Delivery",
      [
        .init("Everyone", path: MessagesPaths.sent(message.id), isCurrent: !isSkippedOnly),
        .init(
          "Skipped", path: MessagesPaths.sent(message.id).query(["skipped": "true"]), isCurrent: isSkippedOnly),
      ])
    if !deliveries.items.isEmpty {
      DataTable(
        caption: "To whom it went",
        columns: [.init("Name")] + channels.map { .init($0.title, isNamedOnPhones: true) }, isPinned: false,
        rows: readers.map(row))
      Pager(
        shown: CountWords.of(readers.count, "person shown", "people shown"),
        first: isFirst ? nil : address(after: nil),
        next: deliveries.next.map { address(after: $0) })
      ButtonLink(
        "Export", to: MessagesPaths.deliveriesFile(message.id).query(["skipped": isSkippedOnly ? "true" : nil]),
        icon: .download)
    }
  }

  private var channels: [MessageChannel] { message.content.channels }

  /// The deliveries of each reader, in their order.
  private var readers: [[Delivery]] {
    var readers: [[Delivery]] = []
    for delivery in deliveries.items {
      if readers.last?.first?.reader == delivery.reader {
        readers[readers.count - 1].append(delivery)
      } else {
        readers.append([delivery])
      }
    }
    return readers
  }

  private func row(_ reader: [Delivery]) -> DataTable.Row {
    let name = reader.first?.name ?? ""
    return DataTable.Row(
      name: name, lead: bdi { name },
      cells: channels.map { channel in
        reader.first { $0.channel == channel }.map(Self.cell) ?? .empty
      })
  }

  @HTMLBuilder private static func cell(_ delivery: Delivery) -> HTML {
    switch delivery.state {
    case .delivered: StateWord("In the inbox", .ok)
    case .handed:
      if let state = delivery.letterState {
        StateWord(state == .pending ? "Waits to be sent" : state.words, state.tone)
      } else {
        StateWord("Handed over", .ok)
      }
    case .skipped: StateWord("Skipped", .warn)
    }
    if let reason = delivery.reason { span(.class("also")) { reason.title } }
  }

  private func address(after: ID<AnyEntity>?) -> Path {
    MessagesPaths.sent(message.id).query([
      "skipped": isSkippedOnly ? "true" : nil, "after": after?.description,
    ])
  }
}
