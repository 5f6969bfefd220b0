import Kernel
import Synchronization

/// Counts requests per account, or per address for strangers, and class of route: a token bucket each.
///
/// With a place that several nodes share, they keep the quota together. Without one, or while it is away, each counts
/// for itself in memory, and with *n* nodes the bound for one caller is *n* times the quota. Guessing passwords is
/// counted exactly, in the database, by the accounts. Addresses get room for a whole school behind one.
public final class RateLimiter: Sendable {
  /// How much one caller may do: so many at once, filled up again within so many seconds.
  public struct Policy: Sendable {
    /// The class of route, as the headers name it.
    public let name: String
    /// Requests at once.
    public let quota: Int
    /// Seconds after which an empty bucket is full again.
    public let window: Int
  }

  /// What a caller hears.
  public struct Decision: Sendable {
    let policy: Policy
    let isAllowed: Bool
    let remaining: Int
    let reset: Int

    var headers: [(name: String, value: String)] {
      [
        ("RateLimit-Policy", "\"\(policy.name)\";q=\(policy.quota);w=\(policy.window)"),
        ("RateLimit", "\"\(policy.name)\";r=\(remaining);t=\(reset)"),
      ]
    }
  }

  /// What a place that several nodes share says of one bucket.
  public struct Taken: Sendable {
    let isAllowed: Bool
    let remaining: Int
    let reset: Int

    /// Whether there was one, how many are left, and the seconds until the bucket is full or, where there was none,
    /// has one again.
    public init(isAllowed: Bool, remaining: Int, reset: Int) {
      self.isAllowed = isAllowed
      self.remaining = remaining
      self.reset = reset
    }
  }

  /// Takes one request out of a caller's bucket where several nodes share it; nil, and soon, when it cannot.
  public typealias Together = @Sendable (_ policy: Policy, _ caller: String) async -> Taken?

  private struct Bucket {
    var tokens: Double
    var at: Int
  }

  /// Guards the buckets: every request of every connection takes from them.
  private let buckets = Mutex<[String: Bucket]>([:])
  private static let most = 100_000

  private let together: Together?

  /// A limiter with full buckets, in memory or, where it is given, in a place that several nodes share.
  public init(together: Together? = nil) { self.together = together }

  static func policy(of cost: Endpoint.Cost, signedIn: Bool) -> Policy? {
    switch (cost, signedIn) {
    case (.free, _): nil
    case (.signIn, _): Policy(name: "sign-in", quota: 600, window: 60)
    case (.read, true): Policy(name: "read", quota: 1200, window: 60)
    case (.write, true): Policy(name: "write", quota: 600, window: 60)
    case (.upload, true): Policy(name: "upload", quota: 30, window: 600)
    case (_, false): Policy(name: "stranger", quota: 6000, window: 60)
    }
  }

  /// Whether there is nothing to wait for.
  var isAlone: Bool { together == nil }

  /// Takes one request out of the bucket that all nodes share, or, while nobody can say how full that is, out of the
  /// one here. What is taken together is counted here as well, so that whoever has used up the quota does not
  /// begin anew when the shared place goes.
  func takeTogether(_ policy: Policy, caller: String, at now: Instant) async -> Decision {
    guard let together, let taken = await together(policy, caller) else {
      return take(policy, caller: caller, at: now)
    }
    if taken.isAllowed { _ = take(policy, caller: caller, at: now) }
    return Decision(policy: policy, isAllowed: taken.isAllowed, remaining: taken.remaining, reset: taken.reset)
  }

  /// Takes one request out of the bucket of `caller` here.
  func take(_ policy: Policy, caller: String, at now: Instant) -> Decision {
    buckets.withLock { buckets in
      if buckets.count > Self.most { forgetFull(&buckets, now) }
      let key = "\(policy.name) \(caller)"
      let rate = Double(policy.quota) / Double(policy.window * 1000)
      var bucket = buckets[key] ?? Bucket(tokens: Double(policy.quota), at: now.milliseconds)
      let elapsed = Double(max(0, now.milliseconds - bucket.at))
      bucket.tokens = min(Double(policy.quota), bucket.tokens + elapsed * rate)
      bucket.at = now.milliseconds
      let isAllowed = bucket.tokens >= 1
      if isAllowed { bucket.tokens -= 1 }
      buckets[key] = bucket
      let wait = isAllowed ? Double(policy.quota) - bucket.tokens : 1 - bucket.tokens
      return Decision(
        policy: policy, isAllowed: isAllowed, remaining: Int(bucket.tokens),
        reset: Int((wait / rate / 1000).rounded(.up)))
    }
  }

  /// Drops buckets that have not been touched for ten minutes; they are full again by then.
  private func forgetFull(_ buckets: inout [String: Bucket], _ now: Instant) {
    buckets = buckets.filter { now.milliseconds - $0.value.at < 600_000 }
    if buckets.count > Self.most { buckets.removeAll() }
  }
}
