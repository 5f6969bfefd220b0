import Kernel
import Testing

@Suite struct `Text that is kept` {
  @Test(arguments: [
    ("Björk  Jónsdóttir", "bjork jonsdottir"), ("Łukasz ÅNGSTRÖM", "lukasz angstrom"), ("Strauß", "strauss"),
    ("Nguyễn Thị", "nguyen thi"), ("अनिका शर्मा", "अनिका शर्मा"), ("محمد", "محمد"), ("王小明", "王小明"), ("ＡＢＣ", "abc"),
    ("İstanbul", "istanbul"), ("O'Neill-Smith", "o'neill-smith"),
  ])
  func `is folded so that names are found however they are typed`(name: String, folded: String) {
    #expect(Text.folded(name) == folded)
    #expect(Text.folded(folded) == folded)
  }

  @Test(arguments: [
    ("Ada", true), ("Ada\u{0}", false), ("a\u{202E}b", false), ("a\u{7F}", false), ("a\tb", false), ("a\u{85}", false),
    ("e\u{301}", true), ("\u{200D}", true),
  ])
  func `is plain without control characters`(text: String, isPlain: Bool) {
    #expect(Text.isPlain(text) == isPlain)
  }

  @Test func `of several lines may have tabs and line ends`() { #expect(Text.isPlain("a\tb\nc", newlines: true)) }
}

@Suite struct `Gathering faults` {
  @Test func `trims, composes and measures in characters`() {
    var validation = Validation()
    #expect(validation.line("  e\u{301}e  ", at: "/a", "a name", max: 2) == "ée")
    #expect(validation.errors.isEmpty)
    #expect(validation.line("abc", at: "/b", "a name", max: 2) == "")
    #expect(validation.line("   ", at: "/c", "a name") == "")
    #expect(validation.optionalLine(" ", at: "/d", "a name") == nil)
    #expect(validation.optionalLine("a\u{0}", at: "/e", "a name") == nil)
    #expect(validation.errors.map(\.code) == ["TOO_LONG", "REQUIRED", "BAD_CHARACTER"])
    #expect(validation.errors.map(\.pointer) == ["/b", "/c", "/e"])
  }

  @Test func `throws all faults together`() throws {
    var validation = Validation()
    try validation.finish()
    validation.fail("/a", "ODD", "Odd.")
    validation.check(1 > 2, "/b", "EVEN", "Even.")
    let problem = try #require(throws: Problem.self) { try validation.finish() }
    #expect(problem.errors.count == 2 && problem.code == "VALIDATION_ERROR")
  }
}
