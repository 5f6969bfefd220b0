import Testing

@testable import Markup

@Suite struct `Escaping` {
  /// What an unkind visitor might type into a field, with what it must look like between tags.
  static let hostile: [(String, text: String)] = [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\"><img src=x onerror=alert(1)>", "\"&gt;&lt;img src=x onerror=alert(1)&gt;"),
    ("' onmouseover='x", "' onmouseover='x"),
    ("&lt;", "&amp;lt;"),
    ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
    ("</textarea></title><b>", "&lt;/textarea&gt;&lt;/title&gt;&lt;b&gt;"),
    ("Zoë O'Brien 王小明 \u{1F468}\u{200D}\u{1F469}", "Zoë O'Brien 王小明 \u{1F468}\u{200D}\u{1F469}"),
    ("", ""),
  ]

  @Test(arguments: hostile)
  func `text between tags comes out as it was typed`(typed: String, text: String) {
    #expect(HTML(text: typed).description == text)
    #expect(p { typed }.description == "<p>\(text)</p>")
    #expect(
      div {
        b { typed }
        i {}
      }.description == "<div><b>\(text)</b><i></i></div>")
    #expect(HTML("\(typed)!").description == text + "!")
    #expect(textarea(text: typed).description == "<textarea>\(text)</textarea>")
  }

  @Test(arguments: hostile)
  func `an attribute never ends early`(typed: String, text: String) {
    let inside = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "&quot;")
      .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "&#39;")
    let tag = "<input value=\"\(inside)\" aria-label=\"\(inside)\" data-name=\"\(inside)\">"
    #expect(input(.value(typed), .ariaLabel(typed), .data("name", typed)).description == tag)
  }

  @Test(arguments: hostile)
  func `a path keeps its shape whatever the value`(typed: String, text: String) {
    let path = Path("/people/\(typed)/edit")
    #expect(path.description.split(separator: "/").count == 3)
    #expect(path.description.utf8.allSatisfy { isLetterOrDigit($0) || "/%-._~".utf8.contains($0) })
    let found = Path("/search").query(["q": typed])
    #expect(found.description.utf8.allSatisfy { isLetterOrDigit($0) || "/?=%-._~".utf8.contains($0) })
  }

  @Test func `only the loud way lets markup through`() {
    #expect(HTML.trusted("<b>&amp;</b>", because: "a test").description == "<b>&amp;</b>")
    #expect(HTML("<b>").description == "&lt;b&gt;")
  }

  @Test func `a text area keeps a line break at the start of its text`() {
    #expect(textarea(text: "\nhello").description == "<textarea>\n\nhello</textarea>")
    #expect(textarea(text: "\r\nhello").description == "<textarea>\n\r\nhello</textarea>")
    #expect(textarea(text: "hello\n").description == "<textarea>hello\n</textarea>")
  }
}

@Suite struct `Attributes of plain text` {
  @Test(arguments: [
    "style", "STYLE", "onclick", "OnLoad", "href", "src", "srcdoc", "formaction", "action", "", "a b", "x=y", "x>",
  ])
  func `a name that takes an address, a style or a script is refused`(name: String) {
    #expect(!Attribute.isPlain(name))
  }

  @Test(arguments: ["itemprop", "stroke-width", "xml:lang", "fill", "only"])
  func `any other name is taken, unless it starts like a handler`(name: String) {
    #expect(Attribute.isPlain(name) == (name != "only"))
  }

  @Test func `an attribute without a function of its own is written and escaped`() {
    #expect(span(.attribute("itemprop", "a\"b")).description == "<span itemprop=\"a&quot;b\"></span>")
    #expect(span(.attribute("itemprop", nil)).description == "<span></span>")
  }
}
