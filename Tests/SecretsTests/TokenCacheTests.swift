import Kernel
import Testing

@testable import Secrets

@Suite struct `The memory of verified tokens` {
  private let claims = AccessClaims(
    account: "a", session: "s", issuedAt: Instant(milliseconds: 0), expiresAt: Instant(milliseconds: 100), version: nil)

  @Test func `holds at most as many as it may`() {
    var cache = TokenCache(limit: 100)
    for number in 0..<1000 {
      cache.remember(claims, as: TokenHash("\(number)"), until: claims.expiresAt)
      #expect(cache.count <= 100)
    }
    #expect(cache.count >= 50)
    #expect(cache.find(TokenHash("999"), at: Instant(milliseconds: 0)) == claims)
    #expect(cache.find(TokenHash("0"), at: Instant(milliseconds: 0)) == nil)
  }

  @Test func `keeps what is asked for while others come and go`() {
    var cache = TokenCache(limit: 100)
    cache.remember(claims, as: TokenHash("mine"), until: claims.expiresAt)
    for number in 0..<1000 {
      cache.remember(claims, as: TokenHash("\(number)"), until: claims.expiresAt)
      #expect(cache.find(TokenHash("mine"), at: Instant(milliseconds: 0)) == claims)
      #expect(cache.count <= 100)
    }
  }

  @Test func `drops an entry when its time is over, and all of them when told`() {
    var cache = TokenCache(limit: 10)
    cache.remember(claims, as: TokenHash("x"), until: Instant(milliseconds: 100))
    #expect(cache.find(TokenHash("x"), at: Instant(milliseconds: 99)) == claims)
    #expect(cache.find(TokenHash("x"), at: Instant(milliseconds: 100)) == nil)
    #expect(cache.count == 0)
    cache.remember(claims, as: TokenHash("y"), until: Instant(milliseconds: 100))
    cache.forgetAll()
    #expect(cache.find(TokenHash("y"), at: Instant(milliseconds: 0)) == nil)
  }

  @Test func `knows a token by the BLAKE2b of its whole text`() {
    #expect(TokenHash("abc") == TokenHash("ab" + "c"))
    #expect(TokenHash("abc") != TokenHash("abd"))
    #expect(TokenHash("") != TokenHash("\u{0}"))
  }
}
