import Testing

@testable import Redis

@Suite(.enabled(if: TestRedis.isThere), .timeLimit(.minutes(1))) struct `Buckets in Redis` {
  @Test func `hold the quota exactly, however many take at once from however many nodes`() async throws {
    let client = try await TestRedis.client()
    let nodes = [RedisBuckets(client), RedisBuckets(client), RedisBuckets(client)]
    // Filled again within a day, so that nothing drips in meanwhile.
    let allowed = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<900 {
        let node = nodes[number % 3]
        group.addTask { await node.take(from: "many", quota: 250, seconds: 86_400)?.isAllowed == true }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(allowed == 250)
    await client.close()
  }

  @Test func `say what is left, and when there is one again`() async throws {
    let client = try await TestRedis.client()
    let buckets = RedisBuckets(client)
    var left: [Int] = []
    for _ in 0..<3 { left.append(try #require(await buckets.take(from: "few", quota: 3, seconds: 300)).remaining) }
    #expect(left == [2, 1, 0])
    let refused = try #require(await buckets.take(from: "few", quota: 3, seconds: 300))
    #expect(!refused.isAllowed && refused.remaining == 0)
    #expect(refused.wait > .seconds(60) && refused.wait <= .seconds(100))
    let other = try #require(await buckets.take(from: "others", quota: 3, seconds: 300))
    #expect(other.isAllowed && other.wait > .seconds(60) && other.wait <= .seconds(100))
    await client.close()
  }

  @Test func `are filled again with time, and gone when they are full`() async throws {
    let client = try await TestRedis.client()
    let buckets = RedisBuckets(client)
    var taken = try #require(await buckets.take(from: "quick", quota: 5, seconds: 5))
    for _ in 0..<1000 where taken.isAllowed {
      taken = try #require(await buckets.take(from: "quick", quota: 5, seconds: 5))
    }
    #expect(!taken.isAllowed && taken.wait <= .seconds(1))
    try await Task.sleep(for: taken.wait)
    #expect(try #require(await buckets.take(from: "quick", quota: 5, seconds: 5)).isAllowed)
    try await eventually {
      try await client.send(RedisCommand("EXISTS", client.key("quick"))) == .integer(0)
    }
    await client.close()
  }

  @Test func `outlive a Redis that has forgotten the script`() async throws {
    let server = try RedisServer()
    try await server.start()
    let client = RedisClient(try RedisAddress(server.url), prefix: "")
    await client.start()
    let buckets = RedisBuckets(client)
    #expect(try #require(await buckets.take(from: "a", quota: 9, seconds: 900)).remaining == 8)
    _ = try await client.send(RedisCommand("SCRIPT", "FLUSH"))
    #expect(try #require(await buckets.take(from: "a", quota: 9, seconds: 900)).remaining == 7)
    #expect(try #require(await buckets.take(from: "a", quota: 9, seconds: 900)).remaining == 6)
    server.kill()
    #expect(await buckets.take(from: "a", quota: 9, seconds: 900) == nil)
    await client.close()
  }

  @Test func `forgive a clock that was set back`() async throws {
    let client = try await TestRedis.client()
    _ = try await client.send(RedisCommand("SET", client.key("later"), "9000000000000000"))
    let taken = try #require(await RedisBuckets(client).take(from: "later", quota: 9, seconds: 900))
    #expect(taken.isAllowed && taken.remaining == 8)
    await client.close()
  }
}
