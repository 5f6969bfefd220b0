import Dispatch
import Persistence

/// A Redis server that may be away at any time: whoever asks hears an answer or a fault, both soon.
///
/// One connection with a thread of its own; what several callers ask meanwhile goes out together. After a fault nobody
/// waits for Redis any more: each call is refused at once, until the thread, which tries again by itself with growing
/// pauses, finds it back. So it takes nothing from a request but the one command that met the fault.
public final class RedisClient: Sendable {
  /// What changes about a server, for the log.
  public enum Change: Sendable, Equatable {
    /// It answers, now or again.
    case found
    /// It does not answer any more, or did not from the start.
    case lost(RedisFault)
  }

  /// Where the server is.
  public let address: RedisAddress
  /// What every key and channel of this installation begins with.
  public let prefix: String
  let patience: RedisPatience
  private let line = RedisLine()
  private let threads = DispatchGroup()
  let listeners = DispatchGroup()
  private let first = DispatchGroup()
  private let onChange: @Sendable (Change) -> Void

  /// A client that asks nothing before `start()`; until then Redis counts as away.
  public init(
    _ address: RedisAddress, prefix: String, patience: RedisPatience = RedisPatience(),
    onChange: @escaping @Sendable (Change) -> Void = { _ in }
  ) {
    self.address = address
    self.prefix = prefix
    self.patience = patience
    self.onChange = onChange
  }

  deinit { line.close() }

  /// Begins to connect, and returns when that has succeeded or failed for the first time.
  public func start() async {
    first.enter()
    let keeper = RedisKeeper(
      address: address, probe: RedisCommand("SET", key("probe"), "1", "PX", "1000"), patience: patience, line: line,
      first: first, onChange: onChange)
    startDriverThread("redis", in: threads) { keeper.run() }
    await first.finished()
  }

  /// Ends the connection; from then on every call is refused. Streams of messages end when they are dropped.
  public func close() async {
    line.close()
    await threads.finished()
  }

  /// The key of something of ours.
  public func key(_ name: String) -> String { prefix + name }

  /// Why Redis is away; nil when it answered last time.
  public var fault: RedisFault? { line.fault }

  /// How often it has been lost.
  public var losses: Int { line.losses }

  /// Asks something. Throws what the server refuses, too.
  public func send(_ command: RedisCommand) async throws(RedisFault) -> RedisValue {
    typealias Waiting = CheckedContinuation<Result<RedisValue, RedisFault>, Never>
    let result = await withCheckedContinuation { (continuation: Waiting) in
      let call = RedisCall(command: command) { result in continuation.resume(returning: result) }
      if let fault = line.add(call) { continuation.resume(returning: .failure(fault)) }
    }
    return try result.get()
  }

  /// Sends something that needs no answer, without waiting; answers whether it could be sent.
  @discardableResult
  public func post(_ command: RedisCommand) -> Bool { line.add(RedisCall(command: command) { _ in }) == nil }

  /// Asks whether it is there, now.
  public func check() async -> RedisFault? {
    do throws(RedisFault) {
      _ = try await send(RedisCommand("PING"))
      return nil
    } catch {
      return error
    }
  }
}

/// How long Redis is waited for.
public struct RedisPatience: Sendable {
  /// For a connection.
  public var connect = Duration.milliseconds(250)
  /// For the answer to a command: the most that a request loses when Redis hangs.
  public var command = Duration.milliseconds(200)
  /// Between two tries to connect, at first; each time twice as long.
  public var firstPause = Duration.milliseconds(100)
  /// Between two tries to connect, at most.
  public var longestPause = Duration.seconds(2)
  /// How long a connection stands before the next pause is a short one again: a server that comes and goes is asked
  /// less and less often.
  public var calm = Duration.seconds(10)

  /// The usual patience.
  public init() {}
}

/// Keeps one connection: makes it, serves the line, and makes it anew when it is lost.
private struct RedisKeeper: Sendable {
  let address: RedisAddress
  /// Writes something that nobody reads: a server that takes no writes is of no use here.
  let probe: RedisCommand
  let patience: RedisPatience
  let line: RedisLine
  let first: DispatchGroup
  let onChange: @Sendable (RedisClient.Change) -> Void

  func run() {
    refuseBrokenPipes()
    var pause = patience.firstPause
    var isFirst = true
    while !line.isClosed {
      var found: ContinuousClock.Instant?
      do throws(RedisFault) {
        let link = try RedisLink.open(address, patience)
        try link.insist([probe], within: patience.command)
        found = .now
        line.open()
        onChange(.found)
        if isFirst { first.leave() }
        isFirst = false
        try serve(over: link)
      } catch {
        if line.shut(because: error) || isFirst { onChange(.lost(error)) }
      }
      if isFirst { first.leave() }
      isFirst = false
      if let found, found.duration(to: .now) > patience.calm { pause = patience.firstPause }
      // Never in step with other nodes.
      line.pause(pause * Double.random(in: 0.7...1))
      pause = min(pause * 2, patience.longestPause)
    }
    line.shut(because: .away("it is not asked any more"))
    if isFirst { first.leave() }
  }

  /// Serves whoever comes until the line is closed; throws when the connection is of no use any more.
  private func serve(over link: RedisLink) throws(RedisFault) {
    while let calls = line.next(most: 256) {
      let values: [RedisValue]
      do throws(RedisFault) {
        values = try link.exchange(calls.map(\.command), within: patience.command)
      } catch {
        // Shut first: whoever hears of it and asks again is refused at once.
        if line.shut(because: error) { onChange(.lost(error)) }
        for call in calls { call.resume(.failure(error)) }
        throw error
      }
      var grave: RedisFault?
      for (call, value) in zip(calls, values) {
        guard case .refusal(let word) = value else {
          call.resume(.success(value))
          continue
        }
        call.resume(.failure(.refused(word)))
        if Self.graveRefusals.contains(word) { grave = .refused(word) }
      }
      if let grave { throw grave }
    }
  }

  /// Refusals that are not about the command: the next one would meet the same.
  private static let graveRefusals: Set<String> = [
    "LOADING", "READONLY", "OOM", "MISCONF", "NOAUTH", "NOPERM", "MASTERDOWN", "CLUSTERDOWN", "MOVED", "NOREPLICAS",
  ]
}
