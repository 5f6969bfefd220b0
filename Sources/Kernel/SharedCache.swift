import Synchronization

/// A place where something that cost much to find out is kept for a while, and may be gone at any time.
public protocol SharedCache: Sendable {
  /// What is kept under each name; nil where nothing is, and everywhere while the place cannot be reached.
  func values(for names: [String]) async -> [[UInt8]?]

  /// Keeps something for so long, if it can.
  func keep(_ value: [UInt8], as name: String, for lifetime: Duration) async
}

/// A cache in the memory of one process. Guards what it holds with a lock.
public final class MemoryCache: SharedCache {
  private struct Entry {
    let value: [UInt8]
    let end: ContinuousClock.Instant
  }

  private let limit: Int
  private let entries = Mutex<[String: Entry]>([:])

  /// An empty cache for at most so many.
  public init(limit: Int = 10_000) { self.limit = limit }

  /// What is kept under each name and is not over.
  public func values(for names: [String]) async -> [[UInt8]?] {
    let now = ContinuousClock.now
    return entries.withLock { entries in names.map { name in entries[name].flatMap { $0.end > now ? $0.value : nil } } }
  }

  /// Keeps something, unless there is no room.
  public func keep(_ value: [UInt8], as name: String, for lifetime: Duration) async {
    let now = ContinuousClock.now
    entries.withLock { entries in
      if entries.count >= limit { entries = entries.filter { $0.value.end > now } }
      guard entries.count < limit || entries[name] != nil else { return }
      entries[name] = Entry(value: value, end: now.advanced(by: lifetime))
    }
  }
}
