import Dispatch
import Synchronization

/// Jobs that wait for the threads of a driver, first come, first served, and never more than a limit.
///
/// A sleeping thread is woken only when there is something for it, so a busy line costs no system calls.
package final class WaitingLine<Job: Sendable>: Sendable {
  private struct State {
    var jobs: [Job?] = []
    var head = 0
    var sleepers = 0
    var isClosed = false

    var count: Int { jobs.count - head }

    mutating func takeFirst() -> Job? {
      guard head < jobs.count else { return nil }
      let job = jobs[head]
      jobs[head] = nil
      head += 1
      if head == jobs.count {
        jobs.removeAll(keepingCapacity: true)
        head = 0
      } else if head >= 1024 {
        jobs.removeFirst(head)
        head = 0
      }
      return job
    }
  }

  private enum Answer { case taken, wake, full, closed }

  private let limit: Int
  private let state = Mutex(State())
  private let bell = DispatchSemaphore(value: 0)

  /// A line for at most `limit` jobs.
  package init(limit: Int) { self.limit = limit }

  /// How many jobs wait at this moment.
  package var count: Int { state.withLock { $0.count } }

  /// Puts a job at the end; `unavailable` when the line is full or closed.
  package func add(_ job: Job) throws(DatabaseProblem) {
    let answer = state.withLock { state -> Answer in
      if state.isClosed { return .closed }
      if state.count >= limit { return .full }
      state.jobs.append(job)
      if state.sleepers == 0 { return .taken }
      state.sleepers -= 1
      return .wake
    }
    switch answer {
    case .taken: return
    case .wake: bell.signal()
    case .full: throw .unavailable("\(limit) calls are waiting for the database already")
    case .closed: throw .unavailable("the database is closed")
    }
  }

  /// The next job, however long it takes to come; nil once the line is closed and empty.
  package func next() -> Job? {
    while true {
      let (job, isOver) = state.withLock { state -> (Job?, Bool) in
        if let job = state.takeFirst() { return (job, false) }
        if state.isClosed { return (nil, true) }
        state.sleepers += 1
        return (nil, false)
      }
      if job != nil || isOver { return job }
      bell.wait()
    }
  }

  /// The next job, if one waits now and is wanted.
  package func nextIfAny(where isWanted: (Job) -> Bool) -> Job? {
    state.withLock { state in
      guard state.head < state.jobs.count, let job = state.jobs[state.head], isWanted(job) else { return nil }
      return state.takeFirst()
    }
  }

  /// Takes out jobs from the front for as long as `isOverdue` says so: those that waited too long.
  package func takeOverdue(_ isOverdue: (Job) -> Bool) -> [Job] {
    var overdue: [Job] = []
    while let job = nextIfAny(where: isOverdue) { overdue.append(job) }
    return overdue
  }

  /// Lets nobody in any more. Those who wait are still served; the threads end afterwards.
  package func close() {
    let sleepers = state.withLock { state in
      state.isClosed = true
      defer { state.sleepers = 0 }
      return state.sleepers
    }
    for _ in 0..<sleepers { bell.signal() }
  }
}
