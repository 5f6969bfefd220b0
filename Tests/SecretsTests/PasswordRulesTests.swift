import Kernel
import Testing

@testable import Secrets

@Suite struct `What a password must be` {
  private let own = ["Ada Lovelace", "ada.lovelace@maple.example", "Maple Street School"]

  private func codes(_ password: String, _ rules: PasswordRules = .singleFactor) -> [String] {
    rules.faults(of: password, ownWords: own).map(\.code)
  }

  @Test func `fifteen characters alone, eight beside a second factor`() {
    #expect(codes("vellum otter j") == ["TOO_SHORT"])
    #expect(codes("vellum otter jx") == [])
    #expect(codes("vellumo", .withSecondFactor) == ["TOO_SHORT"])
    #expect(codes("vellumot", .withSecondFactor) == [])
    #expect(PasswordRules(minimum: 1).minimum == 8)
  }

  @Test func `at most 256 characters, however many bytes they take`() {
    let text = Randomness.bytes(300).map { String(UnicodeScalar(0x4E00 + UInt32($0) * 7) ?? "x") }
    #expect(codes(text.prefix(256).joined()) == [])
    #expect(codes(text.prefix(257).joined()) == ["TOO_LONG"])
    #expect(codes(String(repeating: "a", count: 2000)) == ["TOO_LONG"])
  }

  @Test func `characters are counted as the keyboard makes them, not as bytes`() {
    #expect(codes("żółćęśąźńóż gęś") == [])
    #expect(codes("z\u{307}o\u{301}lc\u{301}e\u{328}s\u{301}a\u{328}z\u{301}n\u{301}") == ["TOO_SHORT"])
  }

  @Test func `nothing is trimmed, and no signs or digits are asked for`() {
    #expect(PasswordRules.normalized("  x ") == "  x ")
    #expect(codes("correct horse battery staple") == [])
    #expect(codes("vellum otter tapestry") == [])
    #expect(codes("🦦🦉🐝🦔🐌🦀🦩🐙🦡🦇🐞🦋🐇🦌🐿") == [])
  }

  @Test(arguments: [
    "passwordpassword", "Password12345678", "P@ssw0rd12345678", "welcome2school2026", "ILoveYou-football!",
    "letmein trustno1 2024", "Winter2025Summer", "administrator123", "dragon monkey 1999", "pa55word.pa55word",
    "motdepasse123456", "qwerty-password-1",
  ])
  func `common words are refused with all that is usually put around them`(password: String) {
    #expect(codes(password) == ["COMMON_PASSWORD"])
  }

  @Test(arguments: [
    "123456789012345", "987654321098765", "abcdefghijklmnop", "qwertyuiopasdfghjkl", "1qaz2wsx3edc4rfv",
    "1q2w3e4r5t6y7u8i", "zyxwvutsrqponmlk", "azertyuiopqsdfgh", "19991999 20002001",
  ])
  func `rows of letters, digits and keys are refused`(password: String) {
    #expect(codes(password) == ["SEQUENCE"])
  }

  @Test(arguments: [
    "letmein letmein 2024", "aaaaaaaaaaaaaaaa", "abababababababab",
    "xkcdxkcdxkcdxkcd", "               ", "----------------",
    "🦦🦦🦦🦦🦦🦦🦦🦦🦦🦦🦦🦦🦦🦦🦦",
  ])
  func `repetitions are refused`(password: String) {
    #expect(codes(password) == ["REPEATED"])
  }

  @Test(arguments: [
    "AdaLovelace2010!", "maple-street-school", "l0velace.l0velace", "Ada Lovelace Ada!", "MapleStreetSchool1",
    "adalovelace@maple",
  ])
  func `the person's and the school's own words are refused`(password: String) {
    #expect(codes(password) == ["OWN_WORDS"])
  }

  @Test func `own words are no fault for somebody else, nor beside enough that is foreign`() {
    #expect(PasswordRules.singleFactor.faults(of: "ada lovelace 1815").map(\.code) == [])
    #expect(codes("ada lovelace 1815") == ["OWN_WORDS"])
    #expect(codes("lovelace vellum otter") == [])
  }

  @Test func `seven characters beside the obvious are too few and eight are enough`() {
    #expect(ObviousParts(of: "passwordwelcomexkv", ownWords: []).worth == 7)
    #expect(codes("passwordwelcomexkv") == ["COMMON_PASSWORD"])
    #expect(ObviousParts(of: "passwordwelcomexkvj", ownWords: []).worth == 8)
    #expect(codes("passwordwelcomexkvj") == [])
  }

  @Test func `the reason is said, and the password is not said again`() {
    for password in ["passwordpassword", "123456789012345", "xkcdxkcdxkcdxkcd", "AdaLovelace2010!", "otter"] {
      for fault in PasswordRules.singleFactor.faults(of: password, ownWords: own, at: "/newPassword") {
        #expect(fault.pointer == "/newPassword")
        #expect(fault.detail.hasSuffix("."))
        #expect(!fault.detail.lowercased().contains(password.lowercased()))
      }
    }
  }

  @Test func `the longest password is judged quickly`() {
    let clock = ContinuousClock()
    let hostile = String(repeating: "passwor1", count: 32)
    let time = clock.measure { _ = codes(hostile) }
    #expect(time < .seconds(10))
  }

  @Test func `the list has hundreds of words of four letters and more, all folded`() {
    #expect(CommonWords.all.count > 400)
    #expect(CommonWords.all.allSatisfy { $0.count >= 4 && Text.folded($0) == $0 })
  }
}
