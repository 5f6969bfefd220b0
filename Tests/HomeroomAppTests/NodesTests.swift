import Foundation
import Kernel
import Operations
import Persistence
import Redis
import Synchronization
import TestSupport
import Testing

@testable import HomeroomApp
@testable import Web

@Suite struct `Several nodes` {
  private static let redis = ProcessInfo.processInfo.environment["HOMEROOM_TEST_REDIS"] ?? ""
  private let policy = RateLimiter.Policy(name: "test", quota: 100, window: 86_400)

  @Test(.enabled(if: !redis.isEmpty)) func `with Redis keep one quota together, exactly`() async throws {
    try await TestDatabase.Engine.sqlite.withEmpty { database in
      let key = Self.masterKey()
      let pair = [try Self.node(database, redis: Self.redis, key), try Self.node(database, redis: Self.redis, key)]
      for node in pair { await node.start() }
      #expect(await count(pair, asking: 300) == 100)
      #expect(await pair[0].health.state == .ok)
      // Another installation on the same Redis has a quota of its own.
      let other = try Self.node(database, redis: Self.redis, Self.masterKey())
      await other.start()
      #expect(await count([other], asking: 120) == 100)
      for node in pair + [other] { await node.close() }
    }
  }

  @Test func `without Redis count for themselves`() async throws {
    try await TestDatabase.Engine.sqlite.withEmpty { database in
      let key = Self.masterKey()
      let pair = [try Self.node(database, redis: "", key), try Self.node(database, redis: "", key)]
      for node in pair { await node.start() }
      #expect(await count(pair, asking: 300) == 200)
      #expect(await pair[0].health.state == .unused)
      #expect(pair[0].gauges.isEmpty && pair[0].services.isEmpty)
    }
  }

  @Test(.enabled(if: !redis.isEmpty))
  func `go on with what they have counted when Redis goes, and nobody waits`() async throws {
    try await TestDatabase.Engine.sqlite.withEmpty { database in
      let node = try Self.node(database, redis: Self.redis, Self.masterKey())
      await node.start()
      #expect(await count([node], asking: 60) == 60)
      await node.close()
      #expect(await node.health.state == .degraded)
      let begun = ContinuousClock.now
      #expect(await count([node], asking: 60) == 40)
      #expect(begun.duration(to: .now) < Self.patience.command)
      #expect(node.gauges.first?.value == 0)
    }
  }

  @Test func `whose Redis was never there start and count all the same`() async throws {
    try await TestDatabase.Engine.sqlite.withEmpty { database in
      let node = try Self.node(database, redis: "redis://127.0.0.1:1", Self.masterKey())
      let begun = ContinuousClock.now
      await node.start()
      #expect(begun.duration(to: .now) < Self.patience.command)
      #expect(await count([node], asking: 120) == 100)
      #expect(await node.health.state == .degraded)
      await node.close()
    }
  }

  /// How many of so many requests are let through, each at the next node.
  private func count(_ nodes: [Nodes], asking requests: Int) async -> Int {
    let policy = policy
    return await withTaskGroup(of: Bool.self) { group in
      for number in 0..<requests {
        let limiter = nodes[number % nodes.count].limiter
        group.addTask {
          await limiter.takeTogether(policy, caller: "ada", at: Instant(milliseconds: 1_795_424_400_000)).isAllowed
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
  }

  /// Patience for a machine that has much else to do: whoever waited once would wait as long.
  private static let patience = {
    var patience = RedisPatience()
    patience.command = .seconds(60)
    return patience
  }()

  private static func masterKey() -> String {
    (0..<64).map { _ in String(Int.random(in: 0..<16), radix: 16) }.joined()
  }

  private static func node(_ database: any Database, redis: String, _ key: String) throws -> Nodes {
    let settings = try Settings.load(
      arguments: ["HOMEROOM_DATA": "/nonexistent/homeroom", "REDIS_URL": redis, "HOMEROOM_MASTER_KEY": key],
      environment: [:])
    return try Nodes(
      Ground(
        settings: settings, clock: TestClock(), database: database, migrator: Migrator(database, []), ignored: []),
      patience: patience)
  }
}
