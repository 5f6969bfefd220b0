import Synchronization

/// Token buckets that several nodes share, each one number in Redis: the moment at which the bucket will be full again.
///
/// One script looks and takes, by the clock of Redis, so that nodes need not agree on the time and nothing comes
/// between. A bucket that is full is no key at all.
public final class RedisBuckets: Sendable {
  /// What came of taking one out.
  public struct Taken: Sendable, Equatable {
    /// Whether there was one.
    public let isAllowed: Bool
    /// How many are left.
    public let remaining: Int
    /// Until the bucket is full again, or, where nothing was left, until there is one.
    public let wait: Duration
  }

  private let client: RedisClient
  /// What Redis calls the script, once it has been told it.
  private let name = Mutex<String?>(nil)

  /// Buckets on a server.
  public init(_ client: RedisClient) { self.client = client }

  /// Takes one out of the bucket `name`, which holds `quota` and is filled from empty within `seconds`. Nil, at once or
  /// after the patience for a command, when Redis cannot say.
  public func take(from name: String, quota: Int, seconds: Int) async -> Taken? {
    guard client.fault == nil else { return nil }
    do throws(RedisFault) {
      let told = ["1", client.key(name), "\(quota)", "\(seconds)"]
      let answer = try await run(told)
      guard let numbers = answer.array?.compactMap(\.integer), numbers.count == 3 else { return nil }
      return Taken(isAllowed: numbers[0] == 1, remaining: numbers[1], wait: .microseconds(numbers[2]))
    } catch {
      return nil
    }
  }

  private func run(_ told: [String]) async throws(RedisFault) -> RedisValue {
    do throws(RedisFault) {
      return try await client.send(told.reduce(RedisCommand("EVALSHA", try await scriptName())) { $0.with($1) })
    } catch .refused("NOSCRIPT") {
      // Redis was started anew, or somebody emptied its memory of scripts: told once more, it remembers again.
      return try await client.send(told.reduce(RedisCommand("EVAL", Self.script)) { $0.with($1) })
    }
  }

  private func scriptName() async throws(RedisFault) -> String {
    if let known = name.withLock({ $0 }) { return known }
    let answer = try await client.send(RedisCommand("SCRIPT", "LOAD", Self.script))
    guard let bytes = answer.bytes else { throw .refused("SCRIPT") }
    let told = String(decoding: bytes, as: UTF8.self)
    name.withLock { $0 = told }
    return told
  }

  /// Times are in microseconds. A moment that lies too far ahead was written before the clock of Redis was set back.
  static let script = """
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2]
    local window = ARGV[2] * 1000000
    local step = window / ARGV[1]
    local full = tonumber(redis.call('GET', KEYS[1]) or now)
    if full < now or full > now + window then full = now end
    full = full + step
    local over = full - now - window
    if over > 0.5 then return {0, 0, math.ceil(over)} end
    redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
    return {1, math.floor(math.max(0, 0.5 - over) / step), math.ceil(full - now)}
    """
}
