import Markup
import TestSupport
import Testing

@testable import Web

@Suite struct `The preview` {
  static let pages: [(name: String, page: HTML)] = [
    ("preview", previewPage()), ("students", previewStudents()), ("register", previewRegister()),
  ]

  @Test func `every component looks as it did`() throws {
    var text = ""
    for part in previewPage().description.split(separator: "><") { text += (text.isEmpty ? "" : ">\n<") + part }
    for asset in Asset.all {
      text = text.split(separator: asset.path.description).joined(separator: "/assets/(\(asset.mediaType))")
    }
    try Golden("html/preview.html").check(text + "\n")
  }

  @Test(arguments: pages.indices)
  func `every tag that opens is closed`(index: Int) throws {
    let void: Set<String> = ["input", "meta", "link", "br", "hr", "img", "!doctype"]
    var open: [String] = []
    for tag in Self.pages[index].page.description.split(separator: "<").compactMap({ $0.split(separator: ">").first }) {
      let name = String(tag.prefix { $0 != " " })
      if name.hasPrefix("/") {
        #expect(open.popLast() == String(name.dropFirst()))
      } else if !void.contains(name) {
        open.append(name)
      }
    }
    #expect(open.isEmpty)
  }

  @Test(arguments: pages.indices)
  func `an id stands once, and whatever is referred to is there`(index: Int) {
    let page = Self.pages[index].page.description
    let ids = values(of: "id", in: page)
    #expect(Set(ids).count == ids.count)
    let named = ["for", "aria-describedby", "aria-labelledby", "data-swap", "data-swap-links"].flatMap { name in
      values(of: name, in: page).flatMap { $0.split(separator: " ").map(String.init) }
    }
    #expect(!named.isEmpty || index == 1)
    #expect(Set(named).subtracting(ids).isEmpty)
  }

  @Test(arguments: pages.indices)
  func `nothing is inline that the content policy refuses`(index: Int) {
    let page = Self.pages[index].page.description
    for refused in [" style=", "<style", "javascript:", " onclick=", " onchange=", " onsubmit="] {
      #expect(!page.contains(refused))
    }
    #expect(page.split(separator: "<script").count == 2)
    #expect(page.contains("<script type=\"module\" src=\"/assets/app."))
  }
}

@Suite struct `The frame of a page` {
  @Test func `the root element carries how the person likes pages to look`() {
    var look = Look()
    #expect(page(look).contains("<html lang=\"en\" dir=\"ltr\">"))
    look.theme = .dark
    look.density = .compact
    look.direction = .rtl
    look.language = "ar"
    look.hasShortcuts = false
    #expect(
      page(look).contains(
        "<html lang=\"ar\" dir=\"rtl\" data-theme=\"dark\" data-density=\"compact\" data-shortcuts=\"off\">"))
  }

  @Test(arguments: [true, false])
  func `the title says Error first when there is one`(hasErrors: Bool) {
    var shell = ShellModel(title: "Edit <Ada>", path: "/")
    shell.hasErrors = hasErrors
    let page = PageShell(shell) { "x" }.body.description
    #expect(page.contains("<title>\(hasErrors ? "Error: " : "")Edit &lt;Ada&gt; - Homeroom</title>"))
  }

  @Test func `one place is the current one, and opens`() {
    var shell = ShellModel(title: "Students", path: "/")
    shell.menu = [
      MenuEntry("Today", icon: .today, path: "/today", children: [MenuChild("Hidden", path: "/hidden")]),
      MenuEntry(
        "People", icon: .people, path: "/people", children: [MenuChild("Students", path: "/s", isCurrent: true)]),
    ]
    let page = PageShell(shell) { "x" }.body.description
    #expect(page.contains("href=\"/people\" aria-current=\"true\""))
    #expect(page.contains("<a href=\"/s\" aria-current=\"page\">Students</a>"))
    #expect(!page.contains("Hidden"))
  }

  @Test(arguments: [nil, 2])
  func `only a page that waits loads itself again, and only without scripts`(seconds: Int?) {
    var shell = ShellModel(title: "Job", path: "/")
    shell.refreshSeconds = seconds
    let page = PageShell(shell) { "x" }.body.description
    #expect(page.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>") == (seconds == 2))
  }

  @Test func `a flash is shown once with its way back`() {
    var shell = ShellModel(title: "Students", path: "/")
    shell.flash = Flash("<b>Moved</b>", undo: "/undo/1")
    let page = PageShell(shell) { "x" }.body.description
    #expect(page.contains("<span>&lt;b&gt;Moved&lt;/b&gt;</span><form method=\"post\" action=\"/undo/1\">"))
    #expect(Toast(Flash("Done.")).body.description == "<div class=\"toast\"><span>Done.</span></div>")
  }

  private func page(_ look: Look) -> String {
    var shell = ShellModel(title: "Today", path: "/")
    shell.look = look
    return PageShell(shell) { "x" }.body.description
  }
}

