import Kernel
import TestSupport
import Testing

@testable import Accounts

@Suite struct `Slowing down whoever guesses` {
  private let start = Instant(milliseconds: 1_000_000)

  private func exhausted() -> Throttle {
    var throttle = Throttle.untouched
    for _ in 0..<10 { _ = throttle.take(at: start, .strict) }
    return throttle
  }

  @Test func `ten tries are free, the eleventh waits thirty seconds`() {
    var throttle = Throttle.untouched
    for _ in 0..<10 { #expect(throttle.take(at: start, .strict) == nil) }
    #expect(throttle.take(at: start, .strict) == 30)
    #expect(throttle.take(at: start.adding(.milliseconds(29_999)), .strict) == 1)
    #expect(throttle.take(at: start.adding(.seconds(30)), .strict) == nil)
  }

  @Test func `each further try waits twice as long, up to fifteen minutes`() {
    var throttle = exhausted()
    var now = start
    var waits: [Int] = []
    for _ in 0..<7 {
      let wait = throttle.take(at: now, .strict) ?? 0
      waits.append(wait)
      now = now.adding(.seconds(wait))
      #expect(throttle.take(at: now, .strict) == nil)
    }
    #expect(waits == [30, 60, 120, 240, 480, 900, 900])
  }

  @Test func `waiting tries are not counted`() {
    var throttle = exhausted()
    for _ in 0..<100 { #expect(throttle.take(at: start, .strict) == 30) }
    #expect(throttle.count == 10)
  }

  @Test func `fifteen quiet minutes after the delay wipe the slate, a moment less does not`() {
    var throttle = exhausted()
    let end = start.adding(.seconds(30 + 15 * 60))
    #expect(throttle.take(at: end.adding(.milliseconds(-1)), .strict) == nil)
    #expect(throttle.count == 11)
    throttle = exhausted()
    #expect(throttle.take(at: end, .strict) == nil)
    #expect(throttle.count == 1)
  }

  @Test func `a try that was right is given back`() {
    var throttle = exhausted()
    throttle.giveBack(.strict)
    #expect(throttle.take(at: start, .strict) == nil)
    #expect(throttle.take(at: start, .strict) == 30)
    var untouched = Throttle.untouched
    untouched.giveBack(.strict)
    #expect(untouched == .untouched)
  }

  @Test func `a known device is counted alone, a stranger with everybody like them`() {
    let network = Network(of: "192.0.2.1")
    let known = ThrottleKey.signIn(name: "ada", network: network, device: "d", knowsNetwork: false)
    #expect(known.map(\.rule) == [.strict])
    let athome = ThrottleKey.signIn(name: "ada", network: network, device: nil, knowsNetwork: true)
    #expect(athome.map(\.rule) == [.strict, .network])
    let stranger = ThrottleKey.signIn(name: "ada", network: network, device: nil, knowsNetwork: false)
    #expect(stranger.map(\.rule) == [.strict, .network, .account])
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8::1", "2001:db8:0:0::/64"), ("::1", "0:0:0:0::/64"), ("fe80::1%eth0", "fe80:0:0:0::/64"),
    ("not an address", "not an address"), ("1:2:3", "1:2:3"), ("1::2::3", "1::2::3"), ("", ""),
  ]) func `an address is held to its network`(_ address: String, _ network: String) {
    #expect(Network(of: address).text == network)
  }

  @Test func `whatever the times, nobody has more than the free tries and one for each delay`() {
    var random = SplitMix64.printed(for: "throttle")
    for _ in 0..<200 {
      var throttle = Throttle.untouched
      var now = start
      var through = 0
      // An hour of hammering at random moments.
      while now < start.adding(.seconds(3600)) {
        if throttle.take(at: now, .strict) == nil { through += 1 }
        now = now.adding(.milliseconds(Int.random(in: 1...20_000, using: &random)))
      }
      // Ten, then 30, 60, 120, 240, 480 s, then one each 15 minutes.
      #expect(through <= 10 + 5 + 1 + 3)
    }
  }
}

@Suite struct `What becomes of a refresh token` {
  private let now = Instant(milliseconds: 1_000_000)

  @Test func `unused rotates, used a moment ago repeats, used long ago alarms`() {
    #expect(RefreshDecision.about(usedAt: nil, at: now) == .rotate)
    #expect(RefreshDecision.about(usedAt: now, at: now) == .repeatSuccessor)
    #expect(RefreshDecision.about(usedAt: now.adding(.milliseconds(-29_999)), at: now) == .repeatSuccessor)
    #expect(RefreshDecision.about(usedAt: now.adding(.seconds(-30)), at: now) == .alarm)
  }
}
