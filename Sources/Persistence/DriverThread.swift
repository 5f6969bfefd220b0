package import Dispatch
import Foundation

/// Runs `work` on a thread of its own, beside the cooperative pool, which must never be blocked; `group` is left when
/// it ends.
package func startDriverThread(_ name: String, in group: DispatchGroup, _ work: @escaping @Sendable () -> Void) {
  group.enter()
  let thread = Thread {
    work()
    group.leave()
  }
  thread.name = name
  // Room for a deep view of closures and for libpq and SQLite below them; only what is touched costs memory.
  thread.stackSize = 2 << 20
  thread.start()
}

extension DispatchGroup {
  /// Waits for everything in the group without holding up the caller's thread.
  package func finished() async {
    await withCheckedContinuation { continuation in
      notify(queue: .global()) { continuation.resume() }
    }
  }
}
