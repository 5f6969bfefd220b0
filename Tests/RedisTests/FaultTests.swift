import Synchronization
import Testing

@testable import Redis

@Suite(.enabled(if: TestRedis.isThere), .serialized, .timeLimit(.minutes(1))) struct `Redis when it is away` {
  @Test func `is not waited for where nobody listens`() async throws {
    let client = RedisClient(try RedisAddress("redis://127.0.0.1:1"), prefix: "")
    #expect(client.fault != nil)
    let start = await time { await client.start() }
    #expect(start < .seconds(20))
    await refusesAtOnce(client)
    await client.close()
  }

  @Test func `is not waited for where somebody accepts and says nothing`() async throws {
    let mute = try MuteServer()
    let client = RedisClient(try RedisAddress("redis://127.0.0.1:\(mute.port)"), prefix: "")
    let start = await time { await client.start() }
    #expect(start < .seconds(20))
    #expect(client.fault == .slow)
    await refusesAtOnce(client)
    await client.close()
    withExtendedLifetime(mute) {}
  }

  @Test func `takes one wait from those who ask when it dies, and comes back by itself`() async throws {
    let server = try RedisServer()
    try await server.start()
    let diary = Diary()
    let client = RedisClient(try RedisAddress(server.url), prefix: "") { diary.note($0) }
    await client.start()
    #expect(await client.check() == nil)
    server.kill()
    await everybodyAsks(client)
    #expect(client.fault != nil && client.losses == 1)
    await refusesAtOnce(client)
    try await server.start()
    try await eventually { client.fault == nil }
    #expect(try await client.send(RedisCommand("PING")) == .status("PONG"))
    #expect(diary.entries.count == 3 && diary.entries.first == .found && diary.entries.last == .found)
    await client.close()
    server.kill()
  }

  @Test func `takes one wait from those who ask when it hangs`() async throws {
    let server = try RedisServer()
    try await server.start()
    let client = RedisClient(try RedisAddress(server.url), prefix: "")
    await client.start()
    server.sleep()
    await everybodyAsks(client)
    #expect(client.fault == .slow)
    await refusesAtOnce(client)
    server.wake()
    try await eventually { client.fault == nil }
    await client.close()
    server.kill()
  }

  @Test func `that comes and goes is asked less and less often, and never waited for longer`() async throws {
    let server = try RedisServer()
    let client = RedisClient(try RedisAddress(server.url), prefix: "")
    await client.start()
    for _ in 0..<4 {
      try await server.start()
      try await eventually { client.fault == nil }
      server.kill()
      await everybodyAsks(client)
      await refusesAtOnce(client)
    }
    #expect(client.losses == 4)
    try await server.start()
    try await eventually { client.fault == nil }
    await client.close()
    server.kill()
  }

  @Test func `is left alone when it takes no writes`() async throws {
    let server = try RedisServer()
    try await server.start()
    let client = RedisClient(try RedisAddress(server.url), prefix: "")
    await client.start()
    #expect(client.fault == nil)
    _ = try await client.send(RedisCommand("REPLICAOF", "127.0.0.1", "1"))
    await #expect(throws: RedisFault.refused("READONLY")) { _ = try await client.send(RedisCommand("SET", "a", "1")) }
    try await eventually { client.fault == .refused("READONLY") }
    await refusesAtOnce(client)
    let link = try RedisLink.open(RedisAddress(server.url), RedisPatience())
    try link.insist([RedisCommand("REPLICAOF", "NO", "ONE")], within: .seconds(1))
    try await eventually { client.fault == nil }
    await client.close()
    server.kill()
  }

  @Test func `is listened to again when it is back, also after it hung`() async throws {
    let server = try RedisServer()
    try await server.start()
    let client = RedisClient(try RedisAddress(server.url), prefix: "")
    await client.start()
    let news = client.messages(on: "news")
    await hears(1, from: client, in: news)
    server.kill()
    try await server.start()
    await hears(2, from: client, in: news)
    server.sleep()
    // Longer than it takes to give it up.
    try await Task.sleep(for: .seconds(5))
    server.wake()
    await hears(3, from: client, in: news)
    await client.close()
    server.kill()
  }

  /// A word is sent again and again until it is heard: what is sent while nobody listens is lost.
  private func hears(_ word: UInt8, from client: RedisClient, in news: AsyncStream<[UInt8]>) async {
    await withTaskGroup { group in
      group.addTask {
        for await message in news where message == [word] { return }
      }
      group.addTask {
        while !Task.isCancelled {
          client.publish([word], on: "news")
          try? await Task.sleep(for: .milliseconds(20))  // Being cancelled ends the sleep, and the loop.
        }
      }
      await group.next()
      group.cancelAll()
    }
  }

  /// A hundred ask at once; none is answered, and none waits for another: one after the other they would take twenty
  /// seconds.
  private func everybodyAsks(_ client: RedisClient) async {
    let waited = await time {
      await withTaskGroup { group in
        for _ in 0..<100 {
          group.addTask { await #expect(throws: RedisFault.self) { _ = try await client.send(RedisCommand("PING")) } }
        }
      }
    }
    #expect(waited < .seconds(15))
  }

  /// A thousand calls, one after the other: if each waited they would take minutes.
  private func refusesAtOnce(_ client: RedisClient) async {
    let waited = await time {
      for _ in 0..<1000 { _ = await client.check() }
    }
    #expect(waited < .seconds(20))
    #expect(client.fault != nil)
  }
}

/// Notes what changes about a server.
private final class Diary: Sendable {
  private let changes = Mutex<[RedisClient.Change]>([])

  var entries: [RedisClient.Change] { changes.withLock { $0 } }

  func note(_ change: RedisClient.Change) { changes.withLock { $0.append(change) } }
}
