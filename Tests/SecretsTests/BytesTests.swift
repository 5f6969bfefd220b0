import Secrets
import Testing

@Suite struct `Digests against published answers` {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `SHA-256 as in FIPS 180-4`(text: String, expected: String) {
    #expect(hexadecimal(sha256(Array(text.utf8))) == expected)
  }

  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `HMAC as in RFC 4231, also with long keys`(key: [UInt8], message: String, expected: String) {
    #expect(hexadecimal(hmacSHA256(Array(message.utf8), key: key)) == expected)
  }

  @Test(arguments: [
    ("abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
    ("", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
  ])
  func `BLAKE2b with 32 bytes`(text: String, expected: String) {
    #expect(hexadecimal(blake2b(Array(text.utf8))) == expected)
  }

  @Test func `only the same bytes are equal, and lengths count`() {
    #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
    #expect(constantTimeEquals([], []))
    #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
    #expect(!constantTimeEquals([1, 2, 3], [1, 2]))
    #expect(!constantTimeEquals([], [0]))
  }
}

@Suite struct `Base64 for links and tokens` {
  @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `reads what it writes, as in RFC 4648`(plain: String, text: String) {
    #expect(Base64URL.encode(Array(plain.utf8)) == text)
    #expect(Base64URL.decode(text) == Array(plain.utf8))
  }

  @Test func `uses the alphabet for addresses`() {
    #expect(Base64URL.encode([0xfb, 0xff, 0xfe]) == "-__-")
    #expect(Base64URL.decode("-__-") == [0xfb, 0xff, 0xfe])
  }

  @Test(arguments: ["Zg==", "Zh", "+//+", "Z", "Zm 9v", "Zm9v\n", "Zm9v\u{0}", "Žm9v"])
  func `refuses padding, stray bits and foreign characters`(text: String) {
    #expect(Base64URL.decode(text) == nil)
  }
}

@Suite struct `A token` {
  @Test func `has 43 characters and reads back as itself`() throws {
    let token = Token()
    #expect(token.text.utf8.count == 43)
    let read = try #require(Token(token.text))
    #expect(read == token)
    #expect(read.matches(hash: token.hash))
  }

  @Test func `is another each time`() {
    #expect(Set((0..<1000).map { _ in Token().text }).count == 1000)
  }

  @Test func `does not match the hash of another, nor its own text`() {
    let token = Token()
    #expect(!token.matches(hash: Token().hash))
    #expect(!token.matches(hash: Array(token.text.utf8)))
    #expect(token.hash.count == 32)
  }

  @Test func `is refused when a character is missing, added or wrong`() {
    let text = Token().text
    #expect(Token(String(text.dropLast())) == nil)
    #expect(Token(text + "A") == nil)
    #expect(Token("!" + text.dropFirst()) == nil)
    #expect(Token("") == nil)
  }

  @Test func `never shows its value, however it is printed`() {
    struct Session { let token: Token, secret: SecretBytes }
    let token = Token()
    let secret = SecretBytes(Array("hunter2".utf8))
    var shown = "\(token) \(secret) \(Session(token: token, secret: secret)) \(String(reflecting: token)) "
    dump(Session(token: token, secret: secret), to: &shown)
    #expect(shown.contains("•••"))
    #expect(!shown.contains(token.text))
    #expect(!shown.contains("104") && !shown.contains("hunter2"))
  }
}

@Suite struct `Random bytes` {
  @Test func `gives as many bytes as asked, and none for none`() {
    #expect(Randomness.bytes(33).count == 33)
    #expect(Randomness.bytes(0).isEmpty)
    #expect(Randomness.bytes(-1).isEmpty)
    #expect(Randomness.bytes(32) != Randomness.bytes(32))
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
