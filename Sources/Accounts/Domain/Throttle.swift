import Kernel

/// How often somebody has tried to guess something, and when they may try again. Pure: the moment is always given.
///
/// A try is counted before it is checked, so that a thousand at once do not slip through, and given back when it was
/// right.
struct Throttle: Sendable, Equatable {
  /// Tries since the last quiet time.
  var count: Int
  /// The last of them.
  var lastAt: Instant
  /// When the next is let through.
  var freeAt: Instant

  /// Nobody has tried.
  static let untouched = Throttle(count: 0, lastAt: Instant(milliseconds: 0), freeAt: Instant(milliseconds: 0))

  /// Counts a try at `now`, or answers for how many seconds none is let through.
  mutating func take(at now: Instant, _ rule: ThrottleRule) -> Int? {
    guard now >= freeAt else { return max(1, (freeAt.milliseconds - now.milliseconds + 999) / 1000) }
    if now >= max(lastAt, freeAt).adding(rule.window) { count = 0 }
    count += 1
    lastAt = now
    if count >= rule.limit { freeAt = now.adding(rule.delay(after: count - rule.limit)) }
    return nil
  }

  /// Takes a try back that was right, or was never checked.
  mutating func giveBack(_ rule: ThrottleRule) {
    count = max(0, count - 1)
    if count < rule.limit { freeAt = Instant(milliseconds: 0) }
  }
}

/// How many tries are free, and how the delay grows after them.
struct ThrottleRule: Sendable, Equatable {
  /// Tries before the first delay.
  let limit: Int
  /// The quiet time after which all is forgotten: 15 minutes.
  let window: Duration = .seconds(15 * 60)

  /// One account from one network, or from one known device: 10 in 15 minutes.
  static let strict = ThrottleRule(limit: 10)
  /// One account from everywhere it was never used: 100, as NIST SP 800-63B-4 §3.2.2 asks.
  static let account = ThrottleRule(limit: 100)
  /// One network, whoever is tried: a school behind one address mistypes a lot on a Monday.
  static let network = ThrottleRule(limit: 300)

  /// 30 s, then twice as long each time, up to 15 minutes.
  func delay(after more: Int) -> Duration { .seconds(min(30 << min(max(more, 0), 5), 15 * 60)) }
}

/// What tries are counted under: the rule, and a key that says nothing to whoever reads the table.
struct ThrottleKey: Sendable, Equatable {
  /// What is counted, in words; the store keeps only its hash.
  let text: String
  /// How strictly.
  let rule: ThrottleRule
  /// Whether a right guess clears it altogether. What others share is only given back.
  let isOwn: Bool

  /// What a try to sign in is counted under.
  ///
  /// A stranger at work elsewhere shares none of these with the owner's own device, and with the owner's own network
  /// only the pair of it and the account. Whoever has neither is counted with all other strangers.
  static func signIn(name: String, network: Network, device: String?, knowsNetwork: Bool) -> [ThrottleKey] {
    if let device { return [ThrottleKey(text: "device\n\(name)\n\(device)", rule: .strict, isOwn: true)] }
    var keys = [
      ThrottleKey(text: "pair\n\(name)\n\(network.text)", rule: .strict, isOwn: true),
      ThrottleKey(text: "network\n\(network.text)", rule: .network, isOwn: false),
    ]
    if !knowsNetwork { keys.append(ThrottleKey(text: "account\n\(name)", rule: .account, isOwn: false)) }
    return keys
  }

  /// What asking for a forgotten password's successor is counted under, whether there is such an account or not.
  static func reset(name: String, network: Network) -> [ThrottleKey] {
    [
      ThrottleKey(text: "reset\n\(name)", rule: .strict, isOwn: true),
      ThrottleKey(text: "reset network\n\(network.text)", rule: .network, isOwn: false),
    ]
  }

  /// What a try to say one's present password again is counted under.
  static func password(of account: AccountID) -> [ThrottleKey] {
    [ThrottleKey(text: "password\n\(account)", rule: .strict, isOwn: true)]
  }
}

/// Where somebody comes from, as far as one can hold them to it: an IPv4 address, or the /64 of an IPv6 one.
struct Network: Sendable, Equatable {
  /// The network in words.
  let text: String

  /// The network of an address; what is no address stands for itself.
  init(of address: String) {
    let plain = address.split(separator: "%").first.map(String.init) ?? ""
    if plain.lowercased().hasPrefix("::ffff:"), plain.contains(".") {
      text = String(plain.dropFirst(7))
    } else if plain.contains(":"), let groups = Self.groups(of: plain) {
      text = groups.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    } else {
      text = String(plain.prefix(64))
    }
  }

  /// The eight groups of an IPv6 address (RFC 4291 §2.2).
  private static func groups(of address: String) -> [UInt16]? {
    func numbers(_ text: Substring) -> [UInt16]? {
      if text.isEmpty { return [] }
      let groups = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt16($0, radix: 16) }
      return groups.contains(nil) ? nil : groups.compactMap { $0 }
    }
    guard let gap = address.firstRange(of: "::") else {
      guard let groups = numbers(address[...]), groups.count == 8 else { return nil }
      return groups
    }
    guard let head = numbers(address[..<gap.lowerBound]), let tail = numbers(address[gap.upperBound...]),
      head.count + tail.count < 8
    else { return nil }
    return head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
  }
}
