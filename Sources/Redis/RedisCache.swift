public import Kernel

/// A cache in Redis, the same for all nodes. While Redis is away nothing is found in it, and nothing kept.
public struct RedisCache: SharedCache {
  private let client: RedisClient

  /// A cache on a server.
  public init(_ client: RedisClient) { self.client = client }

  /// What is kept under each name, asked for in one question.
  public func values(for names: [String]) async -> [[UInt8]?] {
    let question = names.reduce(RedisCommand("MGET")) { $0.with(key($1)) }
    // While it is away nothing is there.
    guard let answer = try? await client.send(question).array, answer.count == names.count else {
      return names.map { _ in nil }
    }
    return answer.map(\.bytes)
  }

  /// Keeps something, if Redis is there.
  public func keep(_ value: [UInt8], as name: String, for lifetime: Duration) async {
    let milliseconds = max(1, Int(lifetime / .milliseconds(1)))
    // What is not kept is made anew.
    _ = try? await client.send(RedisCommand("SET", key(name)).with(value).with("PX", "\(milliseconds)"))
  }

  private func key(_ name: String) -> String { client.key("cache:" + name) }
}
