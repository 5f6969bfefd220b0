import Foundation
import Jobs
import Kernel
import Logging
import Operations
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
