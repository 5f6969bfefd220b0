import Foundation
import Kernel
import Secrets
import TestSupport
import Testing

private let start = Instant(milliseconds: 1_800_000_000_000)

/// Tokens under a fresh ring, and the means to forge some.
private struct Desk {
  let clock = TestClock(start)
  let tokens: AccessTokens
  let key: SigningKey

  init(remembering: Int = AccessTokens.usualMemory) async throws {
    var ring = KeyRing(keys: [])
    let first = ring.prepare(at: start)
    key = try #require(first)
    tokens = try await AccessTokens(ring: ring, clock: clock, remembering: remembering)
  }

  var header: [String: String] { ["alg": "HS256", "kid": key.kid, "typ": "at+jwt"] }

  var payload: String {
    let second = start.milliseconds / 1000
    return #"{"iss":"homeroom","sub":"a","sid":"s","iat":\#(second),"exp":\#(second + 900)}"#
  }

  /// A token of any header and payload, signed by whatever secret.
  func forged(header: String, payload: String? = nil, secret: [UInt8]? = nil) -> String {
    let parts = [header, payload ?? self.payload].map { Base64URL.encode(Array($0.utf8)) }
    let signed = parts.joined(separator: ".")
    return signed + "."
      + Base64URL.encode(hmacSHA256(Array(signed.utf8), key: secret ?? key.secret.revealed))
  }

  func forged(header change: [String: String?]) throws -> String {
    var header = header
    for (name, value) in change { header[name] = value }
    return forged(header: String(decoding: try JSONEncoder().encode(header), as: UTF8.self))
  }

  func refusal(of token: String) -> String? {
    do {
      _ = try tokens.verify(token)
      return nil
    } catch {
      return error.code
    }
  }
}

