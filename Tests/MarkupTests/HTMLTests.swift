import Markup
import Testing

@Suite struct `Building HTML` {
  @Test func `an element has its attributes first and then its content`() {
    let page = form(.method(.post), .action("/people"), .class("stack")) {
      label(.for("name")) { "Name" }
      input(.type(.text), .id("name"), .name("name"), .required())
      button(.type(.submit)) { "Save" }
    }
    #expect(
      page.description == """
        <form method="post" action="/people" class="stack"><label for="name">Name</label>\
        <input type="text" id="name" name="name" required><button type="submit">Save</button></form>
        """)
  }

  @Test func `a view stands in a text as what it looks like`() {
    struct Star: View {
      var body: HTML { b { "*" } }
    }
    let isShown = true
    #expect(HTML { if isShown { "one \(Star())" } }.description == "one <b>*</b>")
  }

  @Test func `a void element has neither content nor an end`() {
    #expect(
      HTML {
        br()
        hr()
        img(.src("/a.png"), .alt(""))
      }.description == "<br><hr><img src=\"/a.png\" alt=\"\">")
  }

  @Test func `an empty element that is not void is closed`() {
    #expect(script(src: "/app.js").description == "<script type=\"module\" src=\"/app.js\"></script>")
    #expect(td().description == "<td></td>")
    #expect(
      svg(.viewBox("0 0 2 2")) { use(.href("/icons.svg#bell")) }.description
        == "<svg viewBox=\"0 0 2 2\"><use href=\"/icons.svg#bell\"></use></svg>")
  }

  @Test(arguments: [true, false])
  func `conditions choose what is shown`(shown: Bool) {
    let list = ul {
      if shown { li { "yes" } } else { li { "no" } }
      if shown { li { "only then" } }
    }
    #expect(list.description == (shown ? "<ul><li>yes</li><li>only then</li></ul>" : "<ul><li>no</li></ul>"))
  }

  @Test func `loops, arrays and optionals stand in a row`() {
    let missing: HTML? = nil
    let list = ol {
      for number in 1...3 { li { "\(number)" } }
      ["a", "b"].map { letter in li { letter } }
      missing
    }
    #expect(list.description == "<ol><li>1</li><li>2</li><li>3</li><li>a</li><li>b</li></ol>")
  }

  @Test func `a switch shows its case`() {
    enum Tone { case kind, strict, silent }
    func said(_ tone: Tone) -> HTML {
      HTML {
        switch tone {
        case .kind: p { "Please." }
        case .strict: p { "Now!" }
        case .silent: HTML.empty
        }
      }
    }
    #expect(said(.kind).description == "<p>Please.</p>")
    #expect(said(.strict).description == "<p>Now!</p>")
    #expect(said(.silent).isEmpty)
  }

  @Test func `a boolean attribute is there or not`() {
    #expect(input(.checked(true), .disabled(false)).description == "<input checked>")
    #expect(option(.selected(false), .value("a")) { "A" }.description == "<option value=\"a\">A</option>")
  }

  @Test func `an attribute without a value is left out, an empty one is kept`() {
    #expect(input(.value(nil), .id(nil), .name("")).description == "<input name=\"\">")
    #expect(
      a(.aria("current", nil), .when(true, .rel("next")), .when(false, .rel("prev"))).description
        == "<a rel=\"next\"></a>")
  }

  @Test func `attributes put together elsewhere stand among the others`() {
    #expect(
      input(.name("a"), .all([.value("<"), .all([.disabled(), .absent])]), .id("b")).description
        == "<input name=\"a\" value=\"&lt;\" disabled id=\"b\">")
  }

  @Test func `classes are joined, and the empty ones forgotten`() {
    #expect(span(.class("badge", nil, "", "ok")).description == "<span class=\"badge ok\"></span>")
    #expect(span(.class(nil, nil)).description == "<span></span>")
  }

  @Test func `pieces of HTML can stand inside text`() {
    #expect(p { "Press \(kbd { "n" }) & wait" }.description == "<p>Press <kbd>n</kbd> &amp; wait</p>")
  }

  @Test func `a view is used like an element`() {
    struct Greeting: View {
      let name: String
      var body: HTML { p { "Hello \(name)" } }
    }
    #expect(div { Greeting(name: "<Ada>") }.description == "<div><p>Hello &lt;Ada&gt;</p></div>")
  }

  @Test func `pieces are equal when they show the same`() {
    #expect(
      HTML {
        "a"
        "b"
      } == HTML(text: "ab"))
    #expect(div { "a" } == div { HTML { "a" } })
    #expect(div { "a" } != div { "b" })
    #expect(div { "a" } != div(.id("x")) { "a" })
    #expect(HTML("&") != HTML.trusted("&", because: "a test"))
  }

  @Test func `nothing is empty, an element is not`() {
    #expect(HTML.empty.isEmpty && HTML("").isEmpty && HTML { for _ in 0..<3 { HTML.empty } }.isEmpty)
    #expect(!div().isEmpty && !HTML("a").isEmpty && !br().isEmpty)
  }

  @Test func `rendering appends to what is there`() {
    var bytes = Array("x".utf8)
    b { "y" }.render(into: &bytes)
    #expect(bytes == Array("x<b>y</b>".utf8))
  }

  @Test func `a page far larger than any buffer comes out whole`() {
    let page = HTML { for number in 0..<20_000 { p { "\(number) <" } } }
    let expected = (0..<20_000).map { "<p>\($0) &lt;</p>" }.joined()
    #expect(page.description == expected)
  }
}
