import Synchronization

/// Wakes the workers of a process: a worker in another finds the job when it next looks.
final class JobBell: Sendable {
  private let listeners = Mutex<[ObjectIdentifier: AsyncStream<Void>.Continuation]>([:])

  func ring() {
    for listener in listeners.withLock({ Array($0.values) }) { listener.yield() }
  }

  func add(_ listener: AsyncStream<Void>.Continuation, for worker: Worker) {
    listeners.withLock { $0[ObjectIdentifier(worker)] = listener }
  }

  func remove(_ worker: Worker) {
    _ = listeners.withLock { $0.removeValue(forKey: ObjectIdentifier(worker)) }
  }
}
