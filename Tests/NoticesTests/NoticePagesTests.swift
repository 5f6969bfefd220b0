import Audiences
import Kernel
import Markup
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@testable import Notices

@Suite struct `The pages of notices` {
  @Test(arguments: TestDatabase.engines)
  func `lead a notice from its form to the board`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let browser = school.pipeline
      let form = await browser.send("GET", "/notices/new", as: "Tess").text
      let audience = Audience.guardiansOfSection(school.section).description
      #expect(form.contains("<optgroup label=\"Guardians of a section\"><option value=\"\(audience)\">Guardians of 7A"))
      let fields = [
        ("title", "Parents' evening"), ("text", "It begins\nat seven.\n\nBring a pen."), ("audience", audience),
        ("publishAt", "2026-11-20T08:30"), ("expiresAt", ""), ("isPinned", "on"), ("do", "draft"),
      ]
      let made = await browser.send("POST", "/notices", as: "Tess", form: fields)
      #expect(made.status == 303)
      let address = try #require(made["Location"])
      #expect(await browser.send("GET", address, as: "Pat").status == 404)
      let sent = await browser.send(
        "POST", address + "/status", as: "Tess", form: [("step", "ask"), ("version", "1")])
      #expect(sent.status == 303 && sent["Location"] == address)
      #expect(await browser.send("GET", "/notices/review", as: "Pat").text.contains("Parents' evening"))
      let empty = await browser.send(
        "POST", address + "/status", as: "Pat", form: [("step", "reject"), ("version", "2"), ("reason", " ")])
      #expect(empty.status == 422)
      let page = empty.text
      #expect(
        page.contains("<title>Error: ") && page.contains("href=\"#reason\"")
          && page.contains("<details class=\"disclosure\" open"))
      _ = await browser.send("POST", address + "/status", as: "Pat", form: [("step", "approve"), ("version", "2")])
      let board = await browser.send("GET", "/notices", as: "Gil").text
      #expect(board.contains("<p>It begins<br>at seven.</p><p>Bring a pen.</p>"))
      #expect(board.contains("Pinned") && !board.contains("New notice") && !board.contains("To decide"))
      let leaf = await browser.send("GET", address, as: "Gil").text
      #expect(leaf.contains("Parents' evening</h1>") && !leaf.contains("Its life") && !leaf.contains("name=\"step\""))
      #expect(await browser.send("GET", address, as: "Gus").status == 404)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `give back what cannot be kept, with the reason`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let browser = school.pipeline
      let wrong = await browser.send(
        "POST", "/notices", as: "Tess",
        form: [
          ("title", ""), ("text", "Kept <as> it is"), ("audience", Audience.section(school.section).description),
          ("do", "send"),
        ])
      #expect(wrong.status == 422)
      let page = wrong.text
      #expect(page.contains("href=\"#title\"") && page.contains("Kept &lt;as&gt; it is") && page.contains("selected"))
      for (field, value) in [("publishAt", "soon"), ("expiresAt", "2026-11-20T99:00"), ("audience", "nobody")] {
        let fields = [("title", "T"), ("text", "T"), ("audience", "everyone"), (field, value)].reversed()
        let answer = await browser.send("POST", "/notices", as: "Ada", form: Array(fields))
        #expect(answer.status == 422)
        #expect(answer.text.contains("href=\"#\(field)\""), "\(field)")
      }
      let refused = await browser.send(
        "POST", "/notices", as: "Tess", form: [("title", "T"), ("text", "T"), ("audience", "everyone")])
      #expect(refused.status == 422)
      let own = try await school.service.own(actor: school.actor("Tess"))
      #expect(own.items.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `show both versions when a notice was saved elsewhere`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let (browser, tess) = (school.pipeline, school.actor("Tess"))
      let notice = try await school.service.write(school.draft(), actor: tess)
      _ = try await school.service.change(notice.id, version: 1, to: school.draft("Elsewhere"), actor: tess)
      let fields = [
        ("version", "1"), ("title", "Here"), ("text", "It begins at seven."),
        ("audience", notice.audience.description),
      ]
      let clash = await browser.send("POST", "/notices/\(notice.id)", as: "Tess", form: fields)
      #expect(clash.status == 409)
      let page = clash.text
      #expect(page.contains("value=\"Here\"") && page.contains("value=\"Elsewhere\"") && page.contains("value=\"2\""))
      // A step over an older version is not taken; whoever wanted it reads again.
      _ = await browser.send(
        "POST", "/notices/\(notice.id)/status", as: "Tess", form: [("step", "ask"), ("version", "1")])
      #expect(try await school.service.own(.draft, actor: tess).items.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `offer only what one may do`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let browser = school.pipeline
      let notice = try await school.service.write(school.draft(), sending: true, actor: school.actor("Tess"))
      func buttons(_ name: String) async throws -> Set<String> {
        let page = await browser.send("GET", "/notices/\(notice.id)", as: name).text
        return Set(page.matches(of: /name="step" value="([a-z_]+)"/).map { String($0.output.1) })
      }
      #expect(try await buttons("Tess") == ["withdraw", "ask_deletion"])
      #expect(try await buttons("Pat") == ["approve", "reject", "delete"])
      #expect(await browser.send("GET", "/notices/\(notice.id)/edit", as: "Pat").status == 403)
      #expect(await browser.send("GET", "/notices/new", as: "Gil").status == 403)
      #expect(await browser.send("GET", "/notices/review", as: "Tess").status == 403)
      #expect(await browser.send("GET", "/notices/all", as: "Olive").status == 403)
    }
  }
}

