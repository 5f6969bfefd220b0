import Dispatch
import Synchronization

/// Something that one side waits for and the other lets happen, in blocking and in async code alike.
final class Signal: Sendable {
  private let group = DispatchGroup()
  private let isRaised = Mutex(false)

  init() { group.enter() }

  func raise() {
    let isFirst = isRaised.withLock { raised in
      defer { raised = true }
      return !raised
    }
    if isFirst { group.leave() }
  }

  /// Blocks the thread: for the bodies of transactions.
  func wait() { group.wait() }

  func raised() async {
    await withCheckedContinuation { continuation in
      group.notify(queue: .global()) { continuation.resume() }
    }
  }
}

/// Counts how often something was reached.
final class Tally: Sendable {
  private let number = Mutex(0)

  /// Counts this time too.
  func count() -> Int {
    number.withLock { number in
      number += 1
      return number
    }
  }
}
