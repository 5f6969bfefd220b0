/// Counts that take the database many milliseconds, remembered for seconds by all nodes together.
///
/// What others have changed is seen after `age` at the latest, and what one has changed oneself at once: whoever has
/// changed something, anything, is answered by the database for as long as a count from before may be remembered. The
/// name of a count says whose sight it is of; only what all who ask under that name may see belongs there.
public struct RecentCounts: Sendable {
  /// How old a count may be.
  public static let age = Duration.seconds(5)

  private let cache: (any SharedCache)?
  private let age: Duration
  /// Who has changed something here: known also when the shared cache was away at that moment.
  private let changedHere = MemoryCache()

  /// Counts remembered in `cache`; without one they are made anew each time.
  public init(_ cache: (any SharedCache)? = nil, age: Duration = Self.age) {
    self.cache = cache
    self.age = age
  }

  /// The counts of a name, remembered or made.
  public func counts(
    _ name: String, for account: AccountID?, _ make: () async throws -> [Int]
  ) async rethrows -> [Int] {
    guard let cache, let account else { return try await make() }
    let mark = Self.mark(of: account)
    if await changedHere.values(for: [mark]) == [nil] {
      let found = await cache.values(for: [mark, name])
      if found.count == 2, found[0] == nil, let counts = found[1].flatMap(Self.counts) { return counts }
    }
    // Counted from before the question: the answer may be as old as that.
    let begun = ContinuousClock.now
    let counts = try await make()
    let left = age - begun.duration(to: .now)
    if left > .zero { await cache.keep(Self.bytes(of: counts), as: name, for: left) }
    return counts
  }

  /// Somebody has changed something, and it is committed.
  public func noteChange(by account: AccountID) async {
    guard let cache else { return }
    let mark = Self.mark(of: account)
    // A little longer than any count from before, since clocks do not tick alike.
    await changedHere.keep([1], as: mark, for: age + .seconds(1))
    await cache.keep([1], as: mark, for: age + .seconds(1))
  }

  private static func mark(of account: AccountID) -> String { "changed:\(account)" }

  private static func bytes(of counts: [Int]) -> [UInt8] {
    Array(counts.map(String.init).joined(separator: " ").utf8)
  }

  private static func counts(_ bytes: [UInt8]) -> [Int]? {
    let words = bytes.split(separator: UInt8(ascii: " "))
    let counts = words.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return counts.count == words.count ? counts : nil
  }
}