@Suite struct `Issuing and verifying access tokens` {
  @Test func `says what was put in, the first time and from memory`() async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.issue(account: "account", session: "session", version: 7)
    #expect(token.expiresIn == 900)
    let expected = try desk.tokens.verify(token.text)
    #expect(expected.account == "account" && expected.session == "session" && expected.version == 7)
    #expect(expected.issuedAt == start && expected.expiresAt == start.adding(.seconds(900)))
    #expect(try desk.tokens.verify(token.text) == expected)
  }

  @Test func `is a plain JWT that another implementation signs alike`() async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.issue(account: "a", session: "s").text
    let parts = token.split(separator: ".").map(String.init)
    #expect(parts.count == 3)
    let code = hmacSHA256(Array("\(parts[0]).\(parts[1])".utf8), key: desk.key.secret.revealed)
    #expect(Base64URL.decode(parts[2]) == code)
    let header = try JSONDecoder().decode([String: String].self, from: Data(#require(Base64URL.decode(parts[0]))))
    #expect(header == desk.header)
    #expect(desk.refusal(of: try desk.forged(header: [:])) == nil)
  }

  @Test func `does not show itself when printed`() async throws {
    let token = try await Desk().tokens.issue(account: "a", session: "s")
    #expect("\(token) \(String(reflecting: token))" == "••• •••")
  }

  @Test(arguments: [false, true])
  func `expires at its second, not before, remembered or not`(remembered: Bool) async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.issue(account: "a", session: "s").text
    if remembered { _ = try desk.tokens.verify(token) }
    desk.clock.advance(by: .seconds(900) - .milliseconds(1))
    if remembered { #expect(desk.refusal(of: token) == nil) }
    desk.clock.advance(by: .milliseconds(1))
    #expect(desk.refusal(of: token) == "TOKEN_EXPIRED")
    desk.clock.advance(by: .milliseconds(-1))
    #expect(desk.refusal(of: token) == nil)
  }

  @Test func `every change of a character is refused`() async throws {
    let desk = try await Desk()
    let token = Array(try await desk.tokens.issue(account: "a", session: "s").text.utf8)
    _ = try desk.tokens.verify(String(decoding: token, as: UTF8.self))
    for index in token.indices {
      var altered = token
      altered[index] = altered[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(desk.refusal(of: String(decoding: altered, as: UTF8.self)) == "UNAUTHORIZED")
    }
  }

  @Test(arguments: ["", ".", "..", "...", "a.b.c", "Bearer x", "e30.e30.", "e30.e30.e30.e30", "\u{0}.\u{0}.\u{0}"])
  func `what is no token is refused`(text: String) async throws {
    #expect(try await Desk().refusal(of: text) == "UNAUTHORIZED")
  }

  @Test func `a token of 4,096 bytes is read and one more byte is not`() async throws {
    let desk = try await Desk()
    func token(padding: Int) -> String {
      let payload = desk.payload.dropLast() + #","x":"\#(String(repeating: "x", count: padding))"}"#
      return desk.forged(header: #"{"alg":"HS256","kid":"\#(desk.key.kid)","typ":"at+jwt"}"#, payload: String(payload))
    }
    let fitting = (0...4096).last { token(padding: $0).utf8.count <= AccessTokens.maximumSize } ?? 0
    #expect(desk.refusal(of: token(padding: fitting)) == nil)
    #expect(desk.refusal(of: token(padding: fitting + 1)) == "UNAUTHORIZED")
  }

  @Test func `nobody signs while there is no key`() async throws {
    let tokens = try await AccessTokens(ring: KeyRing(keys: []), clock: TestClock(start))
    await #expect(throws: Problem.self) { try await tokens.issue(account: "a", session: "s") }
  }

  @Test func `a token does not outlive its key`() async throws {
    let key = try SigningKey(
      kid: "k", secret: SecretBytes(Randomness.bytes(32)), createdAt: start, publishedAt: start, activeFrom: start,
      retiresAt: start.adding(.seconds(60)))
    let clock = TestClock(start)
    let tokens = try await AccessTokens(ring: KeyRing(keys: [key]), clock: clock)
    let token = try await tokens.issue(account: "a", session: "s")
    #expect(token.expiresIn == 60)
    clock.advance(by: .seconds(60))
    #expect(throws: Problem.self) { try tokens.verify(token.text) }
  }
}

@Suite struct `Forged access tokens` {
  @Test(
    arguments: [
      ["alg": "none"], ["alg": "HS384"], ["alg": "RS256"], ["alg": "hs256"], ["alg": nil], ["kid": "unknown"],
      ["kid": ""], ["kid": nil], ["typ": "JWT"], ["typ": nil], ["crit": "exp"],
    ] as [[String: String?]])
  func `are refused for their header although the signature is right`(change: [String: String?]) async throws {
    let desk = try await Desk()
    #expect(desk.refusal(of: try desk.forged(header: [:])) == nil)
    #expect(desk.refusal(of: try desk.forged(header: change)) == "UNAUTHORIZED")
  }

  @Test func `are refused without a signature, whatever the algorithm says`() async throws {
    let desk = try await Desk()
    for algorithm in ["none", "None", "NONE", "HS256"] {
      let token = try desk.forged(header: ["alg": algorithm])
      let unsigned = token.split(separator: ".").prefix(2).joined(separator: ".")
      #expect(desk.refusal(of: unsigned + ".") == "UNAUTHORIZED")
      #expect(desk.refusal(of: unsigned) == "UNAUTHORIZED")
    }
  }

  @Test func `are refused when another secret signed them`() async throws {
    let desk = try await Desk()
    let header = String(decoding: try JSONEncoder().encode(desk.header), as: UTF8.self)
    #expect(desk.refusal(of: desk.forged(header: header, secret: Randomness.bytes(64))) == "UNAUTHORIZED")
    #expect(desk.refusal(of: desk.forged(header: header, secret: [])) == "UNAUTHORIZED")
  }

  @Test(arguments: [
    #"{"iss":"another","sub":"a","sid":"s","iat":1800000000,"exp":1800000900}"#,
    #"{"sub":"a","sid":"s","iat":1800000000,"exp":1800000900}"#,
    #"{"iss":"homeroom","sub":"","sid":"s","iat":1800000000,"exp":1800000900}"#,
    #"{"iss":"homeroom","sub":"a","sid":"","iat":1800000000,"exp":1800000900}"#,
    #"{"iss":"homeroom","sub":"a","sid":"s","iat":1800000000}"#,
    #"{"iss":"homeroom","sub":"a","sid":"s","iat":1800000000,"exp":9223372036854775807}"#,
    #"{"iss":"homeroom","sub":"a","sid":"s","iat":1800000000,"exp":1e300}"#,
    #"{"iss":"homeroom","sub":"a","sid":"s","iat":1800000000,"exp":-1}"#,
    "[]", "null", "",
  ])
  func `are refused for their claims although the signature is right`(payload: String) async throws {
    let desk = try await Desk()
    let header = String(decoding: try JSONEncoder().encode(desk.header), as: UTF8.self)
    #expect(desk.refusal(of: desk.forged(header: header, payload: payload)) == "UNAUTHORIZED")
  }

  @Test func `cannot end the process by a huge number in the header`() async throws {
    let desk = try await Desk()
    let header = #"{"alg":"HS256","kid":"\#(desk.key.kid)","typ":"at+jwt","x":1e300,"y":[[[[[1e300]]]]]}"#
    #expect(desk.refusal(of: desk.forged(header: header, secret: [1])) == "UNAUTHORIZED")
    #expect(desk.refusal(of: desk.forged(header: header)) == nil)
  }
}

@Suite struct `Access tokens and the key ring` {
  @Test func `a remembered token is refused as soon as its key is revoked`() async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.issue(account: "a", session: "s").text
    #expect(desk.refusal(of: token) == nil)
    var ring = desk.tokens.ring
    ring.revokeAll(at: desk.clock.now())
    try await desk.tokens.use(ring)
    #expect(desk.refusal(of: token) == "UNAUTHORIZED")
    let next = try await desk.tokens.issue(account: "a", session: "s").text
    #expect(desk.refusal(of: next) == nil)
  }

  @Test func `a rotation refuses no token`() async throws {
    let desk = try await Desk()
    var ring = desk.tokens.ring
    let made = ring.prepare(at: ring.nextKeyIsDue(at: start))
    let next = try #require(made)
    desk.clock.advance(by: .milliseconds(next.activeFrom.milliseconds - start.milliseconds - 1))
    let token = try await desk.tokens.issue(account: "a", session: "s").text
    try await desk.tokens.use(ring)
    desk.clock.advance(by: .milliseconds(1))
    let newer = try await desk.tokens.issue(account: "a", session: "s").text
    #expect(desk.refusal(of: token) == nil && desk.refusal(of: newer) == nil)
    #expect(token.split(separator: ".").first != newer.split(separator: ".").first)
    desk.clock.advance(by: .seconds(800))
    #expect(desk.refusal(of: token) == nil)
  }

  @Test func `a key that is not published yet is unknown, and one not active yet is believed`() async throws {
    let desk = try await Desk()
    for (published, expected) in [(nil, "UNAUTHORIZED"), (start, nil)] as [(Instant?, String?)] {
      let key = try SigningKey(
        kid: "next", secret: SecretBytes(Randomness.bytes(32)), createdAt: start, publishedAt: published,
        activeFrom: start.adding(.seconds(3600)), retiresAt: start.adding(.seconds(7200)))
      try await desk.tokens.use(KeyRing(keys: [desk.key, key]))
      let header = #"{"alg":"HS256","kid":"next","typ":"at+jwt"}"#
      #expect(desk.refusal(of: desk.forged(header: header, secret: key.secret.revealed)) == expected)
      #expect(desk.tokens.ring.signing(at: start)?.kid == desk.key.kid)
    }
  }

  @Test func `a key that has retired verifies nothing more, remembered or not`() async throws {
    let desk = try await Desk()
    let key = try SigningKey(
      kid: "old", secret: SecretBytes(Randomness.bytes(32)), createdAt: start, publishedAt: start,
      activeFrom: start, retiresAt: start.adding(.seconds(10)))
    try await desk.tokens.use(KeyRing(keys: [key, desk.key]))
    let header = #"{"alg":"HS256","kid":"old","typ":"at+jwt"}"#
    let token = desk.forged(header: header, secret: key.secret.revealed)
    desk.clock.advance(by: .seconds(10) - .milliseconds(1))
    #expect(desk.refusal(of: token) == nil)
    desk.clock.advance(by: .milliseconds(1))
    #expect(desk.refusal(of: token) == "UNAUTHORIZED")
    desk.clock.advance(by: .seconds(900))
    #expect(desk.refusal(of: token) == "TOKEN_EXPIRED")
  }

  @Test func `tokens of a key in the settings are believed`() async throws {
    let secret = "a secret that an administrator has put into JWT_SECRET"
    let configured = try SigningKey.configured(secret)
    let tokens = try await AccessTokens(ring: KeyRing(keys: [], configured: [configured]), clock: TestClock(start))
    let token = try await tokens.issue(account: "a", session: "s").text
    #expect(try tokens.verify(token).account == "a")
  }

  @Test(arguments: [0, 1, 2, 8])
  func `are verified right however little is remembered`(memory: Int) async throws {
    let desk = try await Desk(remembering: memory)
    var tokens: [String] = []
    for number in 0..<40 {
      tokens.append(try await desk.tokens.issue(account: "\(number)", session: "s").text)
    }
    for (number, token) in (tokens + tokens.reversed() + tokens).enumerated() {
      let expected = [number, 79 - number, number - 80][number / 40]
      #expect(try desk.tokens.verify(token).account == "\(expected)")
    }
  }

  @Test func `are verified by many at once while the ring changes`() async throws {
    let desk = try await Desk()
    let token = try await desk.tokens.issue(account: "a", session: "s").text
    let ring = desk.tokens.ring
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { for _ in 0..<500 { _ = try desk.tokens.verify(token) } }
      }
      group.addTask { for _ in 0..<50 { try await desk.tokens.use(ring) } }
      try await group.waitForAll()
    }
    #expect(desk.refusal(of: token) == nil)
  }
}
