import Markup
import Testing

@Suite struct `Addresses on this site` {
  @Test func `a value becomes one segment`() {
    #expect(Path("/people/\("a/b ?#ü")/edit").description == "/people/a%2Fb%20%3F%23%C3%BC/edit")
    #expect(Path("/weeks/\(12)").description == "/weeks/12")
  }

  @Test(arguments: ["", ".", ".."])
  func `a value that would change the address names nothing`(value: String) {
    #expect(Path("/\(value)/\("evil.example")").description == "/-/evil.example")
  }

  @Test func `three dots are a name like any other`() {
    #expect(Path("/files/\("...")").description == "/files/...")
  }

  @Test func `a path goes on from another`() {
    let person: Path = "/people/\(7)"
    #expect(Path("\(person)/edit").description == "/people/7/edit")
  }

  @Test func `questions are encoded, kept in order, and left out when nil`() {
    let path = Path("/people/students").query(["q": "a&b=c +", "form": nil, "sort": "name"])
    #expect(path.description == "/people/students?q=a%26b%3Dc%20%2B&sort=name")
    #expect(path.query(["after": "x"]).description.hasSuffix("&sort=name&after=x"))
    #expect(Path("/a").query([("n", nil), ("m", "")]).description == "/a?m=")
    #expect(Path("/a").query([:]).description == "/a")
  }

  @Test func `a question goes before the fragment`() {
    #expect(Path("/a#x").query(["q": "1"]).description == "/a?q=1#x")
    #expect(Path("/a?q=1#x").fragment("row 2").description == "/a?q=1#row%202")
  }

  @Test(arguments: ["/", "/today", "/people?q=a%20b#x", "/" + String(repeating: "a", count: 1_999)])
  func `an address of ours that came from outside is taken`(text: String) {
    #expect(Path(checking: text)?.description == text)
  }

  @Test(arguments: [
    "", "today", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a b",
    "/a\r\nb", "/ü", "/" + String(repeating: "a", count: 2_000),
  ])
  func `an address that leads elsewhere is refused`(text: String) {
    #expect(Path(checking: text) == nil)
  }
}

@Suite struct `Addresses elsewhere` {
  @Test(arguments: [
    "https://example.org/a?b=c", "HTTP://example.org", "mailto:office@example.org", "https://[::1]/",
    "https://日本.example/",
  ])
  func `the web and mail are linked to`(text: String) {
    #expect(WebLink(text)?.description == text)
  }

  @Test(arguments: [
    "javascript:alert(1)", " https://example.org", "java\nscript:x", "data:text/html,x", "https://", "https:///x",
    "//a.example", "vbscript:x", "https://a.example/\\b", "https://a .example", "", "mailto:", "ftp://a.example",
    "https://\u{0}", "https://a.example/" + String(repeating: "a", count: 2_000),
  ])
  func `anything else is not`(text: String) {
    #expect(WebLink(text) == nil)
  }

  @Test func `a mail address becomes a link without room for headers`() {
    #expect(WebLink(mailTo: "ada@example.org")?.description == "mailto:ada@example.org")
    #expect(WebLink(mailTo: "a?cc=x@example.org")?.description == "mailto:a%3Fcc%3Dx@example.org")
    #expect(WebLink(mailTo: "nobody") == nil)
    #expect(WebLink(mailTo: "@") == nil)
  }
}
