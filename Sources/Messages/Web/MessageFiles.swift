import Kernel
import Outbox
import Rights
import Web

/// Inbox, sent messages and deliveries as files for spreadsheets, for pages and API alike.
struct MessageFiles: Sendable {
  let service: MessagesService

  var endpoints: [Endpoint] {
    let writing = Endpoint.Access.needs(.sendMessages)
    let inbox = "Your messages as a file for spreadsheets."
    let sent = "The messages you wrote as a file for spreadsheets."
    let deliveries = "To whom a message went and to whom not, as a file for spreadsheets."
    return [
      .listFile("/messages.csv", inbox, .signedIn, query: InboxAPI.filters, self.inbox),
      .listFile("/api/v1/inbox.csv", inbox, .signedIn, query: InboxAPI.filters, self.inbox),
      .listFile("/messages/sent.csv", sent, writing, query: [MessageAPI.state, MessageAPI.anyone], self.sent),
      .listFile("/api/v1/messages.csv", sent, writing, query: [MessageAPI.state, MessageAPI.anyone], self.sent),
      .listFile(
        "/messages/sent/{id}/deliveries.csv", deliveries, writing, query: [MessageAPI.channel, MessageAPI.skipped],
        self.deliveries),
      .listFile(
        "/api/v1/messages/{id}/deliveries.csv", deliveries, writing, query: [MessageAPI.channel, MessageAPI.skipped],
        self.deliveries),
    ]
  }

  private func inbox(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let filter = InboxAPI.filter(call)
    let file = ListFile<InboxLine>(
      "messages.csv",
      [
        .init("Subject") { $0.subject }, .init("From") { $0.author }, .init("School") { $0.org },
        .init("Priority") { $0.priority.rawValue }, .init("Came") { $0.publishedAt.description },
        .init("Read") { $0.readAt?.description }, .init("About") { $0.children.joined(separator: ", ") },
      ])
    return try await file.reply { after in try await service.inbox(filter, .ofFile(after: after), of: actor) }
  }

  private func sent(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let state = call.query("state").flatMap(Message.State.init)
    let isAnyone = call.query("anyone") == "true"
    let file = ListFile<SentLine>(
      "sent.csv",
      [
        .init("Subject") { $0.message.content.subject }, .init("For") { $0.audience }, .init("From") { $0.author },
        .init("State") { $0.message.state.rawValue }, .init("Priority") { $0.message.content.priority.rawValue },
        .init("Publish") { $0.message.publishAt?.description }, .init("Sent") { $0.message.sentAt?.description },
        .init("People") { "\($0.people)" },
      ])
    return try await file.reply { after in
      try await service.sent(state, fromAnyone: isAnyone, .ofFile(after: after), by: actor)
    }
  }

  private func deliveries(_ call: Call) async throws -> Reply {
    let actor = try call.actor
    let id: MessageID = try call.id("id")
    let channel = call.query("channel").flatMap(MessageChannel.init)
    let isSkipped = call.query("skipped") == "true"
    let file = ListFile<Delivery>(
      "deliveries.csv",
      [
        .init("Name") { $0.name }, .init("Channel") { $0.channel.title }, .init("State") { $0.state.rawValue },
        .init("Reason") { $0.reason?.title }, .init("At") { $0.at.description },
        .init("Letter") { $0.letter?.description }, .init("State of the letter") { $0.letterState?.rawValue },
      ])
    return try await file.reply { after in
      try await service.deliveries(of: id, channel, skippedOnly: isSkipped, .ofFile(after: after), by: actor)
    }
  }
}
