public import Kernel

/// Carries the rings of a bell to the other nodes, by publish and subscribe.
public struct RedisBell: Sendable {
  private static let channel = "bell"

  private let client: RedisClient
  private let bell: LiveBell
  /// Tells one's own rings, which have been heard here already, from those of others.
  private let sender: UInt64

  /// The way of this node's bell to the others.
  public init(_ client: RedisClient, bell: LiveBell, sender: UInt64 = .random(in: 0 ... .max)) {
    self.client = client
    self.bell = bell
    self.sender = sender
  }

  /// Tells the other nodes, without waiting; answers whether it could be sent.
  public func forward(_ topics: [String]) -> Bool {
    client.publish(Array(BellMessage(sender: sender, topics: topics).text.utf8), on: Self.channel)
  }

  /// Rings here for what others tell, until the task is cancelled.
  public func run() async {
    for await bytes in client.messages(on: Self.channel) {
      let message = BellMessage(String(decoding: bytes, as: UTF8.self))
      guard let message, message.sender != sender else { continue }
      bell.ringHere(message.topics)
    }
  }
}
