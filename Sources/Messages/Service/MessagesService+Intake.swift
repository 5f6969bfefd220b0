import Audiences
public import Kernel
public import Persistence
import Record
public import Rights

extension MessagesService {
  /// Writes down a message as delivered at a moment, with a copy for each of its audience: for schools that are made
  /// up. It goes into inboxes alone, and nobody's reach is asked.
  @discardableResult
  public func takeIn(
    _ content: MessageContent, from author: AccountID?, at moment: Instant, by actor: Actor, in tx: any Connection
  ) throws -> MessageID {
    let message = Message(
      id: .new(at: moment), author: author, org: try messages.org(of: content.audience, in: tx),
      content: try content.checked(), state: .sent, publishAt: moment, sentAt: moment)
    try record.insert(message, into: Message.table, Change(by: actor, at: moment, org: message.org), in: tx)
    let day = zone.date(at: moment)
    var last: ID<AnyEntity>?
    while true {
      let members = try audiences.members(of: content.audience, on: day, after: last, in: tx)
      let fresh = try deliveries.insert(members, of: message, publishedAt: moment, in: tx)
      try deliveries.log(
        fresh.sorted().map { .init(reader: $0, channel: .inbox, state: .delivered) }, of: message.id, at: moment,
        in: tx)
      guard members.count == AudienceStore.batch else { return message.id }
      last = members.last?.key
    }
  }
}
