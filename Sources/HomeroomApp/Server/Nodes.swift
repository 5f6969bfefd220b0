import Kernel
import Logging
import Operations
import PostgresDriver
import Redis
import Secrets
import ServiceLifecycle
import Web

/// What this node has in common with others beside the database: Redis, where `REDIS_URL` names one, and a bell that
/// is heard on all of them.
///
/// Nothing depends on Redis. While it is away, each node counts requests for itself, figures are worked out anew, and
/// PostgreSQL carries the bell.
struct Nodes: Sendable {
  /// Rung when there is news, after it has been committed.
  let bell: LiveBell
  /// Counts requests, on all nodes together where that can be.
  let limiter: RateLimiter
  /// Remembers what the database takes long to count, where there is a place that all nodes share.
  let counts: RecentCounts
  private let redis: RedisClient?
  private let redisBell: RedisBell?
  private let postgresBell: PostgresBell?

  init(_ ground: Ground, patience: RedisPatience = RedisPatience()) throws {
    let bell = LiveBell()
    let redis = try ground.settings.redis.map { address in
      let logger = Logger(label: "redis")
      let prefix = try Self.prefix(ground.settings)
      return RedisClient(address, prefix: prefix, patience: patience) { change in logger.note(change) }
    }
    let redisBell = redis.map { RedisBell($0, bell: bell) }
    let postgresBell = (ground.database as? PostgresDatabase).map { PostgresBell($0, bell: bell) }
    if redisBell != nil || postgresBell != nil {
      bell.connect { topics in if redisBell?.forward(topics) != true { postgresBell?.forward(topics) } }
    }
    self.bell = bell
    self.redis = redis
    self.redisBell = redisBell
    self.postgresBell = postgresBell
    counts = RecentCounts(redis.map { RedisCache($0) })
    limiter = RateLimiter(together: redis.map { Self.together(RedisBuckets($0)) })
  }

  /// Told of everybody who may have changed something; nil where nothing is remembered.
  var noteChange: (@Sendable (AccountID) async -> Void)? {
    guard redis != nil else { return nil }
    return { [counts] account in await counts.noteChange(by: account) }
  }

  /// Begins to ask Redis; returns once it has answered or was found to be away.
  func start() async { await redis?.start() }

  /// Lets go of Redis.
  func close() async { await redis?.close() }

  /// What carries the bell, until the program stops.
  var services: [any Service] {
    redisBell == nil && postgresBell == nil ? [] : [RingService(redis: redisBell, postgres: postgresBell)]
  }

  /// How Redis is. It is never down: what it does, others can do.
  var health: HealthService.Part {
    HealthService.Part("redis") { [redis] in
      guard let redis else { return .unused }
      return await redis.check() == nil ? .ok : .degraded
    }
  }

  /// What the figures for Prometheus say of Redis; nothing where there is none.
  var gauges: [(name: String, help: String, value: Int)] {
    guard let redis else { return [] }
    return [
      ("homeroom_redis_up", "Whether Redis answered last time.", redis.fault == nil ? 1 : 0),
      ("homeroom_redis_losses", "How often Redis went away since the start.", redis.losses),
    ]
  }

  /// What keys begin with: one and the same on all nodes of an installation, and another for every other. The master
  /// key is what they all have, and cannot be told from it.
  private static func prefix(_ settings: Settings) throws -> String {
    let secret = try settings.keyOfInstallation().subkey(for: "redis-prefix").revealed
    return "homeroom:\(secret.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()):"
  }

  private static func together(_ buckets: RedisBuckets) -> RateLimiter.Together {
    { policy, caller in
      let taken = await buckets.take(
        from: "limit:\(policy.name):\(caller)", quota: policy.quota, seconds: policy.window)
      return taken.map { taken in
        RateLimiter.Taken(
          isAllowed: taken.isAllowed, remaining: taken.remaining,
          reset: Int((taken.wait / .seconds(1)).rounded(.up)))
      }
    }
  }
}

/// Has the bell heard on all nodes.
private struct RingService: Service {
  let redis: RedisBell?
  let postgres: PostgresBell?

  func run() async {
    await cancelWhenGracefulShutdown {
      await withTaskGroup { group in
        if let redis { group.addTask { await redis.run() } }
        if let postgres { group.addTask { await postgres.run() } }
      }
    }
  }
}

extension Settings {
  /// The key that seals what stands in the database, and is the same on all nodes.
  func keyOfInstallation() throws -> MasterKey {
    try masterKey.map { try MasterKey(text: $0) } ?? MasterKey.kept(inFile: data + "/master.key")
  }
}

extension DoctorCheck {
  /// Whether Redis, where there is one, lets us in and takes what it is given.
  static func redis(_ settings: Settings) -> DoctorCheck {
    DoctorCheck("redis.answers", "Redis") {
      guard let address = settings.redis else {
        return .well("Not used: every node counts requests for itself.")
      }
      let client = RedisClient(address, prefix: "homeroom:doctor:")
      await client.start()
      let begun = ContinuousClock.now
      let fault = await client.check()
      let microseconds = Int(begun.duration(to: .now) / .microseconds(1))
      await client.close()
      guard let fault else { return .well("It answers within \(microseconds) µs.") }
      return .warning(
        "\(address) is away: \(fault). Nothing is lost meanwhile; every node counts requests for itself.",
        cure: "See that the server runs and that REDIS_URL has its address and password. It is found by itself.")
    }
  }
}

extension Logger {
  /// Says that Redis went or came.
  fileprivate func note(_ change: RedisClient.Change) {
    switch change {
    case .found: notice("redis answers")
    case .lost(let fault): warning("redis is away, and is not asked until it is back: \(fault)")
    }
  }
}
