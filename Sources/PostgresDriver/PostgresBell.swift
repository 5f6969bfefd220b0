public import Kernel
import Synchronization

/// Carries the rings of a bell to the other nodes of a database, by `NOTIFY` and `LISTEN`.
///
/// Rings that come while others are being sent go out together. Guards those that wait with a lock.
public final class PostgresBell: Sendable {
  private static let channel: StaticString = "homeroom_bell"
  /// PostgreSQL takes messages of fewer than 8,000 bytes.
  private static let longest = 7900
  /// More topics than that wait only while the database is away; whoever waits for news then looks there by himself.
  private static let most = 10_000

  private let database: PostgresDatabase
  private let bell: LiveBell
  /// Tells one's own rings, which have been heard here already, from those of others.
  private let sender: UInt64
  private let waiting = Mutex<Set<String>>([])
  private let (signals, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

  /// The way of this node's bell to the others.
  public init(_ database: PostgresDatabase, bell: LiveBell, sender: UInt64 = .random(in: 0 ... .max)) {
    self.database = database
    self.bell = bell
    self.sender = sender
  }

  /// Has the other nodes told, without waiting.
  public func forward(_ topics: [String]) {
    waiting.withLock { waiting in if waiting.count + topics.count <= Self.most { waiting.formUnion(topics) } }
    signal.yield()
  }

  /// Tells others of rings here, and rings here for what others tell, until the task is cancelled.
  public func run() async {
    await withTaskGroup { group in
      group.addTask { await self.tell() }
      group.addTask { await self.hear() }
    }
  }

  private func tell() async {
    for await _ in signals {
      let topics = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting.sorted()
      }
      let parts = BellMessage(sender: sender, topics: topics).parts(of: Self.longest).map(\.text)
      // A ring that is not heard loses nothing but time.
      try? await database.notify(channel: Self.channel, parts)
    }
  }

  private func hear() async {
    for await text in database.listen(channel: Self.channel) {
      guard let message = BellMessage(text), message.sender != sender else { continue }
      bell.ringHere(message.topics)
    }
  }
}
