import Kernel
import PostgresDriver
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.postgresAddress != nil)) struct `A bell over PostgreSQL` {
  @Test func `that is rung on one node wakes whoever waits on another`() async throws {
    let address = try #require(TestDatabase.postgresAddress)
    let (first, second) = (
      try await PostgresDatabase.connect(url: address, connections: 1),
      try await PostgresDatabase.connect(url: address, connections: 1)
    )
    let (here, there) = (LiveBell(), LiveBell())
    let (mine, theirs) = (PostgresBell(first, bell: here), PostgresBell(second, bell: there))
    here.connect { topics in mine.forward(topics) }
    // More topics than go into one message; the last of them is waited for.
    let topics = (0..<2000).map { "inbox:\(1_000_000_000 + $0)" }
    let begun = ContinuousClock.now
    await withTaskGroup { group in
      group.addTask { await mine.run() }
      group.addTask { await theirs.run() }
      await withTaskGroup { waiting in
        waiting.addTask { await there.wait(for: "inbox:1000001999", atMost: .seconds(60)) }
        waiting.addTask {
          while !Task.isCancelled {
            here.ring(topics)
            try? await Task.sleep(for: .milliseconds(100))  // Being cancelled ends the sleep, and the loop.
          }
        }
        await waiting.next()
        waiting.cancelAll()
      }
      group.cancelAll()
    }
    #expect(begun.duration(to: .now) < .seconds(40))
    await first.close()
    await second.close()
  }
}
