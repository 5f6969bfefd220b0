import Dispatch
import Foundation
import Persistence
import Synchronization

extension RedisClient {
  /// What is published on a channel of this installation, over a connection of its own, until the stream is dropped.
  ///
  /// What is published while there is no connection is not heard, and nobody is told that it was. A server that hangs
  /// is noticed, for it is asked for a sign of life while it has nothing to say.
  public func messages(on channel: String) -> AsyncStream<[UInt8]> {
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingNewest(1024))
    let ear = RedisEar(address: address, channel: key(channel), patience: patience)
    continuation.onTermination = { _ in ear.stop() }
    startDriverThread("redis-listen", in: listeners) {
      refuseBrokenPipes()
      ear.listen { continuation.yield($0) }
      continuation.finish()
    }
    return stream
  }

  /// Tells whoever listens on a channel of this installation, without waiting; answers whether it could be sent.
  @discardableResult
  public func publish(_ message: [UInt8], on channel: String) -> Bool {
    post(RedisCommand("PUBLISH", key(channel)).with(message))
  }
}

/// Listens on one channel, connecting as often as it takes.
private final class RedisEar: Sendable {
  /// After so long without a word the server is asked for a sign, and after twice as long it is given up.
  private static let silence = Duration.seconds(2)
  /// How often it is seen whether anybody still wants to hear.
  private static let look = Duration.milliseconds(250)

  private let address: RedisAddress
  private let channel: String
  private let patience: RedisPatience
  private let isStopped = Atomic(false)

  init(address: RedisAddress, channel: String, patience: RedisPatience) {
    self.address = address
    self.channel = channel
    self.patience = patience
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  func listen(_ tell: ([UInt8]) -> Void) {
    var pause = patience.firstPause
    while !isStopped.load(ordering: .relaxed) {
      let begun = ContinuousClock.now
      do throws(RedisFault) {
        let link = try RedisLink.open(address, patience)
        try link.insist([RedisCommand("SUBSCRIBE", channel)], within: patience.command)
        try hear(over: link, tell)
      } catch {
        if begun.duration(to: .now) > patience.calm { pause = patience.firstPause }
        rest(pause * Double.random(in: 0.7...1))
        pause = min(pause * 2, patience.longestPause)
      }
    }
  }

  private func hear(over link: RedisLink, _ tell: ([UInt8]) -> Void) throws(RedisFault) {
    var heard = ContinuousClock.now
    var hasAsked = false
    while !isStopped.load(ordering: .relaxed) {
      do throws(RedisFault) {
        let value = try link.next(until: .now.advanced(by: Self.look))
        heard = .now
        hasAsked = false
        guard let parts = value.array, parts.count == 3, parts[0] == .bytes(Array("message".utf8)),
          let message = parts[2].bytes
        else { continue }
        tell(message)
      } catch {
        guard error == .slow else { throw error }
        let silent = heard.duration(to: .now)
        if silent > Self.silence * 2 { throw error }
        if silent > Self.silence, !hasAsked {
          hasAsked = true
          try link.send(RedisCommand("PING"), within: patience.command)
        }
      }
    }
  }

  private func rest(_ duration: Duration) {
    let end = ContinuousClock.now.advanced(by: duration)
    while !isStopped.load(ordering: .relaxed), ContinuousClock.now < end {
      Thread.sleep(forTimeInterval: min(0.1, max(0, ContinuousClock.now.duration(to: end) / .seconds(1))))
    }
  }
}
