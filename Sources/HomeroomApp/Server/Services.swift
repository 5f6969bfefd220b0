import Foundation
import Jobs
import Kernel
import Logging
import Operations
import PostgresDriver
import Record
import ServiceLifecycle
import Web

/// Writes the access log to the database every second, and what waits when the program stops.
struct AccessLogService: Service {
  let log: AccessLog
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      await log.run { error in logger.error("the access log cannot be written: \(type(of: error))") }
    }
  }
}

/// Works on jobs; what was begun is handed back when the program stops.
struct WorkerService: Service {
  let worker: Worker

  func run() async {
    await withGracefulShutdownHandler {
      await worker.run()
    } onGracefulShutdown: {
      worker.stop()
    }
  }
}

/// Looks every second whether something regular has come due.
struct SchedulerService: Service {
  let scheduler: JobScheduler
  let logger: Logger

  func run() async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do { try await scheduler.look() } catch { logger.error("schedules cannot be read: \(type(of: error))") }
        try? await Task.sleep(for: .seconds(1))  // Being cancelled ends the sleep, and the loop.
      }
    }
  }
}

extension Logger {
  /// Says what a worker met, without what the job is about: faults by their kind, and a bug in its own words.
  func note(_ event: WorkerEvent) {
    switch event {
    case .began: return
    case .ended(let id, let kind, let state, let error?):
      let words = (error as? Bug).map { "\($0)" } ?? (error as? any ProblemConvertible)?.problem.code
      notice(
        "a job met a fault",
        metadata: [
          "job": "\(id)", "kind": "\(kind)", "state": "\(state.rawValue)", "fault": "\(words ?? "\(type(of: error))")",
        ])
    case .ended: return
    case .trouble(let error): warning("a worker met a fault: \(type(of: error))")
    }
  }
}

/// Wakes the worker of this process when another has put a job in line.
struct BellService: Service {
  let database: PostgresDatabase
  let jobs: JobQueue

  func run() async {
    await cancelWhenGracefulShutdown {
      for await _ in database.listen(channel: JobQueue.channel) { jobs.wake() }
    }
  }
}

/// Tells probes that the program is stopping, so that balancers send new requests elsewhere.
struct DrainService: Service {
  let health: HealthService

  func run() async throws {
    try await gracefulShutdown()
    health.drain()
  }
}

/// The memory this process holds, in bytes, as Linux tells it.
func residentMemory() -> Int? {
  // Elsewhere than on Linux there is no such file, and the figure is left out.
  guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii) else { return nil }
  return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 }
}
