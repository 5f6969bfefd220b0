import Kernel
import Synchronization
import TestSupport
import Testing
import Web

@testable import Operations

/// Counts up from 1.
final class TestCounter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

@Suite struct `The health of an installation` {
  @Test(arguments: [
    (ComponentState.ok, "ok", "healthy"), (.unused, "ok", "healthy"), (.degraded, "ok", "degraded"),
    (.down, "ok", "degraded"), (.ok, "down", "unhealthy"), (.down, "down", "unhealthy"),
  ])
  func `is as good as its parts, and bad without a disk`(mail: ComponentState, disk: String, status: String) throws {
    let disk = try #require(ComponentState(rawValue: disk))
    let health = Health(
      components: [("database", .ok), ("disk", disk), ("mail", mail)], at: Library.monday, uptime: 1)
    #expect(health.status == status)
  }

  @Test func `a server that stops is not ready any more`() async throws {
    try await TestDatabase.Engine.sqlite.with(Library.migrations) { database in
      let health = HealthService(database: database, parts: [], clock: FixedClock(Library.monday))
      #expect(await health.reasonNotReady() == nil)
      #expect(!health.isDraining)
      health.drain()
      #expect(await health.reasonNotReady() == "stopping")
      #expect(health.isDraining)
    }
  }
}