@Suite struct `Notices as JSON` {
  @Test(arguments: TestDatabase.engines)
  func `do all that the pages do`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let browser = school.pipeline
      let audience = await browser.send("GET", "/api/v1/notice-audiences", as: "Tess").json["data"]?.array
      let mine = Audience.guardiansOfSection(school.section).description
      #expect(audience?.contains { $0["audience"]?.string == mine && $0["words"]?.string == "Guardians of 7A" } == true)
      let body = "{\"title\":\"News\",\"text\":\"At last.\",\"audience\":\"\(mine)\",\"isSent\":true}"
      let made = await browser.send("POST", "/api/v1/notices", as: "Tess", json: body)
      #expect(made.status == 201 && made["ETag"] == "\"2\"")
      let address = try #require(made["Location"])
      let unnamed = await browser.send("POST", address + "/status", as: "Pat", json: "{\"status\":\"approved\"}")
      #expect(unnamed.status == 428)
      let reject = "{\"status\":\"rejected\"}"
      #expect(await browser.send("POST", address + "/status", as: "Pat", json: reject, version: 2).status == 422)
      let early = await browser.send("PATCH", address, as: "Tess", json: "{\"title\":\"Newer\"}", version: 1)
      #expect(early.status == 412)
      let changed = await browser.send("PATCH", address, as: "Tess", json: "{\"title\":\"Newer\"}", version: 2)
      #expect(changed.status == 200 && changed["ETag"] == "\"3\"")
      #expect(await browser.send("GET", "/api/v1/notices/pending", as: "Pat").json["data"]?.array?.count == 1)
      let approve = "{\"status\":\"approved\"}"
      #expect(await browser.send("POST", address + "/status", as: "Tess", json: approve, version: 3).status == 403)
      let approved = await browser.send("POST", address + "/status", as: "Pat", json: approve, version: 3)
      #expect(approved.json["data"]?["status"]?.string == "approved")
      let board = await browser.send("GET", "/api/v1/notices", as: "Gil").json["data"]?.array
      #expect(board?.map { $0["title"]?.string } == ["Newer"])
      #expect(await browser.send("GET", address, as: "Gus").status == 404)
      let asked = await browser.send(
        "POST", address + "/status", as: "Tess", json: "{\"status\":\"deletion_asked\",\"reason\":\"Over.\"}",
        version: 4)
      #expect(asked.json["data"]?["statusBefore"]?.string == "approved")
      let other = await browser.send("POST", address + "/status", as: "Pat", json: reject, version: 5)
      #expect(other.json["code"]?.string == "NOTICE_OUT_OF_TURN")
      let events = await browser.send("GET", address + "/events", as: "Pat").json["data"]?.array
      #expect(events?.map { $0["deed"]?.string } == ["deletion_asked", "approved", "changed", "sent", "written"])
      #expect(await browser.send("DELETE", address, as: "Tess", version: 5).status == 403)
      let deleted = await browser.send(
        "POST", address + "/status", as: "Pat", json: "{\"status\":\"deleted\"}", version: 5)
      #expect(deleted.json["data"]?["status"]?.string == "deleted")
      #expect(await browser.send("GET", address, as: "Tess").status == 404)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `list what one wrote and may decide about, by state and as files`(engine: TestDatabase.Engine) async throws {
    try await School.with(engine) { school in
      let browser = school.pipeline
      _ = try await school.service.write(school.draft("A draft"), actor: school.actor("Tess"))
      school.clock.advance(by: .seconds(1))
      _ = try await school.service.write(school.draft("Sent"), sending: true, actor: school.actor("Tess"))
      school.clock.advance(by: .seconds(1))
      _ = try await school.approved(school.draft("=Shown"))
      func titles(_ list: String, _ name: String) async throws -> [String?] {
        await browser.send("GET", "/api/v1/notices/\(list)", as: name).json["data"]?.array?.map {
          $0["title"]?.string
        } ?? []
      }
      #expect(try await titles("mine", "Tess") == ["=Shown", "Sent", "A draft"])
      #expect(try await titles("mine?status=draft", "Tess") == ["A draft"])
      #expect(try await titles("mine", "Olive") == [])
      #expect(try await titles("all", "Pat") == ["=Shown", "Sent"])
      #expect(try await titles("all?status=review", "Pat") == ["Sent"])
      #expect(try await titles("all?status=draft", "Pat") == [])
      #expect(try await titles("all", "Quinn") == [])
      #expect(try await titles("all?limit=1", "Ada") == ["=Shown"])
      let file = try await browser.send("GET", "/notices/all.csv?state=approved", as: "Pat").wholeText
      #expect(
        file.hasPrefix(
          "Notice,For,State,By,Pinned,On the board from,Until,Text\r\n\"'=Shown\",Guardians of 7A,Approved,Tess,"))
      #expect(try await browser.send("GET", "/notices.csv", as: "Gil").wholeText.split(separator: "\r\n").count == 2)
      #expect(try await browser.send("GET", "/notices.csv", as: "Gwen").wholeText.split(separator: "\r\n").count == 1)
      #expect(await browser.send("GET", "/notices/mine.csv", as: "Gil").status == 403)
    }
  }
}

