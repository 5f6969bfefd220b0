import Kernel
import Synchronization
import Testing

@Suite struct `Counts that are remembered` {
  private let ada = AccountID(high: 1, low: 1)
  private let eve = AccountID(high: 1, low: 2)

  @Test func `are made once for all who ask, and anew when they are old`() async {
    let maker = Maker()
    let counts = RecentCounts(MemoryCache(), age: .milliseconds(400))
    #expect(await counts.counts("day", for: ada) { maker.make() } == [1, 7])
    #expect(await counts.counts("day", for: eve) { maker.make() } == [1, 7])
    #expect(await counts.counts("night", for: eve) { maker.make() } == [2, 7])
    try? await Task.sleep(for: .milliseconds(450))  // Nobody cancels the test.
    #expect(await counts.counts("day", for: ada) { maker.make() } == [3, 7])
  }

  @Test func `are never older than what one has changed oneself, on whichever node`() async {
    let maker = Maker()
    let cache = MemoryCache()
    let (here, there) = (RecentCounts(cache, age: .seconds(60)), RecentCounts(cache, age: .seconds(60)))
    #expect(await here.counts("day", for: ada) { maker.make() } == [1, 7])
    await here.noteChange(by: ada)
    #expect(await there.counts("day", for: eve) { maker.make() } == [1, 7])
    #expect(await there.counts("day", for: ada) { maker.make() } == [2, 7])
    #expect(await here.counts("day", for: ada) { maker.make() } == [3, 7])
    // What was made for the one is the newest for the others.
    #expect(await there.counts("day", for: eve) { maker.make() } == [3, 7])
  }

  @Test func `are not remembered when making them took as long as they may be old`() async {
    let maker = Maker()
    let counts = RecentCounts(MemoryCache(), age: .milliseconds(20))
    for number in 1...2 {
      let made = await counts.counts("day", for: ada) {
        try? await Task.sleep(for: .milliseconds(30))  // Nobody cancels the test.
        return maker.make()
      }
      #expect(made == [number, 7])
    }
  }

  @Test func `are made each time where there is nothing to remember them in, or nobody asks`() async {
    let maker = Maker()
    let alone = RecentCounts()
    await alone.noteChange(by: ada)
    #expect(await alone.counts("day", for: ada) { maker.make() } == [1, 7])
    #expect(await alone.counts("day", for: ada) { maker.make() } == [2, 7])
    let counts = RecentCounts(MemoryCache())
    #expect(await counts.counts("day", for: nil) { maker.make() } == [3, 7])
    #expect(await counts.counts("day", for: nil) { maker.make() } == [4, 7])
  }

  @Test func `are kept in memory no longer and no more than was said`() async {
    let cache = MemoryCache(limit: 2)
    await cache.keep([1], as: "a", for: .seconds(60))
    await cache.keep([2], as: "b", for: .milliseconds(1))
    try? await Task.sleep(for: .milliseconds(5))  // Nobody cancels the test.
    await cache.keep([3], as: "c", for: .seconds(60))
    await cache.keep([4], as: "d", for: .seconds(60))
    await cache.keep([5], as: "a", for: .seconds(60))
    #expect(await cache.values(for: ["a", "b", "c", "d"]) == [[5], nil, [3], nil])
  }
}

/// Counts how often it was asked to count.
private final class Maker: Sendable {
  private let times = Mutex(0)

  func make() -> [Int] {
    times.withLock { times in
      times += 1
      return [times, 7]
    }
  }
}