@Suite struct `Fields` {
  @Test func `a wrong field is tied to its hint and its error`() {
    let field = Field("Born", name: "born", .line("x"), hint: "As 31 August", error: "Enter a date").body.description
    #expect(field.hasPrefix("<div class=\"field wrong\"><label for=\"born\">Born</label>"))
    #expect(field.contains("aria-invalid=\"true\" aria-describedby=\"born-hint born-error\""))
    #expect(field.contains("id=\"born-hint\">As 31 August<") && field.contains("id=\"born-error\">"))
  }

  @Test func `a right field says nothing of errors`() {
    let field = Field("Born", name: "born", .line("x")).body.description
    #expect(
      field == """
        <div class="field"><label for="born">Born</label>\
        <input class="input" id="born" name="born" type="text" value="x"></div>
        """)
  }

  @Test func `a password is never written into a page`() {
    #expect(!Field.password("Password", name: "password").body.description.contains("value="))
  }

  @Test func `a summary leads to each field, and is not there without faults`() {
    let summary = ErrorSummary([.init("Enter a name", field: "name"), .init("It is late", field: nil)]).body.description
    #expect(summary.contains("<li><a href=\"#name\">Enter a name</a></li><li>It is late</li>"))
    #expect(ErrorSummary([]).body.isEmpty)
    #expect(!ErrorSummary([], detail: "The file is empty.").body.isEmpty)
  }

  @Test func `a hidden value that is nil is not sent`() {
    #expect(Hidden("a", nil).body.isEmpty)
    #expect(Hidden("a", "").body.description == "<input type=\"hidden\" name=\"a\" value=\"\">")
  }
}

@Suite struct `Lists` {
  @Test func `a table without selection has a margin only where something stands in it`() {
    let rows = [DataTable.Row(name: "Ada", lead: "Ada", cells: ["9B"])]
    let numbered = [DataTable.Row(name: "Ada", margin: "1", lead: "Ada", cells: ["9B"])]
    #expect(!table(rows).contains("margin"))
    #expect(table(numbered).contains("<td class=\"margin\">1</td><th class=\"lead\" scope=\"row\">Ada</th>"))
  }

  @Test func `a row that can be selected says so by name`() {
    let row = DataTable.Row(id: "7", name: "Ada \"A\"", lead: "Ada", cells: ["9B"], isSelected: true)
    #expect(
      table([row], selection: "id").contains(
        "name=\"id\" value=\"7\" checked aria-label=\"Select Ada &quot;A&quot;\""))
  }

  @Test(arguments: [DataTable.Column.Order.ascending, .descending])
  func `the column that sorts says how`(order: DataTable.Column.Order) {
    let html = DataTable(
      caption: "Students", columns: [.init("Name", sort: "/s?sort=name", order: order)], rows: []
    ).body.description
    #expect(html.contains("<th scope=\"col\" aria-sort=\"\(order.rawValue)\"><a href=\"/s?sort=name\""))
  }

  @Test func `a pager leads on only when there is more`() {
    #expect(Pager(shown: "2", first: nil, next: nil).body.description.contains("<span>2</span></nav>"))
    let pager = Pager(shown: "2", first: nil, next: "/s?after=x").body.description
    #expect(pager.contains("aria-disabled=\"true\">To the start"))
    #expect(pager.contains("href=\"/s?after=x\" rel=\"next\""))
  }

  @Test func `all filters are cleared at once when there are two`() {
    let one = FilterChips.Chip("Year", "9", without: "/s")
    #expect(!FilterChips([one], clear: "/s").body.description.contains("Clear all"))
    #expect(FilterChips([one, one], clear: "/s").body.description.contains("Clear all"))
    #expect(FilterChips([]).body.isEmpty)
  }

  @Test(arguments: [
    ("Ada Lovelace", "AL"), ("Ada", "A"), ("nguyễn thị anh", "NA"), ("王小明", "王"), ("", ""), ("  ", ""), ("Ada 2", "A"),
    ("Ada (Countess)", "AC"),
  ])
  func `initials are the first letters of the first and last word`(name: String, initials: String) {
    #expect(Avatar.initials(of: name) == initials)
  }

  @Test func `the colour of a person stays the same`() {
    #expect(["", "a", "b", "c", "d", "e"].map(Avatar.tone(of:)) == [1, 0, 2, 3, 3, 4])
  }

  private func table(_ rows: [DataTable.Row], selection: String? = nil) -> String {
    DataTable(caption: "Students", columns: [.init("Name"), .init("Section")], selection: selection, rows: rows)
      .body.description
  }
}