@Suite struct `Times of notices` {
  private let monrovia = NoticeTimes(zone: .utc)
  /// Two hours ahead of universal time until the last Sunday of October at one, universal time, then one.
  private let berlin = NoticeTimes(
    zone: Zone(name: "Europe/Berlin") { $0.milliseconds < 1_792_976_400_000 ? 7200 : 3600 })

  @Test func `are read as the clocks here show them, and shown so again`() throws {
    for text in ["2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T12:00", "2026-12-01T00:00"] {
      let moment = try #require(try berlin.read(text, of: "publishAt"))
      #expect(berlin.field(moment) == text)
    }
    #expect(try berlin.read("2026-10-24T12:00", of: "publishAt") == Instant("2026-10-24T10:00:00Z"))
    #expect(try berlin.read("2026-12-24 12:00", of: "publishAt") == Instant("2026-12-24T11:00:00Z"))
    #expect(try monrovia.read("2026-12-24", of: "publishAt") == Instant("2026-12-24T00:00:00Z"))
    #expect(try monrovia.read("  ", of: "publishAt") == nil)
  }

  @Test(arguments: ["tomorrow", "2026-13-01T00:00", "2026-12-01T24:00", "2026-12-01T7", "2026-12-01T07:60", "T07:00"])
  func `are refused where they cannot be read`(text: String) {
    #expect(throws: Problem.self) { try monrovia.read(text, of: "publishAt") }
  }

  @Test func `long notices begin on the board and end on their own page`() {
    func excerpt(_ text: String) -> ([[String]], Bool) {
      let notice = Notice(id: NoticeID(high: 0, low: 0), org: nil, title: "", text: text, audience: .everyone)
      return notice.excerpt
    }
    #expect(excerpt("One.\n \nTwo,\r\nthree.") == ([["One."], ["Two,", "three."]], true))
    let long = Array(repeating: "word", count: 300).joined(separator: " ")
    let (start, isWhole) = excerpt(long + "\n\nThe end.")
    #expect(!isWhole && start.count == 1 && (start.first?.first?.count ?? 0) <= 702)
    #expect(start.first?.first?.hasSuffix("word …") == true)
    #expect(excerpt("Short.\n\n" + long) == ([["Short."]], false))
  }
}
