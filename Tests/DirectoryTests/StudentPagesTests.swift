import Directory
import Jobs
import Kernel
import Persistence
import Record
import Rights
import TestSupport
import Testing
import Web
import WebTestSupport

@Suite struct `The pages of students` {
  static let engines = TestDatabase.engines

  /// What a browser sends of a student's form: every field as it stands, with some of them changed.
  func fields(_ record: StudentRecord, _ changes: [String: String] = [:]) -> [(String, String)] {
    let details = record.person.details
    var fields = [
      "givenName": details.givenName ?? "", "familyName": details.familyName ?? "",
      "displayName": details.displayName, "birthOn": details.birthOn?.description ?? "",
      "number": record.student.number, "grade": record.student.grade ?? "", "version": "\(record.version)",
    ]
    fields.merge(changes) { _, new in new }
    return fields.map { ($0.key, $0.value) }
  }

  @Test(arguments: engines) func `the list shows who is in sight, and offers what may be done`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "<b>Lee", grade: "9")
      try await world.enrol("Far", "Away", at: world.alder.id)
      let page = await browser.send("GET", "/people/students")
      #expect(page.status == 200)
      let text = page.text
      #expect(text.contains("Ada &lt;b&gt;Lee") && !text.contains("<b>Lee"))
      #expect(!text.contains("Far Away"))
      #expect(text.contains("value=\"\(ada.student.id)\""))
      #expect(text.contains("/people/students/new"))
      let reader = await browser.send("GET", "/people/students", as: "reader").text
      #expect(!reader.contains("/people/students/new") && !reader.contains("type=\"checkbox\""))
      let empty = await browser.send("GET", "/people/students?q=zzz").text
      #expect(empty.contains("Nobody matches"))
      #expect(await browser.send("GET", "/people/students?status=unknown").status == 422)
    }
  }

  @Test(arguments: engines) func `a form enters a student, and says what is wrong beside the fields`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      #expect(await browser.send("GET", "/people/students/new").text.contains("name=\"school\""))
      let wrong = await browser.send(
        "POST", "/people/students",
        form: [("school", world.maple.id.description), ("birthOn", "31/12/2012"), ("email", "x")])
      #expect(wrong.status == 422)
      #expect(wrong.text.contains("There is a problem"))
      let done = await browser.send(
        "POST", "/people/students",
        form: [("school", world.maple.id.description), ("givenName", "Ada"), ("familyName", "Lee"), ("grade", "9")])
      #expect(done.status == 303)
      let page = await browser.send("GET", try require(done["Location"]))
      #expect(page.text.contains("Ada Lee"))
    }
  }

  @Test(arguments: engines) func `two editors see both versions, field by field, and nothing is lost`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee", grade: "9")
      let path = "/people/students/\(ada.student.id)/edit"
      #expect(await browser.send("POST", path, form: fields(ada, ["grade": "10"])).status == 303)
      let conflict = await browser.send("POST", path, form: fields(ada, ["grade": "11"]))
      #expect(conflict.status == 409)
      let text = conflict.text
      #expect(text.contains("Saved meanwhile") && text.contains("value=\"11\"") && text.contains("value=\"10\""))
      #expect(text.contains("name=\"version\" value=\"2\""))
      let chosen = await browser.send("POST", path, form: fields(ada, ["grade": "11", "version": "2"]))
      #expect(chosen.status == 303)
      #expect(try await world.names(StudentFilter(grade: "11")) == ["Ada Lee"])
    }
  }

  @Test(arguments: engines) func `a deletion offers its undo`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee")
      let path = "/people/students/\(ada.student.id)"
      let stale = await browser.send("POST", "\(path)/deletion", form: [("version", "7")])
      #expect(stale["Location"] == path)
      let gone = await browser.send("POST", "\(path)/deletion", form: [("version", "1")])
      #expect(gone["Location"] == "/people/students")
      #expect(gone["Set-Cookie"]?.contains("flash=") == true)
      #expect(await browser.send("GET", path).status == 404)
    }
  }

  @Test(arguments: engines) func `the selected are changed together, or all that match`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let a = try await world.enrol("A", "A").student.id
      try await world.enrol("B", "B")
      try await world.enrol("C", "C", grade: "1")
      let bulk = "/people/students/changes"
      #expect(await browser.send("POST", bulk, form: [("do", "grade"), ("grade", "10")]).status == 422)
      #expect(
        await browser.send("POST", bulk, form: [("ids", a.description), ("do", "grade"), ("grade", "10")]).status == 303
      )
      #expect(try await world.names(StudentFilter(grade: "10")) == ["A A"])
      let all = [("all", "1"), ("grade-filter", "9"), ("do", "grade"), ("grade", "12")]
      #expect(await browser.send("POST", bulk, form: all).status == 303)
      #expect(try await world.names(StudentFilter(grade: "12")) == ["B B"])
      let refused = [("ids", a.description), ("do", "withdrawn")]
      #expect(await browser.send("POST", bulk, form: refused).status == 422)
    }
  }

  @Test(arguments: engines) func `more than two hundred lead to a page that tells how far it is`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      try await world.fill(201) { index in ("A", "B\(index)") }
      #expect(await browser.send("GET", "/people/students").text.contains("All 201 that match"))
      let sent = await browser.send(
        "POST", "/people/students/changes", form: [("all", "1"), ("do", "grade"), ("grade", "10")])
      let path = try require(sent["Location"])
      #expect(sent.status == 303 && path.hasPrefix("/people/changes/"))
      #expect(await browser.send("GET", path).text.contains("0 of 201"))
      #expect(await browser.send("GET", path, as: "elsewhere").status == 404)
      #expect(await browser.send("GET", path, as: "reader").status == 403)
      try await world.work(try require(world.queue.page([.waiting], by: world.office).items.first).id)
      let done = await browser.send("GET", path).text
      #expect(done.contains("Undo this change") && done.contains("201 students"))
      let undo = await browser.send("POST", "\(path)/undo", form: [])
      #expect(undo["Location"] == path)
      try await world.work(try require(world.queue.page([.waiting], by: world.office).items.first).id)
      #expect(await browser.send("GET", path).text.contains("was undone"))
      #expect(try await world.names(StudentFilter(grade: "10")) == [])
    }
  }

  @Test(arguments: engines) func `the family is changed from its tab`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee")
      let path = "/people/students/\(ada.student.id)"
      let added = await browser.send(
        "POST", "\(path)/guardians", form: [("givenName", "Mo"), ("familyName", "Lee"), ("relation", "mother")])
      #expect(added["Location"] == "\(path)?tab=family")
      let guardian = try require(try await world.directory.guardians(of: ada.student.id, for: world.office).first)
      #expect(!guardian.guardianship.details.livesWith && guardian.guardianship.details.isPrimary)
      let rights = "\(path)/guardians/\(guardian.guardianship.id)/rights"
      _ = await browser.send("POST", rights, form: [("custody", "see"), ("allowed", "no")])
      let form = await browser.send("GET", "\(path)/guardians/\(guardian.guardianship.id)").text
      #expect(form.contains("May see: denied always"))
      let family = await browser.send("GET", "\(path)?tab=family").text
      #expect(family.contains("Mo Lee") && family.contains("Not today"))
      #expect(await browser.send("GET", path).text.contains("Custody note"))
      #expect(await browser.send("GET", path, as: "reader").text.contains("Mo Lee") == false)
      _ = await browser.send("POST", "\(path)/guardians/\(guardian.guardianship.id)/ending", form: [])
      #expect(try await world.directory.guardians(of: ada.student.id, for: world.office).isEmpty)
    }
  }

  @Test(arguments: engines) func `the log tells what changed, to whoever may see it`(
    engine: TestDatabase.Engine
  ) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee", grade: "9")
      let path = "/people/students/\(ada.student.id)"
      _ = await browser.send("POST", "\(path)/edit", form: fields(ada, ["grade": "10"]))
      #expect(await browser.send("GET", "\(path)?tab=log").text.contains("grade: 9, now 10"))
      #expect(await !browser.send("GET", "\(path)?tab=log", as: "reader").text.contains("now 10"))
    }
  }

  @Test(arguments: engines) func `every other page opens for the office`(engine: TestDatabase.Engine) async throws {
    try await engine.with(World.migrations) { database in
      let world = try await World(database)
      let browser = Browser(world)
      let ada = try await world.enrol("Ada", "Lee")
      let mother = try await world.guardian("Mo", "Lee", of: ada.student.id)
      let staff = await browser.send(
        "POST", "/people/staff",
        form: [("displayName", "Ann Ray"), ("org", world.maple.id.description), ("job", "Teacher")])
      #expect(staff.status == 303)
      let member = try require(staff["Location"])
      for path in [
        "/people/guardians", "/people/guardians/\(mother.guardianship.guardian)", "/people/staff", "/people/staff/new",
        member, "\(member)/edit", "/admin/orgs", "/admin/orgs/new", "/admin/orgs/\(world.maple.id)", "/admin/periods",
        "/admin/periods/new", "/admin/periods?org=\(world.district.id)", "/people/students/\(ada.student.id)/edit",
      ] {
        let page = await browser.send("GET", path)
        #expect(page.status == 200, "\(path)")
        #expect(await browser.send("GET", path, as: "nobody").status == 403, "\(path)")
      }
      let term = await browser.send(
        "POST", "/admin/periods",
        form: [
          ("org", world.maple.id.description), ("title", "Term 2"), ("code", "T2"), ("kind", "term"),
          ("parentId", world.year.id.description), ("firstOn", world.directory.today.description),
          ("lastOn", world.directory.today.adding(days: 5).description),
        ])
      #expect(term.status == 303)
      #expect(await browser.send("POST", "/admin/periods", form: [("org", world.maple.id.description)]).status == 422)
      let edited = await browser.send(
        "POST", "/admin/orgs/\(world.maple.id)",
        form: [
          ("version", "1"), ("name", "Maple Street"), ("code", "MS"), ("kind", "school"), ("timeZone", "UTC"),
          ("locale", "en"), ("weekStart", "1"), ("parentId", world.district.id.description),
        ])
      #expect(edited.status == 303)
    }
  }
}
