import Kernel
import Rights
import Synchronization
import Web

/// The number of somebody's new messages as it changes. Whoever rings the bell for the inbox makes it look at once;
/// where nobody rings, as on another machine, it looks every few seconds.
enum InboxEvents {
  /// Looks every five seconds at least.
  static let pace = EventStream.Pace(look: .seconds(5))
  /// A server that stops is noticed within this time.
  private static let slice = Duration.milliseconds(500)

  static func stream(
    _ service: MessagesService, of actor: Actor, pace: EventStream.Pace, seat: StreamSeats.Seat,
    isStopping: @escaping @Sendable () -> Bool
  ) -> EventStream {
    let told = Told()
    let topic = actor.account.map(MessagesService.topic) ?? ""
    return EventStream(
      pace, seat: seat, isStopping: isStopping,
      wait: { longest in
        let end = ContinuousClock.now.advanced(by: longest)
        while ContinuousClock.now < end, !isStopping() {
          try Task.checkCancellation()
          let begun = ContinuousClock.now
          await service.bell.wait(for: topic, atMost: slice)
          if begun.duration(to: .now) < slice { return }
        }
      },
      look: {
        let unread = try await service.unreadCount(of: actor)
        return told.isNews(unread) ? EventStream.News("unread", data: "{\"unread\":\(unread)}") : nil
      })
  }
}

/// What a listener was told last. Guards it with a lock.
private final class Told: Sendable {
  private let unread = Mutex<Int?>(nil)

  func isNews(_ count: Int) -> Bool {
    unread.withLock { unread in
      defer { unread = count }
      return unread != count
    }
  }
}
