import Testing

@testable import Redis

@Suite(.enabled(if: TestRedis.isThere), .timeLimit(.minutes(1))) struct `Redis when it is there` {
  @Test func `gives back every byte as it was put there`() async throws {
    let client = try await TestRedis.client()
    let all = (0...255).map { UInt8($0) }
    for bytes in [all, [], [0], Array("\r\n$3\r\n".utf8), Array(repeating: 0xFF, count: 3_000_000)] {
      let key = client.key("bytes")
      #expect(try await client.send(RedisCommand("SET", key).with(bytes).with("PX", "10000")) == .status("OK"))
      #expect(try await client.send(RedisCommand("GET", key)) == .bytes(bytes))
    }
    #expect(try await client.send(RedisCommand("GET", client.key("nothing"))) == .null)
    await client.close()
  }

  @Test func `answers with numbers, words, lists in lists, and refusals by their first word`() async throws {
    let client = try await TestRedis.client()
    #expect(try await client.send(RedisCommand("INCR", client.key("count"))).integer == 1)
    #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
    let list = try await client.send(RedisCommand("EVAL", "return {1, {'a', false}, 'b'}", "0"))
    #expect(
      list == .array([.integer(1), .array([.bytes(Array("a".utf8)), .null]), .bytes(Array("b".utf8))]))
    await #expect(throws: RedisFault.refused("WRONGTYPE")) {
      _ = try await client.send(RedisCommand("LPUSH", client.key("count"), "x"))
    }
    await #expect(throws: RedisFault.refused("ERR")) { _ = try await client.send(RedisCommand("SING")) }
    #expect(client.fault == nil && client.losses == 0)
    await client.close()
  }

  @Test func `answers a thousand callers at once, each with his own`() async throws {
    let client = try await TestRedis.client()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<1000 {
        group.addTask {
          let answer = try await client.send(RedisCommand("ECHO", "caller \(number)"))
          #expect(answer == .bytes(Array("caller \(number)".utf8)))
        }
      }
      try await group.waitForAll()
    }
    await client.close()
  }

  @Test func `keeps databases apart and knows who may come in`() async throws {
    let server = try RedisServer(password: "a long and secret word")
    try await server.start()
    let url = server.url
    let first = RedisClient(try RedisAddress(url), prefix: "")
    let second = RedisClient(try RedisAddress(url + "/1"), prefix: "")
    await first.start()
    await second.start()
    _ = try await first.send(RedisCommand("SET", "a", "1"))
    #expect(try await second.send(RedisCommand("GET", "a")) == .null)
    for wrong in ["", ":wrong@", "nobody:wrong@"] {
      let client = RedisClient(try RedisAddress("redis://\(wrong)127.0.0.1:\(server.port)"), prefix: "")
      await client.start()
      let fault = try #require(client.fault)
      #expect([.refused("NOAUTH"), .refused("WRONGPASS")].contains(fault))
      await #expect(throws: fault) { _ = try await client.send(RedisCommand("PING")) }
      await client.close()
    }
    await first.close()
    await second.close()
    server.kill()
  }

  @Test func `that is closed refuses at once`() async throws {
    let client = try await TestRedis.client()
    await client.close()
    await #expect(throws: RedisFault.away("it is not asked any more")) {
      _ = try await client.send(RedisCommand("PING"))
    }
    #expect(!client.post(RedisCommand("PING")))
  }

  @Test func `carries messages to everyone who listens, and no further than the installation`() async throws {
    let client = try await TestRedis.client()
    let stranger = try await TestRedis.client()
    var first = client.messages(on: "news").makeAsyncIterator()
    var second = client.messages(on: "news").makeAsyncIterator()
    try await eventually {
      try await client.send(RedisCommand("PUBSUB", "NUMSUB", client.key("news"))).array?.last == .integer(2)
    }
    stranger.publish([9], on: "news")
    client.publish([1, 0, 13, 10], on: "news")
    #expect(await first.next() == [1, 0, 13, 10])
    #expect(await second.next() == [1, 0, 13, 10])
    await client.close()
    await stranger.close()
  }
}
