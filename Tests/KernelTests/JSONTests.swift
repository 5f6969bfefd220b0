import Foundation
import Kernel
import TestSupport
import Testing

@Suite struct `Reading JSON` {
  @Test(arguments: [
    "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{a:1}", "01", "-", "1.", ".5", "1e", "+1", "nul", "\"", "\"\\x\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\t\"", "[1] 2", "{\"a\":1,\"a\":2}", "NaN", "'a'", "\u{FEFF}1",
  ])
  func `refuses what is not strict`(text: String) {
    #expect(throws: JSONFault.self) { try JSON(parsing: text) }
  }

  @Test func `goes 64 levels deep and no deeper`() throws {
    let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(try JSON(parsing: nested(64)).array != nil)
    #expect(throws: JSONFault.self) { try JSON(parsing: nested(65)) }
  }

  @Test func `refuses bytes that are not UTF-8`() {
    #expect(throws: JSONFault.self) { try JSON(parsing: [0x22, 0xFF, 0x22]) }
  }

  @Test func `understands escapes and surrogate pairs`() throws {
    let json = try JSON(parsing: #"{"a":"\u0041\n\/\ud83d\ude00"}"#)
    #expect(json["a"]?.string == "A\n/😀")
  }

  @Test func `of whatever was written gives the same value, and Foundation agrees`() throws {
    var random = SplitMix64(seed: 20_261_121)
    for _ in 0..<300 {
      let value = random.json(depth: 0)
      let text = value.text
      #expect(try JSON(parsing: text) == value, "\(text)")
      _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }
  }
}

extension SplitMix64 {
  fileprivate mutating func json(depth: Int) -> JSON {
    switch Int.random(in: depth > 4 ? 0...3 : 0...5, using: &self) {
    case 0: .null
    case 1: .bool(Bool.random(using: &self))
    case 2: .int(Int.random(in: -1_000_000...1_000_000, using: &self))
    case 3: .string(text())
    case 4: .array((0..<Int.random(in: 0...4, using: &self)).map { _ in json(depth: depth + 1) })
    default:
      .object((0..<Int.random(in: 0...4, using: &self)).map { ("\($0)" + text(), json(depth: depth + 1)) })
    }
  }

  private mutating func text() -> String {
    let alphabet: [Character] = ["a", "\"", "\\", "\u{0}", "\u{1F}", "\n", "é", "文", "😀", "/", "<", "\u{2028}"]
    return String((0..<Int.random(in: 0...6, using: &self)).map { _ in alphabet.randomElement(using: &self) ?? "a" })
  }
}