@Suite struct `A register on a page` {
  private let marks = PreviewSample.marks

  @Test func `the chosen mark is checked, and only that`() {
    var row = RegisterList.Row(key: "7", name: "Ada")
    row.chosen = "late"
    row.minutes = 5
    row.version = 3
    let list = RegisterList("Students", choices: marks, rows: [row]).body.description
    #expect(list.split(separator: " checked").count == 2)
    #expect(list.contains("name=\"mark-7\" value=\"late\" checked aria-label=\"Late\""))
    #expect(list.contains("name=\"minutes-7\" value=\"5\""))
    #expect(list.contains("name=\"version-7\" value=\"3\""))
  }

  @Test(arguments: [true, false])
  func `a locked register cannot be changed`(isLocked: Bool) {
    let list = RegisterList(
      "Students", choices: marks, rows: [.init(key: "7", name: "Ada")], isLocked: isLocked
    ).body.description
    #expect(list.split(separator: " disabled").count == (isLocked ? 7 : 1))
  }

  @Test func `blanks count as present when it is sent`() {
    var rows = (0..<4).map { RegisterList.Row(key: "\($0)", name: "Ada") }
    rows[0].chosen = "absent"
    rows[1].chosen = "present"
    let tally = HTML { RegisterTally(choices: marks, rows: rows, rest: marks[0]) }.description
    #expect(tally.contains("<b data-tally=\"absent\">1</b> absent"))
    #expect(tally.contains("<b data-tally=\"late\">0</b> late"))
    #expect(tally.contains("<b data-tally-rest=\"present\">3</b> present when you submit"))
  }
}

@Suite struct `How far a job has come` {
  @Test(arguments: [(0, 10, "0 %"), (5, 10, "50 %"), (10, 10, "100 %"), (12, 10, "100 %"), (0, 0, "0 %")])
  func `the bar says so in words too`(done: Int, total: Int, words: String) {
    let job = JobProgress(title: "Import", state: .running(done: done, total: total)).body.description
    #expect(job.contains(">\(words)</progress>"))
  }

  @Test(arguments: [
    (JobProgress.State.waiting, true), (.running(done: 1, total: nil), true), (.done, false), (.failed, false),
    (.cancelled, false),
  ])
  func `it listens and can be stopped until it has ended`(state: JobProgress.State, isAlive: Bool) {
    let job = JobProgress(title: "Import", state: state, events: "/api/v1/jobs/1/events", cancel: "/jobs/1/cancel")
      .body.description
    #expect(job.contains("data-events=\"/api/v1/jobs/1/events\"") == isAlive)
    #expect(job.contains("Cancel<") == isAlive)
  }
}

@Suite struct `Assets` {
  @Test func `each is found at its own address and no other`() {
    for asset in Asset.all { #expect(Asset.find(path: asset.path.description)?.bytes == asset.bytes) }
    #expect(Set(Asset.all.map(\.path)).count == Asset.all.count)
    #expect(Asset.find(path: "/assets/app.css") == nil)
    #expect(Asset.find(path: "/assets/app.000000000000.css") == nil)
  }

  @Test func `every icon is in the sprite`() {
    let sprite = String(decoding: Asset.icons.bytes, as: UTF8.self)
    for icon in Icon.allCases { #expect(sprite.contains("<symbol id=\"\(icon.rawValue)\"")) }
  }
}

/// The values of all attributes of this name.
private func values(of name: String, in page: String) -> [String] {
  page.split(separator: " \(name)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
}
