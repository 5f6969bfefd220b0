import Kernel
import Testing

@testable import Redis

@Suite(.enabled(if: TestRedis.isThere), .timeLimit(.minutes(1))) struct `A bell over Redis` {
  @Test func `that is rung on one node wakes whoever waits on another`() async throws {
    let client = try await TestRedis.client()
    let (here, there) = (LiveBell(), LiveBell())
    let (mine, theirs) = (RedisBell(client, bell: here), RedisBell(client, bell: there))
    here.connect { topics in #expect(mine.forward(topics)) }
    await withTaskGroup { group in
      group.addTask { await mine.run() }
      group.addTask { await theirs.run() }
      let waited = await time {
        await withTaskGroup { waiting in
          waiting.addTask { await there.wait(for: "inbox:ada", atMost: .seconds(50)) }
          waiting.addTask {
            // Until both listen, and the one waits.
            while !Task.isCancelled {
              here.ring(["inbox:eve", "inbox:ada"])
              try? await Task.sleep(for: .milliseconds(50))  // Being cancelled ends the sleep, and the loop.
            }
          }
          await waiting.next()
          waiting.cancelAll()
        }
      }
      #expect(waited < .seconds(30))
      group.cancelAll()
    }
    await client.close()
  }
}
