import Testing

@testable import Redis

@Suite struct `An address of Redis` {
  @Test func `has a host, a port, a database, and who asks`() throws {
    let whole = try RedisAddress("redis://homeroom:p%40ss%2Fword@cache.school.example:6380/3")
    #expect(whole.place == .host("cache.school.example", port: 6380))
    #expect(whole.user == "homeroom" && whole.password == "p@ss/word" && whole.database == 3)
    let short = try RedisAddress("redis://127.0.0.1")
    #expect(short.place == .host("127.0.0.1", port: 6379))
    #expect(short.user == nil && short.password == nil && short.database == 0)
    #expect(try RedisAddress("redis://:secret@[::1]:7000").place == .host("::1", port: 7000))
    #expect(try RedisAddress("redis://:secret@[::1]:7000").user == nil)
    let socket = try RedisAddress("unix://:secret@/run/redis/redis.sock?db=2")
    #expect(socket.place == .socket(path: "/run/redis/redis.sock") && socket.database == 2)
  }

  @Test(arguments: [
    ("rediss://host", "TLS"), ("http://host", "redis://"), ("redis://", "host"), ("redis://host/one", "number"),
    ("redis://host/-1", "number"), ("redis://hidden@host", "password"), ("hidden", "redis://"),
    ("unix://host/hidden.sock", "unix:///"),
  ])
  func `that cannot be read is refused in words that hold nothing of it`(url: String, word: String) throws {
    let fault = try #require(throws: BadRedisAddress.self) { try RedisAddress(url) }
    #expect(fault.description.contains(word))
    #expect(!fault.description.contains("hidden"))
  }

  @Test func `describes itself without the password`() throws {
    #expect(try RedisAddress("redis://homeroom:hidden@host/2").description == "redis://host:6379/2")
    #expect(try RedisAddress("redis://:hidden@[::1]").description == "redis://[::1]:6379/0")
    #expect(try RedisAddress("unix://:hidden@/run/redis.sock").description == "unix:///run/redis.sock?db=0")
  }
}
