import CHiredis
import Foundation

/// One connection to Redis by hiredis; it belongs to the thread that made it.
///
/// hiredis only formats, writes and parses here. The waiting is ours, so that a whole exchange has one end in time: a
/// server that sends a byte every now and then holds up nobody either.
final class RedisLink {
  private let context: UnsafeMutablePointer<redisContext>

  /// Connects, comes in, and chooses the database.
  static func open(_ address: RedisAddress, _ patience: RedisPatience) throws(RedisFault) -> RedisLink {
    let longest = timeval(patience.connect)
    let made =
      switch address.place {
      case .host(let host, let port): redisConnectWithTimeout(host, Int32(port), longest)
      case .socket(let path): redisConnectUnixWithTimeout(path, longest)
      }
    guard let made else { throw .away("there is no memory for a connection") }
    guard made.pointee.err == 0 else {
      let fault = Self.fault(of: made)
      redisFree(made)
      throw fault
    }
    let link = RedisLink(made)
    // A write into a full socket ends, too; and a dead machine is noticed though nobody asks it anything.
    redisSetTimeout(made, timeval(patience.command))
    redisEnableKeepAlive(made)
    var greeting: [RedisCommand] = []
    if let password = address.password {
      greeting.append(address.user.map { RedisCommand("AUTH", $0, password) } ?? RedisCommand("AUTH", password))
    }
    if address.database != 0 { greeting.append(RedisCommand("SELECT", "\(address.database)")) }
    try link.insist(greeting, within: patience.connect)
    return link
  }

  private init(_ context: UnsafeMutablePointer<redisContext>) { self.context = context }

  deinit { redisFree(context) }

  /// Sends all commands at once and waits for all answers; throws when one of them is a refusal.
  func insist(_ commands: [RedisCommand], within longest: Duration) throws(RedisFault) {
    for case .refusal(let word) in try exchange(commands, within: longest) { throw .refused(word) }
  }

  /// Sends all commands at once and waits for all answers, which come in the same order.
  func exchange(_ commands: [RedisCommand], within longest: Duration) throws(RedisFault) -> [RedisValue] {
    let end = ContinuousClock.now.advanced(by: longest)
    for command in commands { try append(command) }
    try flush(until: end)
    var values: [RedisValue] = []
    values.reserveCapacity(commands.count)
    while values.count < commands.count { values.append(try next(until: end)) }
    return values
  }

  /// Sends a command whose answer is met later, by `next`.
  func send(_ command: RedisCommand, within longest: Duration) throws(RedisFault) {
    try append(command)
    try flush(until: .now.advanced(by: longest))
  }

  /// The next answer or message; `slow` when none has come by `end`, and then it can be waited for again.
  func next(until end: ContinuousClock.Instant) throws(RedisFault) -> RedisValue {
    while true {
      var raw: UnsafeMutableRawPointer?
      guard redisGetReplyFromReader(context, &raw) == REDIS_OK else { throw fault }
      if let raw {
        defer { freeReplyObject(raw) }
        return RedisValue(raw.assumingMemoryBound(to: redisReply.self).pointee)
      }
      try wait(for: POLLIN, until: end)
      guard redisBufferRead(context) == REDIS_OK else { throw fault }
    }
  }

  private func append(_ command: RedisCommand) throws(RedisFault) {
    let lengths = command.words.map(\.count)
    let status = Array(command.words.joined()).withUnsafeBytes { bytes in
      let text = bytes.bindMemory(to: CChar.self)
      var place = 0
      var starts: [UnsafePointer<CChar>?] = lengths.map { length in
        defer { place += length }
        return text.baseAddress.map { $0 + place }
      }
      return redisAppendCommandArgv(context, Int32(lengths.count), &starts, lengths)
    }
    guard status == REDIS_OK else { throw fault }
  }

  private func flush(until end: ContinuousClock.Instant) throws(RedisFault) {
    var isDone: Int32 = 0
    while isDone == 0 {
      try wait(for: POLLOUT, until: end)
      guard redisBufferWrite(context, &isDone) == REDIS_OK else { throw fault }
    }
  }

  private func wait(for event: Int32, until end: ContinuousClock.Instant) throws(RedisFault) {
    while true {
      let left = ContinuousClock.now.duration(to: end)
      guard left > .zero else { throw .slow }
      var socket = pollfd(fd: context.pointee.fd, events: Int16(event), revents: 0)
      let found = poll(&socket, 1, Int32(left / .milliseconds(1)) + 1)
      if found > 0 { return }
      guard found == 0 || errno == EINTR else { throw .away("the connection cannot be waited for") }
    }
  }

  private var fault: RedisFault { Self.fault(of: context) }

  /// The library's own words: of the system or the protocol, never of what was sent.
  private static func fault(of context: UnsafeMutablePointer<redisContext>) -> RedisFault {
    let words = withUnsafeBytes(of: context.pointee.errstr) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    switch context.pointee.err {
    case REDIS_ERR_IO where words.contains("timed out") || words.contains("temporarily unavailable"): return .slow
    case REDIS_ERR_EOF: return .away("the server closed the connection")
    default: return .away(words.isEmpty ? "the connection failed" : words)
    }
  }
}

extension timeval {
  fileprivate init(_ duration: Duration) {
    let microseconds = Int(duration / .microseconds(1))
    self.init(tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000)
  }
}

/// Writing into a connection that the other side has closed is an error to be read, not a signal that ends the program.
func refuseBrokenPipes() {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
}
