import Synchronization

/// Wakes whoever waits for news of a topic, such as `inbox:ACCOUNT`.
///
/// It carries no news itself: whoever is woken looks into the database, and whoever is not looks there every now and
/// then in any case. So a bell that is not heard costs time and loses nothing. Guards its listeners with a lock.
public final class LiveBell: Sendable {
  private struct State {
    var next = 0
    var listeners: [String: [Int: AsyncStream<Void>.Continuation]] = [:]
    var forward: (@Sendable ([String]) -> Void)?
  }

  private let state = Mutex(State())

  /// A bell heard in this process.
  public init() {}

  /// Wakes whoever waits here for one of the topics, and has other nodes told, where there are any.
  public func ring(_ topics: [String]) {
    ringHere(topics)
    state.withLock { $0.forward }?(topics)
  }

  /// Wakes whoever waits here, and tells nobody else: for what another node has told.
  public func ringHere(_ topics: [String]) {
    let listeners = state.withLock { state in topics.flatMap { state.listeners[$0].map { Array($0.values) } ?? [] } }
    for listener in listeners { listener.yield() }
  }

  /// Has every ring told to other nodes by `forward`, which must not block.
  public func connect(_ forward: @escaping @Sendable ([String]) -> Void) { state.withLock { $0.forward = forward } }

  /// Returns when the topic is rung for, and after `longest` at the latest; also when the task is cancelled.
  public func wait(for topic: String, atMost longest: Duration) async {
    let (rings, ring) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let seat = state.withLock { state in
      state.next += 1
      state.listeners[topic, default: [:]][state.next] = ring
      return state.next
    }
    await withTaskGroup { group in
      group.addTask { for await _ in rings { return } }
      group.addTask { try? await Task.sleep(for: longest) }  // Being cancelled ends the sleep, and the wait.
      await group.next()
      group.cancelAll()
    }
    state.withLock { state in
      state.listeners[topic]?[seat] = nil
      if state.listeners[topic]?.isEmpty == true { state.listeners[topic] = nil }
    }
  }
}
