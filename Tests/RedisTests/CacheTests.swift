import Testing

@testable import Redis

@Suite(.enabled(if: TestRedis.isThere), .timeLimit(.minutes(1))) struct `A cache in Redis` {
  @Test func `gives back what is kept, for as long as it is`() async throws {
    let client = try await TestRedis.client()
    let cache = RedisCache(client)
    await cache.keep([0, 255, 13, 10], as: "a", for: .seconds(60))
    await cache.keep([], as: "b", for: .milliseconds(50))
    #expect(await cache.values(for: ["a", "nothing"]) == [[0, 255, 13, 10], nil])
    try await eventually { await cache.values(for: ["a", "b"]) == [[0, 255, 13, 10], nil] }
    await client.close()
  }

  @Test func `is empty while Redis is away, and nobody waits for it`() async throws {
    let client = RedisClient(try RedisAddress("redis://127.0.0.1:1"), prefix: "")
    await client.start()
    let cache = RedisCache(client)
    // If each waited they would take forty seconds.
    let waited = await time {
      for _ in 0..<100 {
        await cache.keep([1], as: "a", for: .seconds(60))
        #expect(await cache.values(for: ["a", "b"]) == [nil, nil])
      }
    }
    #expect(waited < .seconds(20))
    await client.close()
  }
}
