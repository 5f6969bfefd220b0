/// What one node tells the others of a ring: who it is, and the topics, a line each.
public struct BellMessage: Sendable, Equatable {
  /// The node that rang.
  public let sender: UInt64
  /// What it rang for; none holds a line break.
  public let topics: [String]

  /// A ring of a node.
  public init(sender: UInt64, topics: [String]) {
    self.sender = sender
    self.topics = topics
  }

  /// Reads what another node wrote; nil for anything else.
  public init?(_ text: String) {
    var lines = text.split(separator: "\n").map(String.init)
    guard let first = lines.first, let sender = UInt64(first, radix: 16) else { return nil }
    lines.removeFirst()
    self.init(sender: sender, topics: lines)
  }

  /// How it is sent.
  public var text: String { ([String(sender, radix: 16)] + topics).joined(separator: "\n") }

  /// The same in as many messages as it takes for none to be longer than `limit` bytes. A topic that is longer by
  /// itself is left out: whoever waits for it finds the news when he next looks.
  public func parts(of limit: Int) -> [BellMessage] {
    let head = String(sender, radix: 16).utf8.count
    var parts: [BellMessage] = []
    var topics: [String] = []
    var length = head
    for topic in self.topics where head + 1 + topic.utf8.count <= limit {
      if length + 1 + topic.utf8.count > limit {
        parts.append(BellMessage(sender: sender, topics: topics))
        topics = []
        length = head
      }
      topics.append(topic)
      length += 1 + topic.utf8.count
    }
    return topics.isEmpty ? parts : parts + [BellMessage(sender: sender, topics: topics)]
  }
}
