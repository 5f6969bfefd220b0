import Kernel
import Testing

@Suite struct `What nodes tell each other of a ring` {
  @Test func `is read as it was written`() {
    let message = BellMessage(sender: 0xA1, topics: ["inbox:ada", "notices"])
    #expect(message.text == "a1\ninbox:ada\nnotices")
    #expect(BellMessage(message.text) == message)
    #expect(BellMessage("") == nil && BellMessage("no number\ninbox") == nil)
  }

  @Test func `is parted where it is too long for one message, and nothing is lost`() {
    let topics = (0..<500).map { "inbox:\($0)" }
    let message = BellMessage(sender: .max, topics: topics)
    let parts = message.parts(of: 200)
    #expect(parts.count > 20 && parts.allSatisfy { $0.text.utf8.count <= 200 && $0.sender == .max })
    #expect(parts.flatMap(\.topics) == topics)
    #expect(message.parts(of: 100_000) == [message])
    #expect(BellMessage(sender: 1, topics: []).parts(of: 100) == [])
    let long = BellMessage(sender: 1, topics: ["a", String(repeating: "b", count: 300), "c"])
    #expect(long.parts(of: 200).flatMap(\.topics) == ["a", "c"])
  }
}

@Suite struct `The bell` {
  @Test func `wakes whoever waits for the topic, and nobody else`() async {
    let bell = LiveBell()
    let isWoken = await waits(for: "inbox:ada", atMost: .seconds(20), bell) { bell.ring(["notices", "inbox:ada"]) }
    #expect(isWoken)
    let isLeft = await waits(for: "inbox:ada", atMost: .milliseconds(100), bell) { bell.ring(["inbox:eve"]) }
    #expect(!isLeft)
  }

  /// Whether a ring, again and again, ends a wait before its time is over.
  private func waits(
    for topic: String, atMost longest: Duration, _ bell: LiveBell, _ ring: @escaping @Sendable () -> Void
  ) async -> Bool {
    let begun = ContinuousClock.now
    await withTaskGroup { group in
      group.addTask { await bell.wait(for: topic, atMost: longest) }
      group.addTask {
        while !Task.isCancelled {
          ring()
          try? await Task.sleep(for: .milliseconds(5))  // Being cancelled ends the sleep, and the loop.
        }
      }
      await group.next()
      group.cancelAll()
    }
    return begun.duration(to: .now) < longest
  }
}
